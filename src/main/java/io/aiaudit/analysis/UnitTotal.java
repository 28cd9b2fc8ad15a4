package io.aiaudit.analysis;

import io.aiaudit.model.LeafCost;
import io.aiaudit.model.Money;
import io.aiaudit.model.OfResourceBuilder;
import io.aiaudit.model.Resource;
import io.aiaudit.model.UnitCost;
import io.aiaudit.model.UnitCostBuilder;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Adds up what one unit of work cost: a resource is above and below the line, or in neither. */
final class UnitTotal {
    private static final int LARGEST = 10;

    /** A tenth of a thousandth of an hour of an accelerator is work, too. */
    private static final int QUANTITY_DIGITS = 4;

    private static final MathContext SIX_DIGITS = new MathContext(6, RoundingMode.HALF_EVEN);

    private static final Comparator<UnitCost.OfResource> LARGEST_FIRST =
            Comparator.comparing(UnitCost.OfResource::cost).reversed().thenComparing(UnitCost.OfResource::resourceId);

    private final String unit;
    private final BigDecimal units;
    private final List<UnitCost.OfResource> measured = new ArrayList<>();
    private BigDecimal allCost = BigDecimal.ZERO;
    private int candidates;
    private int measuredLeaves;

    /** @param units how many make the unit that a cost is given for */
    UnitTotal(String unit, BigDecimal units) {
        this.unit = unit;
        this.units = units;
    }

    /**
     * A resource with the cost of its leaves, each rounded once.
     *
     * @param quantity null = unknown
     * @param paidHours null for what is not counted by the hour
     */
    void add(Resource resource, Map<LeafCost, BigDecimal> costs, BigDecimal quantity, BigDecimal paidHours) {
        BigDecimal cost = Money.sum(costs.values().stream().map(Money::toCents).toList());
        candidates += costs.size();
        allCost = allCost.add(cost);
        if (quantity != null) {
            measuredLeaves += costs.size();
            measured.add(OfResourceBuilder.builder()
                    .resourceId(resource.resourceId())
                    .name(resource.name())
                    .kind(resource.kind())
                    .provider(resource.provider())
                    .accountId(resource.accountId())
                    .region(resource.region())
                    .cost(cost)
                    .quantity(rounded(quantity))
                    .unitCost(per(cost, quantity, units))
                    .paidHours(rounded(paidHours))
                    .paidHourCost(per(cost, paidHours, BigDecimal.ONE))
                    .build());
        }
    }

    /** Empty where nothing could do such work. */
    Optional<UnitCost> unitCost() {
        if (candidates == 0) {
            return Optional.empty();
        }
        boolean none = measured.isEmpty();
        BigDecimal cost = none
                ? null
                : Money.sum(measured.stream().map(UnitCost.OfResource::cost).toList());
        BigDecimal quantity =
                sum(measured.stream().map(UnitCost.OfResource::quantity).toList());
        BigDecimal paid =
                sum(measured.stream().map(UnitCost.OfResource::paidHours).toList());
        return Optional.of(UnitCostBuilder.builder()
                .unit(unit)
                .cost(cost)
                .quantity(quantity)
                .unitCost(per(cost, quantity, units))
                .paidHours(paid)
                .paidHourCost(per(cost, paid, BigDecimal.ONE))
                .measured(measuredLeaves)
                .resources(candidates)
                .costShare(allCost.signum() <= 0 ? null : (none ? BigDecimal.ZERO : cost.divide(allCost, SIX_DIGITS)))
                .largest(measured.stream().sorted(LARGEST_FIRST).limit(LARGEST).toList())
                .build());
    }

    private static BigDecimal sum(List<BigDecimal> amounts) {
        return amounts.isEmpty() || amounts.contains(null)
                ? null
                : amounts.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal rounded(BigDecimal quantity) {
        if (quantity == null) {
            return null;
        }
        BigDecimal exact =
                quantity.setScale(QUANTITY_DIGITS, RoundingMode.HALF_EVEN).stripTrailingZeros();
        return exact.scale() < 0 ? exact.setScale(0, RoundingMode.UNNECESSARY) : exact;
    }

    private static BigDecimal per(BigDecimal cost, BigDecimal quantity, BigDecimal units) {
        return cost == null || quantity == null || quantity.signum() <= 0
                ? null
                : cost.multiply(units).divide(quantity, SIX_DIGITS);
    }
}
