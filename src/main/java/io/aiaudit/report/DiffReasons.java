package io.aiaudit.report;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Audit.AuditedResource;
import io.aiaudit.model.Audit.RuleReport;
import io.aiaudit.model.Keyed;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Why a finding is new, gone or not what it was, as far as two audits can tell. What was not looked at is unknown, never fixed. */
final class DiffReasons {
    private final Audit before;
    private final Audit after;
    private final Set<String> resourcesBefore;
    private final Set<String> resourcesAfter;
    private final Map<String, RuleReport> rulesBefore;
    private final Map<String, RuleReport> rulesAfter;

    DiffReasons(Audit before, Audit after) {
        this.before = before;
        this.after = after;
        this.resourcesBefore = resources(before);
        this.resourcesAfter = resources(after);
        this.rulesBefore = rules(before);
        this.rulesAfter = rules(after);
    }

    private static Set<String> resources(Audit audit) {
        return audit.resources().stream().map(AuditedResource::resourceId).collect(Collectors.toSet());
    }

    private static Map<String, RuleReport> rules(Audit audit) {
        return audit.rules().stream()
                .collect(Collectors.toMap(RuleReport::id, Function.identity(), (first, second) -> first));
    }

    String ofNew(AuditedFinding finding) {
        String seen = Findings.orUnknown(finding.reason());
        if (!ran(rulesBefore.get(finding.rule()))) {
            return "Not checked in OLD: the rule " + state(rulesBefore.get(finding.rule())) + ". " + seen;
        }
        return (resourcesBefore.contains(finding.resourceId()) ? "" : "The resource was not in OLD. ") + seen;
    }

    String ofGone(AuditedFinding finding) {
        RuleReport rule = rulesAfter.get(finding.rule());
        if (!ran(rule)) {
            return "Unknown, not fixed: in NEW the rule " + state(rule) + ".";
        }
        if (!resourcesAfter.contains(finding.resourceId())) {
            return after.gaps().isEmpty()
                    ? "The resource is not in NEW."
                    : "The resource is not in NEW, which is incomplete: it is gone or was not read.";
        }
        return rule.notExamined() == 0
                ? "The rule no longer finds it."
                : "The rule no longer finds it or could not examine it: it did not examine "
                        + TerminalReporter.counted(rule.notExamined(), "resource") + " in NEW.";
    }

    private static boolean ran(RuleReport rule) {
        return rule != null && rule.state().equals("evaluated");
    }

    private static String state(RuleReport rule) {
        return rule == null ? "was not there" : rule.state().equals("failed") ? "failed" : "was left out";
    }

    String ofChanged(AuditedFinding was, AuditedFinding is) {
        List<String> reasons = new ArrayList<>();
        if (was.status() != is.status()) {
            reasons.add(Glossary.word(was.status()) + " became "
                    + Glossary.word(is.status()).toLowerCase(Locale.ROOT) + ": "
                    + sentence(Findings.orUnknown(is.statusReason())));
        }
        if (was.lever() != is.lever()) {
            reasons.add("Another fix: " + key(is.lever()) + " instead of " + key(was.lever()) + ".");
        }
        if (!AuditDiff.same(was.monthlyCost(), is.monthlyCost())) {
            reasons.add("It costs " + cost(is, after) + " a month instead of " + cost(was, before) + ".");
        }
        if (reasons.isEmpty()) {
            reasons.add("The evidence changed: " + Findings.orUnknown(is.reason()));
        }
        return String.join(" ", reasons);
    }

    private static String sentence(String words) {
        return words.endsWith(".") ? words : words + ".";
    }

    private static String cost(AuditedFinding finding, Audit audit) {
        BigDecimal cost = finding.monthlyCost();
        return new Amounts(audit.currency()).money(cost);
    }

    private static String key(Keyed constant) {
        return constant == null ? Amounts.UNKNOWN : constant.key();
    }
}
