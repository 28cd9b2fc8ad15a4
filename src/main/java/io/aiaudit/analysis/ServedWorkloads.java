package io.aiaudit.analysis;

import io.aiaudit.model.Resource;
import io.aiaudit.model.ResourceIds;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** The endpoint that a cloud names a log after, such as {@code /aws/sagemaker/Endpoints/chat}. */
final class ServedWorkloads {
    /** Kinds after which clouds name logs. */
    private static final Set<String> SERVED = Set.of("inference_endpoint", "notebook", "training_cluster");

    private final List<Resource> served;

    ServedWorkloads(Collection<Resource> resources) {
        served = resources.stream()
                .filter(resource -> SERVED.contains(resource.kind()))
                .toList();
    }

    /** The first resource by its workload that the end of the path names, in the region; null where none is. */
    Resource of(Resource log) {
        String name = log.name() == null ? "" : log.name();
        int slash = name.lastIndexOf('/');
        return slash < 0
                ? null
                : served.stream()
                        .filter(other -> name.substring(slash + 1).equals(other.name()))
                        .filter(other -> other.provider().equals(log.provider())
                                && ResourceIds.isSameAccount(other.accountId(), log.accountId())
                                && Objects.equals(other.region(), log.region()))
                        .min(Comparator.comparing(Resource::workload, Comparator.nullsLast(Comparator.naturalOrder())))
                        .orElse(null);
    }
}
