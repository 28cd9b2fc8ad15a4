package io.aiaudit.report.pdf;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.report.paper.Block;
import io.aiaudit.report.paper.Cell;
import io.aiaudit.report.paper.Heading;
import io.aiaudit.report.paper.Paragraph;
import io.aiaudit.report.paper.Signatures;
import io.aiaudit.report.paper.Table;
import io.aiaudit.report.paper.Table.Column;
import io.aiaudit.report.paper.TextStyle;
import io.aiaudit.report.section.Decision;
import io.aiaudit.report.section.DecisionGroup;
import io.aiaudit.report.section.DecisionRanges;
import io.aiaudit.report.section.FindingWords;
import io.aiaudit.report.section.Findings;
import io.aiaudit.report.section.Glossary;
import io.aiaudit.report.text.Amounts;
import io.aiaudit.report.text.CountedNoun;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What has to be decided, with room for the answer and the signature. */
final class PdfDecisions {
    private static final int NAMES = 3;

    /** Rows of decisions that its heading is never parted from. */
    private static final int FIRST = 2;

    /** So many have room above the signature, which is on the page of what it is for. */
    static final int ROWS = 8;

    /** Boxes to tick, with spaces that no line breaks at. */
    private static final String ANSWER = "□\u00a0Yes\u00a0\u00a0\u00a0\u00a0□\u00a0No";

    /** Two answers where there are two questions: whether the finding is right, and whether to act on it. */
    private static final String CHECKED = "Confirmed: " + ANSWER;

    private static final String APPROVED = "Approved: ";

    /** So many are in the appendix: some twelve pages at most. */
    private static final int MOST_SMALLER = 60;

    private static final Signatures SIGNATURES = new Signatures(List.of("Name and role", "Date", "Signature"));

    private PdfDecisions() {}

    /** What one answer of one owner decides. */
    private record Row(String question, String title, List<AuditedFinding> findings, BigDecimal worth) {
        /** What it waits for besides an approval is the same for all: it is part of the question. */
        boolean needsCheck() {
            return Decision.needsCheck(findings.get(0));
        }

        boolean needsApproval() {
            return findings.stream().anyMatch(finding -> !Decision.asks(finding).isEmpty());
        }
    }

    /** How many there are. */
    static int count(Audit audit) {
        return DecisionGroup.of(audit).size();
    }

    /** @param rows how many at most */
    static List<Block> of(PdfChapter chapter, int rows) {
        List<Row> decisions = decisions(chapter);
        List<Block> blocks = new ArrayList<>();
        blocks.add(Heading.roomy("Decisions"));
        if (decisions.isEmpty()) {
            blocks.add(Paragraph.of(FindingWords.noDecision(chapter.audit(), chapter.amounts())));
            return blocks;
        }
        int listed = Math.min(rows, decisions.size());
        blocks.add(Paragraph.before(chapter.text().of(Decision.count(chapter.audit()))
                + ". Each row is one decision for one owner. Its amount is what it adds to the net "
                + "saving each month once all are approved; no amount is counted twice. The range runs from the "
                + "worst to the best case."
                + smaller(chapter, decisions.subList(listed, decisions.size()))
                + FindingWords.addNothing(chapter.audit(), chapter.amounts())
                        .map(words -> " " + words)
                        .orElse("")));
        blocks.add(
                table(chapter, decisions.subList(0, listed)).beginsWith(FIRST).withNext());
        blocks.add(new Paragraph("Decided by, for the decisions above", TextStyle.BODY, 10, true));
        blocks.add(SIGNATURES);
        return blocks;
    }

    /**
     * What the page with the signature has no room for, each with its answer.
     *
     * @param listed there
     */
    static List<Block> smaller(PdfChapter chapter, int listed) {
        List<Row> decisions = decisions(chapter);
        List<Row> smaller = decisions.subList(Math.min(listed, decisions.size()), decisions.size());
        List<Row> printed = smaller.subList(0, Math.min(MOST_SMALLER, smaller.size()));
        List<Row> rest = smaller.subList(printed.size(), smaller.size());
        String unprinted = rest.isEmpty()
                ? ""
                : " " + CountedNoun.of(rest.size(), "smaller one") + ", " + chapter.money(sum(rest))
                        + " a month together, " + (rest.size() == 1 ? "is" : "are")
                        + " in the CSV and JSON reports only.";
        return List.of(
                chapter.appendices().heading(AppendixPart.DECISIONS),
                Paragraph.before("These decisions are smaller than those on the page \"Decisions\"; sign them here."
                        + unprinted),
                table(chapter, printed).withNext(),
                new Paragraph("Decided by, for the decisions of this appendix", TextStyle.BODY, 10, true),
                SIGNATURES);
    }

    private static String smaller(PdfChapter chapter, List<Row> smaller) {
        if (smaller.isEmpty()) {
            return "";
        }
        String appendix = chapter.appendices().name(AppendixPart.DECISIONS).orElseThrow();
        return " " + CountedNoun.of(smaller.size(), "smaller decision") + ", "
                + chapter.money(sum(smaller)) + " a month together: "
                + (smaller.size() <= MOST_SMALLER
                        ? "see " + appendix + "."
                        : appendix + " has the largest " + MOST_SMALLER + ", the CSV and JSON reports all of them.");
    }

    private static List<Row> decisions(PdfChapter chapter) {
        return DecisionGroup.of(chapter.audit()).stream()
                .map(group -> new Row(
                        question(chapter, group), group.titles(chapter.audit()), group.findings(), group.amount()))
                .toList();
    }

    /** In words. What an approval alone does not count is checked or tried by a person first. */
    private static String question(PdfChapter chapter, DecisionGroup group) {
        AuditedFinding largest = group.largest();
        String questions = group.asks().stream()
                .map(ask -> Glossary.question(ask, group.findings()))
                .collect(Collectors.joining(" "));
        if (Decision.check(largest).isEmpty()) {
            return questions.isEmpty() || !group.isApproval() ? String.join(" ", group.questions()) : questions;
        }
        if (group.isCommitment()) { // its question says that a check comes first
            return questions;
        }
        String first = Decision.needsTest(largest) ? "Test it on one instance first." : "Check it by hand first.";
        if (!questions.isEmpty()) {
            return first + " " + questions;
        }
        return first
                + (group.findings().size() == 1 ? " " : " The largest: ")
                + chapter.common().reason(largest)
                + (largest.remedy() == null
                        ? ""
                        : " If it holds: " + largest.remedy().action());
    }

    private static Table table(PdfChapter chapter, List<Row> decisions) {
        Table table = new Table(
                        Column.number("Additional saving if approved", 0.12f),
                        Column.number("Range, confidence", 0.15f),
                        Column.text("Decision", 0.4f),
                        Column.text("Resource and owner", 0.19f),
                        Column.text("Answer", 0.14f))
                .wholeRows();
        DecisionRanges ranges = DecisionRanges.of(chapter.audit());
        for (Row decision : decisions) {
            table.row(
                    Cell.of(chapter.money(decision.worth())),
                    Cell.of(
                            ranges.range(decision.findings(), chapter.amounts()),
                            DecisionRanges.confidence(decision.findings())),
                    Cell.of(chapter.text().of(decision.question()), note(chapter, decision)),
                    Cell.of(
                            names(chapter, decision.findings()),
                            chapter.text().of(Findings.owners(decision.findings(), NAMES))),
                    Cell.of(answer(decision)));
        }
        return table.sum(chapter.money(sum(decisions)), "", "If all of these are approved", "", "");
    }

    /** A check that needs no approval is one answer. */
    private static String answer(Row decision) {
        if (!decision.needsCheck()) {
            return ANSWER;
        }
        return decision.needsApproval() ? CHECKED + " " + APPROVED + ANSWER : CHECKED;
    }

    private static BigDecimal sum(List<Row> decisions) {
        return decisions.stream().map(Row::worth).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** The problem, and what an approval excludes. */
    private static String note(PdfChapter chapter, Row decision) {
        String excluded = decision.findings().stream()
                .map(finding -> excluded(chapter, finding))
                .filter(words -> !words.isEmpty())
                .collect(Collectors.joining(" "));
        String title = chapter.text().of(decision.title() + "." + action(decision));
        return excluded.isEmpty() ? title : title + " " + excluded;
    }

    /** What is done after a yes; a check by hand has it in its question. */
    private static String action(Row decision) {
        List<String> actions = decision.findings().stream()
                .filter(finding -> finding.remedy() != null)
                .map(finding -> finding.remedy().action())
                .distinct()
                .toList();
        if (actions.isEmpty() || (decision.needsCheck() && !decision.needsApproval())) {
            return "";
        }
        return (actions.size() == 1 ? " Action: " : " Action for the largest: ") + actions.get(0);
    }

    private static String excluded(PdfChapter chapter, AuditedFinding finding) {
        String words = chapter.exclusions().beside(finding);
        return words.isEmpty() ? "" : chapter.text().of(Findings.name(finding) + ": " + words);
    }

    private static String names(PdfChapter chapter, List<AuditedFinding> findings) {
        List<String> resources =
                findings.stream().map(Findings::name).distinct().toList();
        String names = resources.stream().limit(NAMES).map(chapter.text()::of).collect(Collectors.joining(", "));
        return resources.size() > NAMES ? names + " and " + Amounts.count(resources.size() - NAMES) + " more" : names;
    }
}
