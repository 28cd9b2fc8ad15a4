package io.aiaudit.report.pdf;

import io.aiaudit.model.Audit.NotAssessed;
import io.aiaudit.model.Audit.Verdict;
import io.aiaudit.model.CloudName;
import io.aiaudit.report.paper.BarArt;
import io.aiaudit.report.paper.Block;
import io.aiaudit.report.paper.Cell;
import io.aiaudit.report.paper.Figure;
import io.aiaudit.report.paper.Heading;
import io.aiaudit.report.paper.Paragraph;
import io.aiaudit.report.paper.Table;
import io.aiaudit.report.paper.Table.Column;
import io.aiaudit.report.section.ChartCaptions;
import io.aiaudit.report.section.CoverageView;
import io.aiaudit.report.section.Findings;
import io.aiaudit.report.section.MissingData;
import io.aiaudit.report.text.Amounts;
import io.aiaudit.report.text.CountedNoun;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The class of each dollar of the AI spend: one bar that adds up, and what was not assessed. */
final class PdfCoverage {
    private static final Map<String, Integer> COLOURS = Map.of(
            "past",
            0xb9c1cb,
            "counted",
            0x12855f,
            "freed",
            0x7d62c0,
            "accepted",
            0x6c7a8c,
            "blocked",
            0xc0463d,
            "unconfirmed",
            0xd69019,
            "use",
            0x2f6db3,
            "left",
            0x9fb8a8,
            "unknown",
            0xe6e2d5);

    private static final String NOTHING = "There is no AI spend in the window.";

    private PdfCoverage() {}

    static List<Block> of(PdfChapter chapter) {
        List<CoverageView.Line> lines = CoverageView.lines(chapter.audit());
        List<Block> blocks = new ArrayList<>();
        blocks.add(Heading.chapter("AI spend by assessment"));
        String unknown = CoverageView.whyUnknown(chapter.audit());
        if (lines.isEmpty()) {
            blocks.add(Paragraph.of(unknown.isEmpty() ? NOTHING : unknown));
            return blocks;
        }
        blocks.add(Paragraph.before("The AI spend of the window, "
                + chapter.money(chapter.audit().totals().windowAiCost())
                + ": each part is in exactly one class, and the classes add up. "
                + CoverageView.BASIS));
        blocks.add(bar(lines));
        blocks.add(Paragraph.note(ChartCaptions.coverage(chapter.audit())));
        blocks.add(table(chapter, lines));
        List<MissingData> further = MissingData.of(chapter.audit());
        if (!CoverageView.open(chapter.audit()).isEmpty()) {
            blocks.add(Heading.section("Not assessed"));
            blocks.add(
                    Paragraph.before(CoverageView.explained(chapter.audit()) + " What would help, the largest first:"));
            blocks.add(missing(chapter));
        } else if (!further.isEmpty()) {
            blocks.add(Heading.section("Checked only in part"));
            blocks.add(Paragraph.before(CoverageView.explained(chapter.audit()) + " What was missing, the most spend "
                    + "first; the amounts overlap:"));
            blocks.add(further(chapter, further));
        } else {
            blocks.add(Paragraph.of(CoverageView.explained(chapter.audit())));
        }
        List<Verdict> open = CoverageView.openVerdicts(chapter.audit());
        if (open.size() > 1) { // one is in the table above
            blocks.add(Heading.section("Largest resources that were not assessed"));
            blocks.add(resources(chapter, open, "Why it was not assessed"));
        }
        List<Verdict> used = chapter.audit().verdicts().stream()
                .filter(verdict -> verdict.verdict().equals("in_use"))
                .toList();
        if (!used.isEmpty()) {
            blocks.add(Heading.section("Largest resources without waste found"));
            blocks.add(resources(chapter, used, "What the rules saw"));
        }
        return blocks;
    }

    private static Figure bar(List<CoverageView.Line> lines) {
        BigDecimal all = lines.stream()
                .map(CoverageView.Line::amount)
                .filter(amount -> amount.signum() > 0)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        List<BarArt.Part> parts = new ArrayList<>();
        StringBuilder description = new StringBuilder("One bar of the AI spend:");
        for (CoverageView.Line line : lines) {
            if (line.amount().signum() > 0) {
                parts.add(new BarArt.Part(
                        line.amount().divide(all, MathContext.DECIMAL32).floatValue(),
                        COLOURS.get(line.ink()),
                        Amounts.share(line.amount(), all)));
                description
                        .append(' ')
                        .append(line.name())
                        .append(' ')
                        .append(Amounts.share(line.amount(), all))
                        .append(',');
            }
        }
        description.setCharAt(description.length() - 1, '.');
        return new Figure(BarArt.HEIGHT, description.toString(), new BarArt(parts));
    }

    private static Table table(PdfChapter chapter, List<CoverageView.Line> lines) {
        BigDecimal all = chapter.audit().totals().windowAiCost();
        Table table = new Table(
                        Column.text("Class", 0.24f),
                        Column.number("In the window", 0.15f),
                        Column.number("Share", 0.11f),
                        Column.text("Meaning", 0.5f))
                .onOnePage();
        for (CoverageView.Line line : lines) {
            table.row(
                    Cell.coloured(line.name(), COLOURS.get(line.ink())),
                    Cell.of(chapter.amounts().whole(line.amount())),
                    Cell.of(Amounts.share(line.amount(), all)),
                    Cell.of(line.meaning()));
        }
        return table.sum(
                "AI spend",
                chapter.amounts()
                        .whole(lines.stream().map(CoverageView.Line::amount).reduce(BigDecimal.ZERO, BigDecimal::add)),
                "100 %",
                "");
    }

    private static Table missing(PdfChapter chapter) {
        List<NotAssessed> rows = CoverageView.open(chapter.audit());
        int listed = rows.size() > chapter.rows() + 1 ? chapter.rows() : rows.size();
        Table table = new Table(
                Column.number("In the window", 0.14f),
                Column.text("Missing", 0.36f),
                Column.number("Resources", 0.11f),
                Column.text("What would help", 0.39f));
        BigDecimal rest = BigDecimal.ZERO;
        int resources = 0;
        for (int number = 0; number < rows.size(); number++) {
            NotAssessed row = rows.get(number);
            if (number < listed) {
                table.row(
                        Cell.of(chapter.money(row.cost())),
                        missing(chapter, row),
                        Cell.of(Amounts.count(row.resources())),
                        Cell.of(chapter.text().of(row.fix())));
            } else {
                rest = rest.add(row.cost());
                resources += row.resources();
            }
        }
        if (listed < rows.size()) {
            table.row(
                    chapter.amounts().whole(rest),
                    CountedNoun.of(rows.size() - listed, "smaller item"),
                    Amounts.count(resources),
                    rules(chapter));
        }
        return rows.size() == 1
                ? table
                : table.sum(
                        chapter.money(rows.stream().map(NotAssessed::cost).reduce(BigDecimal.ZERO, BigDecimal::add)),
                        "Total",
                        "",
                        "");
    }

    /** How many of so many rows a short list has: one row says no less than that one more is left out. */
    private static int listed(PdfChapter chapter, int rows) {
        int most = Math.min(5, chapter.rows());
        return rows > most + 1 ? most : rows;
    }

    /** Where the rest is; empty where the appendix has it not. */
    private static String rules(PdfChapter chapter) {
        return chapter.appendices()
                .name(AppendixPart.RULES)
                .map(appendix -> "See " + appendix + ", by rule.")
                .orElse("");
    }

    private static Table further(PdfChapter chapter, List<MissingData> rows) {
        Table table =
                new Table(Column.number("A month", 0.14f), Column.text("Missing", 0.46f), Column.text("Checks", 0.4f));
        int listed = listed(chapter, rows.size());
        rows.subList(0, listed)
                .forEach(row -> table.row(
                        Cell.of(row.amount(chapter.amounts())),
                        Cell.of(chapter.text().of(row.title())),
                        Cell.of(chapter.text().of(row.words()))));
        if (listed < rows.size()) { // their amounts overlap, so that they have no sum
            table.row("", CountedNoun.of(rows.size() - listed, "smaller item"), rules(chapter));
        }
        return table;
    }

    /** What is missing, with the names of the largest resources that lack it; an older audit has none. */
    private static Cell missing(PdfChapter chapter, NotAssessed row) {
        String words = chapter.text().of(CoverageView.missing(row));
        String names = CoverageView.largest(chapter.audit(), row);
        return names.isEmpty() ? Cell.of(words) : Cell.of(words, chapter.text().of(names));
    }

    private static Table resources(PdfChapter chapter, List<Verdict> open, String reason) {
        Table table = new Table(
                Column.number("In the window", 0.14f), Column.text("Resource", 0.36f), Column.text(reason, 0.5f));
        open.stream()
                .limit(Math.min(5, chapter.rows()))
                .forEach(verdict -> table.row(
                        Cell.of(chapter.money(verdict.cost())),
                        Cell.of(
                                chapter.text().of(CoverageView.name(verdict)),
                                Findings.orUnknown(verdict.kind()).replace('_', ' ') + ", "
                                        + chapter.text().of(CloudName.of(verdict.provider()))),
                        Cell.of(chapter.text().of(Findings.titled(chapter.audit(), verdict.reason())))));
        return table;
    }
}
