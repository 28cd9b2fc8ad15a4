package io.aiaudit.savings;

import io.aiaudit.model.Component;
import io.aiaudit.model.CostBasis;
import io.aiaudit.model.LeafCost;
import io.aiaudit.model.Money;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Spend;
import io.aiaudit.model.Window;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/**
 * Scales what a leaf cost in the window to a month: cost x 730 / h, h being the hours of window, bill and life together
 * (docs/money.md, "Monthly cost").
 */
public final class MonthlyCost {
    private static final String SERVICE = "account";
    private static final String MODEL_USAGE = "model_usage";

    /**
     * Work that comes back, and charges of a service without a resource: they have no lifetime that would show how much
     * of a month was seen; the window does.
     */
    private static final Set<String> RECURRING_KINDS = Set.of("training_job", "batch_job", MODEL_USAGE, SERVICE);

    private static final String COMMITTED = "committed";
    private static final Duration YOUNG = Duration.ofDays(7);
    private static final long SECONDS_PER_HOUR = 3600;
    private static final BigDecimal SECONDS_PER_MONTH = Money.HOURS_PER_MONTH.multiply(BigDecimal.valueOf(3600));

    private MonthlyCost() {}

    public static Spend of(LeafCost cost, Window window) {
        boolean recurring = isRecurring(cost.resource());
        Instant endedAt = cost.resource().endedAt();
        boolean comesBack = recurring && !MODEL_USAGE.equals(cost.resource().kind());
        boolean gone = !comesBack && endedAt != null && !endedAt.isAfter(window.end());
        Factor factor = factor(cost, window);
        if (!cost.parts().isEmpty()) {
            return charged(cost, window, gone);
        }
        boolean listed = cost.listPricePerHour() != null && cost.hoursRun() != null;
        Map<Component, BigDecimal> time = listed
                ? Map.of(Component.TIME, factor.times(cost.listPricePerHour().multiply(cost.hoursRun())))
                : Map.of();
        return new Spend(
                cost.resource().resourceId(),
                time,
                listed ? CostBasis.LIST : CostBasis.UNPRICED,
                cost.hoursRun(),
                committedShare(cost, BigDecimal.ZERO, BigDecimal.ONE),
                gone);
    }

    /** Work that comes back: the whole window says what it costs. A model that is hosted by the hour has a life. */
    static boolean isRecurring(Resource resource) {
        return RECURRING_KINDS.contains(String.valueOf(resource.kind())) && !resource.isHostedModel();
    }

    /** Charges of a service without a resource. */
    static boolean isService(Resource resource) {
        return SERVICE.equals(resource.kind());
    }

    /** False where too little was seen of a life: its cost stays as it is. */
    static boolean isScaled(LeafCost cost, Window window) {
        return !factor(cost, window).equals(Factor.ONE);
    }

    /** What an amount of one part is a month, on the mean of the window. */
    static BigDecimal monthly(BigDecimal amount, LeafCost.Part part, LeafCost cost, Window window) {
        return factor(part, cost, window)
                .within(part.insideSeconds(), part.periodSeconds())
                .times(amount);
    }

    /** What an amount inside the window is a month, on its mean. */
    static BigDecimal monthly(BigDecimal amount, LeafCost cost, Window window) {
        return factor(cost, window).times(amount);
    }

    /** When a leaf began, as far as anything says. */
    static Instant born(LeafCost cost) {
        return cost.resource().createdAt() == null
                ? cost.firstCharge()
                : cost.resource().createdAt();
    }

    private static Factor factor(LeafCost cost, Window window) {
        return isRecurring(cost.resource()) ? recurringFactor(cost, window) : lifeFactor(cost, window);
    }

    /**
     * Use is never more than its meter shows in the whole window, whatever days of it the bill names the leaf in. What
     * is paid or given back once is of the bill and not of a life that begins with it.
     */
    private static Factor factor(LeafCost.Part part, LeafCost cost, Window window) {
        Window whole = cost.course() == null ? null : cost.course().wholeBill();
        if (part.oneOff() && isScaled(cost, window)) {
            return whole == null ? recurringFactor(cost, window) : Factor.toMonth(seconds(whole.start(), whole.end()));
        }
        if (whole == null || part.component() != Component.USAGE || !isScaled(cost, window)) {
            return factor(cost, window);
        }
        Resource resource = cost.resource();
        return Factor.toMonth(seconds(
                latest(latest(window.start(), whole.start()), resource.createdAt()),
                earliest(earliest(window.end(), whole.end()), resource.endedAt())));
    }

    private static Spend charged(LeafCost cost, Window window, boolean gone) {
        Map<Component, BigDecimal> byComponent = new EnumMap<>(Component.class);
        BigDecimal committed = BigDecimal.ZERO;
        for (LeafCost.Part part : cost.parts()) {
            Factor inside = factor(part, cost, window).within(part.insideSeconds(), part.periodSeconds());
            byComponent.merge(part.component(), inside.times(part.cost()), BigDecimal::add);
            if (part.component() == Component.TIME) {
                committed = committed.add(inside.times(part.committed()));
            }
        }
        BigDecimal time = byComponent.getOrDefault(Component.TIME, BigDecimal.ZERO);
        return new Spend(
                        cost.resource().resourceId(),
                        byComponent,
                        cost.basis(),
                        cost.hoursRun(),
                        committedShare(cost, committed, time),
                        gone)
                .withUndetermined(undetermined(cost, window));
    }

    private static BigDecimal undetermined(LeafCost cost, Window window) {
        return monthly(
                cost.undetermined(),
                new LeafCost.Part(Component.USAGE, cost.undetermined(), BigDecimal.ZERO, 1, 1),
                cost,
                window);
    }

    /**
     * The bill says it; where in the whole window it names no commitment of a resource that is committed, as with units
     * of throughput for six months or machines of a capacity block, all of its time is paid until that ends.
     */
    static BigDecimal committedShare(LeafCost cost, BigDecimal committed, BigDecimal time) {
        boolean named = cost.parts().stream().anyMatch(part -> part.committed().signum() != 0);
        return !named && COMMITTED.equals(cost.resource().purchase()) ? BigDecimal.ONE : share(committed, time);
    }

    private static BigDecimal share(BigDecimal part, BigDecimal whole) {
        if (whole.signum() <= 0 || part.signum() <= 0) {
            return BigDecimal.ZERO;
        }
        return part.divide(whole, Money.PRECISION).min(BigDecimal.ONE);
    }

    private static Factor recurringFactor(LeafCost cost, Window window) {
        Window billed = cost.billed() == null ? window : cost.billed();
        return Factor.toMonth(seconds(latest(window.start(), billed.start()), earliest(window.end(), billed.end())));
    }

    private static Factor lifeFactor(LeafCost cost, Window window) {
        Resource resource = cost.resource();
        Instant born = born(cost);
        Instant end = earliest(window.end(), resource.endedAt());
        // Without charges the hours run were counted in the window, whatever part of it the bill covers.
        Window billed = cost.billed() == null || cost.parts().isEmpty() ? window : cost.billed();
        // What began to cost in the midst of the bill, and of which nothing else is known, was not seen any longer than
        // the bill goes.
        boolean appeared = resource.createdAt() == null
                && born != null
                && born.isAfter(billed.start().plus(Duration.ofDays(1)));
        Instant seen = appeared ? earliest(end, billed.end()) : end;
        if (born != null && Duration.between(born, seen).compareTo(YOUNG) < 0 && !isSteadyShare(cost, born, seen)) {
            return Factor.ONE;
        }
        return Factor.toMonth(
                seconds(latest(latest(window.start(), billed.start()), born), earliest(end, billed.end())));
    }

    /**
     * Whether it is a part of a bill that is not young. What a new part has of it another one gave up, so its own time
     * shows a month, where the bill has the hours of that or it was there for a day.
     */
    private static boolean isSteadyShare(LeafCost cost, Instant born, Instant seen) {
        if (cost.parent() == null
                || Duration.between(cost.parent().since(), seen).compareTo(YOUNG) < 0) {
            return false;
        }
        return Duration.between(born, seen).compareTo(Duration.ofDays(1)) >= 0
                || cost.parts().stream()
                        .filter(part -> part.component() == Component.TIME)
                        .allMatch(part -> part.periodSeconds() <= SECONDS_PER_HOUR);
    }

    private static long seconds(Instant start, Instant end) {
        return Math.max(0, Duration.between(start, end).toSeconds());
    }

    private static Instant latest(Instant one, Instant otherOrNull) {
        return otherOrNull == null || otherOrNull.isBefore(one) ? one : otherOrNull;
    }

    private static Instant earliest(Instant one, Instant otherOrNull) {
        return otherOrNull == null || otherOrNull.isAfter(one) ? one : otherOrNull;
    }

    /** A fraction, kept as two exact numbers so that each amount is divided once. */
    private record Factor(BigDecimal numerator, BigDecimal denominator) {
        static final Factor ONE = new Factor(BigDecimal.ONE, BigDecimal.ONE);

        /** Hours that are none (charges outside the life) cannot be scaled: the cost stays as it is. */
        static Factor toMonth(long seconds) {
            return seconds == 0 ? ONE : new Factor(SECONDS_PER_MONTH, BigDecimal.valueOf(seconds));
        }

        /** A charge without a length is a point inside the window. */
        Factor within(long insideSeconds, long periodSeconds) {
            return periodSeconds == 0
                    ? this
                    : new Factor(
                            numerator.multiply(BigDecimal.valueOf(insideSeconds)),
                            denominator.multiply(BigDecimal.valueOf(periodSeconds)));
        }

        BigDecimal times(BigDecimal amount) {
            return amount.multiply(numerator).divide(denominator, Money.PRECISION);
        }
    }
}
