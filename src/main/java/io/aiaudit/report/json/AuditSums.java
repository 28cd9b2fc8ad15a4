package io.aiaudit.report.json;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Audit.AuditedResource;
import io.aiaudit.model.Money;
import io.aiaudit.model.Range;
import io.aiaudit.model.Status;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Whether the amounts of an audit that was read agree, as in every audit that aiaudit writes: a changed file would show
 * a saving that its findings do not support.
 */
final class AuditSums {
    private static final BigDecimal CENT = new BigDecimal("0.01");

    private AuditSums() {}

    /** What contradicts itself first, with its JSON path; empty when all agree. */
    static Optional<String> firstProblem(Audit audit) {
        for (int i = 0; i < audit.findings().size(); i++) {
            AuditedFinding finding = audit.findings().get(i);
            String path = "$.findings[" + i + "]";
            Optional<String> problem = order(path + ".stand_alone", finding.standAlone())
                    .or(() -> order(path + ".counted", finding.counted()));
            if (problem.isPresent()) {
                return problem;
            }
        }
        Range saving = audit.totals().saving();
        return order("$.totals.saving", saving)
                .or(() -> saving == null ? Optional.empty() : headline(audit, saving))
                .or(() -> beyondRunRate(audit))
                .or(() -> twice(audit))
                .or(() -> negativeTotal(audit.totals()))
                .or(() -> grossTotals(audit))
                .or(() -> costsOfResources(audit))
                .or(() -> negativeCost(audit))
                .or(() -> bills(audit));
    }

    /** Each total of findings is their sum, and the gross saving falls into these parts. */
    private static Optional<String> grossTotals(Audit audit) {
        Audit.Totals totals = audit.totals();
        if (totals.saving() == null) {
            return Optional.empty();
        }
        BigDecimal byBasis = Money.sum(totals.savingByBasis().values());
        BigDecimal parts = Money.sum(Stream.of(
                        totals.saving().likely(),
                        totals.overlap(),
                        totals.unconfirmedSaving(),
                        totals.blockedSaving(),
                        totals.acceptedSaving(),
                        totals.freedCommitment())
                .filter(Objects::nonNull)
                .toList());
        return gross("stand_alone_saving", totals.standAloneSaving(), audit, finding -> true)
                .or(() -> gross("unconfirmed_saving", totals.unconfirmedSaving(), audit, Status.UNCONFIRMED))
                .or(() -> gross("blocked_saving", totals.blockedSaving(), audit, Status.BLOCKED))
                .or(() -> gross("accepted_saving", totals.acceptedSaving(), audit, Status.ACCEPTED))
                .or(() -> sumDiffers(
                        "$.totals.stand_alone_saving",
                        totals.standAloneSaving(),
                        "its parts",
                        parts,
                        audit.findings().size()))
                .or(() -> sumDiffers(
                        "$.totals.saving.likely",
                        totals.saving().likely(),
                        "its bases",
                        byBasis,
                        audit.findings().size()));
    }

    private static Optional<String> gross(String name, BigDecimal total, Audit audit, Status status) {
        return gross(name, total, audit, finding -> finding.status() == status);
    }

    private static Optional<String> gross(
            String name, BigDecimal total, Audit audit, Predicate<AuditedFinding> isOfIt) {
        List<BigDecimal> amounts = audit.findings().stream()
                .filter(isOfIt)
                .map(AuditedFinding::standAlone)
                .filter(Objects::nonNull)
                .map(Range::likely)
                .toList();
        return sumDiffers("$.totals." + name, total, "its findings", Money.sum(amounts), amounts.size());
    }

    /** To the cent for each of so many amounts. */
    private static Optional<String> sumDiffers(
            String path, BigDecimal total, String what, BigDecimal sum, int amounts) {
        boolean agrees = total == null
                || total.subtract(sum).abs().compareTo(CENT.multiply(BigDecimal.valueOf(amounts + 1L))) <= 0;
        return agrees
                ? Optional.empty()
                : Optional.of(path + " is " + total.toPlainString() + ", and " + what + " add up to "
                        + sum.toPlainString() + ".");
    }

    /** A finding has the cost of its resource. */
    private static Optional<String> costsOfResources(Audit audit) {
        Map<String, AuditedResource> resources = new HashMap<>();
        audit.resources().forEach(resource -> resources.put(resource.resourceId(), resource));
        for (int i = 0; i < audit.findings().size(); i++) {
            AuditedFinding finding = audit.findings().get(i);
            AuditedResource resource = resources.get(finding.resourceId());
            if (resource == null) {
                continue;
            }
            String path = "$.findings[" + i + "].";
            Optional<String> problem = otherCost(path + "monthly_cost", finding.monthlyCost(), resource.monthlyCost())
                    .or(() -> otherCost(path + "run_rate", finding.runRate(), resource.runRate()));
            if (problem.isPresent()) {
                return problem;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> otherCost(String path, BigDecimal cost, BigDecimal ofResource) {
        return cost == null || ofResource == null || cost.compareTo(ofResource) == 0
                ? Optional.empty()
                : Optional.of(path + " is " + cost.toPlainString() + ", and that of its resource "
                        + ofResource.toPlainString() + ".");
    }

    /** All resources together cost less than nothing only where one of them does, such as one that was refunded. */
    private static Optional<String> negativeCost(Audit audit) {
        boolean anyNegative = audit.resources().stream()
                .flatMap(resource -> Stream.of(resource.monthlyCost(), resource.runRate()))
                .anyMatch(AuditSums::isNegative);
        Audit.Totals totals = audit.totals();
        Map<String, BigDecimal> amounts = new LinkedHashMap<>();
        amounts.put("monthly_cost", totals.monthlyCost());
        amounts.put("monthly_ai_cost", totals.monthlyAiCost());
        amounts.put("run_rate", totals.runRate());
        return amounts.entrySet().stream()
                .filter(amount -> !anyNegative && isNegative(amount.getValue()))
                .findFirst()
                .map(amount -> "$.totals." + amount.getKey() + " is "
                        + amount.getValue().toPlainString() + ", and no resource costs less than 0.");
    }

    private static boolean isNegative(BigDecimal amount) {
        return amount != null && amount.signum() < 0;
    }

    private static Optional<String> bills(Audit audit) {
        for (int i = 0; i < audit.bill().providers().size(); i++) {
            Audit.ProviderBill bill = audit.bill().providers().get(i);
            if (bill.aiCost() == null || bill.otherCost() == null || bill.untoldCost() == null) {
                continue;
            }
            Optional<String> problem = sumDiffers(
                    "$.bill.providers[" + i + "].effective_cost",
                    bill.effectiveCost(),
                    "its parts",
                    Money.sum(List.of(bill.aiCost(), bill.otherCost(), bill.untoldCost())),
                    0);
            if (problem.isPresent()) {
                return problem;
            }
        }
        return Optional.empty();
    }

    /** Nobody saves less than nothing, or more of a resource than it costs. */
    private static Optional<String> beyondRunRate(Audit audit) {
        Map<String, BigDecimal> left = new HashMap<>();
        for (int i = 0; i < audit.findings().size(); i++) {
            AuditedFinding finding = audit.findings().get(i);
            Range counted = finding.counted();
            if (finding.status() != Status.COUNTED || counted == null) {
                continue;
            }
            if (counted.low().signum() < 0) {
                return Optional.of(
                        "$.findings[" + i + "].counted.low is " + counted.low().toPlainString() + ", below 0.");
            }
            if (finding.runRate() == null || finding.resourceId() == null) {
                continue;
            }
            BigDecimal rest = left.getOrDefault(
                            finding.resourceId(), finding.runRate().add(CENT))
                    .subtract(counted.likely())
                    .add(CENT);
            if (rest.signum() < 0) {
                return Optional.of("$.findings[" + i + "].counted: more than the run rate of its resource, "
                        + finding.runRate().toPlainString() + ", with what else is counted of it.");
            }
            left.put(finding.resourceId(), rest);
        }
        return Optional.empty();
    }

    private static Optional<String> twice(Audit audit) {
        Set<String> ids = new HashSet<>();
        return audit.findings().stream()
                .map(AuditedFinding::id)
                .filter(id -> id != null && !ids.add(id))
                .findFirst()
                .map(id -> "$.findings has \"" + id + "\" twice.");
    }

    private static Optional<String> negativeTotal(Audit.Totals totals) {
        Map<String, BigDecimal> amounts = new LinkedHashMap<>();
        amounts.put("unconfirmed_saving", totals.unconfirmedSaving());
        amounts.put("blocked_saving", totals.blockedSaving());
        amounts.put("accepted_saving", totals.acceptedSaving());
        return amounts.entrySet().stream()
                .filter(amount -> amount.getValue() != null && amount.getValue().signum() < 0)
                .findFirst()
                .map(amount -> "$.totals." + amount.getKey() + " is "
                        + amount.getValue().toPlainString() + ", below 0.");
    }

    private static Optional<String> order(String path, Range range) {
        if (range == null) {
            return Optional.empty();
        }
        if (range.low().compareTo(range.likely()) > 0) {
            return Optional.of(path + ": low, " + range.low().toPlainString() + ", is above likely, "
                    + range.likely().toPlainString() + ".");
        }
        return range.likely().compareTo(range.high()) > 0
                ? Optional.of(path + ": likely, " + range.likely().toPlainString() + ", is above high, "
                        + range.high().toPlainString() + ".")
                : Optional.empty();
    }

    /** To the cent for each finding, for those who write amounts with other decimals. */
    private static Optional<String> headline(Audit audit, Range saving) {
        List<Range> counted = audit.findings().stream()
                .filter(finding -> finding.status() == Status.COUNTED && finding.counted() != null)
                .map(AuditedFinding::counted)
                .toList();
        BigDecimal tolerance = CENT.multiply(BigDecimal.valueOf(counted.size()));
        return differs("low", saving, counted, Range::low, tolerance)
                .or(() -> differs("likely", saving, counted, Range::likely, tolerance))
                .or(() -> differs("high", saving, counted, Range::high, tolerance));
    }

    private static Optional<String> differs(
            String name, Range saving, List<Range> counted, Function<Range, BigDecimal> of, BigDecimal tolerance) {
        BigDecimal sum = Money.sum(counted.stream().map(of).toList());
        return of.apply(saving).subtract(sum).abs().compareTo(tolerance) <= 0
                ? Optional.empty()
                : Optional.of("$.totals.saving." + name + " is "
                        + of.apply(saving).toPlainString() + ", and its counted findings add up to "
                        + sum.toPlainString() + ".");
    }
}
