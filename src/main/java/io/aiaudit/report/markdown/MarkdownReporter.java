package io.aiaudit.report.markdown;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Audit.NotAssessed;
import io.aiaudit.model.Audit.RuleReport;
import io.aiaudit.model.Brand;
import io.aiaudit.model.Status;
import io.aiaudit.report.format.BrandView;
import io.aiaudit.report.format.OwnPage;
import io.aiaudit.report.format.OwnTemplates;
import io.aiaudit.report.format.Reporter;
import io.aiaudit.report.section.CommonSentences;
import io.aiaudit.report.section.ComplianceView;
import io.aiaudit.report.section.CoverageView;
import io.aiaudit.report.section.EffortWords;
import io.aiaudit.report.section.FindingPeriod;
import io.aiaudit.report.section.FindingWords;
import io.aiaudit.report.section.Findings;
import io.aiaudit.report.section.Glossary;
import io.aiaudit.report.section.GpuMixView;
import io.aiaudit.report.section.PageView;
import io.aiaudit.report.section.ResidencyView;
import io.aiaudit.report.section.RollUpRows;
import io.aiaudit.report.section.RuleState;
import io.aiaudit.report.section.TrailView;
import io.aiaudit.report.section.View;
import io.aiaudit.report.section.WorkloadView;
import io.aiaudit.report.text.Amounts;
import io.aiaudit.report.text.Instructions;
import io.aiaudit.report.text.MarkdownText;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The whole audit as Markdown, for a wiki, a ticket or a repository: figures, every finding with its evidence in words
 * and its commands, and what is not known.
 */
public final class MarkdownReporter implements Reporter {
    private final Brand brand;
    private final OwnTemplates templates;

    public MarkdownReporter() {
        this(Brand.NONE, OwnTemplates.NONE);
    }

    private MarkdownReporter(Brand brand, OwnTemplates templates) {
        this.brand = brand;
        this.templates = templates;
    }

    @Override
    public Reporter branded(Brand given) {
        return new MarkdownReporter(given, templates);
    }

    @Override
    public Reporter withTemplates(OwnTemplates given) {
        return new MarkdownReporter(brand, given);
    }

    @Override
    public String format() {
        return "md";
    }

    @Override
    public void write(Audit audit, OutputStream out) throws IOException {
        String text = templates.has(OwnTemplates.MARKDOWN) ? OwnPage.markdown(templates, page(audit)) : whole(audit);
        out.write((text.stripTrailing() + "\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** What a template for Markdown sees: all that the HTML page has, and the parts of the built-in report. */
    private Map<String, Object> page(Audit audit) {
        MarkdownSections sections = MarkdownSections.whole(audit);
        Map<String, Object> page = PageView.of(audit);
        page.put("brand", BrandView.of(brand));
        page.put(
                "parts",
                View.of(
                        "banners", View.markup(sections.banners()),
                        "totals", View.markup(sections.totals()),
                        "counted", View.markup(sections.counted()),
                        "decisions", View.markup(sections.decisions()),
                        "accepted", View.markup(sections.accepted()),
                        "ownership", View.markup(RollUpRows.markdown(audit, sections.amounts())),
                        "not_assessed", View.markup(notAssessed(audit, sections.amounts())),
                        "missing", View.markup(sections.missing()),
                        "rules", View.markup(rules(audit)),
                        "findings",
                                audit.findings().stream()
                                        .map(finding -> View.markup(details(finding, sections)))
                                        .toList()));
        return page;
    }

    private String whole(Audit audit) {
        MarkdownSections sections = MarkdownSections.whole(audit);
        StringBuilder text = new StringBuilder("# aiaudit\n\n")
                .append(head())
                .append(sections.banners())
                .append(sections.window())
                .append(withText(Brand.Part.COVER))
                .append(sections.totals())
                .append(withText(Brand.Part.SUMMARY));
        section(
                "Findings",
                Findings.with(audit, Status.COUNTED),
                withText(Brand.Part.FINDINGS) + sections.counted(),
                text);
        section("Decisions", FindingWords.toDecide(audit), withText(Brand.Part.DECISIONS) + sections.decisions(), text);
        section("Accepted", Findings.with(audit, Status.ACCEPTED), sections.accepted(), text);
        String owned = RollUpRows.markdown(audit, sections.amounts());
        section("Ownership", owned.isEmpty() ? List.of() : List.of(owned), owned, text);
        section(
                "Cost, speed and compliance by workload",
                audit.findings(),
                WorkloadView.markdown(audit, sections.amounts()),
                text);
        section(
                GpuMixView.TITLE,
                GpuMixView.isToShow(audit) ? audit.gpuMix() : List.of(),
                GpuMixView.markdown(audit, sections.amounts()),
                text);
        section("What compliance costs", audit.compliance(), ComplianceView.markdown(audit, sections.amounts()), text);
        section("Residency", audit.residency(), ResidencyView.markdown(audit), text);
        section("Audit trail", audit.trailCoverage(), TrailView.markdown(audit, sections.amounts()), text);
        section("Not assessed", CoverageView.open(audit), notAssessed(audit, sections.amounts()), text);
        String missing = sections.missing();
        section("Not read or uncertain", missing.isEmpty() ? List.of() : List.of(missing), missing, text);
        section("Each finding", audit.findings(), CommonSentences.HOW_TO_RECORD, text);
        audit.findings()
                .forEach(finding -> text.append(facts(finding, sections, true)).append(folded(finding)));
        section("Rules", audit.rules(), rules(audit), text);
        section("Method", View.paragraphs(brand.text(Brand.Part.METHOD)), withText(Brand.Part.METHOD), text);
        return text.toString();
    }

    /** Whose report it is, one line each. */
    private String head() {
        String lines = Stream.of(brand.client(), brand.author(), brand.confidentiality())
                .filter(line -> !line.isEmpty())
                .map(line -> "**" + MarkdownText.sentence(line) + "**  \n")
                .collect(Collectors.joining());
        return lines.isEmpty() ? "" : lines + "\n";
    }

    private String withText(Brand.Part part) {
        return View.paragraphs(brand.text(part)).stream()
                .map(paragraph -> "> " + MarkdownText.sentence(paragraph) + "\n\n")
                .collect(Collectors.joining());
    }

    private static void section(String heading, List<?> content, String body, StringBuilder text) {
        if (!content.isEmpty()) {
            text.append("## ").append(heading).append("\n\n");
            text.append(body.isEmpty() ? "" : body.stripTrailing() + "\n\n");
        }
    }

    private static String notAssessed(Audit audit, Amounts amounts) {
        StringBuilder table = new StringBuilder(MarkdownText.head(
                2, "in the window", "resources", "what is missing", "what would examine it", "largest"));
        List<String> costs = CoverageView.notAssessed(audit, amounts);
        for (int index = 0; index < costs.size(); index++) {
            NotAssessed thing = CoverageView.open(audit).get(index);
            table.append(MarkdownText.row(
                    costs.get(index),
                    Amounts.count(thing.resources()),
                    MarkdownText.sentence(CoverageView.missing(thing)),
                    MarkdownText.sentence(Findings.orUnknown(thing.fix())),
                    MarkdownText.sentence(CoverageView.largest(audit, thing))));
        }
        return table.toString();
    }

    /** One finding of an audit, with its heading. */
    static String details(Audit audit, AuditedFinding finding) {
        return details(finding, MarkdownSections.whole(audit));
    }

    private static String details(AuditedFinding finding, MarkdownSections sections) {
        return facts(finding, sections, false) + commands(finding);
    }

    private static String commands(AuditedFinding finding) {
        List<String> lines = Instructions.of(finding.remedy()).lines();
        return lines.isEmpty() ? "" : MarkdownText.block("sh", lines) + "\n";
    }

    /** Behind a line to open: the commands of all findings are longer than the rest of the report. */
    private static String folded(AuditedFinding finding) {
        String commands = commands(finding);
        return commands.isEmpty() ? "" : "<details><summary>Commands</summary>\n\n" + commands + "</details>\n\n";
    }

    /** @param isListed whether sentences that all findings share are above it */
    private static String facts(AuditedFinding finding, MarkdownSections sections, boolean isListed) {
        String whole = Findings.titled(sections.audit(), FindingWords.text(finding, sections.amounts()));
        String found =
                isListed ? CommonSentences.withoutRecord(sections.common().without(whole)) : whole;
        StringBuilder text = new StringBuilder("### ")
                .append(sections.name(finding))
                .append(": ")
                .append(MarkdownText.sentence(Findings.title(sections.audit(), finding)))
                .append("\n\n- Id ")
                .append(MarkdownText.code(finding.id()))
                .append(", rule ")
                .append(MarkdownText.code(finding.rule()))
                .append(", status ")
                .append(Glossary.word(finding).toLowerCase(Locale.ROOT))
                .append("\n- Resource ")
                .append(MarkdownText.code(finding.resourceId()))
                .append(", ")
                .append(MarkdownText.sentence(FindingWords.location(finding)))
                .append("\n- ")
                .append("Found: ")
                .append(MarkdownText.sentence(found))
                .append('\n');
        text.append("- Period: ")
                .append(FindingPeriod.of(sections.audit(), finding))
                .append('\n');
        if (finding.owner() != null && !finding.owner().isBlank()) {
            text.append("- Owner: ")
                    .append(MarkdownText.sentence(finding.owner()))
                    .append('\n');
        }
        if (finding.remedy() == null) {
            return text.append('\n').toString();
        }
        text.append("- Effort: ")
                .append(MarkdownText.sentence(EffortWords.of(finding.remedy(), sections.amounts())))
                .append('\n');
        return text.append("- Fix: ")
                .append(MarkdownText.sentence(
                        Findings.orUnknown(finding.remedy().action())))
                .append("\n\n")
                .toString();
    }

    private static String rules(Audit audit) {
        StringBuilder table =
                new StringBuilder(MarkdownText.head(3, "checked", "lacked data", "found", "rule", "state"));
        for (RuleReport rule : audit.rules()) {
            table.append(MarkdownText.row(
                    Amounts.count(rule.examined()),
                    Amounts.count(rule.lackedData()),
                    Amounts.count(rule.found()),
                    MarkdownText.code(rule.id()),
                    MarkdownText.sentence(RuleState.of(rule))));
        }
        return table.toString();
    }
}
