package io.aiaudit.analysis;

import io.aiaudit.model.Component;
import io.aiaudit.model.LeafCost;
import io.aiaudit.model.Resource;
import io.aiaudit.model.UnitCost;
import io.aiaudit.store.MetricSum;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What a request, a token and an hour of an accelerator at work cost, of the resources of which both cost and work are
 * known.
 */
final class UnitCosts {
    private static final Set<String> SERVING = Set.of("inference_endpoint", "model_usage", "provisioned_throughput");
    private static final Set<String> TOKENS = Set.of("model_usage", "provisioned_throughput");

    private static final Set<String> SINGLE = Set.of("instance", "notebook");

    private final MeasuredWork work;
    private final List<LeafCost> leaves;
    private final Map<String, Resource> resources;
    private final ModelMix mix;

    UnitCosts(MeasuredWork work, List<LeafCost> leaves, Map<String, Resource> resources, ModelMix mix) {
        this.work = work;
        this.leaves = leaves;
        this.resources = resources;
        this.mix = mix;
    }

    List<UnitCost> all() {
        List<UnitCost> all = new ArrayList<>();
        requests().ifPresent(all::add);
        tokens().ifPresent(all::add);
        acceleratorHours().ifPresent(all::add);
        return all;
    }

    private Optional<UnitCost> requests() {
        UnitTotal total = new UnitTotal("1000_requests", BigDecimal.valueOf(1000));
        groups(
                        "requests",
                        leaf -> SERVING.contains(String.valueOf(leaf.resource().kind())))
                .forEach((owner, group) ->
                        total.add(owner, costs(group, LeafCost::inWindow), measured(owner, "requests", group), null));
        return total.unitCost();
    }

    private Optional<UnitCost> tokens() {
        UnitTotal total = new UnitTotal("1000000_tokens", BigDecimal.valueOf(1_000_000));
        groups(
                        "tokens_input",
                        leaf -> TOKENS.contains(String.valueOf(leaf.resource().kind()))
                                || mix.tokensOf(leaf.resource().resourceId()).isPresent())
                .forEach((owner, group) ->
                        total.add(owner, costs(group, LeafCost::inWindow), tokens(owner, group), null));
        return total.unitCost();
    }

    private BigDecimal tokens(Resource owner, List<LeafCost> group) {
        Optional<BigDecimal> known =
                group.size() == 1 ? mix.tokensOf(group.get(0).resource().resourceId()) : Optional.empty();
        if (known.isPresent()) {
            return known.get();
        }
        BigDecimal input = measured(owner, "tokens_input", group);
        BigDecimal output = measured(owner, "tokens_output", group);
        return input == null || output == null || TOKENS.contains(String.valueOf(owner.kind()))
                ? null
                : input.add(output);
    }

    private Optional<UnitCost> acceleratorHours() {
        UnitTotal total = new UnitTotal("used_gpu_hour", BigDecimal.ONE);
        groups("gpu_utilization", UnitCosts::hasAccelerators).forEach((owner, group) -> {
            List<BigDecimal> known =
                    group.stream().flatMap(leaf -> paidHours(leaf).stream()).toList();
            BigDecimal paid =
                    known.size() < group.size() ? null : known.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
            BigDecimal used = paid == null
                    ? null
                    : sum(owner, "gpu_utilization", group)
                            .filter(sum -> sum.average() != null)
                            .map(sum -> paid.multiply(BigDecimal.valueOf(sum.average())))
                            .orElse(null);
            total.add(owner, costs(group, leaf -> leaf.inWindow(Component.TIME)), used, paid);
        });
        return total.unitCost();
    }

    /** A reservation is paid for beside the machines, and what has no hours on its bill did not run. */
    private static boolean hasAccelerators(LeafCost leaf) {
        BigDecimal count = leaf.resource().acceleratorCount();
        return count != null
                && count.signum() > 0
                && leaf.inWindow(Component.TIME) != null
                && !"capacity_reservation".equals(leaf.resource().kind());
    }

    /**
     * Hours of its accelerators, at work or not. How many machines there were is best known from the metric; the
     * inventory knows one moment. A machine that is stopped in that moment was one while it ran; how many machines of
     * anything else have gone is unknown.
     */
    private Optional<BigDecimal> paidHours(LeafCost leaf) {
        Resource resource = leaf.resource();
        Optional<BigDecimal> counted = work.of(resource.resourceId(), "replicas", leaf)
                .filter(sum -> sum.average() != null)
                .map(sum -> BigDecimal.valueOf(sum.average()));
        boolean none = Integer.valueOf(0).equals(resource.replicas());
        if (counted.isEmpty() && none && !SINGLE.contains(String.valueOf(resource.kind()))) {
            return Optional.empty();
        }
        BigDecimal machines = counted.orElse(
                none || resource.replicas() == null ? BigDecimal.ONE : BigDecimal.valueOf(resource.replicas()));
        return Optional.of(work.hours(leaf).multiply(machines).multiply(resource.acceleratorCount()));
    }

    /**
     * Leaves with a known cost by the resource of the metric: the leaf itself, else what it is a part of; those that
     * could have it come alone where none reports it.
     */
    private Map<Resource, List<LeafCost>> groups(String metric, Function<LeafCost, Boolean> candidate) {
        Map<Resource, List<LeafCost>> groups = new LinkedHashMap<>();
        Set<Resource> partlyPriced = new HashSet<>();
        for (LeafCost leaf : leaves) {
            Optional<Resource> owner = owner(leaf, metric);
            if (leaf.inWindow() == null) {
                owner.ifPresent(partlyPriced::add);
            } else if (candidate.apply(leaf) || (owner.isPresent() && !"gpu_utilization".equals(metric))) {
                groups.computeIfAbsent(owner.orElse(leaf.resource()), key -> new ArrayList<>())
                        .add(leaf);
            }
        }
        // A metric of a whole belongs to no part of its cost.
        for (Resource owner : partlyPriced) {
            List<LeafCost> group = groups.remove(owner);
            if (group != null) {
                group.forEach(leaf -> groups.put(leaf.resource(), List.of(leaf)));
            }
        }
        return groups;
    }

    private Optional<Resource> owner(LeafCost leaf, String metric) {
        Set<String> seen = new HashSet<>();
        Resource resource = leaf.resource();
        while (resource != null && seen.add(resource.resourceId())) {
            if (work.has(resource.resourceId(), metric, leaf)) {
                return Optional.of(resource);
            }
            resource = resource.parentId() == null ? null : resources.get(resource.parentId());
        }
        return Optional.empty();
    }

    private static Map<LeafCost, BigDecimal> costs(List<LeafCost> group, Function<LeafCost, BigDecimal> cost) {
        Map<LeafCost, BigDecimal> costs = new LinkedHashMap<>();
        group.forEach(leaf -> costs.put(leaf, cost.apply(leaf)));
        return costs;
    }

    private BigDecimal measured(Resource owner, String metric, List<LeafCost> group) {
        return sum(owner, metric, group)
                .filter(sum -> sum.total() != null)
                .map(sum -> new BigDecimal(sum.total()))
                .orElse(null);
    }

    /** The part that existed longest says how much of the time has to be measured. */
    private Optional<MetricSum> sum(Resource owner, String metric, List<LeafCost> group) {
        LeafCost longest = group.stream()
                .max((one, other) -> work.hours(one).compareTo(work.hours(other)))
                .orElseThrow();
        return work.of(owner.resourceId(), metric, longest);
    }
}
