package io.aiaudit.report.json;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Money;
import io.aiaudit.model.Range;
import io.aiaudit.model.Status;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

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
                .or(() -> negativeTotal(audit.totals()));
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
