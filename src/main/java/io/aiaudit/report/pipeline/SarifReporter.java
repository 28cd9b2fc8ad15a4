package io.aiaudit.report.pipeline;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Audit.RuleReport;
import io.aiaudit.model.CloudName;
import io.aiaudit.model.Gap;
import io.aiaudit.model.Keyed;
import io.aiaudit.model.Lever;
import io.aiaudit.model.Range;
import io.aiaudit.model.Status;
import io.aiaudit.report.format.Reporter;
import io.aiaudit.report.json.AuditMapper;
import io.aiaudit.report.section.FindingWords;
import io.aiaudit.report.section.Findings;
import io.aiaudit.report.text.Amounts;
import io.aiaudit.report.text.PolicyWords;
import io.aiaudit.report.text.VisibleText;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The findings as SARIF 2.1.0, for dashboards of code scanning. What counts in the saving is a warning, what needs a
 * decision or has no amount a note; what the user accepted or forbids is suppressed, with his reason. docs/adr/0069
 * says why a finding of the cloud is located in aiaudit.yaml.
 */
public final class SarifReporter implements Reporter {
    private static final String SCHEMA =
            "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
    private static final String DECIDED_IN = "aiaudit.yaml";

    @Override
    public String format() {
        return "sarif";
    }

    @Override
    public void write(Audit audit, OutputStream out) throws IOException {
        AuditMapper.writer().writeValue(out, map("$schema", SCHEMA, "version", "2.1.0", "runs", List.of(run(audit))));
        out.write('\n');
        out.flush();
    }

    private static Map<String, Object> run(Audit audit) {
        List<String> ids = audit.rules().stream().map(RuleReport::id).toList();
        Map<String, Integer> indexes = IntStream.range(0, ids.size())
                .boxed()
                .collect(Collectors.toMap(ids::get, index -> index, (first, second) -> first));
        Map<String, Object> driver = map(
                "name",
                "aiaudit",
                "version",
                shown(audit.tool().version()),
                "rules",
                audit.rules().stream().map(SarifReporter::rule).toList());
        return map(
                "tool",
                map("driver", driver),
                "invocations",
                List.of(invocation(audit)),
                "columnKind",
                "unicodeCodePoints",
                "results",
                audit.findings().stream()
                        .map(finding -> result(audit, finding, indexes.get(finding.rule())))
                        .toList(),
                "properties",
                properties(audit));
    }

    private static Map<String, Object> properties(Audit audit) {
        return map(
                "currency",
                text(audit.currency()),
                "windowStart",
                audit.window().start().toString(),
                "windowEnd",
                audit.window().end().toString(),
                "demo",
                audit.demo(),
                "partial",
                audit.partial());
    }

    private static Map<String, Object> rule(RuleReport rule) {
        String title = rule.title() == null ? rule.id() : rule.title();
        return map(
                "id",
                shown(rule.id()),
                "shortDescription",
                map("text", message(title)),
                "help",
                map("text", message("aiaudit rules show " + rule.id())),
                "defaultConfiguration",
                map("level", rule.lever() == Lever.GOVERN ? "note" : "warning"),
                "properties",
                map("lever", key(rule.lever()), "examined", rule.examined(), "notExamined", rule.notExamined()));
    }

    /** What was not read or not judged belongs to the run, not to a result. */
    private static Map<String, Object> invocation(Audit audit) {
        List<Map<String, Object>> notifications = new ArrayList<>();
        for (Gap gap : audit.gaps()) {
            notifications.add(notification(
                    "error",
                    "Not read: " + CloudName.of(gap.source()) + " " + Findings.orUnknown(gap.scope()) + ": "
                            + gap.problem() + " Fix: " + gap.fix()));
        }
        audit.rules().stream()
                .filter(rule -> rule.state().equals("failed"))
                .forEach(rule -> notifications.add(notification(
                        "error", "The rule " + rule.id() + " failed: " + Findings.orUnknown(rule.problem()))));
        audit.warnings()
                .forEach(warning ->
                        notifications.add(notification(Audit.isAsConfigured(warning) ? "note" : "warning", warning)));
        return map(
                "executionSuccessful",
                !audit.partial(),
                "endTimeUtc",
                audit.scannedAt().toString(),
                "toolExecutionNotifications",
                notifications);
    }

    private static Map<String, Object> notification(String level, String words) {
        return map("level", level, "message", map("text", message(words)));
    }

    private static Map<String, Object> result(Audit audit, AuditedFinding finding, Integer ruleIndex) {
        Amounts amounts = new Amounts(audit.currency());
        boolean nothingToDo = finding.status() == Status.ALTERNATIVE || finding.status() == Status.NO_SAVING;
        Map<String, Object> result = map(
                "ruleId",
                shown(finding.rule()),
                "kind",
                nothingToDo ? "informational" : "fail",
                "level",
                nothingToDo ? "none" : finding.status() == Status.COUNTED && !finding.onlyFrees() ? "warning" : "note",
                "message",
                map("text", message(named(finding, Findings.titled(audit, FindingWords.text(finding, amounts))))),
                "locations",
                List.of(location(finding)),
                // GitHub compares results by the first, other tools by any.
                "partialFingerprints",
                map("primaryLocationLineHash", shown(finding.id()) + ":1", "aiauditFinding/v1", shown(finding.id())),
                "properties",
                properties(finding));
        if (ruleIndex != null) {
            result.put("ruleIndex", ruleIndex);
        }
        if (finding.status() == Status.ACCEPTED || finding.status() == Status.BLOCKED) {
            result.put(
                    "suppressions",
                    List.of(map(
                            "kind",
                            "external",
                            "status",
                            "accepted",
                            "justification",
                            shown(Findings.titled(
                                    audit, PolicyWords.of(Findings.orUnknown(finding.statusReason())))))));
        }
        return result;
    }

    /** The text with the resource first, which it may begin with already. */
    private static String named(AuditedFinding finding, String text) {
        String name = Findings.name(finding);
        return text.startsWith(name) ? text : name + ": " + text;
    }

    private static Map<String, Object> location(AuditedFinding finding) {
        return map(
                "physicalLocation",
                map("artifactLocation", map("uri", DECIDED_IN), "region", map("startLine", 1)),
                "logicalLocations",
                List.of(map(
                        "name",
                        shown(Findings.name(finding)),
                        "fullyQualifiedName",
                        shown(finding.resourceId()),
                        "kind",
                        "resource")));
    }

    private static Map<String, Object> properties(AuditedFinding finding) {
        return map(
                "provider",
                text(finding.provider()),
                "account",
                text(finding.accountId()),
                "region",
                text(finding.region()),
                "owner",
                text(finding.owner()),
                "status",
                key(finding.status()),
                "lever",
                key(finding.lever()),
                "confidence",
                key(finding.confidence()),
                "countedLikely",
                likely(finding.counted()),
                "standAloneLikely",
                likely(finding.standAlone()),
                "needsDecision",
                finding.status() == Status.UNCONFIRMED ? finding.decisionAmount() : null,
                "action",
                finding.remedy() == null ? null : text(finding.remedy().action()));
    }

    private static BigDecimal likely(Range range) {
        return range == null ? null : range.likely();
    }

    private static String key(Keyed value) {
        return value == null ? null : value.key();
    }

    private static String text(String value) {
        return value == null ? null : shown(value);
    }

    private static String shown(String text) {
        return VisibleText.of(text);
    }

    /** In a message, brackets make links and braces mean arguments (SARIF 2.1.0, 3.11). */
    private static String message(String text) {
        return shown(text)
                .replace("\\", "\\\\")
                .replace("[", "\\[")
                .replace("]", "\\]")
                .replace("{", "{{")
                .replace("}", "}}");
    }

    /** Key and value in turn, in this order; what is null is left out. */
    private static Map<String, Object> map(Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            if (keysAndValues[i + 1] != null) {
                map.put((String) keysAndValues[i], keysAndValues[i + 1]);
            }
        }
        return map;
    }
}
