package io.aiaudit.model.invariant;

import static io.aiaudit.model.invariant.Facts.less;
import static io.aiaudit.model.invariant.Facts.number;
import static io.aiaudit.model.invariant.Facts.over;
import static io.aiaudit.model.invariant.Facts.sum;
import static io.aiaudit.model.invariant.Invariant.high;
import static io.aiaudit.model.invariant.Invariant.likely;
import static io.aiaudit.model.invariant.Invariant.low;

import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Audit.AuditedResource;
import io.aiaudit.model.Calculation;
import io.aiaudit.model.OneOff;
import io.aiaudit.model.Range;
import io.aiaudit.model.Status;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** Findings and resources: what is saved of what is paid. */
final class FindingTables {
    private static final String OF_RESOURCE = "that of its resource is";
    private static final BigDecimal HALF_A_TENTH = new BigDecimal("0.051");

    private FindingTables() {}

    /** Without it no other figure means anything. */
    static final List<Table<?>> ORDER =
            List.of(Table.each("$.findings", facts -> facts.audit().findings())
                    .atMost(
                            "stand_alone.low",
                            (finding, facts) -> low(finding.standAlone()),
                            "likely",
                            (finding, facts) -> likely(finding.standAlone()))
                    .atMost(
                            "stand_alone.likely",
                            (finding, facts) -> likely(finding.standAlone()),
                            "high",
                            (finding, facts) -> high(finding.standAlone()))
                    .atMost(
                            "counted.low",
                            (finding, facts) -> low(finding.counted()),
                            "likely",
                            (finding, facts) -> likely(finding.counted()))
                    .atMost(
                            "counted.likely",
                            (finding, facts) -> likely(finding.counted()),
                            "high",
                            (finding, facts) -> high(finding.counted())));

    static final List<Table<?>> ALL = List.of(
            Table.each("$.findings", facts -> facts.audit().findings())
                    .notNegative("stand_alone.low", (finding, facts) -> low(finding.standAlone()))
                    .notNegative("counted.low", (finding, facts) -> low(finding.counted()))
                    .notNegative("freed_commitment", (finding, facts) -> finding.freedCommitment())
                    .notNegative("needs_decision", (finding, facts) -> finding.needsDecision())
                    .notNegative("decision_frees", (finding, facts) -> finding.decisionFrees())
                    .equal(
                            "monthly_cost",
                            (finding, facts) -> finding.monthlyCost(),
                            OF_RESOURCE,
                            (finding, facts) -> ofResource(finding, facts, AuditedResource::monthlyCost))
                    .equal(
                            "run_rate",
                            (finding, facts) -> finding.runRate(),
                            OF_RESOURCE,
                            (finding, facts) -> ofResource(finding, facts, AuditedResource::runRate))
                    .atMost(
                            "stand_alone.high",
                            (finding, facts) -> high(finding.standAlone()),
                            "the run rate of its resource",
                            (finding, facts) -> aboveZero(finding.runRate()))
                    .withinCents((finding, facts) -> BigDecimal.ZERO)
                    .line(calculated("low", Range::low, Calculation::remainingWorst))
                    .line(calculated("likely", Range::likely, Calculation::remaining))
                    .line(calculated("high", Range::high, Calculation::remainingBest))
                    .line(ofAlone("likely", Range::likely))
                    .atMost(
                            "freed_commitment",
                            (finding, facts) -> finding.status() == Status.COUNTED ? finding.freedCommitment() : null,
                            "what counting leaves of its saving alone",
                            (finding, facts) -> less(likely(finding.standAlone()), likely(finding.counted())))
                    .withinCents((finding, facts) -> BigDecimal.ZERO)
                    .line(nothingUnless(Status.COUNTED, "counted.high", finding -> high(finding.counted())))
                    .line(nothingUnless(Status.COUNTED, "freed_commitment", AuditedFinding::freedCommitment))
                    .line(nothingUnless(Status.UNCONFIRMED, "needs_decision", AuditedFinding::needsDecision))
                    .line(nothingUnless(Status.UNCONFIRMED, "decision_frees", AuditedFinding::decisionFrees))
                    .atMost(
                            "needs_decision",
                            (finding, facts) -> finding.needsDecision(),
                            "its saving alone",
                            (finding, facts) -> likely(finding.standAlone()))
                    // The last of a resource takes what rounding leaves.
                    .withinCents((finding, facts) ->
                            number(facts.findingsOf(finding.resourceId()).size())),
            Table.within(
                            "$.findings",
                            facts -> facts.audit().findings(),
                            (AuditedFinding finding) -> Table.indexed("advice", finding.advice())
                                    .map(advice -> Map.entry(advice.getKey(), Map.entry(advice.getValue(), finding))))
                    .equal(
                            "difference",
                            (advice, facts) -> advice.getKey().difference(),
                            "from the finding it is",
                            (advice, facts) -> less(
                                    advice.getKey().monthlySaving(),
                                    high(advice.getValue().standAlone()))),
            Table.within("$.findings", facts -> facts.audit().findings(), FindingTables::oneOff)
                    .notNegative("hours", (oneOff, facts) -> oneOff.getKey().hours())
                    .notNegative("cost", (oneOff, facts) -> oneOff.getKey().cost())
                    .equal(
                            "payback_months",
                            (oneOff, facts) -> oneOff.getKey().paybackMonths(),
                            "its cost over its saving is",
                            (oneOff, facts) -> over(
                                    oneOff.getKey().cost(), oneOff.getValue().monthlyAmount()))
                    .within((oneOff, facts) -> HALF_A_TENTH),
            Table.each("$.resources", facts -> facts.audit().resources())
                    // One cent for each of its findings: what several take of one resource is rounded by itself.
                    .atMost(
                            "run_rate",
                            (resource, facts) -> savedOf(resource, facts),
                            "what findings count of it, since it costs",
                            (resource, facts) -> aboveZero(resource.runRate()))
                    .withinCents((resource, facts) ->
                            number(facts.findingsOf(resource.resourceId()).size())));

    private static Stream<Map.Entry<String, Map.Entry<OneOff, AuditedFinding>>> oneOff(AuditedFinding finding) {
        return finding.remedy() == null || finding.remedy().oneOff() == null
                ? Stream.empty()
                : Stream.of(
                        Map.entry("remedy.one_off", Map.entry(finding.remedy().oneOff(), finding)));
    }

    private static <T> BigDecimal of(T part, Function<T, BigDecimal> figure) {
        return part == null ? null : figure.apply(part);
    }

    private static BigDecimal ofResource(
            AuditedFinding finding, Facts facts, Function<AuditedResource, BigDecimal> cost) {
        return of(facts.resource(finding.resourceId()), cost);
    }

    /** What it is made of, times the share that a fix takes away. */
    private static Invariant<AuditedFinding> calculated(
            String key, Function<Range, BigDecimal> amount, Function<Calculation, BigDecimal> remaining) {
        return Invariant.<AuditedFinding>equal(
                        "stand_alone." + key,
                        (finding, facts) -> of(finding.standAlone(), amount),
                        "its calculation gives",
                        (finding, facts) -> {
                            Calculation made = finding.calculation();
                            // Of what is gone nothing is saved, whatever it cost.
                            return made == null
                                            || remaining.apply(made) == null
                                            || high(finding.standAlone()) == null
                                            || high(finding.standAlone()).signum() == 0
                                    ? null
                                    : made.whole().multiply(BigDecimal.ONE.subtract(remaining.apply(made)));
                        })
                .within((finding, facts) -> new BigDecimal("0.0051"));
    }

    private static Invariant<AuditedFinding> ofAlone(String key, Function<Range, BigDecimal> amount) {
        return Invariant.<AuditedFinding>atMost(
                        "counted." + key,
                        (finding, facts) -> of(finding.counted(), amount),
                        "its saving alone",
                        (finding, facts) -> of(finding.standAlone(), amount))
                .withinCents((finding, facts) -> BigDecimal.ZERO);
    }

    /** What was only paid back costs nothing from now on. */
    private static BigDecimal aboveZero(BigDecimal runRate) {
        return runRate == null ? null : runRate.max(BigDecimal.ZERO);
    }

    private static Invariant<AuditedFinding> nothingUnless(
            Status status, String key, Function<AuditedFinding, BigDecimal> amount) {
        return Invariant.<AuditedFinding>atMost(
                key,
                (finding, facts) -> finding.status() == status ? null : amount.apply(finding),
                "what a finding of another status has",
                (finding, facts) -> BigDecimal.ZERO);
    }

    private static BigDecimal savedOf(AuditedResource resource, Facts facts) {
        List<AuditedFinding> counted = facts.findingsOf(resource.resourceId()).stream()
                .filter(finding -> finding.status() == Status.COUNTED)
                .toList();
        return counted.isEmpty() ? null : sum(counted, finding -> high(finding.counted()));
    }
}
