package io.aiaudit.report.pdf;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Money;
import io.aiaudit.report.compare.AuditDiff;
import io.aiaudit.report.compare.AuditDiff.Change;
import io.aiaudit.report.compare.AuditDiff.Side;
import io.aiaudit.report.paper.Block;
import io.aiaudit.report.paper.Cell;
import io.aiaudit.report.paper.Heading;
import io.aiaudit.report.paper.Paragraph;
import io.aiaudit.report.paper.Table;
import io.aiaudit.report.paper.Table.Column;
import io.aiaudit.report.section.Findings;
import io.aiaudit.report.text.Amounts;
import io.aiaudit.report.text.Times;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** What changed since an earlier audit of the same company, which {@code --baseline} names. */
final class PdfComparison {
    private PdfComparison() {}

    /** Nothing without an earlier audit. */
    static PdfChapter.Writer with(Audit baseline) {
        return chapter -> baseline == null ? List.of() : of(chapter, AuditDiff.of(baseline, chapter.audit()));
    }

    private static List<Block> of(PdfChapter chapter, AuditDiff diff) {
        List<Block> blocks = new ArrayList<>();
        blocks.add(Heading.chapter("Compared with the earlier audit"));
        blocks.add(Paragraph.before("OLD is the earlier audit, of "
                + Times.window(diff.before().window()) + "; NEW is this one, of "
                + Times.window(diff.after().window()) + "."));
        diff.warnings()
                .forEach(warning -> blocks.add(Paragraph.note(chapter.text().of(warning))));
        blocks.add(headline(chapter, diff));
        if (diff.findings().byCause().isEmpty()) {
            blocks.add(Paragraph.of("No finding changed."));
            return blocks;
        }
        blocks.add(Heading.section("Where the change of the net saving comes from"));
        blocks.add(causes(chapter, diff));
        List<Change> changes = Stream.of(
                        diff.findings().appeared(),
                        diff.findings().gone(),
                        diff.findings().changed())
                .flatMap(List::stream)
                .filter(Change::hasEffect)
                .sorted(AuditDiff.LARGEST_FIRST)
                .toList();
        if (!changes.isEmpty()) {
            blocks.add(Heading.section("The largest changes"));
            blocks.add(largest(chapter, changes));
        }
        return blocks;
    }

    private static Table headline(PdfChapter chapter, AuditDiff diff) {
        Side before = diff.before();
        Side after = diff.after();
        boolean comparable = Objects.equals(before.currency(), after.currency());
        Table table = new Table(
                Column.text("A month", 0.31f),
                Column.number("OLD", 0.23f),
                Column.number("NEW", 0.23f),
                Column.number("Change", 0.23f));
        Amounts earlier = new Amounts(before.currency());
        row(table, chapter, earlier, "AI spend", before.monthlyAiCost(), after.monthlyAiCost(), comparable);
        row(
                table,
                chapter,
                earlier,
                "Net saving, likely",
                before.saving() == null ? null : before.saving().likely(),
                after.saving() == null ? null : after.saving().likely(),
                comparable);
        row(table, chapter, earlier, "Needs decision", before.needsDecision(), after.needsDecision(), comparable);
        return table;
    }

    private static void row(
            Table table,
            PdfChapter chapter,
            Amounts earlier,
            String name,
            BigDecimal before,
            BigDecimal after,
            boolean comparable) {
        BigDecimal change = !comparable || before == null || after == null ? null : after.subtract(before);
        table.row(
                name,
                before == null ? Amounts.UNKNOWN : earlier.whole(before),
                chapter.money(after),
                signed(chapter, change));
    }

    private static Table causes(PdfChapter chapter, AuditDiff diff) {
        Table table = new Table(
                Column.number("Change of the net saving", 0.3f),
                Column.text("Cause", 0.5f),
                Column.number("Findings", 0.2f));
        diff.findings()
                .byCause()
                .forEach((cause, changes) ->
                        table.row(signed(chapter, sum(changes)), cause.heading(), Amounts.count(changes.size())));
        return table;
    }

    /** Unknown as soon as one of them is. */
    private static BigDecimal sum(List<Change> changes) {
        return changes.stream().anyMatch(change -> change.savingChange() == null)
                ? null
                : Money.sum(changes.stream().map(Change::savingChange).toList());
    }

    private static Table largest(PdfChapter chapter, List<Change> changes) {
        Table table = new Table(
                Column.number("Change of the net saving", 0.18f),
                Column.text("Resource", 0.32f),
                Column.text("Why", 0.5f));
        changes.stream()
                .limit(chapter.rows())
                .forEach(change -> table.row(
                        Cell.of(signed(chapter, change.savingChange())),
                        Cell.of(
                                chapter.text().of(change.displayName()),
                                chapter.text().of(change.rule() + ", " + Findings.orUnknown(change.region()))),
                        Cell.of(change.cause().heading(), chapter.text().of(change.reason()))));
        if (changes.size() > chapter.rows()) {
            table.row("", Amounts.count(changes.size() - chapter.rows()) + " smaller changes", "");
        }
        return table;
    }

    private static String signed(PdfChapter chapter, BigDecimal change) {
        if (change == null) {
            return Amounts.UNKNOWN;
        }
        return change.signum() > 0 ? "+" + chapter.money(change) : chapter.money(change);
    }
}
