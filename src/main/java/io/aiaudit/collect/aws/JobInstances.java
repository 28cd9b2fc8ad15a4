package io.aiaudit.collect.aws;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.services.sagemaker.model.ResourceConfig;

/**
 * The instances of a job, of which a resource has one type. A heterogeneous training job has groups of several types:
 * groups of the same type are one.
 */
record JobInstances(List<Group> groups) {
    /** Of which only the list entry can be read. */
    static final JobInstances UNKNOWN = new JobInstances(List.of());

    /** {@code count} is null where it is unknown. */
    private record Group(String type, Integer count) {
        /** Such as {@code 2 ml.c5.9xlarge}. */
        String named() {
            String what = type == null ? "of an unknown type" : type;
            return count == null ? what : count + " " + what;
        }
    }

    /**
     * What a resource has of it.
     *
     * @param type null where several have a claim to be the resource's
     * @param others the instances that are not those of the resource, such as {@code 2 ml.c5.9xlarge}
     */
    record Chosen(String type, Integer count, List<String> others) {
        boolean isWithoutPrice() {
            return type == null && !others.isEmpty();
        }
    }

    static JobInstances of(String type, Integer count) {
        return new JobInstances(List.of(new Group(type, count)));
    }

    static JobInstances of(ResourceConfig config) {
        if (config.instanceGroups().isEmpty()) {
            return of(config.instanceTypeAsString(), config.instanceCount());
        }
        Map<String, List<Integer>> counts = new LinkedHashMap<>();
        config.instanceGroups()
                .forEach(group -> counts.computeIfAbsent(group.instanceTypeAsString(), type -> new ArrayList<>())
                        .add(group.instanceCount()));
        List<Group> groups = new ArrayList<>();
        counts.forEach((type, each) -> groups.add(new Group(type, sum(each))));
        return new JobInstances(groups);
    }

    /** Nothing where one of them has no number. */
    private static Integer sum(Collection<Integer> counts) {
        return counts.isEmpty() || counts.stream().anyMatch(Objects::isNull)
                ? null
                : Integer.valueOf(counts.stream().mapToInt(Integer::intValue).sum());
    }

    List<String> types() {
        return groups.stream().map(Group::type).filter(Objects::nonNull).toList();
    }

    /** Of all types; null where it is unknown. */
    Integer count() {
        return sum(groups.stream().map(Group::count).toList());
    }

    /** The only type, or the only one with accelerators: of several it is unknown which is the resource's. */
    Chosen chosen(MachineTypes machineTypes) {
        List<Group> accelerated = groups.stream()
                .filter(group -> machineTypes.isAccelerated(group.type()))
                .toList();
        List<Group> candidates = accelerated.isEmpty() ? groups : accelerated;
        Group main = candidates.size() == 1 ? candidates.get(0) : new Group(null, null);
        return new Chosen(
                main.type(),
                main.count(),
                groups.stream()
                        .filter(group -> !group.equals(main))
                        .map(Group::named)
                        .toList());
    }
}
