package io.aiaudit.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Audit;
import io.aiaudit.model.ProviderBillBuilder;
import io.aiaudit.model.Window;
import io.aiaudit.store.CutBill;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WindowWarningsTest {
    private static final Window JUNE = Window.parse("2026-06-01/2026-07-01");

    private static List<String> of(String bill) {
        return WindowWarnings.of(Map.of("aws", Window.parse(bill)), Map.of(), JUNE, Map::of);
    }

    @Test
    void a_bill_of_just_the_window_needs_no_word() {
        assertThat(of("2026-06-01/2026-07-01")).isEmpty();
    }

    @Test
    void a_bill_beside_the_window_says_nothing_about_it() {
        assertThat(of("2026-05-01/2026-06-01"))
                .containsExactly("The bill of aws, 2026-05-01 to 2026-05-31, is outside the window: "
                        + "list prices stand in for the cost of its resources, where they are known.");
        assertThat(of("2026-07-01/2026-07-02").get(0)).contains("is outside the window");
    }

    @Test
    void how_list_prices_compare_with_those_of_a_bill_beside_the_window_is_reported() {
        Map<String, Window> bills =
                Map.of("aws", Window.parse("2026-05-01/2026-06-01"), "gcp", Window.parse("2026-05-01/2026-07-01"));
        assertThat(WindowWarnings.of(bills, Map.of(), JUNE, () -> Map.of("aws", 1.8937, "gcp", 2.0)))
                .anySatisfy(warning -> assertThat(warning)
                        .startsWith("The bill of aws, 2026-05-01 to 2026-05-31, is outside the window: ")
                        .endsWith(" They are 1.89 times what this bill charges for the same instance hours."))
                .filteredOn(warning -> warning.contains(" times "))
                .hasSize(1);
    }

    @Test
    void a_bill_of_a_part_of_the_window_is_reported() {
        assertThat(of("2026-05-20/2026-06-11"))
                .containsExactly("The bill of aws, 2026-05-20 to 2026-06-10, covers only part of the window; "
                        + "monthly costs are scaled from that part.");
        assertThat(of("2026-06-02/2026-07-05").get(0)).contains("covers only part of the window");
    }

    @Test
    void a_bill_that_ends_within_a_day_has_its_hours_and_another_provider_its_name() {
        Window bill = new Window(Instant.parse("2026-06-01T02:00:00Z"), Instant.parse("2026-06-30T06:00:00Z"));
        assertThat(WindowWarnings.of(Map.of("other", bill), Map.of("other", "OpenAI"), JUNE, Map::of))
                .containsExactly("The bill of OpenAI, 2026-06-01 02:00 to 2026-06-30 06:00 UTC, covers only part of "
                        + "the window; monthly costs are scaled from that part.");
    }

    @Test
    void a_bill_that_goes_beyond_the_window_is_reported() {
        assertThat(of("2026-05-01/2026-07-01"))
                .containsExactly("The bill of aws, 2026-05-01 to 2026-06-30, extends beyond the window: "
                        + "totals are of the whole files, monthly costs of the window.");
    }

    @Test
    void the_bill_of_an_account_that_ends_before_that_of_others_is_named_with_its_last_day() {
        CutBill cut = new CutBill("aws", "222222222222", null, Instant.parse("2026-06-20T00:00:00Z"));
        assertThat(WindowWarnings.ofAccounts(List.of(cut), Map.of("aws", JUNE)))
                .containsExactly("The bill of aws for account 222222222222 ends on 2026-06-19, that of other accounts "
                        + "on 2026-06-30: what it cost later is not known, and its monthly costs are scaled from the "
                        + "part that is.");
    }

    @Test
    void the_bill_of_an_account_that_begins_after_that_of_others_is_named_with_its_first_day() {
        CutBill cut = new CutBill("aws", "222222222222", Instant.parse("2026-06-11T00:00:00Z"), null);
        assertThat(WindowWarnings.ofAccounts(List.of(cut), Map.of("aws", JUNE)))
                .containsExactly("The bill of aws for account 222222222222 begins on 2026-06-11, that of other "
                        + "accounts on 2026-06-01, and its resources were measured before: what it cost earlier is "
                        + "not known, and its monthly costs are scaled from the part that is.");
    }

    private static Audit.ProviderBill bill(String effective, String tax) {
        BigDecimal cost = new BigDecimal(effective);
        return ProviderBillBuilder.builder()
                .provider("aws")
                .billedCost(cost)
                .effectiveCost(cost)
                .aiCost(cost)
                .otherCost(BigDecimal.ZERO)
                .untoldCost(BigDecimal.ZERO)
                .tax(new BigDecimal(tax))
                .promotionalCredit(BigDecimal.ZERO)
                .rows(1)
                .build();
    }

    @Test
    void a_bill_of_taxes_alone_says_nothing_of_what_was_used() {
        assertThat(WindowWarnings.withoutUsage(List.of(bill("0", "12.34"))))
                .containsExactly(
                        "The bill of aws has no cost of usage, only taxes, refunds, credits or payments: what its "
                                + "resources cost is unknown.");
        assertThat(WindowWarnings.withoutUsage(List.of(bill("5", "12.34"), bill("0", "0"))))
                .isEmpty();
    }
}
