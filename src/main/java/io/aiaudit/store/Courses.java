package io.aiaudit.store;

import io.aiaudit.model.Component;
import io.aiaudit.model.Course;
import io.aiaudit.model.Keyed;
import io.aiaudit.model.LeafCost;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Window;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads how the cost of leaves went by the day, when each was last changed, and which are gone though nobody says when they ended. */
final class Courses {
    /** Attributes: since when a resource is what it is, and when its limits of scaling were last changed. */
    private static final List<String> CHANGED = List.of("configured_at", "scaling_changed_at");

    /** Set where the inventory lists others of its kind in its place and not it (finish/not-in-inventory.sql). */
    private static final String NOT_LISTED = "not_in_inventory";

    private static final Duration RECENT = Duration.ofDays(2);

    private final Map<String, List<Course.Day>> days = new HashMap<>();
    private final Map<String, List<Course.Term>> terms = new HashMap<>();
    private final Map<String, Course.Ended> silent = new HashMap<>();
    private final Map<String, Instant> billedTo = new HashMap<>();
    private final Map<String, Instant> lastCharged = new HashMap<>();
    private final Set<String> measured;

    private Courses(LockedStore store, Window window) {
        store.select(Sql.inWindow("read/daily-costs.sql", window)).rows().forEach(this::add);
        store.select(Sql.inWindow("read/no-longer-billed.sql", window)).rows().forEach(row -> {
            Instant last = (Instant) row.get(1);
            billedTo.put((String) row.get(0), (Instant) row.get(2));
            lastCharged.put((String) row.get(0), last);
            if (!(Boolean) row.get(3)) {
                return;
            }
            silent.put(
                    (String) row.get(0),
                    new Course.Ended(
                            last,
                            "No longer charged since " + day(last) + ", while the bill of its account continues to "
                                    + lastDay((Instant) row.get(2)) + "."));
        });
        measured = store
                .select(
                        "SELECT DISTINCT resource_id FROM metrics WHERE hour >= ? AND hour < ?",
                        window.end().minus(RECENT),
                        window.end())
                .rows()
                .stream()
                .map(row -> (String) row.get(0))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    static Courses read(LockedStore store, Window window) {
        return new Courses(store, window);
    }

    private void add(List<Object> row) {
        String id = (String) row.get(0);
        LocalDate date = (LocalDate) row.get(2);
        days.computeIfAbsent(id, leaf -> new ArrayList<>())
                .add(new Course.Day(
                        Keyed.find(Component.class, (String) row.get(1)).orElseThrow(),
                        date,
                        (Instant) row.get(8),
                        (BigDecimal) row.get(10),
                        (BigDecimal) row.get(11),
                        (Long) row.get(3),
                        (Long) row.get(4)));
        List<Course.Term> ofLeaf = terms.computeIfAbsent(id, leaf -> new ArrayList<>());
        List<Course.Kind> kinds = List.of(Course.Kind.MACHINE, Course.Kind.PURCHASE, Course.Kind.COMMITMENT);
        for (int i = 0; i < kinds.size(); i++) {
            if (row.get(5 + i) != null) {
                ofLeaf.add(new Course.Term(
                        kinds.get(i), (String) row.get(5 + i), date, (Instant) row.get(8), (Instant) row.get(9)));
            }
        }
    }

    /** The leaf with its course. */
    LeafCost of(LeafCost leaf) {
        String id = leaf.resource().resourceId();
        return leaf.withCourse(new Course(
                days.getOrDefault(id, List.of()),
                terms.getOrDefault(id, List.of()),
                changedAt(leaf.resource()),
                ended(leaf.resource()),
                billedTo.get(id)));
    }

    /** Metrics that go on contradict an inventory that does not list their resource. A bill that goes on does too, and that is said. */
    private Course.Ended ended(Resource resource) {
        String id = resource.resourceId();
        if (silent.containsKey(id) || !resource.attributes().containsKey(NOT_LISTED) || measured.contains(id)) {
            return silent.get(id);
        }
        Instant last = lastCharged.get(id);
        return new Course.Ended(
                null, "Not in the inventory" + (last == null ? "." : ", but billed until " + lastDay(last) + "."));
    }

    private static Instant changedAt(Resource resource) {
        return CHANGED.stream()
                .map(key -> resource.attributes().get(key))
                .filter(Objects::nonNull)
                .flatMap(Courses::time)
                .max(Instant::compareTo)
                .orElse(null);
    }

    private static Stream<Instant> time(String text) {
        try {
            return Stream.of(
                    text.length() == 10
                            ? LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC)
                            : text.endsWith("Z") || text.contains("+")
                                    ? OffsetDateTime.parse(text.replace(' ', 'T'))
                                            .toInstant()
                                    : LocalDateTime.parse(text.replace(' ', 'T'))
                                            .toInstant(ZoneOffset.UTC));
        } catch (DateTimeParseException e) {
            return Stream.empty();
        }
    }

    private static LocalDate lastDay(Instant end) {
        return day(end.minusSeconds(1));
    }

    private static LocalDate day(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }
}
