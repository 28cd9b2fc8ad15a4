package io.aiaudit.store;

import io.aiaudit.model.Component;
import io.aiaudit.model.Course;
import io.aiaudit.model.LeafCost;
import io.aiaudit.model.Window;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Knows what a bill names from some day of the window on only: of which days the cost of its resources is known, and
 * what their services show of the same meters without a resource.
 */
final class NamedLate {
    private final Map<String, Instant> since = new HashMap<>();
    private final Map<String, List<Course.Day>> withoutResource = new HashMap<>();

    private NamedLate(LockedStore store, Window window) {
        if (!store.any("charge_texts WHERE ResourceId IS NULL AND SkuMeter IS NOT NULL")
                && !store.any("charge_parts WHERE ResourceId IS NULL AND SkuMeter IS NOT NULL")) {
            return;
        }
        for (Row row :
                store.select(Sql.inWindow("read/named-since.sql", window)).as(Row.class)) {
            if (row.since != null) {
                since.put(row.resourceId, row.since);
            } else {
                withoutResource
                        .computeIfAbsent(row.resourceId, leaf -> new ArrayList<>())
                        .add(row.toDay());
            }
        }
    }

    static NamedLate read(LockedStore store, Window window) {
        return new NamedLate(store, window);
    }

    /** A resource and since when it is named, else a day of a service. */
    private record Row(
            String resourceId,
            Instant since,
            Component component,
            LocalDate day,
            Instant firstStart,
            long insideSeconds,
            long periodSeconds,
            BigDecimal cost) {
        Course.Day toDay() {
            return new Course.Day(component, day, firstStart, cost, BigDecimal.ZERO, insideSeconds, periodSeconds);
        }
    }

    /** The part of what the bill covers in which it can name a resource. */
    Window billed(String resourceId, Window billed) {
        return isLate(resourceId, billed) ? new Window(since.get(resourceId), billed.end()) : billed;
    }

    private boolean isLate(String resourceId, Window billed) {
        Instant first = since.get(resourceId);
        return first != null && billed != null && first.isAfter(billed.start()) && first.isBefore(billed.end());
    }

    /** The leaf with what it is in a bill that names it late, or as a service whose resources are named late. */
    LeafCost of(LeafCost leaf, Window billed) {
        String id = leaf.resource().resourceId();
        if (isLate(id, billed)) {
            return leaf.withCourse(leaf.course().namedLateIn(billed));
        }
        List<Course.Day> days = withoutResource.get(id);
        return days == null ? leaf : leaf.withCourse(leaf.course().withDays(days));
    }
}
