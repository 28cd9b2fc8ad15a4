package io.aiaudit.report.json;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Money;
import io.aiaudit.model.Range;
import io.aiaudit.model.Status;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
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
        return order("$.totals.saving", saving).or(() -> saving == null ? Optional.empty() : headline(audit, saving));
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
