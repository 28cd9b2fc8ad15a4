package io.aiaudit.report.section;

import io.aiaudit.model.Audit.RuleReport;

/** What became of a rule, in words. */
public final class RuleState {
    private RuleState() {}

    /** Whether it ran, and whether there was anything to check, and data for it. */
    public static String of(RuleReport rule) {
        if (rule.problem() != null) {
            return rule.state() + ": " + rule.problem();
        }
        String nothing = withoutChecks(rule);
        return nothing.isEmpty() ? rule.state() : nothing;
    }

    /** Why a rule that ran checked nothing; empty where it checked something. */
    public static String withoutChecks(RuleReport rule) {
        if (rule.examined() > 0) {
            return "";
        }
        if (rule.lackedData() > 0) {
            return "no data";
        }
        return rule.notExamined() > 0 ? "not set in the policy" : "nothing to check";
    }
}
