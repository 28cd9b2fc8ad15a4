package io.aiaudit.report;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Audit.AuditedResource;
import io.aiaudit.model.Keyed;
import io.aiaudit.model.Range;
import io.aiaudit.model.Status;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** The table of findings: a row each, and for the largest what stands behind it. */
final class FindingsView {
    /** Rows of the page; more make a browser slow, and nobody reads them there. */
    static final int MOST_ROWS = 5_000;

    /** Findings with their evidence on the page. */
    static final int MOST_DETAILS = 500;

    /** Findings whose evidence is printed: some forty sheets. */
    static final int MOST_PRINTED = 50;

    private FindingsView() {}

    static Map<String, Object> of(Audit audit, Amounts amounts) {
        Map<String, AuditedResource> resources = new HashMap<>();
        audit.resources().forEach(resource -> resources.putIfAbsent(resource.resourceId(), resource));
        List<Object> rows = new ArrayList<>();
        List<AuditedFinding> findings = audit.findings();
        for (int number = 0; number < Math.min(MOST_ROWS, findings.size()); number++) {
            AuditedFinding finding = findings.get(number);
            boolean detailed = number < MOST_DETAILS;
            Map<String, Object> row = row(finding, amounts);
            row.put("printed", number < MOST_PRINTED);
            row.put(
                    "details",
                    detailed ? FindingDetails.of(finding, resources.get(finding.resourceId()), amounts) : null);
            rows.add(row);
        }
        return View.of(
                "rows", rows,
                "all", Amounts.count(findings.size()),
                "shown", Amounts.count(rows.size()),
                "cut", findings.size() > MOST_ROWS,
                "detailed", Amounts.count(MOST_DETAILS),
                "details_cut", findings.size() > MOST_DETAILS,
                "printed", Amounts.count(MOST_PRINTED),
                "print_cut", findings.size() > MOST_PRINTED,
                "saving",
                        audit.totals().saving() == null
                                ? Amounts.UNKNOWN
                                : amounts.money(audit.totals().saving().likely()),
                "sign", amounts.sign(),
                "statuses", statuses(findings),
                "levers", choices(findings, finding -> LeverView.name(finding.lever())),
                "providers", choices(findings, AuditedFinding::provider));
    }

    /** A place on the page: the id where it is one of ours, so that links stay the same from audit to audit. */
    static String anchor(AuditedFinding finding) {
        return finding.id().matches("[0-9a-f]{16}")
                ? "f-" + finding.id()
                : "f-" + Integer.toHexString(finding.id().hashCode());
    }

    private static Map<String, Object> row(AuditedFinding finding, Amounts amounts) {
        boolean counts = finding.status() == Status.COUNTED && finding.counted() != null;
        Range worth = counts ? finding.counted() : finding.standAlone();
        return View.of(
                "anchor", anchor(finding),
                "counts", counts,
                "amount", worth == null ? Amounts.UNKNOWN : amounts.plain(worth.likely()),
                "range", range(worth, amounts),
                "sort_amount", sortable(counts, worth),
                "cents",
                        counts
                                ? finding.counted()
                                        .likely()
                                        .movePointRight(2)
                                        .toBigInteger()
                                        .toString()
                                : "0",
                "name", Findings.name(finding),
                "kind",
                        finding.kind() == null
                                ? Amounts.UNKNOWN
                                : finding.kind().replace('_', ' '),
                "provider", Findings.orUnknown(finding.provider()),
                "account",
                        Findings.orUnknown(finding.accountName() == null ? finding.accountId() : finding.accountName()),
                "region", Findings.orUnknown(finding.region()),
                "reason", Findings.orUnknown(finding.reason()),
                "rule", finding.rule(),
                "lever", LeverView.name(finding.lever()),
                "status", finding.status().key(),
                "status_word", Glossary.word(finding.status()),
                "confidence",
                        finding.confidence() == null
                                ? Amounts.UNKNOWN
                                : finding.confidence().key(),
                "sort_confidence", confidence(finding));
    }

    private static String range(Range worth, Amounts amounts) {
        boolean spread = worth != null && worth.low().compareTo(worth.high()) != 0;
        return spread ? amounts.plain(worth.low()) + " to " + amounts.plain(worth.high()) : "";
    }

    /** What counts sorts before what does not, by amount. */
    private static String sortable(boolean counts, Range worth) {
        if (worth == null) {
            return "-2000000000000";
        }
        BigDecimal amount = worth.likely();
        return (counts ? amount : amount.subtract(new BigDecimal("1000000000000"))).toPlainString();
    }

    private static String confidence(AuditedFinding finding) {
        if (finding.confidence() == null) {
            return "0";
        }
        return switch (finding.confidence()) {
            case LOW -> "1";
            case MEDIUM -> "2";
            case HIGH -> "3";
        };
    }

    private static List<Object> statuses(List<AuditedFinding> findings) {
        List<Object> choices = new ArrayList<>();
        for (Status status : Status.values()) {
            long count = findings.stream()
                    .filter(finding -> finding.status() == status)
                    .count();
            if (count > 0) {
                choices.add(View.of(
                        "value", ((Keyed) status).key(), "word", Glossary.word(status), "count", Amounts.count(count)));
            }
        }
        return choices;
    }

    private static List<String> choices(List<AuditedFinding> findings, Function<AuditedFinding, String> what) {
        return findings.stream()
                .map(what)
                .map(value -> value == null ? Amounts.UNKNOWN : value)
                .distinct()
                .sorted(java.util.Comparator.comparing((String value) -> value.toLowerCase(Locale.ROOT))
                        .thenComparing(value -> value))
                .toList();
    }
}
