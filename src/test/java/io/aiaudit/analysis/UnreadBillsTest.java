package io.aiaudit.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Component;
import io.aiaudit.model.CostBasis;
import io.aiaudit.model.Gap;
import io.aiaudit.model.LeafCost;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Spend;
import io.aiaudit.model.Window;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A list price counts where nobody wanted a bill, and not where the bill failed. */
class UnreadBillsTest {
    private static final Window JUNE = Window.parse("2026-06-01/2026-07-01");

    private static LeafCost billed(String provider, String account) {
        return new LeafCost(
                Resource.builder("billed", "instance", provider)
                        .accountId(account)
                        .build(),
                null,
                JUNE,
                List.of(new LeafCost.Part(Component.TIME, BigDecimal.TEN, BigDecimal.ZERO, 3600, 3600)),
                CostBasis.EFFECTIVE,
                null,
                null);
    }

    /** The resource is in account a of the provider; the gap, if any, is in an account of a source. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            its bill failed | azure | azure | a | billing | b | LIST | true
            that of all its subscriptions failed | azure | azure | - | billing | b | LIST | true
            the bill of another subscription failed | azure | azure | c | billing | b | LIST | false
            one bill has all accounts of AWS | aws | aws | c | billing | b | LIST | true
            one bill has all projects of Google Cloud | gcp | gcp | c | billing | b | LIST | true
            a file or a table of bills failed | aws | trino | - | billing | b | LIST | true
            the bill of another cloud failed | aws | azure | - | billing | b | LIST | false
            its account has a bill, in which the resource is not | azure | azure | a | billing | a | LIST | false
            its cost is known by a bill | azure | azure | a | billing | b | EFFECTIVE | false
            nobody requested a bill | azure | - | - | - | b | LIST | false
            something else failed | azure | azure | a | inventory | b | LIST | false
            nobody knows what failed | azure | azure | a | - | b | LIST | false
            """)
    void the_list_price_of_what_a_failed_bill_may_have_is_uncertain(
            String name,
            String provider,
            String source,
            String gapAccount,
            String dataset,
            String billedAccount,
            CostBasis basis,
            boolean uncertain) {
        List<Gap> gaps = source == null
                ? List.of()
                : List.of(new Gap(source, "s", "p", "f", gapAccount, null, dataset, List.of()));
        Resource resource =
                Resource.builder("i", "instance", provider).accountId("a").build();
        Spend spend =
                new Spend("i", Map.of(Component.TIME, BigDecimal.TEN), basis, BigDecimal.TEN, BigDecimal.ZERO, false);

        Spend applied = new UnreadBills(gaps, List.of(billed(provider, billedAccount))).applied(resource, spend);

        assertThat(applied.note() != null).as(name).isEqualTo(uncertain);
        assertThat(applied.runRate()).isEqualTo(spend.runRate());
    }
}
