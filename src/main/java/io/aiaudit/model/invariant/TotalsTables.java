package io.aiaudit.model.invariant;

import static io.aiaudit.model.invariant.Facts.number;
import static io.aiaudit.model.invariant.Facts.sum;
import static io.aiaudit.model.invariant.Invariant.likely;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.CostBasis;
import io.aiaudit.model.Coverage;
import io.aiaudit.model.Range;
import io.aiaudit.model.RollUp;
import io.aiaudit.model.SpendClass;
import io.aiaudit.model.Status;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

/** The totals, their coverage, the bill that they come from, and the groups that they are divided into. */
final class TotalsTables {
    private static final BigDecimal CLASSES = number(Coverage.class.getRecordComponents().length);
    private static final String ADD_UP = "its findings add up to";
    private static final String MADE_OF = "what it is made of adds up to";

    private TotalsTables() {}

    static final List<Table<?>> ALL = List.of(
            Table.of("$.totals.saving", facts -> facts.audit().totals().saving())
                    .atMost("low", (saving, facts) -> saving.low(), "likely", (saving, facts) -> saving.likely())
                    .atMost("likely", (saving, facts) -> saving.likely(), "high", (saving, facts) -> saving.high())
                    .equal(
                            "low",
                            (saving, facts) -> saving.low(),
                            "its counted findings add up to",
                            (saving, facts) -> facts.counted(Range::low))
                    .withinCents((saving, facts) -> facts.findingCount())
                    .equal(
                            "likely",
                            (saving, facts) -> saving.likely(),
                            "its counted findings add up to",
                            (saving, facts) -> facts.counted(Range::likely))
                    .withinCents((saving, facts) -> facts.findingCount())
                    .equal(
                            "high",
                            (saving, facts) -> saving.high(),
                            "its counted findings add up to",
                            (saving, facts) -> facts.counted(Range::high))
                    .withinCents((saving, facts) -> facts.findingCount())
                    .equal(
                            "likely",
                            (saving, facts) -> saving.likely(),
                            "its bases add up to",
                            (saving, facts) ->
                                    sum(facts.audit().totals().savingByBasis().values(), Function.identity()))
                    .withinCents((saving, facts) -> facts.findingCount()),
            Table.of("$.totals", facts -> facts.audit().totals())
                    .line(ofFindings(
                            "stand_alone_saving",
                            Audit.Totals::standAloneSaving,
                            facts -> sum(facts.audit().findings(), Facts::gross)))
                    .line(ofFindings(
                            "overlap",
                            Audit.Totals::overlap,
                            facts -> sum(facts.audit().findings(), Facts::overlap)))
                    .line(ofFindings(
                            "unconfirmed_saving",
                            Audit.Totals::unconfirmedSaving,
                            facts -> facts.gross(Status.UNCONFIRMED)))
                    .line(ofFindings(
                            "blocked_saving", Audit.Totals::blockedSaving, facts -> facts.gross(Status.BLOCKED)))
                    .line(ofFindings(
                            "accepted_saving", Audit.Totals::acceptedSaving, facts -> facts.gross(Status.ACCEPTED)))
                    .line(ofFindings(
                            "freed_commitment",
                            Audit.Totals::freedCommitment,
                            facts -> sum(facts.with(Status.COUNTED), AuditedFinding::freedCommitment)))
                    .line(ofFindings(
                            "needs_decision",
                            Audit.Totals::needsDecision,
                            facts -> sum(facts.with(Status.UNCONFIRMED), AuditedFinding::decisionAmount)))
                    .equal(
                            "stand_alone_saving",
                            (totals, facts) -> totals.standAloneSaving(),
                            "its parts add up to",
                            (totals, facts) -> partsOfGross(totals))
                    .withinCents((totals, facts) -> facts.findingCount())
                    .equal(
                            "unpriced_findings",
                            (totals, facts) -> number(totals.unpricedFindings()),
                            "the findings without a price are",
                            (totals, facts) ->
                                    number(facts.with(Status.UNPRICED).size()))
                    .equal(
                            "window_ai_cost",
                            (totals, facts) -> totals.windowAiCost(),
                            "its coverage adds up to",
                            (totals, facts) -> totals.coverage() == null
                                    ? null
                                    : totals.coverage().sum())
                    .withinCents((totals, facts) -> CLASSES)
                    .line(notNegativeUnlessRefunded("monthly_cost", Audit.Totals::monthlyCost))
                    .line(notNegativeUnlessRefunded("monthly_ai_cost", Audit.Totals::monthlyAiCost))
                    .line(notNegativeUnlessRefunded("run_rate", Audit.Totals::runRate))
                    .atMost(
                            "monthly_ai_cost",
                            (totals, facts) -> facts.isRefunded() ? null : totals.monthlyAiCost(),
                            "all that everything costs",
                            (totals, facts) -> totals.monthlyCost())
                    .withinCents((totals, facts) -> BigDecimal.ONE),
            Table.of(
                            "$.totals.saving_by_basis",
                            facts -> facts.audit().totals().saving() == null
                                    ? null
                                    : facts.audit().totals())
                    .line(basis(CostBasis.EFFECTIVE))
                    .line(basis(CostBasis.BILLED))
                    .line(basis(CostBasis.ALLOCATED))
                    .line(basis(CostBasis.LIST)),
            Table.of("$.totals.coverage", facts -> facts.audit().totals().coverage())
                    .notNegative("past", (coverage, facts) -> coverage.past())
                    .notNegative("counted", (coverage, facts) -> coverage.counted())
                    .notNegative("freed_commitment", (coverage, facts) -> coverage.freedCommitment())
                    .notNegative("accepted", (coverage, facts) -> coverage.accepted())
                    .notNegative("blocked", (coverage, facts) -> coverage.blocked())
                    .notNegative("needs_decision", (coverage, facts) -> coverage.needsDecision())
                    .notNegative("in_use", (coverage, facts) -> coverage.inUse())
                    .atLeast(
                            "not_assessed",
                            (coverage, facts) -> coverage.notAssessed(),
                            "",
                            (coverage, facts) -> coverage.sum().min(BigDecimal.ZERO))
                    // Refunds of other classes may be taken from it.
                    .atMost(
                            "not_assessed",
                            (coverage, facts) -> facts.audit().notAssessed().isEmpty() ? null : coverage.notAssessed(),
                            MADE_OF,
                            (coverage, facts) ->
                                    Facts.sumAboveZero(facts.audit().notAssessed(), Audit.NotAssessed::cost))
                    .withinCents(TotalsTables::things)
                    .atLeast(
                            "not_assessed",
                            (coverage, facts) -> facts.audit().notAssessed().isEmpty() || facts.isRefunded()
                                    ? null
                                    : coverage.notAssessed(),
                            MADE_OF,
                            (coverage, facts) -> sum(facts.audit().notAssessed(), Audit.NotAssessed::cost))
                    .withinCents(TotalsTables::things),
            Table.each("$.bill.providers", facts -> facts.audit().bill().providers())
                    .equal(
                            "effective_cost",
                            (bill, facts) -> bill.effectiveCost(),
                            "its parts add up to",
                            (bill, facts) -> partsOfBill(bill))
                    .withinCents((bill, facts) -> BigDecimal.ZERO)
                    .line(ofDays("ai_cost", Audit.ProviderBill::aiCost, SpendClass.AI))
                    .line(ofDays("other_cost", Audit.ProviderBill::otherCost, SpendClass.OTHER))
                    .notNegative("rejected_rows", (bill, facts) -> number(bill.rejectedRows()))
                    .notNegative("rows", (bill, facts) -> number(bill.rows())),
            Table.each("$.roll_ups", facts -> facts.audit().rollUps())
                    .line(ofGroups("resources", group -> number(group.resources()), Facts::resourceCount))
                    .line(ofGroups("findings", group -> number(group.findings()), Facts::findingCount))
                    .line(ofGroups("net_saving", RollUp.Group::netSaving, facts -> facts.counted(Range::likely)))
                    .withinCents((rollUp, facts) -> facts.findingCount())
                    .line(ofGroups(
                            "needs_decision",
                            RollUp.Group::needsDecision,
                            facts -> sum(facts.with(Status.UNCONFIRMED), AuditedFinding::decisionAmount)))
                    .withinCents((rollUp, facts) -> facts.findingCount())
                    // Each is rounded by itself and may cost less than nothing: what is far from the whole is refused.
                    .line(ofGroups(
                            "monthly_cost",
                            RollUp.Group::monthlyCost,
                            facts -> facts.audit().totals().monthlyCost()))
                    .within((rollUp, facts) -> Facts.over(
                                    sum(
                                            rollUp.groups(),
                                            group -> group.monthlyCost() == null
                                                    ? null
                                                    : group.monthlyCost().abs()),
                                    BigDecimal.valueOf(3))
                            .add(BigDecimal.ONE))
                    .equal(
                            "unassigned_share",
                            (rollUp, facts) -> rollUp.unassignedShare(),
                            "that of its groups is",
                            (rollUp, facts) -> unassigned(rollUp))
                    .within((rollUp, facts) -> new BigDecimal("0.000051")),
            Table.within(
                            "$.roll_ups",
                            facts -> facts.audit().rollUps(),
                            (RollUp rollUp) -> Table.indexed("groups", rollUp.groups())
                                    .map(group -> Map.entry(group.getKey(), Map.entry(rollUp.by(), group.getValue()))))
                    .line(ofMembers(
                            "findings",
                            group -> number(group.findings()),
                            (group, facts) -> number(members(group, facts).size())))
                    .line(ofMembers(
                            "net_saving",
                            RollUp.Group::netSaving,
                            (group, facts) -> sum(
                                    members(group, facts),
                                    finding -> finding.status() == Status.COUNTED ? likely(finding.counted()) : null)))
                    .withinCents((group, facts) -> facts.findingCount())
                    .line(ofMembers(
                            "needs_decision",
                            RollUp.Group::needsDecision,
                            (group, facts) -> sum(
                                    members(group, facts),
                                    finding ->
                                            finding.status() == Status.UNCONFIRMED ? finding.decisionAmount() : null)))
                    .withinCents((group, facts) -> facts.findingCount())
                    .notNegative(
                            "resources",
                            (group, facts) -> number(group.getValue().resources()))
                    .notNegative(
                            "findings",
                            (group, facts) -> number(group.getValue().findings()))
                    .notNegative(
                            "net_saving", (group, facts) -> group.getValue().netSaving())
                    .notNegative(
                            "needs_decision", (group, facts) -> group.getValue().needsDecision()));

    /** Unknown together with the saving. */
    private static Invariant<Audit.Totals> ofFindings(
            String key, Function<Audit.Totals, BigDecimal> total, Function<Facts, BigDecimal> findings) {
        return Invariant.<Audit.Totals>equal(
                        key, (totals, facts) -> total.apply(totals), ADD_UP, (totals, facts) -> findings.apply(facts))
                .withinCents((totals, facts) -> facts.findingCount());
    }

    private static BigDecimal partsOfGross(Audit.Totals totals) {
        return totals.saving() == null
                ? null
                : sum(
                        Stream.of(
                                        totals.saving().likely(),
                                        totals.overlap(),
                                        totals.unconfirmedSaving(),
                                        totals.blockedSaving(),
                                        totals.acceptedSaving(),
                                        totals.freedCommitment())
                                .filter(Objects::nonNull)
                                .toList(),
                        Function.identity());
    }

    private static Invariant<Audit.Totals> basis(CostBasis basis) {
        return Invariant.<Audit.Totals>equal(
                        basis.key(),
                        (totals, facts) -> totals.savingByBasis().getOrDefault(basis.key(), BigDecimal.ZERO),
                        ADD_UP,
                        (totals, facts) -> sum(
                                facts.with(Status.COUNTED),
                                finding -> finding.costBasis() == basis ? likely(finding.counted()) : null))
                .withinCents((totals, facts) -> facts.findingCount());
    }

    /** All together costs less than nothing only where something does, such as what was refunded. */
    private static Invariant<Audit.Totals> notNegativeUnlessRefunded(
            String key, Function<Audit.Totals, BigDecimal> total) {
        return Invariant.notNegative(key, (totals, facts) -> facts.isRefunded() ? null : total.apply(totals));
    }

    private static BigDecimal things(Coverage coverage, Facts facts) {
        return number(facts.audit().notAssessed().size());
    }

    private static BigDecimal partsOfBill(Audit.ProviderBill bill) {
        return bill.aiCost() == null || bill.otherCost() == null || bill.untoldCost() == null
                ? null
                : bill.aiCost().add(bill.otherCost()).add(bill.untoldCost());
    }

    private static Invariant<Audit.ProviderBill> ofDays(
            String key, Function<Audit.ProviderBill, BigDecimal> cost, SpendClass spendClass) {
        return Invariant.<Audit.ProviderBill>equal(
                        key,
                        (bill, facts) -> cost.apply(bill),
                        "its days add up to",
                        (bill, facts) -> sum(
                                facts.audit().spend(),
                                spend -> Objects.equals(spend.provider(), bill.provider())
                                                && spend.spendClass() == spendClass
                                        ? spend.cost()
                                        : null))
                // exact, but for digits far behind a cent
                .within((bill, facts) -> new BigDecimal("0.01")
                        .add(number(facts.audit().spend().size()).movePointLeft(4)));
    }

    private static Invariant<RollUp> ofGroups(
            String key, Function<RollUp.Group, BigDecimal> each, Function<Facts, BigDecimal> whole) {
        return Invariant.<RollUp>equal(
                "groups[]." + key,
                (rollUp, facts) -> rollUp.groups().stream().map(each).allMatch(Objects::isNull)
                        ? null
                        : sum(rollUp.groups(), each),
                "the whole audit has",
                (rollUp, facts) -> whole.apply(facts));
    }

    private static BigDecimal unassigned(RollUp rollUp) {
        BigDecimal all = sum(rollUp.groups(), RollUp.Group::monthlyCost);
        return all.signum() <= 0
                ? null
                : Facts.over(sum(rollUp.groups(), group -> group.name() == null ? group.monthlyCost() : null), all);
    }

    private static Invariant<Map.Entry<String, RollUp.Group>> ofMembers(
            String key, Function<RollUp.Group, BigDecimal> figure, Figure<Map.Entry<String, RollUp.Group>> members) {
        return Invariant.<Map.Entry<String, RollUp.Group>>equal(
                key,
                (group, facts) -> figure.apply(group.getValue()),
                ADD_UP,
                (group, facts) ->
                        NAMES.containsKey(group.getKey()) && !facts.audit().redacted()
                                ? members.of(group, facts)
                                : null);
    }

    /** What a finding itself says; the others are of tags and mapping files, which an audit does not have. */
    private static final Map<String, Function<AuditedFinding, String>> NAMES =
            Map.of("owner", AuditedFinding::owner, "workload", AuditedFinding::workload);

    private static List<AuditedFinding> members(Map.Entry<String, RollUp.Group> group, Facts facts) {
        Function<AuditedFinding, String> name = NAMES.get(group.getKey());
        return facts.audit().findings().stream()
                .filter(finding -> Objects.equals(
                        stripped(name.apply(finding)), stripped(group.getValue().name())))
                .toList();
    }

    private static String stripped(String name) {
        return name == null || name.isBlank() ? null : name.strip();
    }
}
