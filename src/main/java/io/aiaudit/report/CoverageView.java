package io.aiaudit.report;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.NotAssessed;
import io.aiaudit.model.Audit.Verdict;
import io.aiaudit.model.Coverage;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Where the AI money of the window stands, what was not assessed, and the verdicts on what costs most. */
final class CoverageView {
    /** A class with its words, in the order of {@link Coverage#amounts}. */
    record Line(String name, BigDecimal amount, String meaning) {}

    private static final List<String> NAMES = List.of(
            "Past",
            "Counted savings",
            "Unused commitment",
            "Accepted",
            "Blocked",
            "Needs decision",
            "In use",
            "Not assessed");

    private static final List<String> MEANINGS = List.of(
            "Spent in the window but no longer billed: deleted or reduced.",
            "Included in the net saving.",
            "Counted findings would leave it unused; not realized until the commitment expires.",
            "Accepted as is.",
            "The policy forbids the fix.",
            "Counts once it is approved.",
            "Use was tested and no waste was found.",
            "No rule could assess its use.");

    private CoverageView() {}

    /** The classes that have an amount; empty where nothing is known. */
    static List<Line> lines(Audit audit) {
        Coverage coverage = audit.totals().coverage();
        return coverage == null
                ? List.of()
                : IntStream.range(0, NAMES.size())
                        .filter(place -> coverage.amounts().get(place).signum() != 0)
                        .mapToObj(place ->
                                new Line(NAMES.get(place), coverage.amounts().get(place), MEANINGS.get(place)))
                        .toList();
    }

    static Map<String, Object> of(Audit audit, Amounts amounts) {
        BigDecimal spend = audit.totals().windowAiCost();
        return View.of(
                "known",
                audit.totals().coverage() != null,
                "total",
                amounts.money(spend),
                "sum",
                amounts.plain(spend),
                "rows",
                lines(audit).stream()
                        .map(line -> View.of(
                                "name",
                                line.name(),
                                "amount",
                                amounts.plain(line.amount()),
                                "share",
                                Amounts.share(line.amount(), spend),
                                "meaning",
                                line.meaning()))
                        .toList(),
                "not_assessed",
                audit.notAssessed().stream().map(row -> row(row, amounts)).toList(),
                "verdicts",
                audit.verdicts().stream().map(verdict -> row(verdict, amounts)).toList());
    }

    private static Map<String, Object> row(NotAssessed row, Amounts amounts) {
        return View.of(
                "missing",
                missing(row),
                "amount",
                amounts.plain(row.cost()),
                "resources",
                Amounts.count(row.resources()),
                "fix",
                row.fix());
    }

    /** What is missing, in words. */
    static String missing(NotAssessed row) {
        return switch (row.what()) {
            case "metric" -> "metric " + row.missing();
            case "permission" -> "permission to read the metric " + row.missing();
            case "rule" -> row.missing().startsWith("the ") ? row.missing() : "a rule for " + row.missing();
            default -> row.missing();
        };
    }

    private static Map<String, Object> row(Verdict verdict, Amounts amounts) {
        return View.of(
                "name",
                name(verdict),
                "kind",
                Findings.orUnknown(verdict.kind()).replace('_', ' '),
                "amount",
                amounts.plain(verdict.monthlyCost()),
                "verdict",
                word(verdict),
                "reason",
                verdict.reason());
    }

    static String name(Verdict verdict) {
        return verdict.name() == null || verdict.name().isBlank() ? verdict.resourceId() : verdict.name();
    }

    static String word(Verdict verdict) {
        return verdict.verdict().replace('_', ' ');
    }
}
