package io.aiaudit.collect.aws;

import io.aiaudit.collect.Frequency;
import io.aiaudit.collect.Known;
import io.aiaudit.model.Resource;
import io.aiaudit.model.ResourceIds;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The resources of one account that AWS may have advice about, by id: advice about anything else belongs to no finding
 * of ours.
 */
record SecondOpinions(Map<String, Resource> resources) {
    static final Frequency FOUND = new Frequency("advice on instances", "2 for each region");

    private static final List<String> KINDS = List.of(
            "instance",
            "volume",
            "node_group",
            "inference_endpoint",
            "notebook",
            "training_job",
            "training_cluster",
            "capacity_reservation");

    static SecondOpinions of(AwsSession session, Known known) {
        return new SecondOpinions(KINDS.stream()
                .flatMap(kind -> known.resources(kind).stream())
                .filter(resource ->
                        "aws".equals(resource.provider()) && session.account().equals(resource.accountId()))
                .collect(Collectors.toMap(Resource::resourceId, Function.identity(), (one, other) -> one)));
    }

    boolean isAbout(String idOrArn) {
        return idOrArn != null && resources.containsKey(ResourceIds.canonical(idOrArn));
    }

    /** Where there are any. */
    List<String> regions() {
        return resources.values().stream()
                .map(Resource::region)
                .filter(region -> region != null)
                .distinct()
                .sorted()
                .toList();
    }
}
