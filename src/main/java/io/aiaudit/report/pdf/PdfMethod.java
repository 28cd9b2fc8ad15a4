package io.aiaudit.report.pdf;

import io.aiaudit.model.Audit;
import io.aiaudit.model.CloudName;
import io.aiaudit.model.CostBasis;
import io.aiaudit.model.Gap;
import io.aiaudit.model.Status;
import io.aiaudit.report.paper.Block;
import io.aiaudit.report.paper.Bullets;
import io.aiaudit.report.paper.Cell;
import io.aiaudit.report.paper.Heading;
import io.aiaudit.report.paper.Paragraph;
import io.aiaudit.report.paper.Table;
import io.aiaudit.report.paper.Table.Column;
import io.aiaudit.report.section.EffortWords;
import io.aiaudit.report.section.Findings;
import io.aiaudit.report.section.MethodView;
import io.aiaudit.report.section.PriceDays;
import io.aiaudit.report.section.QualityView;
import io.aiaudit.report.text.Amounts;
import io.aiaudit.report.text.CountedNoun;
import io.aiaudit.report.text.Times;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How the figures are made, and what they leave out. */
final class PdfMethod {
    private PdfMethod() {}

    static List<Block> of(PdfChapter chapter) {
        Audit audit = chapter.audit();
        List<Block> blocks = new ArrayList<>();
        blocks.add(Heading.chapter("Method and limits"));
        blocks.add(Bullets.of(method(chapter)));
        if (!audit.warnings().isEmpty()) {
            blocks.add(Heading.section("Warnings"));
            List<String> warnings = new ArrayList<>(audit.warnings().stream()
                    .limit(chapter.rows())
                    .map(chapter.text()::of)
                    .toList());
            if (audit.warnings().size() > warnings.size()) {
                warnings.add(Amounts.count(audit.warnings().size() - warnings.size()) + " more in the JSON report.");
            }
            blocks.add(Bullets.of(warnings));
        }
        if (!audit.gaps().isEmpty()) {
            blocks.add(Heading.section("Not read"));
            blocks.add(gaps(chapter));
        }
        blocks.add(Heading.section("Compare with another month"));
        blocks.add(Paragraph.of(
                "Keep the JSON report of each month. With --baseline and the earlier one, this report has a chapter of "
                        + "what changed; 'aiaudit diff may.json june.json' lists it."));
        return blocks;
    }

    private static List<String> method(PdfChapter chapter) {
        Audit audit = chapter.audit();
        List<String> lines = new ArrayList<>();
        lines.add("Window: " + Times.window(audit.window()) + ". A month is 730 hours; amounts are in "
                + Findings.orUnknown(audit.currency()) + ".");
        lines.add(MethodView.MONTH);
        lines.add("Each counted finding rests on billing or usage data. Gross saving is each finding alone; net saving "
                + "counts each dollar once.");
        findings(audit).ifPresent(lines::add);
        lines.add(
                "A saving is a cost less the share of it that remains after the fix: likely, at best and at worst. The "
                        + "cards of findings have these shares. Where tests on past data found less saving, the likely "
                        + "figure is below the best case.");
        lines.add("An hour without a measurement is not an idle hour. Resources that could not be read or "
                + "measured are reported as not assessed and may contain waste.");
        lines.add(chapter.common().history());
        lines.add("Annual figures are twelve times the monthly figure. They do not forecast growth, new projects or "
                + "price changes.");
        PriceDays.of(audit).ifPresent(days -> lines.add(days.sentence(audit)));
        BigDecimal listed = audit.totals().savingByBasis().get(CostBasis.LIST.key());
        if (listed != null && listed.signum() > 0) {
            lines.add(chapter.money(listed) + " of the net saving rests on list prices, not on a bill.");
        }
        if (audit.totals().unpricedFindings() > 0) {
            lines.add(CountedNoun.of(audit.totals().unpricedFindings(), "finding")
                    + " without a price: excluded from totals.");
        }
        lines.add(EffortWords.DEDUCTED);
        if (!EffortWords.isReckoned(audit)) {
            lines.add(EffortWords.UNKNOWN_HOURS);
        }
        if (audit.redacted()) {
            lines.add("Names are redacted.");
        }
        return lines;
    }

    /** How many findings there are, and how they divide: the same numbers that the parts of the report have. */
    private static Optional<String> findings(Audit audit) {
        long all = audit.findings().size();
        long counted = Findings.saving(audit).size();
        long open = Findings.count(audit, Status.UNCONFIRMED);
        long govern = Findings.count(audit, Status.GOVERN);
        long others = all - counted - open - govern;
        return all == 0
                ? Optional.empty()
                : Optional.of("Of " + CountedNoun.of(all, "finding") + ", " + Amounts.count(counted)
                        + (counted == 1 ? " is counted" : " are counted") + (govern == 0 ? " and " : ", ")
                        + Amounts.count(open)
                        + (open == 1 ? " needs" : " need") + " your decision"
                        + (govern == 0
                                ? "."
                                : ", and " + Amounts.count(govern) + (govern == 1 ? " is" : " are")
                                        + " about governance.")
                        + (others == 0
                                ? ""
                                : " The other " + Amounts.count(others) + (others == 1 ? " is" : " are")
                                        + " blocked, accepted, unpriced, without saving (yet), or an alternative to "
                                        + "another finding."));
    }

    private static Table gaps(PdfChapter chapter) {
        List<Gap> gaps = chapter.audit().gaps();
        int listed = gaps.size() > chapter.rows() + 1 ? chapter.rows() : gaps.size();
        Table table = new Table(Column.text("Source", 0.32f), Column.text("Problem", 0.32f), Column.text("Fix", 0.36f));
        gaps.stream()
                .limit(listed)
                .forEach(gap -> table.row(
                        Cell.of(
                                chapter.text().of(CloudName.of(gap.source())),
                                chapter.text().of(gap.scope())),
                        Cell.of(
                                chapter.text().of(gap.problem()),
                                chapter.text().of(QualityView.cost(chapter.audit(), gap, chapter.amounts()))),
                        Cell.of(chapter.text().of(gap.fix()))));
        if (listed < gaps.size()) {
            table.row(Amounts.count(gaps.size() - listed) + " more", "All are in the JSON report.", "");
        }
        return table;
    }
}
