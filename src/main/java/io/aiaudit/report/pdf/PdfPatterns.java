package io.aiaudit.report.pdf;

import io.aiaudit.model.ComplianceCost;
import io.aiaudit.model.Money;
import io.aiaudit.model.Residency;
import io.aiaudit.model.Status;
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
import io.aiaudit.report.section.OpenReasons;
import io.aiaudit.report.section.PatternResult;
import io.aiaudit.report.section.PublishedPatterns;
import io.aiaudit.report.section.ResidencyView;
import io.aiaudit.report.section.TrailView;
import io.aiaudit.report.section.WorkloadView;
import io.aiaudit.report.text.Amounts;
import io.aiaudit.report.text.CountedNoun;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What was published about patterns of architecture, what this audit found, and why it is less. */
final class PdfPatterns {
    static final String WHY = "Why the share saved differs from the published one";

    /** Workloads in a table; those that cost the most come first, and HTML has all. */
    private static final int MOST_WORKLOADS = 15;

    private PdfPatterns() {}

    static List<Block> of(PdfChapter chapter) {
        Comparison comparison = Comparison.of(chapter.audit());
        PublishedPatterns published = comparison.published();
        List<PatternResult> results = PatternResult.all(chapter.audit());
        Amounts amounts = Amounts.page(chapter.audit().currency());
        List<Block> blocks = new ArrayList<>();
        blocks.add(chapter.appendices().heading(AppendixPart.PATTERNS));
        blocks.add(Paragraph.of("For each pattern: the published saving and the result of this audit. Published "
                + "figures are general claims, not estimates for this company. Source: " + published.source() + ", "
                + published.date() + ", " + published.url()));
        blocks.add(Heading.section(WHY));
        blocks.add(Paragraph.before("Published: " + published.whole().words() + ". Reasons that the article gives: "
                + published.reasons()));
        blocks.add(Bullets.of(comparison.sentences(amounts)));
        if (comparison.known()) {
            blocks.add(shares(chapter, comparison));
            comparison.bridge(amounts).forEach(sentence -> blocks.add(Paragraph.of(sentence)));
        }
        blocks.add(Heading.section("Pattern by pattern"));
        if (!chapter.audit().findings().isEmpty()) {
            blocks.add(Paragraph.before(PatternResult.ADDED_UP));
            blocks.add(savings(chapter, results));
        }
        blocks.add(patterns(chapter, results, amounts));
        if (!chapter.audit().findings().isEmpty()) {
            blocks.addAll(tradeOffs(chapter, amounts));
        }
        if (!chapter.audit().compliance().isEmpty()) {
            blocks.add(Heading.section("What compliance costs"));
            blocks.add(Paragraph.before(ComplianceView.lead(chapter.audit(), amounts)));
            blocks.add(compliance(chapter, amounts));
        }
        if (!chapter.audit().residency().isEmpty()) {
            blocks.add(Heading.section("Where workloads run and keep data"));
            blocks.add(Paragraph.before(ResidencyView.lead(chapter.audit()) + ResidencyView.leftOut(chapter.audit())));
            List<ResidencyView.Workload> printed = ResidencyView.printed(chapter.audit());
            if (!printed.isEmpty()) {
                List<String> lists = ResidencyView.allowedLists(printed);
                blocks.addAll(allowed(chapter, lists));
                blocks.add(residency(chapter, printed, lists));
            }
        }
        if (!chapter.audit().trailCoverage().isEmpty()) {
            blocks.add(Heading.section("What the audit trail holds"));
            blocks.add(Paragraph.before(TrailView.lead(chapter.audit(), amounts) + TrailView.UNITS));
            if (!TrailView.incomplete(chapter.audit()).isEmpty()) {
                blocks.add(trails(chapter, amounts));
            }
        }
        return blocks;
    }

    private static Table shares(PdfChapter chapter, Comparison comparison) {
        Table table = new Table(
                Column.text("Of the AI spend", 0.2f),
                Column.number("Share", 0.1f),
                Column.number("In the window", 0.14f),
                Column.number("A month, as in the summary", 0.16f),
                Column.text("Meaning", 0.4f));
        comparison.rows().forEach(row -> table.row(shares(chapter, row)));
        return table.sum(shares(chapter, comparison.sum()));
    }

    private static String[] shares(PdfChapter chapter, Comparison.Row row) {
        return new String[] {
            row.name(),
            row.share(),
            chapter.amounts().whole(row.inWindow()),
            row.monthly() == null ? Amounts.UNKNOWN : chapter.amounts().whole(row.monthly()),
            row.meaning()
        };
    }

    private static Table savings(PdfChapter chapter, List<PatternResult> results) {
        Table table = new Table(
                Column.text("Pattern", 0.44f),
                Column.number("Net a month", 0.14f),
                Column.number("Needs your decision", 0.16f),
                Column.number("Blocked", 0.13f),
                Column.number("Accepted", 0.13f));
        results.stream()
                .filter(PatternResult::isFound)
                .forEach(result -> table.row(Stream.concat(
                                Stream.of(Cell.of(
                                        result.pattern().name(), OpenReasons.of(result.found(), chapter.amounts()))),
                                PatternResult.IN_TOTALS.stream()
                                        .map(status -> Cell.of(
                                                result.priced()
                                                        ? chapter.money(result.with(status))
                                                        : Amounts.UNKNOWN)))
                        .toArray(Cell[]::new)));
        return table.sum(line("All, as in the summary", status -> chapter.money(PatternResult.sum(results, status))));
    }

    private static String[] line(String name, Function<Status, String> amount) {
        return Stream.concat(Stream.of(name), PatternResult.IN_TOTALS.stream().map(amount))
                .toArray(String[]::new);
    }

    private static List<Block> tradeOffs(PdfChapter chapter, Amounts amounts) {
        List<WorkloadView.Row> rows = WorkloadView.rows(chapter.audit(), amounts);
        Table table = new Table(
                Column.text("Workload", 0.17f),
                Column.number("Now a month", 0.1f),
                Column.number("Net saving", 0.1f),
                Column.text("Speed", 0.23f),
                Column.text("Compliance", 0.22f),
                Column.text("Policy", 0.18f));
        List<WorkloadView.Row> printed = WorkloadView.printed(rows);
        printed.forEach(row -> table.row(
                Cell.of(chapter.text().of(row.name()), chapter.text().of(row.where())),
                Cell.of(row.now() == null ? Amounts.UNKNOWN : chapter.money(row.now()), row.unpriced()),
                Cell.of(chapter.money(row.saving())),
                Cell.of(sentences(chapter, row.speed())),
                Cell.of(sentences(chapter, row.compliance().all())),
                Cell.of(sentences(
                        chapter,
                        row.policy().stream().map(WorkloadView.Line::words).toList()))));
        int more = rows.size() - printed.size();
        return List.of(
                Heading.section("Cost, speed and compliance by workload"),
                Paragraph.before(WorkloadView.LEAD
                        + (more > 0
                                ? " The largest savings, and all with findings that pay for compliance; "
                                        + CountedNoun.of(more, "more workload") + " with smaller ones."
                                : "")),
                table);
    }

    private static String sentences(PdfChapter chapter, List<String> sentences) {
        return chapter.text().of(WorkloadView.joined(sentences));
    }

    private static String more(int rows) {
        return Amounts.count(rows - MOST_WORKLOADS) + " more: HTML report";
    }

    private static Table compliance(PdfChapter chapter, Amounts amounts) {
        Table table = new Table(
                Column.text("Workload", 0.3f),
                Column.text("Paid for", 0.22f),
                Column.number("Cost a month", 0.14f),
                Column.text("Cheaper way that complies", 0.34f));
        List<ComplianceCost> costs = chapter.audit().compliance();
        costs.stream()
                .limit(MOST_WORKLOADS)
                .forEach(cost -> table.row(
                        Cell.of(
                                chapter.text().of(ComplianceView.workload(chapter.audit(), cost)),
                                chapter.text().of(ComplianceView.where(cost))),
                        Cell.of(ComplianceView.name(cost)),
                        Cell.of(amounts.money(cost.monthlyCost())),
                        Cell.of(chapter.text().of(ComplianceView.alternative(cost, amounts)))));
        if (costs.size() > MOST_WORKLOADS) {
            table.row(
                    more(costs.size()),
                    "",
                    amounts.money(Money.sum(costs.stream()
                            .skip(MOST_WORKLOADS)
                            .map(ComplianceCost::monthlyCost)
                            .toList())),
                    "");
        }
        return table;
    }

    /** The regions of the policy, once: a list of ten beside each workload would fill pages. */
    private static List<Block> allowed(PdfChapter chapter, List<String> lists) {
        if (lists.size() <= 1) {
            return lists.stream()
                    .map(list -> (Block) Paragraph.before(
                            "Allowed by the policy: " + chapter.text().of(list) + "."))
                    .toList();
        }
        return List.of(
                Paragraph.before("Allowed by the policy:"),
                Bullets.of(IntStream.range(0, lists.size())
                        .mapToObj(number -> list(number) + ": " + chapter.text().of(lists.get(number)) + ".")
                        .toList()));
    }

    private static String list(int number) {
        return "list " + (number + 1);
    }

    private static String allowed(ResidencyView.Workload workload, List<String> lists) {
        int number = lists.indexOf(workload.allowed());
        return number < 0 ? "no limit" : lists.size() == 1 ? "see above" : list(number);
    }

    private static Table residency(PdfChapter chapter, List<ResidencyView.Workload> printed, List<String> lists) {
        Table table = new Table(
                Column.text("Workload", 0.23f),
                Column.text("Outside", 0.22f),
                Column.text("Inside", 0.23f),
                Column.text("Unknown or not limited", 0.2f),
                Column.text("Allowed", 0.12f));
        printed.forEach(workload -> table.row(
                Cell.of(chapter.text().of(workload.name()), chapter.text().of(workload.where())),
                Cell.of(chapter.text().of(ResidencyView.sentence(workload, Residency.State.OUTSIDE))),
                Cell.of(chapter.text().of(ResidencyView.sentence(workload, Residency.State.ALLOWED))),
                Cell.of(chapter.text().of(ResidencyView.open(workload))),
                Cell.of(allowed(workload, lists))));
        return table;
    }

    private static Table trails(PdfChapter chapter, Amounts amounts) {
        Table table = new Table(
                Column.text("Workload", 0.22f),
                Column.text("Recorded", 0.14f),
                Column.text("Missing or incomplete", 0.24f),
                Column.text("Not assessed", 0.16f),
                Column.text("To record the rest, a month (volume, cost)", 0.24f));
        List<TrailCoverage> incomplete = TrailView.incomplete(chapter.audit());
        incomplete.stream()
                .limit(MOST_WORKLOADS)
                .forEach(trail -> table.row(
                        Cell.of(
                                chapter.text().of(trail.workload()),
                                chapter.text().of(Findings.orUnknown(trail.accountId()))),
                        Cell.of(TrailView.names(trail, TrailCoverage.State.RECORDED)),
                        Cell.of(TrailView.names(trail, TrailCoverage.State.MISSING, TrailCoverage.State.PARTLY)),
                        Cell.of(TrailView.names(trail, TrailCoverage.State.NOT_ASSESSED)),
                        Cell.of(TrailView.volume(trail, amounts), TrailView.more(trail, amounts))));
        if (incomplete.size() > MOST_WORKLOADS) {
            table.row(more(incomplete.size()), "", "", "", "");
        }
        return table;
    }

    private static Table patterns(PdfChapter chapter, List<PatternResult> results, Amounts amounts) {
        Table table = new Table(
                Column.text("Pattern and conditions", 0.2f),
                Column.text("Published", 0.12f),
                Column.text("Applies here; saving from", 0.2f),
                Column.number("Net a month", 0.1f),
                Column.number("Gross a month", 0.1f),
                Column.text("Not counted because", 0.28f));
        for (PatternResult result : results) {
            PublishedPatterns.Pattern pattern = result.pattern();
            table.row(
                    Cell.of(pattern.name(), pattern.conditions()),
                    Cell.of(pattern.claim().words()),
                    Cell.of(result.applies(amounts), chapter.text().of(pattern.basis())),
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
