package io.aiaudit.model;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/**
 * What the bill (or the list) says about one leaf in the window, before it is scaled to a month.
 *
 * @param firstCharge start of the first charge in the whole bill, null without a charge that may come back
 * @param billed the part of the window that the bill of this provider covers, null without a bill
 * @param parts sums of charges that touch the window; empty without a charge
 * @param basis effective, billed or allocated where there are charges, else list or unpriced
 * @param hoursRun machine hours of one replica in the window: where the bill is hourly its hours, else those by a
 *     metric, else hours in life
 * @param listPricePerHour list price of all replicas for an hour in the region, null when unknown
 * @param missingInBill no charge is of it, though the bill names others of its sort in its account, or has no cost
 * without a resource there: what it costs is unknown, whatever its list price
 * @param costsNothing its state says that nothing is paid for it: stopped, gone, or never started
 * @param hoursMeasuredBy the metric that measures the hours run, null where the bill or the life does
 * @param counted how many machines a metric counted, which the list price is of; null where none did, and it is of
 * those that there are now
 * @param undetermined the sum of the charges in {@code parts} of which neither the bill nor the kind says what they pay
 * for; they are in the usage
 * @param course how its cost went by the day; null where it is unknown
 * @param lately hours run and list price of the last seven days, where a metric measures them; null elsewhere
 * @param paidInBill the part of what the window cost at a price beside the bill that the bill has as paid for the
 * commitment over it
 * @param paidForUsers of a commitment, the part of what it cost in the window that is counted on what used it
 * @param parent whose bill it has its cost from; null where it is billed by itself
 */
@RecordBuilder
public record LeafCost(
        Resource resource,
        Instant firstCharge,
        Window billed,
        List<Part> parts,
        CostBasis basis,
        BigDecimal hoursRun,
        BigDecimal listPricePerHour,
        boolean missingInBill,
        boolean costsNothing,
        String hoursMeasuredBy,
        Counted counted,
        BigDecimal undetermined,
        Course course,
        Lately lately,
        BigDecimal paidInBill,
        BigDecimal paidForUsers,
        BilledParent parent)
        implements LeafCostBuilder.With {
    /** Nothing undetermined and nothing paid in the bill where nothing else is known. */
    public LeafCost {
        undetermined = undetermined == null ? BigDecimal.ZERO : undetermined;
        paidInBill = paidInBill == null ? BigDecimal.ZERO : paidInBill;
        paidForUsers = paidForUsers == null ? BigDecimal.ZERO : paidForUsers;
        parts = List.copyOf(parts);
    }

    /**
     * Machines on average of the hours run.
     *
     * @param hours in how many hours they were counted; in the others there are taken to be as many as now
     */
    public record Counted(BigDecimal hours, BigDecimal machines) {}

    /**
     * What is billed as one and laid on its leaves.
     *
     * @param since its first charge in the whole bill
     * @param scales the leaf, or what it is a part of, is known to have as many instances or units as its load needs
     */
    public record BilledParent(String id, Instant since, boolean scales) {}

    /** The hours run in a span, and the list price of all replicas for one of them; null where unknown. */
    public record Lately(Window span, BigDecimal hoursRun, BigDecimal listPricePerHour) {}

    /** The same without what does not come back. */
    public LeafCost withoutOneOffs() {
        return withParts(parts.stream().filter(part -> !part.oneOff()).toList());
    }

    /** What it cost inside the window, exact; null where it has no charge. */
    public BigDecimal inWindow() {
        return parts.isEmpty() ? null : parts.stream().map(Part::inWindow).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** The same of one component; null where no charge is of it. */
    public BigDecimal inWindow(Component component) {
        return parts.stream()
                .filter(part -> part.component() == component)
                .map(Part::inWindow)
                .reduce(BigDecimal::add)
                .orElse(null);
    }

    /**
     * What the window cost of which the bill has no price and another was taken (an Azure export of actual cost has
     * none of what a commitment covers), and no payment either: totals of the bill exclude it.
     */
    public BigDecimal pricedBesideTheBill() {
        return basis == CostBasis.LIST ? coveredInWindow().subtract(paidInBill) : BigDecimal.ZERO;
    }

    /** What it cost inside the window of which all lies under a commitment. */
    public BigDecimal coveredInWindow() {
        return coveredInWindow(component -> true);
    }

    /** The same of some components. */
    public BigDecimal coveredInWindow(Predicate<Component> which) {
        return parts.stream()
                .filter(part -> which.test(part.component()) && part.committed().compareTo(part.cost()) == 0)
                .map(Part::inWindow)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /**
     * Charges of one component and of one share inside the window.
     *
     * @param oneOff corrections and what is paid once: they do not come back in the coming month
     * @param cost their sum over their whole periods, exact
     * @param committed the part of the sum that a commitment covers
     * @param insideSeconds seconds of the charge period inside the window; cost counts by insideSeconds / periodSeconds
     * @param from when a period of more than 25 hours begins; null of shorter ones
     */
    public record Part(
            Component component,
            BigDecimal cost,
            BigDecimal committed,
            long insideSeconds,
            long periodSeconds,
            boolean oneOff,
            Instant from) {
        public Part(
                Component component, BigDecimal cost, BigDecimal committed, long insideSeconds, long periodSeconds) {
            this(component, cost, committed, insideSeconds, periodSeconds, false);
        }

        public Part(
                Component component,
                BigDecimal cost,
                BigDecimal committed,
                long insideSeconds,
                long periodSeconds,
                boolean oneOff) {
            this(component, cost, committed, insideSeconds, periodSeconds, oneOff, null);
        }

        /** What it cost inside the window, exact but for the share of charges that cross an edge. */
        public BigDecimal inWindow() {
            return periodSeconds == 0
                    ? cost
                    : cost.multiply(BigDecimal.valueOf(insideSeconds))
                            .divide(BigDecimal.valueOf(periodSeconds), Money.PRECISION);
        }
    }
}
