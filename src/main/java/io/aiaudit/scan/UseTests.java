package io.aiaudit.scan;

import io.aiaudit.model.Finding;
import io.aiaudit.model.Lever;
import io.aiaudit.model.RuleOutcome;
import io.aiaudit.rules.Rule;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** What the rules that test use say of each leaf: in use, as rules that found nothing saw it; or which of them could not look, and why. What is examined on a parent is examined on its leaves. */
final class UseTests {
    private final Map<String, Set<String>> clean = new TreeMap<>();
    private final Map<String, Map<String, String>> unable = new TreeMap<>();
    private final Set<String> unused = new HashSet<>();

    UseTests(List<RuleOutcome> outcomes, Function<String, Rule> rules, Leaves leaves) {
        for (RuleOutcome outcome : outcomes) {
            if (outcome instanceof RuleOutcome.Evaluated evaluated
                    && rules.apply(outcome.rule()).testsUse()) {
                read(evaluated, leaves);
            }
        }
    }

    private void read(RuleOutcome.Evaluated outcome, Leaves leaves) {
        Set<String> found = new HashSet<>();
        for (Finding finding : outcome.findings()) {
            List<String> below = leaves.below(finding.resourceId());
            found.addAll(below);
            if (finding.lever() == Lever.ELIMINATE) {
                unused.addAll(below);
            }
        }
        for (String examined : outcome.examined()) {
            for (String leaf : leaves.below(examined)) {
                if (!found.contains(leaf)) {
                    clean.computeIfAbsent(leaf, id -> new TreeSet<>()).add(outcome.rule());
                }
            }
        }
        outcome.notExamined()
                .forEach((resource, reason) -> leaves.below(resource)
                        .forEach(leaf -> unable.computeIfAbsent(leaf, id -> new TreeMap<>())
                                .put(outcome.rule(), reason)));
    }

    /** Whether some rule saw that it is used, and none that all of it is not. */
    boolean isInUse(String leaf) {
        return clean.containsKey(leaf) && !unused.contains(leaf);
    }

    /** The rules that examined it and found nothing. */
    Set<String> clean(String leaf) {
        return clean.getOrDefault(leaf, Collections.emptySet());
    }

    /** The rules that could not examine it, each with its reason. */
    Map<String, String> unable(String leaf) {
        return unable.getOrDefault(leaf, Collections.emptyMap());
    }
}
