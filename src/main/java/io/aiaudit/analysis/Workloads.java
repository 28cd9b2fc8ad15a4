package io.aiaudit.analysis;

import io.aiaudit.model.Resource;
import java.util.List;

/**
 * What brings resources of one application together that sources list apart: a model, its endpoint and its database.
 */
final class Workloads {
    /** The same tags as those of charges (store/read/compliance-costs.sql), the first that there is. */
    private static final List<String> TAGS = List.of("workload", "application", "app", "service", "project");

    private Workloads() {}

    /** Its workload where that is more than itself, else that of its tags, else its name. */
    static String of(Resource resource) {
        String own = resource.workload();
        if (own != null && !own.equals(resource.resourceId()) && !own.equals(resource.name())) {
            return own;
        }
        for (String tag : TAGS) {
            String value = resource.tags().get(tag);
            if (value != null && !value.isBlank()) {
                return value;
            }
        }
        return resource.name() == null ? resource.resourceId() : resource.name();
    }
}
