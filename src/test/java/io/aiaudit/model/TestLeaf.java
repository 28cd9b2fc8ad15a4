package io.aiaudit.model;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/** Leaves of which a test says what a bill and a list price say, and nothing else. */
public final class TestLeaf {
    private TestLeaf() {}

    public static LeafCost of(
            Resource resource,
            Instant firstCharge,
            Window billed,
            List<LeafCost.Part> parts,
            CostBasis basis,
            BigDecimal hoursRun,
            BigDecimal listPricePerHour) {
        return LeafCostBuilder.builder()
                .resource(resource)
                .firstCharge(firstCharge)
                .billed(billed)
                .parts(parts)
                .basis(basis)
                .hoursRun(hoursRun)
                .listPricePerHour(listPricePerHour)
                .build();
    }
}
