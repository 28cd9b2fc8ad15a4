package io.aiaudit.report;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Audit.AuditedResource;
import io.aiaudit.model.Audit.NotAssessed;
import io.aiaudit.model.Audit.RuleReport;
import io.aiaudit.model.Audit.Verdict;
import io.aiaudit.model.RuleOutcome;
import io.aiaudit.report.section.CoverageView;
import io.aiaudit.report.section.Findings;
import io.aiaudit.report.text.Amounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What is known of a resource that no finding is about: what it cost, which rules looked at it, and what others lacked.
 *
 * @param heading its name, id and where it is
 * @param conclusion whether waste is ruled out, as far as it was looked for
 * @param checks what each rule made of it, a line each; empty where the audit does not have it
 * @param helps what would assess it
 */
record ResourceExplanation(String name, String heading, String conclusion, List<String> checks, List<String> helps) {
    static ResourceExplanation of(Audit audit, List<RuleOutcome> outcomes, AuditedResource resource) {
        return new ResourceExplanation(
                name(resource),
                heading(resource),
                conclusion(audit, resource),
                checks(audit, outcomes, resource),
                helps(audit, resource));
    }

    private static String name(AuditedResource resource) {
        return resource.name() == null || resource.name().isBlank() ? resource.resourceId() : resource.name();
    }

    private static String heading(AuditedResource resource) {
        List<String> words = new ArrayList<>();
        if (!name(resource).equals(resource.resourceId())) {
            words.add(resource.resourceId());
        }
        words.add(Findings.orUnknown(resource.kind()).replace('_', ' '));
        Stream.of(resource.machineType(), resource.region())
                .filter(word -> word != null && !word.isBlank())
                .forEach(words::add);
        return String.join("  ", words);
    }

    /** The sentence on what it cost, then on what came of it. */
    private static String conclusion(Audit audit, AuditedResource resource) {
        Amounts amounts = Amounts.rounded(audit.currency());
        Optional<Verdict> verdict = audit.verdicts().stream()
                .filter(each -> each.resourceId().equals(resource.resourceId()))
                .findFirst();
        String cost = resource.monthlyCost() == null
                ? "Its cost is unknown. "
                : "It costs " + amounts.money(resource.monthlyCost()) + " a month"
                        + verdict.map(each -> ", " + amounts.money(each.cost()) + " in the window")
                                .orElse("")
                        + ". ";
        return cost + "No finding is about it. "
                + verdict.map(each -> Findings.titled(audit, each.reason())).orElse("");
    }

    private static List<String> checks(Audit audit, List<RuleOutcome> outcomes, AuditedResource resource) {
        String id = resource.resourceId();
        Map<String, TreeSet<String>> lacking = new TreeMap<>();
        TreeSet<String> passed = new TreeSet<>();
        for (RuleOutcome outcome : outcomes) {
            if (outcome instanceof RuleOutcome.Evaluated evaluated) {
                String reason = evaluated.notExamined().get(id);
                if (reason != null) {
                    lacking.computeIfAbsent(reason, each -> new TreeSet<>()).add(outcome.rule());
                } else if (evaluated.examined().contains(id)) {
                    passed.add(outcome.rule());
                }
            }
        }
        if (outcomes.isEmpty()) {
            audit.rules().stream()
                    .filter(rule -> rule.notExaminedResources().contains(id))
                    .map(RuleReport::id)
                    .forEach(rule -> lacking.computeIfAbsent(
                                    "data is missing (the scan saved with --save says which)", each -> new TreeSet<>())
                            .add(rule));
        }
        List<String> lines = new ArrayList<>();
        if (!passed.isEmpty()) {
            lines.add("found no waste: " + String.join(", ", passed));
        }
        lacking.forEach((reason, rules) -> lines.add("not assessed, " + reason + ": " + String.join(", ", rules)));
        if (lines.isEmpty() && !outcomes.isEmpty()) {
            lines.add("No rule examines it by itself.");
        }
        return lines;
    }

    private static List<String> helps(Audit audit, AuditedResource resource) {
        List<String> helps = new ArrayList<>();
        for (NotAssessed row : audit.notAssessed()) {
            if (row.largestResources().contains(resource.resourceId())) {
                helps.add(CoverageView.missing(row) + ". " + row.fix());
            }
        }
        List<String> parts = audit.resources().stream()
                .filter(part -> resource.resourceId().equals(part.parentId()))
                .map(AuditedResource::resourceId)
                .toList();
        audit.findings().stream()
                .filter(finding -> parts.contains(finding.resourceId()))
                .map(ResourceExplanation::ofPart)
                .forEach(helps::add);
        return helps;
    }

    private static String ofPart(AuditedFinding finding) {
        return "A finding is about a part of it: " + Findings.name(finding) + " (" + finding.id() + ", "
                + finding.rule() + ").";
    }
}
