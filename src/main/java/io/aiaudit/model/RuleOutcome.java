package io.aiaudit.model;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** What became of one rule in one audit. */
public sealed interface RuleOutcome {
    String rule();

    /**
     * The rule ran.
     *
     * @param examined resource ids that the rule could judge
     * @param notExamined resource id to the reason why the rule could not judge it
     * @param open those of them of which what a metric lacks may hide a finding
     */
    record Evaluated(
            String rule,
            List<String> examined,
            Map<String, String> notExamined,
            Set<String> open,
            List<Finding> findings)
            implements RuleOutcome {
        public Evaluated {
            examined = List.copyOf(examined);
            notExamined = Map.copyOf(notExamined);
            open = Set.copyOf(open);
            findings = List.copyOf(findings);
        }

        /** Where no metric hides anything. */
        public Evaluated(String rule, List<String> examined, Map<String, String> notExamined, List<Finding> findings) {
            this(rule, examined, notExamined, Set.of(), findings);
        }
    }

    /** The user excluded it. */
    record Skipped(String rule, String reason) implements RuleOutcome {}

    /** The rule is broken; the others are not affected. */
    record Failed(String rule, String problem) implements RuleOutcome {}
}
