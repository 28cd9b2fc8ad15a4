package io.aiaudit.report.compare;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Audit.AuditedResource;
import io.aiaudit.model.CostBasis;
import io.aiaudit.model.Money;
import io.aiaudit.model.ResourceIds;
import io.aiaudit.model.Status;
import io.aiaudit.model.UnitCost;
import io.aiaudit.report.compare.History.Realized;
import io.aiaudit.report.compare.History.State;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the bill of a resource dropped by after its findings ended (docs/money.md, "What was realized"). A drop counts
 * once, whatever the number of findings.
 */
final class RealizedSavings {
    /**
     * Units of work whose quantity is use, what says most first. Hours of use are what a fix changes, so they are none.
     */
    private static final List<String> UNITS = List.of("1000000_tokens", "1000_requests");

    /** The kind that is paid by the token. */
    private static final String MODEL_USAGE = "model_usage";

    private final List<Audit> audits;
    private final IdentityHashMap<Audit, ReadAccounts> readOf = new IdentityHashMap<>();

    RealizedSavings(List<Audit> audits) {
        this.audits = audits;
    }

    /**
     * The end of a finding.
     *
     * @param lastSeen number of the audit that had it last
     * @param missing number of the audit that shows its end
     */
    record End(AuditedFinding finding, int lastSeen, int missing, State state) {
        /** What it claimed; only what counted or waited for a decision was claimed. */
        private BigDecimal claim() {
            boolean claimed = finding.status() == Status.COUNTED || finding.status() == Status.UNCONFIRMED;
            return claimed ? finding.monthlyAmount() : null;
        }
    }

    /** One for each resource and audit in which claims ended, the largest claim first. */
    List<Realized> of(List<End> ends) {
        Map<String, List<End>> together = new LinkedHashMap<>();
        ends.stream()
                .filter(end -> end.state() != State.RULE_CHANGED && end.claim() != null)
                .forEach(end -> together.computeIfAbsent(
                                end.lastSeen() + " " + end.missing() + " "
                                        + end.finding().resourceId(),
                                key -> new ArrayList<>())
                        .add(end));
        return together.values().stream()
                .map(this::realized)
                .sorted(Comparator.comparing(Realized::claimed).reversed().thenComparing(Realized::resourceId))
                .toList();
    }

    private Realized realized(List<End> ends) {
        End first = ends.get(0);
        Audit before = audits.get(first.lastSeen());
        AuditedFinding finding = first.finding();
        BigDecimal costBefore = resource(before, finding.resourceId())
                .map(RealizedSavings::billed)
                .orElse(null);
        int measured = first.missing();
        BigDecimal costAfter = null;
        while (costBefore != null && measured < audits.size()) {
            costAfter = costAfter(before, audits.get(measured), finding);
            if (costAfter != null) {
                break;
            }
            measured++;
        }
        Audit after = costAfter == null ? null : audits.get(measured);
        Use use = after == null ? Use.UNKNOWN : Use.of(before, after, finding.resourceId());
        BigDecimal drop = after == null ? null : costBefore.subtract(costAfter);
        return RealizedBuilder.builder()
                .resourceId(finding.resourceId())
                .resourceName(finding.resourceName())
                .findings(ends.stream().map(end -> end.finding().id()).toList())
                .rules(ends.stream().map(end -> end.finding().rule()).toList())
                .lastSeen(HistoryLifetimes.day(before))
                .ended(HistoryLifetimes.day(audits.get(first.missing())))
                .measured(after == null ? null : HistoryLifetimes.day(after))
                .claimed(Money.sum(ends.stream().map(End::claim).toList()))
                .costBefore(costBefore)
                .costAfter(costAfter)
                .unit(use.unit())
                .useChange(use.change())
                .drop(drop)
                .realized(after == null ? null : atUseOfAfterwards(finding, costBefore, costAfter, use))
                .note(note(costBefore, after, use, drop))
                .build();
    }

    /**
     * What the work of afterwards would have cost before, less what it costs now. What is paid by the hour does not
     * cost more with more work, so growth is credited only where each token is paid for.
     */
    private static BigDecimal atUseOfAfterwards(
            AuditedFinding finding, BigDecimal costBefore, BigDecimal costAfter, Use use) {
        if (use.exactChange() == null) {
            return costBefore.subtract(costAfter);
        }
        BigDecimal change = MODEL_USAGE.equals(finding.kind())
                ? use.exactChange()
                : use.exactChange().min(BigDecimal.ONE);
        return Money.toCents(costBefore.multiply(change)).subtract(costAfter);
    }

    private static String note(BigDecimal costBefore, Audit after, Use use, BigDecimal drop) {
        if (costBefore == null) {
            return "No bill had its cost before.";
        }
        if (after == null) {
            return "No bill since then covers it.";
        }
        if (use.change() != null) {
            return null;
        }
        return drop.signum() > 0
                ? use.unknown() + ", so the drop of the bill counts as it is."
                : "Its bill did not drop.";
    }

    /** Null where the bill of this audit does not show it. */
    private BigDecimal costAfter(Audit before, Audit after, AuditedFinding finding) {
        Optional<AuditedResource> still = resource(after, finding.resourceId());
        if (still.isPresent()) {
            return billed(still.get());
        }
        ReadAccounts read = readOf.computeIfAbsent(after, ReadAccounts::new);
        ReadAccounts readBefore = readOf.computeIfAbsent(before, ReadAccounts::new);
        if (!read.hasBill(finding) || !(read.has(finding) || read.hasBillWithout(finding, readBefore))) {
            return null;
        }
        List<BigDecimal> successors = successors(before, after, finding);
        return successors.contains(null) ? null : Money.sum(successors);
    }

    /** What runs the same workload now and was not there before: a machine that replaced it costs money, too. */
    private static List<BigDecimal> successors(Audit before, Audit after, AuditedFinding finding) {
        Set<String> known =
                before.resources().stream().map(AuditedResource::resourceId).collect(Collectors.toSet());
        List<BigDecimal> costs = new ArrayList<>();
        after.resources().stream()
                .filter(resource -> finding.workload() != null
                        && finding.workload().equals(resource.workload())
                        && isInAccount(resource, finding)
                        && !known.contains(resource.resourceId()))
                .forEach(resource -> costs.add(billed(resource)));
        return costs;
    }

    private static boolean isInAccount(AuditedResource resource, AuditedFinding finding) {
        return ResourceIds.isSameAccount(resource.accountId(), finding.accountId());
    }

    private static Optional<AuditedResource> resource(Audit audit, String id) {
        return audit.resources().stream()
                .filter(resource -> resource.resourceId().equals(id))
                .findFirst();
    }

    /** What it costs a month at the end of the window, as the bill says; null where it is from no bill. */
    private static BigDecimal billed(AuditedResource resource) {
        boolean bill = resource.costBasis() != null
                && resource.costBasis() != CostBasis.LIST
                && resource.costBasis() != CostBasis.UNPRICED;
        return !bill ? null : resource.runRate() == null ? resource.monthlyCost() : resource.runRate();
    }

    /**
     * How much of the same work was done afterwards.
     *
     * @param exactChange as a share of the work before, by the hour; null where that is unknown or was none
     * @param unknown why it is null
     */
    private record Use(String unit, BigDecimal exactChange, String unknown) {
        private static final Use UNKNOWN = new Use(null, null, "Its use is unknown");
        private static final int DECIMALS = 6;

        static Use of(Audit before, Audit after, String resourceId) {
            Use none = UNKNOWN;
            for (String unit : UNITS) {
                BigDecimal was = perHour(before, unit, resourceId);
                BigDecimal is = perHour(after, unit, resourceId);
                if (was != null && was.signum() == 0) {
                    none = new Use(null, null, "Its " + unit.substring(unit.indexOf('_') + 1) + " were 0 before");
                } else if (was != null && is != null) {
                    return new Use(unit, is.divide(was, Money.PRECISION), null);
                }
            }
            return none;
        }

        private static BigDecimal perHour(Audit audit, String unit, String resourceId) {
            return audit.unitCosts().stream()
                    .filter(cost -> unit.equals(cost.unit()))
                    .map(UnitCost::largest)
                    .flatMap(Collection::stream)
                    .filter(each -> resourceId.equals(each.resourceId()) && each.quantity() != null)
                    .map(each -> each.quantity()
                            .divide(BigDecimal.valueOf(audit.window().hours()), Money.PRECISION))
                    .findFirst()
                    .orElse(null);
        }

        /** As it is shown. */
        private BigDecimal change() {
            return exactChange == null
                    ? null
                    : exactChange.setScale(DECIMALS, RoundingMode.HALF_EVEN).stripTrailingZeros();
        }
    }
}
