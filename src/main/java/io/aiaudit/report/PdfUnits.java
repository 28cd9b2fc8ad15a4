package io.aiaudit.report;

import io.aiaudit.model.Audit;
import io.aiaudit.model.CommitmentCoverage;
import io.aiaudit.model.ModelTokens;
import io.aiaudit.model.UnitCost;
import io.aiaudit.report.paper.Block;
import io.aiaudit.report.paper.Cell;
import io.aiaudit.report.paper.Heading;
import io.aiaudit.report.paper.Paragraph;
import io.aiaudit.report.paper.Table;
import io.aiaudit.report.paper.Table.Column;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a unit of work costs, and what is committed. */
final class PdfUnits {
    private PdfUnits() {}

    static List<Block> of(PdfChapter chapter) {
        Audit audit = chapter.audit();
        List<Block> blocks = new ArrayList<>();
        if (audit.unitCosts().isEmpty()
                && audit.tokens().isEmpty()
                && audit.commitments().isEmpty()
                && audit.commitmentCoverage().isEmpty()
                && audit.gpuMix().isEmpty()) {
            return blocks;
        }
        blocks.add(Heading.chapter("Unit costs and commitments"));
        if (!audit.unitCosts().isEmpty()) {
            blocks.add(Paragraph.before(
                    "What one unit of work cost in the window, of the resources whose cost and work are both known."));
            blocks.add(units(chapter));
        }
        if (!audit.tokens().isEmpty()) {
            blocks.add(Heading.section("Models"));
            blocks.add(models(chapter));
        }
        if (!audit.commitmentCoverage().isEmpty()) {
            blocks.add(Heading.section("Commitments"));
            blocks.add(coverage(chapter));
        }
        if (!audit.commitments().isEmpty()) {
            blocks.add(commitments(chapter));
        }
        if (!audit.gpuMix().isEmpty()) {
            blocks.addAll(PdfGpuMix.of(chapter));
        }
        return blocks;
    }

    private static Table units(PdfChapter chapter) {
        Table table = new Table(
                Column.text("Unit", 0.22f),
                Column.number("Cost a unit", 0.14f),
                Column.number("Cost in the window", 0.18f),
                Column.text("Measured", 0.46f));
        for (UnitCost unit : chapter.audit().unitCosts()) {
            String hours = UnitView.hours(unit, chapter.amounts());
            table.row(
                    Cell.of(UnitView.word(unit)),
                    Cell.of(
                            unit.unitCost() == null
                                    ? Amounts.UNKNOWN
                                    : chapter.amounts().sign() + Amounts.price(unit.unitCost())),
                    Cell.of(chapter.money(unit.cost())),
                    Cell.of(UnitView.coverage(unit), hours));
        }
        return table;
    }

    private static Table models(PdfChapter chapter) {
        Table table = new Table(
                Column.text("Model", 0.28f),
                Column.text("Provider", 0.13f),
                Column.number("Calls", 0.15f),
                Column.number("Million tokens in", 0.14f),
                Column.number("Million tokens out", 0.15f),
                Column.number("Cost in the window", 0.15f));
        List<ModelTokens> models = chapter.audit().tokens();
        models.stream()
                .limit(chapter.rows())
                .forEach(model -> table.row(
                        chapter.text().of(TokensView.name(model)),
                        chapter.text().of(model.provider()),
                        Amounts.count(model.calls()),
                        Amounts.millions(model.tokensInput()),
                        Amounts.millions(model.tokensOutput()),
                        chapter.money(model.cost())));
        if (models.size() > chapter.rows()) {
            table.row(Amounts.count(models.size() - chapter.rows()) + " more in the HTML report", "", "", "", "", "");
        }
        return table;
    }

    private static Table coverage(PdfChapter chapter) {
        Table table = new Table(
                Column.text("Provider", 0.16f),
                Column.number("AI cost by the hour, a month", 0.22f),
                Column.number("Under a commitment", 0.2f),
                Column.number("Share", 0.12f),
                Column.number("Unused after all counted findings", 0.3f));
        List<CommitmentCoverage> rows = chapter.audit().commitmentCoverage();
        rows.stream()
                .limit(chapter.rows())
                .forEach(row -> table.row(
                        chapter.text().of(row.provider()),
                        chapter.money(row.monthlyCost()),
                        chapter.money(row.committedCost()),
                        Amounts.share(row.coverage(), BigDecimal.ONE),
                        chapter.money(row.strandedCost())));
        if (rows.size() > chapter.rows()) {
            table.row(Amounts.count(rows.size() - chapter.rows()) + " more in the HTML report", "", "", "", "");
        }
        return table;
    }

    private static Table commitments(PdfChapter chapter) {
        Table table = new Table(
                Column.text("Commitment", 0.47f),
                Column.text("Kind", 0.15f),
                Column.text("Ends", 0.13f),
                Column.number("An hour", 0.12f),
                Column.number("Used", 0.13f));
        List<Map<String, Object>> commitments =
                CommitmentView.of(chapter.audit().commitments(), chapter.amounts());
        commitments.stream()
                .limit(chapter.rows())
                .forEach(each -> table.row(
                        Cell.of(
                                chapter.text().of((String) each.get("id")),
                                chapter.text().of((String) each.get("scope"))),
                        Cell.of(chapter.text().of((String) each.get("kind"))),
                        Cell.of((String) each.get("end")),
                        Cell.of(chapter.amounts().sign() + each.get("hourly")),
                        Cell.of((String) each.get("used"))));
        if (commitments.size() > chapter.rows()) {
            table.row(Amounts.count(commitments.size() - chapter.rows()) + " more in the HTML report", "", "", "", "");
        }
        return table;
    }
}
