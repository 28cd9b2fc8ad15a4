package io.aiaudit.analysis;

import io.aiaudit.model.Component;
import io.aiaudit.model.CostBasis;
import io.aiaudit.model.Finding;
import io.aiaudit.model.Lever;
import io.aiaudit.model.Resource;
import io.aiaudit.model.RuleOutcome;
import io.aiaudit.model.Spend;
import io.aiaudit.rules.Rule;
import io.aiaudit.rules.UseFact;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What is known of the use of each leaf: in use, as something shows that a rule saw which tests use; or not, and what
 * those rules found, or why they could not look. What is examined on a parent is examined on its leaves.
 */
final class UseTests {
    /**
     * Each leaf with the rules that found nothing, and each of these with what it examined: the leaf or what that is a
     * part of.
     */
    private final Map<String, Map<String, String>> clean = new TreeMap<>();

    private static final String PAID_BY_USE = "model_usage";
    private static final String WORKLOAD = "gpu_workload";
    private static final String RESERVATION = "capacity_reservation";
    private static final String UNALLOCATED = "#unallocated";

    /** What is bought for a term, and what is no money, says nothing of a resource in use. */
    private static final Set<Lever> WITHOUT_USE = Set.of(Lever.GOVERN, Lever.COMMIT);

    private final Map<String, Map<String, String>> unable = new TreeMap<>();
    /** Each leaf with the rules that may have a finding on it which what a metric lacks hides. */
    private final Map<String, Map<String, String>> open = new TreeMap<>();

    private final Map<String, Set<String>> found = new TreeMap<>();
    private final Set<String> unused = new HashSet<>();

    private final Set<String> reservations = new HashSet<>();

    /** Reservations of which a rule found that some of the instances run. */
    private final Set<String> usedInPart = new HashSet<>();

    /** Each leaf with the rules about money that could not examine it, of those that do not test use. */
    private final Map<String, Map<String, String>> unpriced = new TreeMap<>();

    /** Costs nothing while nobody uses it, so that no rule has to test its use. */
    private final Set<String> paidByUse = new HashSet<>();

    /** What nodes have beside the share of their workloads. */
    private final Set<String> leftOver = new HashSet<>();

    private final Map<String, UseFact> facts;
    private final Function<String, Rule> rules;
    private final Map<String, Spend> spend;

    /**
     * What all rules saw.
     *
     * @param facts by resource, be it a leaf or not
     * @param resources by id
     * @param spend by leaf
     */
    UseTests(
            List<RuleOutcome> outcomes,
            Function<String, Rule> rules,
            Leaves leaves,
            Map<String, UseFact> facts,
            Map<String, Resource> resources,
            Map<String, Spend> spend) {
        this.facts = facts;
        this.rules = rules;
        this.spend = spend;
        resources.forEach((id, resource) -> {
            if (PAID_BY_USE.equals(resource.kind())) {
                paidByUse.add(id);
            }
            if (RESERVATION.equals(resource.kind())) {
                reservations.add(id);
            }
            if (WORKLOAD.equals(resource.kind()) && resource.parentId() != null) {
                leftOver.add(resource.parentId() + UNALLOCATED);
            }
        });
        for (RuleOutcome outcome : outcomes) {
            if (!(outcome instanceof RuleOutcome.Evaluated evaluated)) {
                continue;
            }
            Rule rule = rules.apply(outcome.rule());
            if (rule.testsUse()) {
                read(evaluated, leaves);
            } else if (!WITHOUT_USE.contains(rule.lever())) {
                unable(evaluated, evaluated.notExamined().keySet(), leaves, unpriced);
            } else {
                continue;
            }
            unable(evaluated, evaluated.open(), leaves, open);
        }
        open.forEach((leaf, reasons) -> reasons.keySet().removeIf(rule -> !mayFind(rule, leaf)));
        open.values().removeIf(Map::isEmpty);
    }

    /** What is paid by use alone has no hours that a rule could end: what a metric lacks hides no finding of it. */
    private boolean mayFind(String rule, String leaf) {
        Spend cost = spend.get(leaf);
        return cost == null
                || cost.basis() == CostBasis.UNPRICED
                || cost.undetermined().signum() != 0
                || rules.apply(rule).saves().contains(Component.USAGE)
                || cost.byComponent().entrySet().stream()
                        .anyMatch(part -> part.getKey() != Component.USAGE
                                && part.getValue().signum() != 0);
    }

    private void read(RuleOutcome.Evaluated outcome, Leaves leaves) {
        for (Finding finding : outcome.findings()) {
            List<String> below = leaves.below(finding.resourceId());
            below.forEach(
                    leaf -> found.computeIfAbsent(leaf, id -> new TreeSet<>()).add(outcome.rule()));
            if (finding.lever() == Lever.ELIMINATE) {
                unused.addAll(below);
                below.stream()
                        .filter(leaf -> reservations.contains(leaf)
                                && finding.remaining().signum() > 0)
                        .forEach(usedInPart::add);
            }
        }
        for (String examined : outcome.examined()) {
            for (String leaf : leaves.below(examined)) {
                if (!found(leaf).contains(outcome.rule())) {
                    clean.computeIfAbsent(leaf, id -> new TreeMap<>())
                            .merge(outcome.rule(), examined, (one, other) -> one.equals(leaf) ? one : other);
                }
            }
        }
        unable(outcome, outcome.notExamined().keySet(), leaves, unable);
    }

    private static void unable(
            RuleOutcome.Evaluated outcome,
            Set<String> resources,
            Leaves leaves,
            Map<String, Map<String, String>> reasons) {
        resources.forEach(resource -> leaves.below(resource)
                .forEach(leaf -> reasons.computeIfAbsent(leaf, id -> new TreeMap<>())
                        .put(outcome.rule(), outcome.notExamined().get(resource))));
    }

    /**
     * Whether some rule examined it and found nothing, or that a part of it is used, or it is paid by use, none found
     * that all of it is not needed, none may have found something in what a metric of it lacks, and something shows
     * that it is used: that no rule found anything shows nothing.
     */
    boolean isInUse(String leaf) {
        boolean isPaidByUse = paidByUse.contains(leaf) || fact(leaf).isPaidByToken();
        return (isFoundClean(leaf) || usedInPart.contains(leaf) || (isPaidByUse && !unused.contains(leaf)))
                && !open.containsKey(leaf)
                && shownBy(leaf).isPresent();
    }

    /** Whether what was examined says nothing against it and nothing for it. */
    boolean isQuiet(String leaf) {
        return isFoundClean(leaf) && shownBy(leaf).isEmpty();
    }

    /** Whether the inventory says that nothing of it runs, and no rule found anything else. */
    boolean isReportedIdle(String leaf) {
        UseFact fact = fact(leaf);
        return fact.rests() && !fact.used() && found(leaf).isEmpty();
    }

    private boolean isFoundClean(String leaf) {
        return clean.containsKey(leaf) && !unused.contains(leaf) && !leftOver.contains(leaf);
    }

    /** Whether it is the part of a node's accelerators that no workload has: what the node does is not its use. */
    boolean isLeftOver(String leaf) {
        return leftOver.contains(leaf);
    }

    /** What shows use of a leaf: itself, or what a rule examined instead. */
    private Optional<String> shownBy(String leaf) {
        return looked(leaf)
                .filter(id -> facts.containsKey(id) && facts.get(id).used())
                .findFirst();
    }

    private Stream<String> looked(String leaf) {
        return Stream.concat(Stream.of(leaf), clean.getOrDefault(leaf, Collections.emptyMap()).values().stream())
                .distinct();
    }

    /**
     * Which resource a verdict on the leaf is about: what shows its use, else what anything is known of, else the
     * leaf.
     */
    String witness(String leaf) {
        return shownBy(leaf)
                .or(() -> looked(leaf).filter(facts::containsKey).findFirst())
                .orElse(leaf);
    }

    UseFact fact(String resourceId) {
        return facts.getOrDefault(resourceId, UseFact.UNKNOWN);
    }

    /** Whether a rule found that all of it is not needed. */
    boolean isUnused(String leaf) {
        return unused.contains(leaf);
    }

    /** The rules that examined it and found nothing. */
    Set<String> clean(String leaf) {
        return clean.getOrDefault(leaf, Collections.emptyMap()).keySet();
    }

    /** The rules that found something. */
    Set<String> found(String leaf) {
        return found.getOrDefault(leaf, Collections.emptySet());
    }

    /** Why rules could not examine whether what is in use could be cheaper. */
    Set<String> unexamined(String leaf) {
        Set<String> reasons = new LinkedHashSet<>();
        unable(leaf).forEach((rule, reason) -> {
            if (mayFind(rule, leaf)) {
                reasons.add(reason);
            }
        });
        reasons.addAll(unpriced.getOrDefault(leaf, Collections.emptyMap()).values());
        return reasons;
    }

    /** The rules that may have found something if a metric of it lacked nothing, each with its reason. */
    Map<String, String> open(String leaf) {
        return open.getOrDefault(leaf, Collections.emptyMap());
    }

    /** The rules that could not examine it, each with its reason. */
    Map<String, String> unable(String leaf) {
        return unable.getOrDefault(leaf, Collections.emptyMap());
    }
}
