package io.aiaudit.collect;

import io.aiaudit.model.Resource;
import io.aiaudit.model.Window;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;

/**
 * The hours in which a resource was in service, the same for every cloud: in these a counter without a point counted
 * nothing.
 */
public final class ServiceHours {
    /**
     * Attribute: since when a resource is what it is. Before that it may not have been there, though its parent was.
     */
    public static final String CONFIGURED_AT = "configured_at";

    /** Attribute: when a resource was last changed, be it into what it is or only in size. */
    public static final String MODIFIED_AT = "last_modified_at";

    /**
     * Attribute: since when everything has been there of which a counter is the sum, such as the components of an
     * endpoint. What was in its stead before, and is gone, has counted by itself.
     */
    public static final String COUNTED_SINCE = "counted_since";

    private ServiceHours() {}

    /** Those of a stretch of time that are over. */
    public static List<Instant> of(Resource resource, Window stretch) {
        return of(resource, stretch, null);
    }

    /** The same of a resource of which something was seen at {@code first}; null = never. */
    public static List<Instant> of(Resource resource, Window stretch, Instant first) {
        Instant from = later(later(stretch.start(), resource.createdAt()), time(resource, CONFIGURED_AT));
        from = later(from, time(resource, COUNTED_SINCE));
        Instant modified = time(resource, MODIFIED_AT);
        if (modified != null) { // by which an older configuration may have come back
            from = later(from, earlier(modified, first));
        }
        Instant now = Instant.now().truncatedTo(ChronoUnit.HOURS);
        Instant to = earlier(earlier(stretch.end(), resource.endedAt()), now);
        return Stream.iterate(
                        from.truncatedTo(ChronoUnit.HOURS),
                        hour -> hour.isBefore(to),
                        hour -> hour.plus(1, ChronoUnit.HOURS))
                .toList();
    }

    private static Instant time(Resource resource, String attribute) {
        try {
            String time = resource.attributes().get(attribute);
            return time == null ? null : Instant.parse(time);
        } catch (DateTimeParseException e) { // of a file, which may write it otherwise
            return null;
        }
    }

    private static Instant later(Instant time, Instant other) {
        return other != null && other.isAfter(time) ? other : time;
    }

    private static Instant earlier(Instant time, Instant other) {
        return other != null && other.isBefore(time) ? other : time;
    }
}
