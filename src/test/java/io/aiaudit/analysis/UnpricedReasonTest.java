package io.aiaudit.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.CostBasis;
import io.aiaudit.model.LeafCost;
import io.aiaudit.model.LeafCostBuilder;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Spend;
import io.aiaudit.model.Window;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnpricedReasonTest {
    private static final Window JUNE = Window.parse("2026-06-01/2026-07-01");

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            nothing has its price | instance | 1 | - | - | - | UNPRICED | -
            how many there are is unknown | inference_endpoint | - | - | listed | - | UNPRICED | number of its instances
            how large it is is unknown | volume | 1 | - | listed | - | UNPRICED | its size is not
            how many of it are unused is unknown | capacity_reservation | 2 | - | listed | - | UNPRICED | are unused
            its group is billed as a whole | instance | 1 | group | listed | - | UNPRICED | as a whole
            a commitment covers it | instance | 1 | - | - | charged | UNPRICED | A commitment covers its usage
            it has a price | instance | - | - | listed | - | LIST | -
            """)
    void what_has_a_price_or_a_line_in_the_bill_says_what_is_unknown(
            String name,
            String kind,
            Integer replicas,
            String parent,
            String listed,
            String charged,
            CostBasis basis,
            String words) {
        Resource resource = Resource.builder("r", kind, "aws")
                .replicas(replicas)
                .parentId(parent)
                .build();
        LeafCost leaf = LeafCostBuilder.builder()
                .resource(resource)
                .firstCharge(charged == null ? null : Instant.parse("2026-06-01T00:00:00Z"))
                .billed(JUNE)
                .parts(List.of())
                .basis(basis)
                .build();
        Spend spend = new Spend("r", Map.of(), basis, null, BigDecimal.ZERO, false);

        Spend applied = new UnpricedReason(listed == null ? Set.of() : Set.of("r")).applied(leaf, spend);

        if (words == null) {
            assertThat(applied.note()).isNull();
        } else {
            assertThat(applied.note()).contains(words).endsWith(", so no saving is stated.");
        }
    }

    @ParameterizedTest
    @CsvSource({"true, false", "false, true"})
    void what_is_gone_or_missing_in_the_bill_has_a_reason_of_its_own(boolean gone, boolean missingInBill) {
        LeafCost leaf = LeafCostBuilder.builder()
                .resource(Resource.builder("r", "inference_endpoint", "aws").build())
                .parts(List.of())
                .basis(CostBasis.UNPRICED)
                .missingInBill(missingInBill)
                .build();
        Spend spend = new Spend("r", Map.of(), CostBasis.UNPRICED, null, BigDecimal.ZERO, gone);

        assertThat(new UnpricedReason(Set.of("r")).applied(leaf, spend).note()).isNull();
    }
}
