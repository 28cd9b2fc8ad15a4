package io.aiaudit.collect.gcp;

import io.aiaudit.collect.gcp.GcpMetric.Source;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;

/**
 * What has a series in Cloud Monitoring whether or not it has anything to do: a running instance that of its
 * processors, a deployed model and a service with a minimum of instances those of its replicas.
 */
final class AlwaysWriting {
    /** A point may come late, and what has only begun has none in the window. */
    private static final Duration LEAST = Duration.ofDays(1);

    private AlwaysWriting() {}

    static boolean is(Source source, Resource resource, Window window) {
        return switch (source) {
            case MACHINE -> "running".equals(resource.state()) && isOfWindow(resource, window);
            case ENDPOINT, SERVICE ->
                resource.replicas() != null && resource.replicas() > 0 && isOfWindow(resource, window);
            default -> false;
        };
    }

    private static boolean isOfWindow(Resource resource, Window window) {
        Instant latest = window.end().minus(LEAST);
        String started = resource.attributes().get("last_started_at");
        return resource.createdAt() != null
                && resource.endedAt() == null
                && Stream.of(resource.createdAt(), started == null ? resource.createdAt() : Instant.parse(started))
                        .allMatch(time -> time.isBefore(latest));
    }
}
