package io.aiaudit.report.pdf;

import io.aiaudit.model.CloudName;
import io.aiaudit.model.Residency;
import io.aiaudit.model.TrailCoverage;
import io.aiaudit.report.paper.Block;
import io.aiaudit.report.paper.Bullets;
import io.aiaudit.report.paper.Cell;
import io.aiaudit.report.paper.Heading;
import io.aiaudit.report.paper.Paragraph;
import io.aiaudit.report.paper.Table;
import io.aiaudit.report.paper.Table.Column;
import io.aiaudit.report.section.Comparison;
import io.aiaudit.report.section.ComplianceView;
import io.aiaudit.report.section.Findings;
import io.aiaudit.report.section.PatternResult;
import io.aiaudit.report.section.PublishedPatterns;
import io.aiaudit.report.section.ResidencyView;
import io.aiaudit.report.section.TrailView;
import io.aiaudit.report.text.Amounts;
import java.util.ArrayList;
import java.util.List;

/** What was published about patterns of architecture, what this audit found, and why it is less. */
final class PdfPatterns {
    static final String WHY = "Why savings are below the published figure";

    private PdfPatterns() {}

    static List<Block> of(PdfChapter chapter) {
        PublishedPatterns published = PublishedPatterns.read();
        Comparison comparison =
                new Comparison(published.whole(), chapter.audit().totals());
        Amounts amounts = Amounts.rounded(chapter.audit().currency());
        List<Block> blocks = new ArrayList<>();
        blocks.add(Heading.chapter("Appendix D: architecture patterns"));
        blocks.add(Paragraph.of("For each pattern: the published saving and the result of this audit. Published "
                + "figures are general claims, not estimates for this company. Source: " + published.source() + ", "
                + published.date() + ", " + published.url()));
        blocks.add(Heading.section(WHY));
        blocks.add(Paragraph.before("Published: " + published.whole().words() + "."));
        blocks.add(Bullets.of(comparison.sentences(amounts)));
        if (comparison.known()) {
            blocks.add(shares(chapter, comparison));
        }
        blocks.add(Heading.section("Pattern by pattern"));
        blocks.add(Paragraph.before(
                "Each amount is in one pattern only. Gross savings overlap between patterns and can't be "
                        + "added together."));
        blocks.add(patterns(chapter, published, amounts));
        if (!chapter.audit().compliance().isEmpty()) {
            blocks.add(Heading.section("What compliance costs"));
            blocks.add(Paragraph.before(amounts.money(ComplianceView.total(chapter.audit()))
                    + " a month pays for services usually bought for compliance. Bills do not state the reason, so "
                    + "this "
                    + "is not counted as a saving."));
            blocks.add(compliance(chapter, amounts));
        }
        if (!chapter.audit().residency().isEmpty()) {
            blocks.add(Heading.section("Where workloads run and keep data"));
            blocks.add(Paragraph.before(ResidencyView.lead(chapter.audit())));
            if (ResidencyView.workloads(chapter.audit()).stream().anyMatch(ResidencyView.Workload::isLimited)) {
                blocks.add(residency(chapter));
            }
        }
        if (!chapter.audit().trailCoverage().isEmpty()) {
            blocks.add(Heading.section("What the audit trail holds"));
            blocks.add(Paragraph.before(TrailView.lead(chapter.audit(), amounts)));
            if (!TrailView.incomplete(chapter.audit()).isEmpty()) {
                blocks.add(trails(chapter, amounts));
            }
        }
        return blocks;
    }

    private static Table shares(PdfChapter chapter, Comparison comparison) {
        Table table = new Table(
                Column.text("Of the AI spend", 0.22f),
                Column.number("Share", 0.12f),
                Column.number("In the window", 0.16f),
                Column.text("Meaning", 0.5f));
        comparison
                .lines()
                .forEach(line -> table.row(
                        line.name(), comparison.share(line), chapter.amounts().whole(line.amount()), line.meaning()));
        return table;
    }

    private static Table compliance(PdfChapter chapter, Amounts amounts) {
        Table table = new Table(
                Column.text("Workload", 0.3f),
                Column.text("Paid for", 0.22f),
                Column.number("Cost a month", 0.14f),
                Column.text("Cheaper way that complies", 0.34f));
        chapter.audit()
                .compliance()
                .forEach(cost -> table.row(
                        Cell.of(
                                chapter.text().of(ComplianceView.workload(chapter.audit(), cost)),
                                chapter.text()
                                        .of(CloudName.of(cost.provider()) + " "
                                                + Findings.orUnknown(cost.accountId()))),
                        Cell.of(ComplianceView.name(cost)),
                        Cell.of(chapter.money(cost.monthlyCost())),
                        Cell.of(chapter.text().of(ComplianceView.alternative(cost, amounts)))));
        return table;
    }

    private static Table residency(PdfChapter chapter) {
        Table table = new Table(
                Column.text("Workload", 0.24f),
                Column.text("Outside", 0.22f),
                Column.text("Inside", 0.22f),
                Column.text("Unknown", 0.14f),
                Column.text("Allowed by the policy", 0.18f));
        ResidencyView.workloads(chapter.audit()).stream()
                .filter(ResidencyView.Workload::isLimited)
                .forEach(workload -> table.row(
                        Cell.of(
                                chapter.text().of(workload.name()),
                                chapter.text().of(workload.where())),
                        Cell.of(chapter.text().of(ResidencyView.sentence(workload, Residency.State.OUTSIDE))),
                        Cell.of(chapter.text().of(ResidencyView.sentence(workload, Residency.State.ALLOWED))),
                        Cell.of(chapter.text().of(ResidencyView.sentence(workload, Residency.State.NOT_ASSESSED))),
                        Cell.of(chapter.text().of(workload.allowed()))));
        return table;
    }

    private static Table trails(PdfChapter chapter, Amounts amounts) {
        Table table = new Table(
                Column.text("Workload", 0.22f),
                Column.text("Recorded", 0.2f),
                Column.text("Missing or incomplete", 0.24f),
                Column.text("Not assessed", 0.2f),
                Column.text("To record the rest, a month (volume, cost)", 0.14f));
        TrailView.incomplete(chapter.audit())
                .forEach(trail -> table.row(
                        Cell.of(
                                chapter.text().of(trail.workload()),
                                chapter.text().of(Findings.orUnknown(trail.accountId()))),
                        Cell.of(TrailView.names(trail, TrailCoverage.State.RECORDED)),
                        Cell.of(TrailView.names(trail, TrailCoverage.State.MISSING, TrailCoverage.State.PARTLY)),
                        Cell.of(TrailView.names(trail, TrailCoverage.State.NOT_ASSESSED)),
                        Cell.of(TrailView.volume(trail, amounts))));
        return table;
    }

    private static Table patterns(PdfChapter chapter, PublishedPatterns published, Amounts amounts) {
        Table table = new Table(
                Column.text("Pattern and conditions", 0.26f),
                Column.text("Published", 0.14f),
                Column.text("Applies here; saving from", 0.2f),
                Column.number("Net a month", 0.1f),
                Column.number("Gross a month", 0.11f),
                Column.text("Not counted because", 0.19f));
        for (PublishedPatterns.Pattern pattern : published.all()) {
            PatternResult result = PatternResult.of(chapter.audit(), pattern);
            table.row(
                    Cell.of(pattern.name(), pattern.conditions()),
                    Cell.of(pattern.claim().words()),
                    Cell.of(result.applies(amounts), pattern.basis()),
                    Cell.of(result.priced() ? chapter.money(result.counted()) : Amounts.UNKNOWN),
                    Cell.of(
                            result.priced() ? chapter.money(result.gross()) : Amounts.UNKNOWN,
                            result.cost().signum() > 0
                                    ? Amounts.share(result.grossOfPriced(), result.cost()) + " of cost"
                                    : ""),
                    Cell.of(chapter.text().of(String.join(" ", result.limits(amounts)))));
        }
        return table;
    }
}
