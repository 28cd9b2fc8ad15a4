package io.aiaudit.model;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** What became of one rule in one audit. */
public sealed interface RuleOutcome {
    String rule();

    /**
     * The rule ran.
     *
     * @param examined resource ids that the rule could judge
     * @param notExamined resource id to the reason why the rule could not judge it
     * @param open those of them of which what a metric lacks may hide a finding
     * @param unmeasured those that lack a metric, and nothing else; some are judged with their whole
     */
    record Evaluated(
            String rule,
            List<String> examined,
            Map<String, String> notExamined,
            Set<String> open,
            Set<String> unmeasured,
            List<Finding> findings)
            implements RuleOutcome {
        public Evaluated {
            examined = List.copyOf(examined);
            notExamined = Map.copyOf(notExamined);
            open = Set.copyOf(open);
            unmeasured = Set.copyOf(unmeasured);
            findings = List.copyOf(findings);
        }

        /** What was looked at by itself, whether it could be judged or not. */
        public Set<String> judged() {
            Set<String> judged = new HashSet<>(examined);
            judged.addAll(notExamined.keySet());
            return judged;
        }

        /** The same without what it found on these, which it could not examine for this reason. */
        public Evaluated without(Set<String> resourceIds, String reason) {
            Map<String, String> reasons = new HashMap<>(notExamined);
            examined.stream().filter(resourceIds::contains).forEach(id -> reasons.put(id, reason));
            return new Evaluated(
                    rule,
                    examined.stream().filter(id -> !resourceIds.contains(id)).toList(),
                    reasons,
                    open,
                    unmeasured,
                    findings.stream()
                            .filter(finding -> !resourceIds.contains(finding.resourceId()))
                            .toList());
        }

        /** The same with another reason for those of these that it could not examine. */
        public Evaluated notExaminedFor(Set<String> resourceIds, String reason) {
            Map<String, String> reasons = new HashMap<>(notExamined);
            resourceIds.forEach(id -> reasons.computeIfPresent(id, (same, other) -> reason));
            return new Evaluated(rule, examined, reasons, open, unmeasured, findings);
        }

        /** The same with other findings in their stead. */
        public Evaluated withEach(UnaryOperator<Finding> other) {
            return new Evaluated(
                    rule,
                    examined,
                    notExamined,
                    open,
                    unmeasured,
                    findings.stream().map(other).toList());
        }

        /** Where no metric hides anything. */
        public Evaluated(String rule, List<String> examined, Map<String, String> notExamined, List<Finding> findings) {
            this(rule, examined, notExamined, Set.of(), Set.of(), findings);
        }
    }

    /** The user excluded it. */
    record Skipped(String rule, String reason) implements RuleOutcome {}

    /** The rule is broken; the others are not affected. */
    record Failed(String rule, String problem) implements RuleOutcome {}
}
