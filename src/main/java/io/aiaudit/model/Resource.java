package io.aiaudit.model;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * One thing that is paid for, or that holds such things: one row of the resources table (DESIGN.md section 4). Unknown
 * is null. {@code acceleratorMemoryGib} is per accelerator, memory is in GiB, times are UTC. {@code workload} is what
 * outlasts the instance, by default the resource itself. {@code purchase} is on_demand, spot or committed.
 */
@RecordBuilder
public record Resource(
        String resourceId,
        String kind,
        String provider,
        String accountId,
        String accountName,
        String region,
        String name,
        String machineType,
        Integer replicas,
        String accelerator,
        BigDecimal acceleratorCount,
        BigDecimal acceleratorMemoryGib,
        BigDecimal vcpus,
        BigDecimal memoryGib,
        Instant createdAt,
        Instant endedAt,
        String state,
        String purchase,
        String parentId,
        String workload,
        Map<String, String> tags,
        Map<String, String> attributes)
        implements ResourceBuilder.With {

    /** Attribute: {@code true} where tags could not be read, which does not mean that there are none. */
    public static final String UNREAD_TAGS = "unread_tags";

    public Resource {
        Objects.requireNonNull(resourceId, "resourceId");
        workload = workload == null ? resourceId : workload;
        tags = tags == null ? Map.of() : named(tags);
        attributes = attributes == null ? Map.of() : Map.copyOf(attributes);
    }

    /** Without a tag that has no name; one without a value has an empty one. */
    private static Map<String, String> named(Map<String, String> tags) {
        Map<String, String> named = new HashMap<>();
        tags.forEach((name, value) -> {
            if (name != null) {
                named.put(name, value == null ? "" : value);
            }
        });
        return Map.copyOf(named);
    }

    /** Whether it is a fine-tuned model that is paid for by the hour, called or not: unlike use it has a life. */
    public boolean isHostedModel() {
        String hosting =
                attributes.getOrDefault("hosting", "").toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        return "model_usage".equals(kind) && hosting.startsWith("finetuned") && !hosting.contains("ondemand");
    }

    /** A source seldom knows all of a resource: what is not set is unknown. */
    public static ResourceBuilder builder(String resourceId, String kind, String provider) {
        return ResourceBuilder.builder().resourceId(resourceId).kind(kind).provider(provider);
    }
}
