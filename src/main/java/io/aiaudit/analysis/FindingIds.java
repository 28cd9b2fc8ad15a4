package io.aiaudit.analysis;

import io.aiaudit.model.Finding;
import io.aiaudit.model.FindingId;
import io.aiaudit.model.Resource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The ids of findings. Where a workload has several resources, each id names its resource, whether or not the rule
 * finds the others: the end of one finding changes no other (ADR 0231).
 */
final class FindingIds {
    /** Other jobs run each month, so those of a family that nothing is found of are no part of its name. */
    private static final Set<String> JOBS = Set.of("training_job", "batch_job");

    private final Map<String, Resource> resources;

    /** What each workload has of a kind at the end of the window. */
    private final Map<List<String>, Set<String>> present = new HashMap<>();

    /** @param end of the window: what is gone by then leaves its workload to what replaced it */
    FindingIds(Map<String, Resource> resources, Instant end) {
        this.resources = resources;
        Set<String> parents = resources.values().stream()
                .map(Resource::parentId)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        for (Resource resource : resources.values()) {
            boolean isGone = resource.endedAt() != null && !resource.endedAt().isAfter(end);
            boolean isJob = JOBS.contains(String.valueOf(resource.kind()));
            if (!isGone && !isJob && !parents.contains(resource.resourceId())) {
                present.computeIfAbsent(workload(resource), workload -> new HashSet<>())
                        .add(resource.resourceId());
            }
        }
    }

    /** In the order of the findings. */
    List<String> of(List<Finding> findings) {
        Map<FindingId, Set<String>> found = findings.stream()
                .collect(Collectors.groupingBy(this::id, Collectors.mapping(Finding::resourceId, Collectors.toSet())));
        List<String> ids = new ArrayList<>();
        for (Finding finding : findings) {
            FindingId id = id(finding);
            Set<String> several = new HashSet<>(found.get(id));
            several.addAll(present.getOrDefault(workload(resources.get(finding.resourceId())), Set.of()));
            ids.add(several.size() == 1 ? id.ofWorkload() : id.of(finding.resourceId()));
        }
        return ids;
    }

    private FindingId id(Finding finding) {
        Resource resource = resources.get(finding.resourceId());
        return new FindingId(finding.rule(), resource.provider(), resource.accountId(), resource.workload());
    }

    private static List<String> workload(Resource resource) {
        FindingId anyRule = new FindingId("", resource.provider(), resource.accountId(), resource.workload());
        return Arrays.asList(anyRule.provider(), anyRule.accountId(), anyRule.workload(), resource.kind());
    }
}
