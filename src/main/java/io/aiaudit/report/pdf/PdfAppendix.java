package io.aiaudit.report.pdf;

import io.aiaudit.model.Audit.RuleReport;
import io.aiaudit.model.Status;
import io.aiaudit.report.paper.Block;
import io.aiaudit.report.paper.Cell;
import io.aiaudit.report.paper.Paragraph;
import io.aiaudit.report.paper.Table;
import io.aiaudit.report.paper.Table.Column;
import io.aiaudit.report.section.ChecklistLine;
import io.aiaudit.report.section.Glossary;
import io.aiaudit.report.section.OpenReasons;
import io.aiaudit.report.section.QualityView;
import io.aiaudit.report.section.RuleState;
import io.aiaudit.report.text.Amounts;
import io.aiaudit.report.text.CountedNoun;
import java.util.ArrayList;
import java.util.List;

/** What follows the finding cards: what each rule examined, the checklist, and the words. */
final class PdfAppendix {
    private PdfAppendix() {}

    static List<Block> rules(PdfChapter chapter) {
        List<Block> blocks = new ArrayList<>();
        blocks.add(chapter.appendices().heading(AppendixPart.RULES));
        blocks.add(Paragraph.before(
                "The resources that each rule checked, and the main reason why others could not be checked."));
        Table table = new Table(
                Column.text("Rule", 0.4f),
                Column.number("Checked", 0.11f),
                Column.number("Lacked data", 0.12f),
                Column.number("Found", 0.09f),
                Column.text("Main reason", 0.28f));
        chapter.audit().rules().stream()
                .sorted(QualityView.BY_MONEY)
                .forEach(rule -> table.row(
                        Cell.of(chapter.text().of(rule.title() == null ? rule.id() : rule.title()), rule.id()),
                        Cell.of(rule.problem() == null ? Amounts.count(rule.examined()) : Amounts.UNKNOWN),
                        Cell.of(
                                rule.problem() == null ? Amounts.count(rule.lackedData()) : Amounts.UNKNOWN,
                                rule.notInPolicy() == 0
                                        ? ""
                                        : Amounts.count(rule.notInPolicy()) + " not in the policy"),
                        Cell.of(rule.problem() == null ? Amounts.count(rule.found()) : Amounts.UNKNOWN),
                        Cell.of(chapter.text().of(reason(rule)))));
        blocks.add(table);
        return blocks;
    }

    private static String reason(RuleReport rule) {
        if (rule.problem() != null) {
            return rule.problem();
        }
        List<String> reasons = QualityView.reasonsByCost(rule);
        if (!reasons.isEmpty()) {
            return reasons.get(0);
        }
        return rule.examined() == 0 ? RuleState.withoutChecks(rule) : "all checked";
    }

    static List<Block> checklist(PdfChapter chapter) {
        List<Block> blocks = new ArrayList<>();
        blocks.add(chapter.appendices().heading(AppendixPart.CHECKLIST));
        List<ChecklistLine> lines = ChecklistLine.all(chapter.audit());
        blocks.add(Paragraph.before(
                "Yes requires a measurement or a setting that confirms it, not only the absence of findings. "
                        + ChecklistLine.sum(lines)));
        Table table = new Table(
                Column.text("Practice", 0.4f),
                Column.text("Result", 0.12f),
                Column.number("Counted a month", 0.12f),
                Column.number("Needs decision", 0.12f),
                Column.text("Next step", 0.24f));
        for (ChecklistLine line : lines) {
            table.row(
                    Cell.of(chapter.text().of(line.item().item()), line.basis()),
                    Cell.of(line.state(), CountedNoun.of(line.findings().size(), "finding") + " against"),
                    Cell.of(chapter.money(line.counted())),
                    Cell.of(chapter.money(line.open()), OpenReasons.of(line.findings(), chapter.amounts())),
                    Cell.of(chapter.text().of(line.item().nextStep())));
        }
        blocks.add(table);
        return blocks;
    }

    static List<Block> glossary(PdfChapter chapter) {
        List<Block> blocks = new ArrayList<>();
        blocks.add(chapter.appendices().heading(AppendixPart.GLOSSARY));
        Table table = new Table(Column.text("Term", 0.24f), Column.text("Meaning", 0.76f));
        table.row("Gross saving", "What a finding saves if nothing else is done.");
        table.row("Net saving", "What is counted: each dollar once, after overlaps, decisions and commitments.");
        table.row("Confidence", Glossary.CONFIDENCE);
        for (Status status : Status.values()) {
            table.row(Glossary.word(status), Glossary.STATUSES.get(status));
        }
        Glossary.TERMS.forEach(table::row);
        blocks.add(table);
        return blocks;
    }
}
