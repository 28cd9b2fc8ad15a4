package io.aiaudit.model;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What one leaf costs, a row of {@code spend}: exact, in the audit's currency, per 730 hours. The monthly cost is the
 * mean of the window and says what was spent; the run rate is what the coming month costs if nothing changes, and the
 * base of every saving.
 *
 * @param byComponent monthly cost by component; empty when unpriced
 * @param runRate run rate by component; empty when unpriced, zeros when nothing of the resource is left
 * @param changedAt the day since which it costs the run rate: of the last lasting change, or since when it is gone;
 * null where there was none, and where the run rate is in part
 *     from days before it
 * @param shiftedAt the last lasting change, whatever the run rate is from: how a resource ran before says nothing of
 * how it runs now; null where there was none
 * @param alteredAt the same without another number of instances or units: what does nothing does so at any number
 * @param runRateFrom where the days begin that the run rate is from; null where it is from the whole window
 * @param hours machine hours run in the window, null when unknown
 * @param committedShare share (0..1) of the run rate of time that lies under a commitment
 * @param committedShareOff for a schedule, as the target of a finding writes it, the share (0..1) under a commitment of
 * the time cost of the hours that it takes away;
 *     only where the bill is hourly
 * @param onDemandParts how much of the time was on demand beside a commitment, period by period; empty where the bill
 * does not show it, and the average share holds
 * @param timeLeft share (0..1) of the time cost that is left by the savings of the first pass that count or need a
 * decision; 1 before that
 * @param gone true when the resource no longer exists or is no longer charged at the window's end, so that nothing is
 * left to save
 * @param undetermined monthly cost of charges of which neither the bill nor the kind says what they pay for; it is in
 * the usage
 * @param unseenCommitment what may cover its time though no bill shows it, with the reason, to stand in brackets; null
 * where the bill shows it
 * @param note why it is gone or unpriced, or why its list price (also as its share of a bill) does not count, as a
 * sentence; null where the usual reason holds
 */
@RecordBuilder
public record Spend(
        String resourceId,
        Map<Component, BigDecimal> byComponent,
        Map<Component, BigDecimal> runRate,
        LocalDate changedAt,
        Instant shiftedAt,
        Instant alteredAt,
        Instant runRateFrom,
        CostBasis basis,
        BigDecimal hours,
        BigDecimal committedShare,
        Map<String, BigDecimal> committedShareOff,
        List<OnDemandPart> onDemandParts,
        BigDecimal timeLeft,
        boolean gone,
        BigDecimal undetermined,
        String unseenCommitment,
        String note)
        implements SpendBuilder.With {
    /** A cost that is the same all the time: the run rate is the monthly cost. */
    public Spend(
            String resourceId,
            Map<Component, BigDecimal> byComponent,
            CostBasis basis,
            BigDecimal hours,
            BigDecimal committedShare,
            boolean gone) {
        this(
                resourceId,
                byComponent,
                gone ? Map.of() : byComponent,
                null,
                null,
                null,
                null,
                basis,
                hours,
                committedShare,
                Map.of(),
                List.of(),
                BigDecimal.ONE,
                gone,
                BigDecimal.ZERO,
                null,
                null);
    }

    public Spend {
        committedShareOff = Map.copyOf(committedShareOff);
        onDemandParts = List.copyOf(onDemandParts);
        byComponent = inOrder(byComponent);
        runRate = inOrder(runRate);
    }

    private static Map<Component, BigDecimal> inOrder(Map<Component, BigDecimal> amounts) {
        EnumMap<Component, BigDecimal> copy = new EnumMap<>(Component.class);
        copy.putAll(amounts);
        return Collections.unmodifiableMap(copy);
    }

    /** The sum over the components, or null when the cost is unknown. */
    public BigDecimal monthlyCost() {
        return basis == CostBasis.UNPRICED ? null : sum(byComponent);
    }

    /** What the coming month costs if nothing changes, or null when the cost is unknown. */
    public BigDecimal monthlyRunRate() {
        return basis == CostBasis.UNPRICED ? null : sum(runRate);
    }

    private static BigDecimal sum(Map<Component, BigDecimal> amounts) {
        return amounts.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** Whether the run rate differs from the monthly cost by a tenth of it or more. */
    public boolean changed() {
        return Money.isTenthApart(monthlyCost(), monthlyRunRate());
    }

    /** The same, of which this is what the coming month costs, with so much of its time under a commitment. */
    public Spend withRunRate(Map<Component, BigDecimal> rate, BigDecimal committed) {
        return withRunRate(rate, committed, changedAt, runRateFrom);
    }

    /** The same, of which the days from then on say what the coming month costs. */
    public Spend withRunRate(
            Map<Component, BigDecimal> rate, BigDecimal committed, LocalDate lastChange, Instant from) {
        return SpendBuilder.builder(this)
                .runRate(rate)
                .changedAt(lastChange)
                .runRateFrom(from)
                .committedShare(committed)
                .build();
    }

    /** The same, of which nothing is left since that day. */
    public Spend goneSince(LocalDate since, String why) {
        return SpendBuilder.builder(this)
                .runRate(Map.of())
                .changedAt(since)
                .shiftedAt(null)
                .alteredAt(null)
                .runRateFrom(null)
                .gone(true)
                .note(why)
                .build();
    }

    /** The same, of whose time a commitment may cover this share, which the bill does not show. */
    public Spend withUnseenCommitment(String name, BigDecimal share) {
        return SpendBuilder.builder(this)
                .committedShare(share)
                .unseenCommitment(name)
                .build();
    }

    /** The monthly cost of one component. */
    public BigDecimal cost(Component component) {
        return byComponent.getOrDefault(component, BigDecimal.ZERO);
    }

    /** The run rate of one component. */
    public BigDecimal runRate(Component component) {
        return runRate.getOrDefault(component, BigDecimal.ZERO);
    }
}
