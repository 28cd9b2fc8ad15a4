package io.aiaudit.report;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Confidence;
import io.aiaudit.model.Status;
import io.aiaudit.report.paper.Block;
import io.aiaudit.report.paper.Cell;
import io.aiaudit.report.paper.Heading;
import io.aiaudit.report.paper.Paragraph;
import io.aiaudit.report.paper.Signatures;
import io.aiaudit.report.paper.Table;
import io.aiaudit.report.paper.Table.Column;
import io.aiaudit.report.paper.TextStyle;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What has to be decided, with room for the answer and the signature. */
final class PdfDecisions {
    private static final int NAMES = 3;

    /** So many have room above the signature, which stands on the page of what it is for. */
    private static final int ROWS = 8;

    /** Boxes to tick, with spaces that no line breaks at. */
    private static final String ANSWER = "□\u00a0Yes\u00a0\u00a0\u00a0\u00a0□\u00a0No";

    private PdfDecisions() {}

    /** Findings of one rule that one answer decides. */
    private record Row(String question, String title, List<AuditedFinding> findings, BigDecimal worth) {}

    static List<Block> of(PdfChapter chapter) {
        List<Row> decisions = decisions(chapter);
        List<Block> blocks = new ArrayList<>();
        blocks.add(Heading.roomy("Decisions"));
        if (decisions.isEmpty()) {
            blocks.add(Paragraph.of("No finding needs your decision."));
            return blocks;
        }
        blocks.add(Paragraph.before(chapter.text().of(Decision.count(chapter.audit()))
                + (Findings.count(chapter.audit(), Status.UNCONFIRMED) == 1 ? " needs" : " need")
                + " your decision. Findings that one answer decides share a row. Each amount is the monthly net "
                + "saving that approval adds; no dollar is counted twice. A gross range is that of the findings alone, from worst to best case. Where one line in aiaudit.yaml is enough, "
                + "the finding's card shows it."));
        blocks.add(table(chapter, decisions).withNext());
        blocks.add(new Paragraph("Decided by", TextStyle.BODY, 10, true));
        blocks.add(new Signatures(List.of("Name and role", "Date", "Signature")));
        return blocks;
    }

    private static List<Row> decisions(PdfChapter chapter) {
        Map<List<String>, List<AuditedFinding>> groups = new LinkedHashMap<>();
        Findings.toConfirm(chapter.audit())
                .forEach(finding -> groups.computeIfAbsent(
                                List.of(finding.rule(), question(chapter.audit(), finding)), key -> new ArrayList<>())
                        .add(finding));
        return groups.entrySet().stream()
                .map(entry -> new Row(
                        entry.getKey().get(1),
                        Findings.title(chapter.audit(), entry.getValue().get(0)),
                        entry.getValue(),
                        worth(entry.getValue())))
                .sorted(Comparator.comparing(Row::worth).reversed())
                .toList();
    }

    /** In words. What has low confidence is checked by a person first. */
    private static String question(Audit audit, AuditedFinding finding) {
        String reason = Findings.orUnknown(Findings.statusReason(audit, finding));
        String asked = Glossary.questions(reason, finding);
        boolean check = finding.confidence() == Confidence.LOW;
        if (asked.isEmpty()) {
            return check ? "Low confidence: is the finding right, after a check by hand?" : reason;
        }
        return check ? "Check it by hand first. " + asked : asked;
    }

    private static BigDecimal worth(List<AuditedFinding> findings) {
        return findings.stream()
                .map(AuditedFinding::decisionAmount)
                .filter(amount -> amount != null)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static Table table(PdfChapter chapter, List<Row> decisions) {
        Table table = new Table(
                Column.number("Additional saving if approved", 0.13f),
                Column.number("Gross range, confidence", 0.16f),
                Column.text("Decision", 0.34f),
                Column.text("For, owner", 0.23f),
                Column.text("Answer", 0.14f));
        List<BigDecimal> shown =
                PrintText.wholes(decisions.stream().map(Row::worth).toList());
        int most = Math.min(ROWS, chapter.rows());
        int listed = decisions.size() > most + 1 ? most : decisions.size();
        BigDecimal rest = BigDecimal.ZERO;
        long findings = 0;
        for (int number = 0; number < decisions.size(); number++) {
            Row decision = decisions.get(number);
            if (number < listed) {
                table.row(
                        Cell.of(chapter.amounts().whole(shown.get(number))),
                        Cell.of(
                                DecisionRange.gross(decision.findings(), chapter.amounts()),
                                DecisionRange.confidence(decision.findings())),
                        Cell.of(chapter.text().of(decision.question()), note(chapter, decision)),
                        Cell.of(
                                names(chapter, decision.findings()),
                                chapter.text().of(Findings.owners(decision.findings(), NAMES))),
                        Cell.of(ANSWER));
            } else {
                rest = rest.add(shown.get(number));
                findings += decision.findings().size();
            }
        }
        if (listed < decisions.size()) {
            table.row(
                    Cell.of(chapter.amounts().whole(rest)),
                    Cell.of(""),
                    Cell.of(TerminalReporter.counted(decisions.size() - listed, "smaller decision")),
                    Cell.of(TerminalReporter.counted(findings, "finding")),
                    Cell.of("see the HTML report"));
        }
        return table.sum(
                chapter.amounts().whole(shown.stream().reduce(BigDecimal.ZERO, BigDecimal::add)),
                "",
                "If all are approved",
                "",
                "");
    }

    /** The problem, and what an approval excludes. */
    private static String note(PdfChapter chapter, Row decision) {
        String excluded = decision.findings().stream()
                .map(finding -> excluded(chapter, finding))
                .filter(words -> !words.isEmpty())
                .collect(Collectors.joining(" "));
        String title = chapter.text().of(decision.title());
        return excluded.isEmpty() ? title : title + ". " + excluded;
    }

    private static String excluded(PdfChapter chapter, AuditedFinding finding) {
        String words = chapter.exclusions().beside(finding);
        return words.isEmpty() ? "" : chapter.text().of(Findings.name(finding) + ": " + words);
    }

    private static String names(PdfChapter chapter, List<AuditedFinding> findings) {
        String names = findings.stream()
                .limit(NAMES)
                .map(finding -> chapter.text().of(Findings.name(finding)))
                .collect(Collectors.joining(", "));
        return findings.size() > NAMES ? names + " and " + Amounts.count(findings.size() - NAMES) + " more" : names;
    }
}
