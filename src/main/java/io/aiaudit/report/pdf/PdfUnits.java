package io.aiaudit.report.pdf;

import io.aiaudit.model.Audit;
import io.aiaudit.model.CloudName;
import io.aiaudit.model.CommitmentCoverage;
import io.aiaudit.model.ModelTokens;
import io.aiaudit.model.Money;
import io.aiaudit.model.UnitCost;
import io.aiaudit.report.paper.Block;
import io.aiaudit.report.paper.Cell;
import io.aiaudit.report.paper.Heading;
import io.aiaudit.report.paper.Paragraph;
import io.aiaudit.report.paper.Table;
import io.aiaudit.report.paper.Table.Column;
import io.aiaudit.report.section.CommitmentView;
import io.aiaudit.report.section.Findings;
import io.aiaudit.report.section.GpuMixView;
import io.aiaudit.report.section.TokensView;
import io.aiaudit.report.section.UnitView;
import io.aiaudit.report.text.Amounts;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

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
                && !GpuMixView.isToShow(audit)) {
            return blocks;
        }
        blocks.add(Heading.chapter("Unit costs and commitments"));
        if (!audit.unitCosts().isEmpty()) {
            blocks.add(Paragraph.before(
                    "Cost per unit of work in the window, for resources with known cost and usage. Tokens are input, "
                            + "output and cached tokens."));
            blocks.add(units(chapter));
        }
        if (!audit.tokens().isEmpty()) {
            blocks.add(Heading.section("Models"));
            blocks.add(models(chapter));
        }
        if (!audit.commitmentCoverage().isEmpty()) {
            blocks.add(Heading.section("Commitments"));
            blocks.add(Paragraph.before(CommitmentView.BASIS + freed(chapter)));
            blocks.add(coverage(chapter));
        }
        if (!audit.commitments().isEmpty()) {
            blocks.add(commitments(chapter));
        }
        if (GpuMixView.isToShow(audit)) {
            blocks.addAll(PdfGpuMix.of(chapter));
        }
        return blocks;
    }

    /** The sum that the coverage and the terminal show, with its two parts. */
    private static String freed(PdfChapter chapter) {
        Audit audit = chapter.audit();
        BigDecimal freed = audit.totals().freedCommitment();
        if (freed == null || freed.signum() <= 0) {
            return "";
        }
        BigDecimal left = Money.sum(audit.commitmentCoverage().stream()
                .map(CommitmentCoverage::strandedCost)
                .filter(Objects::nonNull)
                .toList());
        BigDecimal today = freed.subtract(left);
        BigDecimal unused = Money.sum(audit.commitments().stream()
                .map(CommitmentView::unused)
                .filter(Objects::nonNull)
                .toList());
        boolean several = left.signum() > 0 && today.signum() > 0;
        return " Findings report " + chapter.money(freed)
                + " a month of unused commitment, which saves nothing before it expires"
                + (several
                        ? ": " + chapter.money(today) + " unused today and " + chapter.money(left)
                                + " that fixes leave unused."
                        : ".")
                + (unused.subtract(today.max(BigDecimal.ZERO)).compareTo(BigDecimal.ONE) > 0
                        ? " Smaller unused amounts in the table are in no finding."
                        : "");
    }

    private static Table units(PdfChapter chapter) {
        Table table = new Table(
                Column.text("Unit", 0.22f),
                Column.number("Cost per unit", 0.14f),
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
                Column.text("Model", 0.22f),
                Column.text("Provider", 0.16f),
                Column.text("Paid by", 0.09f),
                Column.number("Requests", 0.12f),
                Column.number("Million tokens in", 0.11f),
                Column.number("Million tokens out", 0.11f),
                Column.number("Million cached", 0.09f),
                Column.number("Cost", 0.1f));
        List<ModelTokens> models = chapter.audit().tokens();
        int listed = models.size() > chapter.rows() + 1 ? chapter.rows() : models.size();
        models.stream()
                .limit(listed)
                .forEach(model -> model(
                        table,
                        chapter,
                        chapter.text().of(TokensView.name(model)),
                        chapter.text().of(CloudName.of(model.provider())),
                        model.paidBy(),
                        List.of(model)));
        if (listed < models.size()) {
            List<ModelTokens> others = models.subList(listed, models.size());
            model(table, chapter, Amounts.count(others.size()) + " others", "", "", others);
        }
        return table.sum(cells(chapter, "All models", "", "", models));
    }

    private static void model(
            Table table, PdfChapter chapter, String name, String provider, String paidBy, List<ModelTokens> models) {
        table.row(cells(chapter, name, provider, paidBy, models));
    }

    /** The sums of these models; what none of them reports is unknown. */
    private static String[] cells(
            PdfChapter chapter, String name, String provider, String paidBy, List<ModelTokens> models) {
        return new String[] {
            name,
            provider,
            Findings.orUnknown(paidBy),
            Amounts.count(sum(models, ModelTokens::calls)),
            Amounts.millions(sum(models, ModelTokens::tokensInput)),
            Amounts.millions(sum(models, ModelTokens::tokensOutput)),
            Amounts.millions(sum(models, TokensView::cached)),
            chapter.money(sum(models, ModelTokens::cost))
        };
    }

    private static BigDecimal sum(List<ModelTokens> models, Function<ModelTokens, BigDecimal> amount) {
        return models.stream()
                .map(amount)
                .filter(Objects::nonNull)
                .reduce(BigDecimal::add)
                .orElse(null);
    }

    private static Table coverage(PdfChapter chapter) {
        Table table = new Table(
                Column.text("Provider", 0.16f),
                Column.number("Hourly-billed AI cost per month", 0.22f),
                Column.number("Under a commitment", 0.2f),
                Column.number("Share", 0.12f),
                Column.number("More unused after all counted findings", 0.3f));
        List<CommitmentCoverage> rows = chapter.audit().commitmentCoverage();
        rows.stream()
                .limit(chapter.rows())
                .forEach(row -> table.row(
                        chapter.text().of(CloudName.of(row.provider())),
                        chapter.money(row.monthlyCost()),
                        chapter.money(row.committedCost()),
                        Amounts.share(row.coverage(), BigDecimal.ONE),
                        chapter.money(row.strandedCost())));
        if (rows.size() > chapter.rows()) {
            table.row(Amounts.count(rows.size() - chapter.rows()) + " more", "", "", "", "");
        }
        return table;
    }

    private static String hourly(PdfChapter chapter, String price) {
        return price.equals(Amounts.UNKNOWN) ? price : chapter.amounts().sign() + price;
    }

    private static Table commitments(PdfChapter chapter) {
        Table table = new Table(
                Column.text("Commitment", 0.41f),
                Column.text("Kind", 0.14f),
                Column.text("Ends", 0.12f),
                Column.number("Per hour", 0.1f),
                Column.number("Used", 0.09f),
                Column.number("Unused today, per month", 0.14f));
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
                        Cell.of(hourly(chapter, (String) each.get("hourly"))),
                        Cell.of((String) each.get("used")),
                        Cell.of((String) each.get("unused"))));
        if (commitments.size() > chapter.rows()) {
            table.row(Amounts.count(commitments.size() - chapter.rows()) + " more", "", "", "", "", "");
        }
        return table;
    }
}
