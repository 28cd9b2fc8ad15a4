package io.aiaudit.analysis;

import io.aiaudit.model.Answer;
import io.aiaudit.model.Ask;
import io.aiaudit.model.Component;
import io.aiaudit.model.Confidence;
import io.aiaudit.model.CostBasis;
import io.aiaudit.model.Finding;
import io.aiaudit.model.FindingBuilder;
import io.aiaudit.model.Lever;
import io.aiaudit.model.Proof;
import io.aiaudit.model.Remedy;
import io.aiaudit.model.Resource;
import io.aiaudit.model.ResourcePolicy;
import io.aiaudit.model.Saving;
import io.aiaudit.model.Spend;
import io.aiaudit.model.Whole;
import io.aiaudit.savings.Estimator;
import io.aiaudit.savings.UserNotes;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * A random tree: wholes with parts and what no part explains, some of them below one more whole. Each command of it is
 * {@code delete ID}.
 */
record PartsOfWholes(Seen above, List<OneWhole> wholes) {
    /** What a rule sees of a resource. */
    enum Seen {
        IDLE,
        AT_WORK,
        UNMEASURED
    }

    enum Wish {
        NONE,
        STANDBY,
        IGNORED,
        DENIED,
        OPEN
    }

    record Part(Seen seen, Wish wish, int cost, boolean isGone) {}

    /** @param leftOver what no part explains of its cost */
    record OneWhole(String kind, Seen seen, List<Part> parts, int leftOver) {
        boolean goesByParts() {
            return !kind.equals("instance");
        }
    }

    static final String ABOVE = "above";

    static Arbitrary<PartsOfWholes> any() {
        Arbitrary<Seen> seen = Arbitraries.of(Seen.IDLE, Seen.IDLE, Seen.UNMEASURED, Seen.UNMEASURED, Seen.AT_WORK);
        Arbitrary<Wish> wish = Arbitraries.frequency(
                Tuple.of(8, Wish.NONE),
                Tuple.of(1, Wish.STANDBY),
                Tuple.of(1, Wish.IGNORED),
                Tuple.of(1, Wish.DENIED),
                Tuple.of(1, Wish.OPEN));
        Arbitrary<Part> part = Combinators.combine(
                        seen,
                        wish,
                        Arbitraries.of(0, 100, 100, 200, 300),
                        Arbitraries.of(false, false, false, false, true))
                .as(Part::new);
        Arbitrary<OneWhole> whole = Combinators.combine(
                        Arbitraries.of("inference_endpoint", "node_group", "instance"),
                        seen,
                        part.list().ofMinSize(1).ofMaxSize(3),
                        Arbitraries.of(0, 0, 150))
                .as(OneWhole::new);
        return Combinators.combine(seen, whole.list().ofMinSize(1).ofMaxSize(2)).as(PartsOfWholes::new);
    }

    static String id(int whole) {
        return "whole-" + whole;
    }

    static String id(int whole, int part) {
        return id(whole) + "-part-" + part;
    }

    static String leftOver(int whole) {
        return id(whole) + "#unallocated";
    }

    private Map<String, Resource> resources() {
        Map<String, Resource> resources = new TreeMap<>();
        resources.put(ABOVE, Resource.builder(ABOVE, "training_cluster", "aws").build());
        for (int i = 0; i < wholes.size(); i++) {
            OneWhole whole = wholes.get(i);
            resources.put(
                    id(i),
                    Resource.builder(id(i), whole.kind(), "aws").parentId(ABOVE).build());
            for (int j = 0; j < whole.parts().size(); j++) {
                String kind = whole.goesByParts() ? "instance" : "gpu_workload";
                resources.put(
                        id(i, j),
                        Resource.builder(id(i, j), kind, "aws").parentId(id(i)).build());
            }
            if (whole.leftOver() > 0) {
                resources.put(
                        leftOver(i),
                        Resource.builder(leftOver(i), whole.kind(), "aws")
                                .parentId(id(i))
                                .build());
            }
        }
        return resources;
    }

    Map<String, Spend> spend() {
        Map<String, Spend> spend = new TreeMap<>();
        for (int i = 0; i < wholes.size(); i++) {
            OneWhole whole = wholes.get(i);
            for (int j = 0; j < whole.parts().size(); j++) {
                Part part = whole.parts().get(j);
                spend.put(id(i, j), spend(id(i, j), part.cost(), part.isGone()));
            }
            if (whole.leftOver() > 0) {
                spend.put(leftOver(i), spend(leftOver(i), whole.leftOver(), false));
            }
        }
        return spend;
    }

    private static Spend spend(String id, int cost, boolean isGone) {
        return new Spend(
                id,
                Map.of(Component.TIME, BigDecimal.valueOf(cost)),
                CostBasis.ALLOCATED,
                BigDecimal.TEN,
                BigDecimal.ZERO,
                isGone);
    }

    private Map<String, ResourcePolicy> policies() {
        Map<String, ResourcePolicy> policies = new TreeMap<>();
        spend().keySet().forEach(id -> policies.put(id, policy(wish(id))));
        return policies;
    }

    private static ResourcePolicy policy(Wish wish) {
        ResourcePolicy allowed = ResourcePolicy.UNSPECIFIED.withAnswers(Map.of(Ask.INTERRUPTION, Answer.YES));
        return switch (wish) {
            case NONE, IGNORED -> allowed;
            case STANDBY -> allowed.withStandby(true);
            case DENIED -> ResourcePolicy.UNSPECIFIED.withAnswers(Map.of(Ask.INTERRUPTION, Answer.NO));
            case OPEN -> ResourcePolicy.UNSPECIFIED;
        };
    }

    Wish wish(String leaf) {
        return part(leaf).map(Part::wish).orElse(Wish.NONE);
    }

    Optional<Part> part(String leaf) {
        for (int i = 0; i < wholes.size(); i++) {
            for (int j = 0; j < wholes.get(i).parts().size(); j++) {
                if (id(i, j).equals(leaf)) {
                    return Optional.of(wholes.get(i).parts().get(j));
                }
            }
        }
        return Optional.empty();
    }

    /** As a rule makes them: on what it measured. */
    private List<Finding> made() {
        List<Finding> made = new ArrayList<>();
        if (above == Seen.IDLE) {
            made.add(finding(ABOVE, null));
        }
        for (int i = 0; i < wholes.size(); i++) {
            OneWhole whole = wholes.get(i);
            Map<String, Remedy> alone = new TreeMap<>();
            for (int j = 0; j < whole.parts().size(); j++) {
                Part part = whole.parts().get(j);
                if (whole.goesByParts()) {
                    alone.put(id(i, j), delete(id(i, j)));
                }
                if (part.seen() == Seen.IDLE && part.wish() != Wish.STANDBY) {
                    made.add(finding(
                            id(i, j),
                            whole.goesByParts()
                                    ? new Whole(id(i), Map.of(id(i, j), delete(id(i, j))), delete(id(i)))
                                    : null));
                }
            }
            if (whole.seen() == Seen.IDLE) {
                made.add(finding(id(i), alone.isEmpty() ? null : new Whole(id(i), alone, null)));
            }
        }
        return made;
    }

    private Set<String> judged() {
        Set<String> judged = new HashSet<>();
        if (above != Seen.UNMEASURED) {
            judged.add(ABOVE);
        }
        for (int i = 0; i < wholes.size(); i++) {
            if (wholes.get(i).seen() != Seen.UNMEASURED) {
                judged.add(id(i));
            }
            for (int j = 0; j < wholes.get(i).parts().size(); j++) {
                if (wholes.get(i).parts().get(j).seen() != Seen.UNMEASURED) {
                    judged.add(id(i, j));
                }
            }
        }
        return judged;
    }

    private static Finding finding(String id, Whole whole) {
        return FindingBuilder.builder()
                .rule("idle")
                .resourceId(id)
                .lever(Lever.ELIMINATE)
                .proof(Proof.BACKTEST)
                .saves(Set.of(Component.TIME))
                .asks(Set.of(Ask.INTERRUPTION))
                .remaining(BigDecimal.ZERO)
                .confidence(Confidence.HIGH)
                .reason("Idle.")
                .remedy(delete(id))
                .whole(whole)
                .evidence(Map.of())
                .build();
    }

    private static Remedy delete(String id) {
        return new Remedy("Delete it.", "low", "no change", "no change", List.of("delete " + id));
    }

    /** What the remedy of a saving deletes. */
    static String deleted(Saving saving) {
        return saving.finding().remedy().commands().get(0).substring("delete ".length());
    }

    Leaves leaves() {
        return new Leaves(resources().values(), spend().keySet());
    }

    List<Saving> savings() {
        Leaves leaves = leaves();
        Wholes wholesOf = new Wholes(resources(), leaves, spend(), policies());
        List<Finding> made = made();
        List<Finding> ofRule = made.stream()
                .flatMap(finding -> leaves.findings(finding, judged()).stream()
                        .filter(part -> wish(part.resourceId()) != Wish.STANDBY)
                        .map(part -> wholesOf.within(part, finding)))
                .toList();
        Map<String, ResourcePolicy> policies = new HashMap<>(policies());
        return Estimator.estimate(
                wholesOf.withKept(ofRule, made),
                spend(),
                policies,
                new UserNotes(
                        finding -> wish(finding.resourceId()) == Wish.IGNORED ? Optional.of("kept") : Optional.empty(),
                        finding -> Optional.empty()));
    }
}
