package io.aiaudit.store;

import io.aiaudit.model.Component;
import io.aiaudit.model.CostBasis;
import io.aiaudit.model.Course;
import io.aiaudit.model.Keyed;
import io.aiaudit.model.LeafCost;
import io.aiaudit.model.LeafCostBuilder;
import io.aiaudit.model.Window;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Leaves with usage under a commitment whose cost the bill does not have (an Azure export of actual cost has it at 0).
 * They get the price beside it in the bill, else the list price of their machine, and are unpriced when
 * there is neither: never 0. All of it lies under the commitment. Where the bill has what was paid for the commitment,
 * too, the same money is in its totals already, and together they cost no more than that.
 */
final class WithoutPrice {
    private record Usage(
            Component component,
            BigDecimal cost,
            BigDecimal hours,
            long insideSeconds,
            long periodSeconds,
            String commitment,
            LocalDate day,
            Instant firstStart) {
        LeafCost.Part part(BigDecimal price) {
            return new LeafCost.Part(component, price, price, insideSeconds, periodSeconds);
        }

        Course.Day day(BigDecimal price) {
            return new Course.Day(component, day, firstStart, price, price, insideSeconds, periodSeconds);
        }

        BigDecimal inside(BigDecimal price) {
            return new LeafCosts.Share(null, true, insideSeconds, periodSeconds).of(price);
        }
    }

    private final Map<String, List<Usage>> byResource = new HashMap<>();

    private final CommitmentPayments payments;

    private WithoutPrice(CommitmentPayments payments) {
        this.payments = payments;
    }

    static WithoutPrice read(LockedStore store, Window window) {
        if (!isThereAny(store)) {
            return new WithoutPrice(CommitmentPayments.none());
        }
        WithoutPrice all = new WithoutPrice(CommitmentPayments.read(store, window));
        for (List<Object> row :
                store.select(Sql.inWindow("read/without-price.sql", window)).rows()) {
            all.byResource
                    .computeIfAbsent((String) row.get(0), id -> new ArrayList<>())
                    .add(new Usage(
                            Keyed.find(Component.class, (String) row.get(1)).orElse(Component.USAGE),
                            (BigDecimal) row.get(2),
                            (BigDecimal) row.get(3),
                            (Long) row.get(4),
                            (Long) row.get(5),
                            (String) row.get(6),
                            (LocalDate) row.get(7),
                            (Instant) row.get(8)));
        }
        return all;
    }

    /** What makes a line one without price, of lines by their texts. */
    static boolean isThereAny(LockedStore store) {
        return store.any("charge_texts WHERE CommitmentDiscountStatus = 'Used'")
                || store.any("charge_parts WHERE cost_basis = 'unpriced'");
    }

    /** Takes what the usage of a leaf is worth, of all leaves before the first of them is priced. */
    void count(LeafCost leaf) {
        List<Usage> usages = byResource.getOrDefault(leaf.resource().resourceId(), List.of());
        if (usages.stream().allMatch(usage -> price(usage, leaf) != null)) {
            usages.stream()
                    .filter(usage -> payments.areOf(usage.commitment()))
                    .forEach(usage -> payments.use(
                            usage.commitment(),
                            leaf.resource().resourceId(),
                            usage.day(),
                            usage.inside(price(usage, leaf))));
        }
    }

    /** The leaf as it is, unless some of its usage has no price. */
    LeafCost priced(LeafCost leaf) {
        List<Usage> usages = byResource.get(leaf.resource().resourceId());
        if (usages == null) {
            return leaf;
        }
        List<LeafCost.Part> parts = new ArrayList<>(
                leaf.parts().stream().filter(part -> part.cost().signum() != 0).toList());
        List<Course.Day> days = new ArrayList<>();
        BigDecimal paid = BigDecimal.ZERO;
        for (Usage usage : usages) {
            BigDecimal price = price(usage, leaf);
            if (price == null) {
                return with(leaf, List.of(), List.of(), CostBasis.UNPRICED, null);
            }
            BigDecimal cost = payments.atMostPaid(usage.commitment(), usage.day(), price);
            add(usage.part(cost), parts);
            if (usage.day() != null) {
                days.add(usage.day(cost));
            }
            if (payments.areOf(usage.commitment())) {
                paid = paid.add(usage.inside(cost));
            }
        }
        return with(leaf, parts, days, CostBasis.LIST, leaf.listPricePerHour()).withPaidInBill(paid);
    }

    /** What covers the same part of its period is one part, so that it is divided once. */
    private static void add(LeafCost.Part part, List<LeafCost.Part> parts) {
        for (int i = 0; i < parts.size(); i++) {
            LeafCost.Part other = parts.get(i);
            boolean isCovered = other.committed().compareTo(other.cost()) == 0;
            if (isCovered
                    && other.component() == part.component()
                    && other.insideSeconds() == part.insideSeconds()
                    && other.periodSeconds() == part.periodSeconds()
                    && !other.oneOff()) {
                BigDecimal sum = other.cost().add(part.cost());
                parts.set(i, new LeafCost.Part(part.component(), sum, sum, part.insideSeconds(), part.periodSeconds()));
                return;
            }
        }
        parts.add(part);
    }

    /** What the leaves whose usage has no price were paid for with; complete once all of them were counted. */
    CommitmentPayments payments() {
        return payments;
    }

    private static BigDecimal price(Usage usage, LeafCost leaf) {
        if (usage.cost() != null) {
            return usage.cost();
        }
        return usage.hours() == null || leaf.listPricePerHour() == null || usage.component() != Component.TIME
                ? null
                : usage.hours().multiply(leaf.listPricePerHour());
    }

    private static LeafCost with(
            LeafCost leaf, List<LeafCost.Part> parts, List<Course.Day> covered, CostBasis basis, BigDecimal listPrice) {
        return LeafCostBuilder.builder()
                .resource(leaf.resource())
                .firstCharge(leaf.firstCharge())
                .billed(leaf.billed())
                .parts(parts)
                .basis(basis)
                .hoursRun(leaf.hoursRun())
                .listPricePerHour(listPrice)
                .hoursMeasuredBy(leaf.hoursMeasuredBy())
                .counted(leaf.counted())
                .build()
                .withUndetermined(leaf.undetermined())
                .withCourse(course(leaf.course(), covered));
    }

    /** Of a leaf whose bill shows single days; a commitment that begins or ends to cover it changes what it costs. */
    private static Course course(Course billed, List<Course.Day> covered) {
        if (billed == null || billed.terms().isEmpty()) {
            return billed == null ? null : new Course(List.of(), List.of(), null, billed.ended());
        }
        return billed.withDays(Stream.concat(
                        billed.days().stream().filter(day -> day.cost().signum() != 0), covered.stream())
                .toList());
    }
}
