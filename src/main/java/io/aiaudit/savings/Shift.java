package io.aiaudit.savings;

import io.aiaudit.model.Course;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A lasting change of how a leaf is billed: one term was on every billed day until it stopped for good, and another is
 * on every billed day since. What comes and goes (autoscaling over several machine types, a plan that covers some
 * hours, a schedule) is none.
 *
 * @param at the first charge under the new term
 * @param wholeDaysFrom the first day without the old term and with the new one from its start; the end where the change
 * was within the last day
 */
record Shift(Instant at, Instant wholeDaysFrom) {
    static final Comparator<Shift> LATEST =
            Comparator.comparing(Shift::wholeDaysFrom).thenComparing(Shift::at);
    private static final String COVERED = "covered";

    /** A plan that leaves days uncovered covers some of the days of a week. */
    private static final int DAYS_WITHOUT_COVER = 7;

    /** The last one between two instants, null without any. */
    static Shift last(Course course, Instant first, Instant end) {
        Map<Course.Kind, Map<String, NavigableMap<LocalDate, Course.Term>>> terms = terms(course.terms(), end);
        Stream<Shift> seen = Stream.concat(
                        terms.entrySet().stream()
                                .filter(kind -> kind.getKey() != Course.Kind.LOAD)
                                .flatMap(kind -> isOneADay(kind.getKey())
                                        ? lastStretch(kind.getValue(), LastStretch::isChange)
                                        : in(kind.getValue())),
                        coveredAgain(terms.getOrDefault(Course.Kind.COMMITMENT, Map.of())).stream())
                .filter(shift -> !shift.wholeDaysFrom().isAfter(end));
        Stream<Shift> shifts = Stream.ofNullable(configured(course.configuredAt(), first, end))
                .filter(shift -> shift.wholeDaysFrom().isBefore(end));
        // A part of a bill that has nothing after the others took it is a part of nothing.
        Stream<Shift> divided = Stream.ofNullable(configured(course.dividedAt(), first, end))
                .filter(shift -> shift.wholeDaysFrom().isBefore(end));
        Stream<Shift> billed = Stream.concat(seen, shifts)
                .filter(shift ->
                        shift.wholeDaysFrom().equals(end) || isBilledSince(course, shift.wholeDaysFrom(), end));
        return Stream.concat(billed, divided).max(LATEST).orElse(null);
    }

    /**
     * Since when there are as many, at such a price, as there are now, though that may not be for good: it counts where
     * it costs less. Null without one.
     */
    static Shift toAsManyAsNow(Course course, Instant end) {
        return terms(course.terms(), end).entrySet().stream()
                .filter(kind -> isOneADay(kind.getKey()) || kind.getKey() == Course.Kind.LOAD)
                .flatMap(kind -> lastStretch(
                        kind.getValue(),
                        stretch -> stretch.isThereNow()
                                && (kind.getKey() != Course.Kind.LOAD || stretch.isAfterSteadyDays())))
                .max(LATEST)
                .orElse(null);
    }

    /** What is a measure, and not one of several words that may be there beside each other. */
    private static boolean isOneADay(Course.Kind kind) {
        return kind == Course.Kind.PRICE || kind == Course.Kind.NUMBER;
    }

    /** Of each meter for itself: another one beside it, on some days, is no other price of it. */
    private static Stream<Shift> lastStretch(
            Map<String, NavigableMap<LocalDate, Course.Term>> values, Predicate<LastStretch> counts) {
        Map<String, NavigableMap<LocalDate, Course.Term>> meters = new TreeMap<>();
        new TreeMap<>(values)
                .forEach((value, terms) ->
                        terms.forEach((day, term) -> meters.computeIfAbsent(meterOf(value), meter -> new TreeMap<>())
                                .merge(day, term, Shift::beside)));
        Optional<LocalDate> last =
                meters.values().stream().map(NavigableMap::lastKey).max(Comparator.naturalOrder());
        return meters.values().stream()
                .filter(days -> days.lastKey().equals(last.orElseThrow()))
                .flatMap(days -> lastStretch(days, counts).stream());
    }

    private static Optional<Shift> lastStretch(
            NavigableMap<LocalDate, Course.Term> days, Predicate<LastStretch> counts) {
        NavigableMap<LocalDate, String> each = new TreeMap<>();
        days.forEach((day, term) -> each.put(day, term.value()));
        return LastStretch.of(each)
                .filter(counts)
                .map(stretch -> between(days.get(stretch.before()), days.get(stretch.from())));
    }

    /** A price is written after what it is of. */
    private static String meterOf(String value) {
        return value.substring(0, value.lastIndexOf(' ') + 1);
    }

    /** Rows of a meter that count by different parts of them. */
    private static Course.Term beside(Course.Term one, Course.Term other) {
        Course.Term together = together(one, other);
        return new Course.Term(
                together.kind(), one.value() + "; " + other.value(), together.date(), together.from(), together.to());
    }

    /** From when on nothing but the new term is charged. */
    Instant aloneFrom(Instant end) {
        return wholeDaysFrom.isBefore(end) ? wholeDaysFrom : at;
    }

    /** Days without a charge do not show what a change brought. */
    private static boolean isBilledSince(Course course, Instant from, Instant end) {
        Stream<LocalDate> billed = course.terms().isEmpty()
                ? course.days().stream().map(Course.Day::date)
                : course.terms().stream().map(Course.Term::date);
        return billed.map(date -> date.atStartOfDay().toInstant(ZoneOffset.UTC))
                .anyMatch(day -> !day.isBefore(from) && day.isBefore(end));
    }

    /** What a source says, null where that is not between two instants. */
    static Shift configured(Instant at, Instant first, Instant end) {
        return at == null || at.isBefore(first) || !at.isBefore(end) ? null : new Shift(at, wholeDay(at));
    }

    /** By kind and value, the term of each day; a day on which a commitment covers anything is a covered one. */
    private static Map<Course.Kind, Map<String, NavigableMap<LocalDate, Course.Term>>> terms(
            List<Course.Term> all, Instant end) {
        Map<Course.Kind, Map<String, NavigableMap<LocalDate, Course.Term>>> terms = new EnumMap<>(Course.Kind.class);
        all.stream()
                .filter(term ->
                        term.date().atStartOfDay().toInstant(ZoneOffset.UTC).isBefore(end))
                .forEach(term -> terms.computeIfAbsent(term.kind(), kind -> new HashMap<>())
                        .computeIfAbsent(term.value(), value -> new TreeMap<>())
                        .merge(term.date(), term, Shift::together));
        Map<String, NavigableMap<LocalDate, Course.Term>> cover = terms.get(Course.Kind.COMMITMENT);
        if (cover != null && cover.containsKey(COVERED)) {
            cover.forEach((value, days) -> {
                if (!value.equals(COVERED)) {
                    days.keySet().removeAll(cover.get(COVERED).keySet());
                }
            });
            cover.values().removeIf(Map::isEmpty);
        }
        return terms;
    }

    private static Course.Term together(Course.Term one, Course.Term other) {
        return new Course.Term(
                one.kind(),
                one.value(),
                one.date(),
                one.from().isBefore(other.from()) ? one.from() : other.from(),
                one.to().isAfter(other.to()) ? one.to() : other.to());
    }

    private static Stream<Shift> in(Map<String, NavigableMap<LocalDate, Course.Term>> values) {
        TreeSet<LocalDate> billed = new TreeSet<>();
        values.values().forEach(days -> billed.addAll(days.keySet()));
        return values.values().stream()
                .filter(days -> days.lastKey().equals(billed.last()) && isUnbroken(days, billed))
                .flatMap(days -> values.values().stream()
                        .filter(old -> old != days && isUnbroken(old, billed))
                        .filter(old -> isFollowedBy(old.lastKey(), days.firstKey(), billed))
                        .filter(old -> old.lastKey().isBefore(billed.last()) || isOver(old, days))
                        .map(old -> between(
                                old.lastEntry().getValue(), days.firstEntry().getValue())));
    }

    /** Another commitment, a week or more after one that ended: what was paid on demand between is over. */
    private static Optional<Shift> coveredAgain(Map<String, NavigableMap<LocalDate, Course.Term>> cover) {
        NavigableMap<LocalDate, Course.Term> covered = cover.get(COVERED);
        NavigableMap<LocalDate, Course.Term> uncovered = new TreeMap<>();
        cover.forEach((value, days) -> {
            if (!value.equals(COVERED)) {
                uncovered.putAll(days);
            }
        });
        LocalDate again = covered == null || uncovered.isEmpty() ? null : covered.higherKey(uncovered.lastKey());
        LocalDate before = again == null ? null : covered.lowerKey(again);
        return before == null || uncovered.tailMap(before).size() < DAYS_WITHOUT_COVER
                ? Optional.empty()
                : Optional.of(between(uncovered.lastEntry().getValue(), covered.get(again)));
    }

    private static boolean isUnbroken(NavigableMap<LocalDate, Course.Term> days, TreeSet<LocalDate> billed) {
        return days.size()
                == billed.subSet(days.firstKey(), true, days.lastKey(), true).size();
    }

    private static boolean isFollowedBy(LocalDate old, LocalDate now, TreeSet<LocalDate> billed) {
        return now.equals(old) || now.equals(billed.higher(old));
    }

    /** On the last day: what runs on beside the new one was not followed by it. */
    private static boolean isOver(NavigableMap<LocalDate, Course.Term> old, NavigableMap<LocalDate, Course.Term> now) {
        return !old.lastEntry()
                .getValue()
                .to()
                .isAfter(now.firstEntry().getValue().from());
    }

    private static Shift between(Course.Term old, Course.Term now) {
        Instant at = now.from().isBefore(old.to()) ? old.to() : now.from();
        return new Shift(now.from(), wholeDay(at));
    }

    /** The start of this day, if it is one, else of the next. */
    static Instant wholeDay(Instant instant) {
        Instant start = instant.truncatedTo(ChronoUnit.DAYS);
        return start.equals(instant) ? instant : start.plus(1, ChronoUnit.DAYS);
    }
}
