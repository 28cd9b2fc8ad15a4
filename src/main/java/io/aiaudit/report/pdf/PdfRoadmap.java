package io.aiaudit.report.pdf;

import io.aiaudit.model.Plan;
import io.aiaudit.model.PlannedFinding;
import io.aiaudit.model.Range;
import io.aiaudit.model.Status;
import io.aiaudit.report.chart.Bar;
import io.aiaudit.report.chart.Charts;
import io.aiaudit.report.chart.Ink;
import io.aiaudit.report.paper.Block;
import io.aiaudit.report.paper.Cell;
import io.aiaudit.report.paper.Heading;
import io.aiaudit.report.paper.Paragraph;
import io.aiaudit.report.paper.Table;
import io.aiaudit.report.paper.Table.Column;
import io.aiaudit.report.section.ChartCaptions;
import io.aiaudit.report.section.Findings;
import io.aiaudit.report.section.MissingData;
import io.aiaudit.report.section.PlanGroup;
import io.aiaudit.report.section.PlanView;
import io.aiaudit.report.text.Amounts;
import io.aiaudit.report.text.CountedNoun;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What to do now, next and later, and what is saved after each step. */
final class PdfRoadmap {
    private PdfRoadmap() {}

    static List<Block> of(PdfChapter chapter) {
        List<Plan.Stage> stages = chapter.audit().plan().stages();
        List<Block> blocks = new ArrayList<>();
        blocks.add(Heading.chapter("Roadmap"));
        if (stages.isEmpty()) {
            blocks.add(Paragraph.of(nothing(chapter)));
            MissingData.first(chapter.audit(), chapter.amounts()).ifPresent(words -> {
                blocks.add(Heading.item("1. Bring data", ""));
                blocks.add(Paragraph.of(words));
            });
            return blocks;
        }
        blocks.add(Paragraph.before(
                "Actions that save money, in three steps. Findings with the same rule and action share a line. "
                        + "Commands are in aiaudit-commands.sh."));
        chart(chapter, stages).ifPresent(chart -> {
            blocks.add(Paragraph.before("Cumulative net saving a month"));
            blocks.add(chart);
            blocks.add(Paragraph.note(ChartCaptions.roadmap(stages)));
        });
        for (Plan.Stage stage : stages) {
            stage(chapter, stage, blocks);
        }
        return blocks;
    }

    private static String nothing(PdfChapter chapter) {
        if (Findings.count(chapter.audit(), Status.UNCONFIRMED) > 0) {
            return "No action yet: each finding needs a decision first.";
        }
        return chapter.audit().examinedAnything()
                ? "No action on the rules that could run: no finding counts."
                : "No action yet: no rule about costs could check a resource.";
    }

    private static Optional<Block> chart(PdfChapter chapter, List<Plan.Stage> stages) {
        if (stages.stream()
                .allMatch(stage ->
                        stage.saving() == null || stage.saving().likely().signum() == 0)) {
            return Optional.empty();
        }
        List<Bar> bars = new ArrayList<>();
        StringBuilder description = new StringBuilder("Cumulative net saving a month:");
        for (Plan.Stage stage : stages) {
            Range before = new Range(
                    stage.cumulative().low(),
                    stage.cumulative().likely().subtract(stage.saving().likely()),
                    stage.cumulative().high());
            bars.add(new Bar(
                    PlanView.word(stage.step()),
                    List.of(
                            new Bar.Part(before.likely(), Ink.OVERLAP, null),
                            new Bar.Part(
                                    stage.saving().likely(),
                                    Ink.COUNTED,
                                    chapter.money(stage.cumulative().likely())))));
            description
                    .append(' ')
                    .append(PlanView.word(stage.step()).toLowerCase(Locale.ROOT))
                    .append(' ')
                    .append(chapter.money(stage.cumulative().likely()))
                    .append(';');
        }
        description.setCharAt(description.length() - 1, '.');
        int high = 16 + 30 * bars.size();
        return Optional.of(PrintInk.figure(Charts.bars(bars, true), high, description.toString()));
    }

    private static void stage(PdfChapter chapter, Plan.Stage stage, List<Block> blocks) {
        List<PlanGroup> groups = PlanGroup.of(chapter.audit(), stage);
        String saving = stage.saving() == null || groups.isEmpty()
                ? ""
                : chapter.money(stage.saving().likely()) + " a month";
        blocks.add(Heading.item(PlanView.word(stage.step()), saving));
        String range = saving.isEmpty() ? "" : " Range " + chapter.range(stage.saving()) + ".";
        if (!groups.isEmpty()) {
            String waiting = PlanGroup.waiting(groups, chapter.amounts());
            blocks.add(Paragraph.before(
                    PlanView.MEANINGS.get(stage.step()) + range + (waiting.isEmpty() ? "" : " " + waiting)));
            blocks.add(table(chapter, groups));
        }
        PlanGroup.onlyFreeing(stage, chapter.amounts()).ifPresent(words -> blocks.add(Paragraph.note(words)));
        long govern = PlanView.order(stage);
        if (govern > 0) {
            blocks.add(Paragraph.note(CountedNoun.of(govern, "governance finding") + " without a saving "
                    + (govern == 1 ? "belongs" : "belong") + " to this step as well."));
        }
    }

    private static Table table(PdfChapter chapter, List<PlanGroup> groups) {
        Table table = new Table(
                Column.number("Net saving per month", 0.13f),
                Column.text("Problem and resources", 0.36f),
                Column.text("Action", 0.35f),
                Column.text("Effort and confidence", 0.16f));
        int listed = groups.size() > chapter.rows() + 1 ? chapter.rows() : groups.size();
        for (PlanGroup group : groups.subList(0, listed)) {
            table.row(
                    Cell.of(chapter.money(group.saving().likely())),
                    Cell.of(
                            chapter.text().of(group.title()),
                            Amounts.count(group.findings().size()) + ": " + group.names(chapter.text(), 3)),
                    Cell.of(
                            chapter.text().of(group.action()),
                            group.excluded(chapter.exclusions())
                                    .map(chapter.text()::of)
                                    .orElse(group.checks())),
                    Cell.of(
                            "Effort " + chapter.text().of(group.effort(chapter.amounts())),
                            group.confidence() + " confidence"));
        }
        if (listed < groups.size()) {
            List<PlannedFinding> rest = groups.subList(listed, groups.size()).stream()
                    .flatMap(group -> group.findings().stream())
                    .toList();
            table.row(
                    Cell.of(chapter.money(PlanGroup.sum(rest).likely())),
                    Cell.of(
                            CountedNoun.of(groups.size() - listed, "smaller problem"),
                            CountedNoun.of(rest.size(), "finding")),
                    Cell.of(chapter.appendices()
                            .name(AppendixPart.CARDS)
                            .map(appendix -> "See the cards in " + appendix + ".")
                            .orElse("")),
                    Cell.of(""));
        }
        return table;
    }
}
