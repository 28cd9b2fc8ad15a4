package io.aiaudit.model.invariant;

import static io.aiaudit.model.invariant.Facts.less;
import static io.aiaudit.model.invariant.Facts.number;
import static io.aiaudit.model.invariant.Facts.sum;
import static io.aiaudit.model.invariant.Facts.times;
import static io.aiaudit.model.invariant.Invariant.likely;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Audit.AuditedResource;
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
    private static final String ADD_UP = "its findings add up to";

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
                    .equal(
                            "likely",
                            (saving, facts) -> saving.likely(),
                            "its counted findings add up to",
                            (saving, facts) -> facts.counted(Range::likely))
                    .equal(
                            "high",
                            (saving, facts) -> saving.high(),
                            "its counted findings add up to",
                            (saving, facts) -> facts.counted(Range::high))
                    .equal(
                            "likely",
                            (saving, facts) -> saving.likely(),
                            "its bases add up to",
                            (saving, facts) ->
                                    sum(facts.audit().totals().savingByBasis().values(), Function.identity())),
            Table.of("$.totals", facts -> facts.audit().totals())
                    .line(ofFindings(
                            "stand_alone_saving",
                            Audit.Totals::standAloneSaving,
                            facts -> sum(facts.audit().findings(), Facts::gross)))
                    .equal(
                            "stand_alone_saving",
                            (totals, facts) -> totals.standAloneSaving(),
                            "its parts add up to",
                            (totals, facts) -> partsOfGross(totals))
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
                            "unpriced_findings",
                            (totals, facts) -> number(totals.unpricedFindings()),
                            "the findings without a price are",
                            (totals, facts) ->
                                    number(facts.with(Status.UNPRICED).size()))
                    // Where savings are unknown no finding has one.
                    .atMost(
                            "saving",
                            (totals, facts) -> totals.saving() == null ? facts.counted(Range::high) : null,
                            "what findings count where the saving is unknown",
                            (totals, facts) -> BigDecimal.ZERO)
                    .equal(
                            "window_ai_cost",
                            (totals, facts) -> totals.windowAiCost(),
                            "its coverage adds up to",
                            (totals, facts) -> totals.coverage() == null
                                    ? null
                                    : totals.coverage().sum())
                    .atLeast(
                            "window_ai_cost",
                            (totals, facts) -> totals.windowAiCost(),
                            "what AI cost in the days of the window",
                            (totals, facts) -> facts.spent(SpendClass.AI::equals))
                    .withinCents((totals, facts) -> BigDecimal.ONE)
                    .atMost(
                            "window_ai_cost",
                            (totals, facts) -> facts.isListed() ? null : totals.windowAiCost(),
                            "what AI cost in the days of the window",
                            (totals, facts) -> facts.spent(SpendClass.AI::equals))
                    .withinCents((totals, facts) -> BigDecimal.ONE)
                    .atLeast(
                            "monthly_ai_cost",
                            (totals, facts) -> totals.monthlyAiCost(),
                            "a month of what AI cost in the window",
                            TotalsTables::monthOfAi)
                    .withinCents((totals, facts) -> facts.month())
                    .atMost(
                            "monthly_ai_cost",
                            (totals, facts) -> totals.monthlyAiCost(),
                            "all that everything costs but a month of what is no AI",
                            TotalsTables::withoutOthers)
                    .withinCents((totals, facts) -> facts.month())
                    .atMost(
                            "run_rate",
                            (totals, facts) -> totals.runRate(),
                            "what the resources cost from now on and those that come and go",
                            TotalsTables::mostRunRate)
                    .withinCents((totals, facts) -> facts.resourceCount())
                    .atLeast(
                            "run_rate",
                            (totals, facts) -> totals.runRate(),
                            "what the resources cost from now on at least",
                            TotalsTables::leastRunRate)
                    .withinCents((totals, facts) -> facts.resourceCount())
                    .notNegative("in_use_partly_checked", (totals, facts) -> totals.inUsePartlyChecked())
                    .atMost(
                            "in_use_partly_checked",
                            (totals, facts) -> totals.inUsePartlyChecked(),
                            "what is in use",
                            (totals, facts) -> totals.coverage() == null
                                    ? null
                                    : totals.coverage().inUse()),
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
                    .line(partOf("counted", Coverage::counted, totals -> likely(totals.saving())))
                    .line(partOf("freed_commitment", Coverage::freedCommitment, Audit.Totals::freedCommitment))
                    .line(partOf("accepted", Coverage::accepted, Audit.Totals::acceptedSaving))
                    .line(partOf("blocked", Coverage::blocked, Audit.Totals::blockedSaving))
                    .line(partOf("needs_decision", Coverage::needsDecision, Audit.Totals::unconfirmedSaving))
                    .equal(
                            "not_assessed",
                            (coverage, facts) -> facts.audit().notAssessed().isEmpty() ? null : coverage.notAssessed(),
                            "what it is made of adds up to",
                            (coverage, facts) -> sum(facts.audit().notAssessed(), Audit.NotAssessed::cost))
                    .withinCents((coverage, facts) ->
                            number(facts.audit().notAssessed().size())),
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
                    .notNegative("rows", (bill, facts) -> number(bill.rows()))
                    .atMost(
                            "promotional_credit",
                            (bill, facts) -> bill.promotionalCredit(),
                            "nothing, which it takes from the bill",
                            (bill, facts) -> BigDecimal.ZERO),
            Table.each("$.roll_ups", facts -> facts.audit().rollUps())
                    .line(ofGroups("resources", group -> number(group.resources()), Facts::resourceCount))
                    .line(ofGroups("findings", group -> number(group.findings()), Facts::findingCount))
                    .line(ofGroups("net_saving", RollUp.Group::netSaving, facts -> facts.counted(Range::likely)))
                    .line(ofGroups(
                            "needs_decision",
                            RollUp.Group::needsDecision,
                            facts -> sum(facts.with(Status.UNCONFIRMED), AuditedFinding::decisionAmount)))
                    .line(ofGroups(
                            "monthly_cost",
                            RollUp.Group::monthlyCost,
                            facts -> facts.audit().totals().monthlyCost()))
                    .share("unassigned_share", (rollUp, facts) -> rollUp.unassignedShare())
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
                    .line(ofMembers(
                            "needs_decision",
                            RollUp.Group::needsDecision,
                            (group, facts) -> sum(
                                    members(group, facts),
                                    finding ->
                                            finding.status() == Status.UNCONFIRMED ? finding.decisionAmount() : null)))
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
                key, (totals, facts) -> total.apply(totals), ADD_UP, (totals, facts) -> findings.apply(facts));
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
                        finding -> finding.costBasis() == basis ? likely(finding.counted()) : null));
    }

    /** A class has at most what findings of its status save, as an amount of the window. */
    private static Invariant<Coverage> partOf(
            String key, Function<Coverage, BigDecimal> part, Function<Audit.Totals, BigDecimal> monthly) {
        return Invariant.<Coverage>atMost(
                        key,
                        (coverage, facts) -> part.apply(coverage),
                        "what its findings save in as long as the window",
                        (coverage, facts) ->
                                facts.inWindow(monthly.apply(facts.audit().totals())))
                .withinCents((coverage, facts) -> facts.findingCount());
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
                                spend -> spend.provider().equals(bill.provider()) && spend.spendClass() == spendClass
                                        ? spend.cost()
                                        : null))
                .withinCents((bill, facts) -> BigDecimal.ZERO);
    }

    /** A bill of a part of the window is of more in a month. */
    private static BigDecimal monthOfAi(Audit.Totals totals, Facts facts) {
        return times(facts.spentOfEachAboveZero(SpendClass.AI::equals), facts.month());
    }

    /** What an inventory lists may be AI in a charge that its bill does not call so. */
    private static BigDecimal withoutOthers(Audit.Totals totals, Facts facts) {
        BigDecimal others = facts.spentOfEachAboveZero(spendClass -> spendClass != SpendClass.AI);
        return facts.isListed() && others != null
                ? totals.monthlyCost()
                : less(totals.monthlyCost(), times(others, facts.month()));
    }

    /**
     * What comes and goes is in the total for as much as its bill, beside what others cost from now on; what a
     * commitment pays for and what is listed are in no other cost.
     */
    private static BigDecimal mostRunRate(Audit.Totals totals, Facts facts) {
        if (totals.monthlyCost() == null) {
            return null;
        }
        List<AuditedResource> resources = facts.audit().resources();
        BigDecimal rates = Facts.sumAboveZero(resources, AuditedResource::runRate);
        BigDecimal stays = Facts.sumAboveZero(
                resources,
                resource -> resource.runRate() == null || resource.monthlyCost() == null
                        ? null
                        : resource.runRate().min(resource.monthlyCost()));
        BigDecimal elsewhere = Facts.sumAboveZero(
                resources,
                resource ->
                        resource.costBasis() == CostBasis.LIST || facts.isCommitted() ? resource.monthlyCost() : null);
        return rates.add(totals.monthlyCost().subtract(stays).max(BigDecimal.ZERO))
                .add(elsewhere);
    }

    private static BigDecimal leastRunRate(Audit.Totals totals, Facts facts) {
        List<AuditedResource> resources = facts.audit().resources();
        BigDecimal refunds = sum(
                resources,
                resource ->
                        resource.runRate() == null ? null : resource.runRate().min(BigDecimal.ZERO));
        if (facts.isCommitted()) {
            return refunds;
        }
        BigDecimal billed = Facts.sumAboveZero(
                resources, resource -> resource.costBasis() == CostBasis.LIST ? null : resource.runRate());
        return refunds.add(billed);
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
