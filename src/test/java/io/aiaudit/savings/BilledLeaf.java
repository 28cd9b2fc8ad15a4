package io.aiaudit.savings;

import io.aiaudit.model.Component;
import io.aiaudit.model.CostBasis;
import io.aiaudit.model.Course;
import io.aiaudit.model.LeafCost;
import io.aiaudit.model.Resource;
import io.aiaudit.model.TestLeaf;
import io.aiaudit.model.Window;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A leaf made of rows of a bill that a line of text describes, summed as the store sums them. */
final class BilledLeaf {
    /** One row of the bill. */
    record Row(
            Instant from,
            Instant to,
            BigDecimal cost,
            Component component,
            String machine,
            boolean spot,
            boolean covered) {
        long seconds() {
            return Duration.between(from, to).toSeconds();
        }

        LocalDate date() {
            return LocalDate.ofInstant(from, ZoneOffset.UTC);
        }

        Row shifted(Duration by) {
            return new Row(from.plus(by), to.plus(by), cost, component, machine, spot, covered);
        }

        Row times(BigDecimal factor) {
            return new Row(from, to, cost.multiply(factor), component, machine, spot, covered);
        }

        /** The same in two rows of half the time. */
        Stream<Row> halves() {
            Instant middle = from.plusSeconds(seconds() / 2);
            BigDecimal half = cost.divide(BigDecimal.valueOf(2));
            return Stream.of(
                    new Row(from, middle, half, component, machine, spot, covered),
                    new Row(middle, to, half, component, machine, spot, covered));
        }
    }

    private BilledLeaf() {}

    /**
     * Rows such as {@code 06-01..06-16 4 p4d.24xlarge spot 08-18; 06-30..07-01 1 usage}: days of 2026, the price of an
     * hour, the machine type and what is special: spot, covered, hours of the day, mondays, daily (a row for each day),
     * once (one row for all), a component other than time.
     */
    static List<Row> rows(String text) {
        List<Row> rows = new ArrayList<>();
        for (String segment : text.split(";")) {
            rows.addAll(segment(List.of(segment.strip().split(" +"))));
        }
        return rows;
    }

    private static List<Row> segment(List<String> words) {
        Instant from = day(words.get(0).split("\\.\\.")[0]);
        Instant to = day(words.get(0).split("\\.\\.")[1]);
        BigDecimal price = new BigDecimal(words.get(1));
        List<String> special = words.subList(2, words.size());
        String machine = special.stream()
                .filter(word -> word.contains("xlarge"))
                .findFirst()
                .orElse("g5.xlarge");
        Component component = special.contains("usage")
                ? Component.USAGE
                : special.contains("storage")
                        ? Component.STORAGE
                        : special.contains("licence") ? Component.LICENCE : Component.TIME;
        String hours = special.stream()
                .filter(word -> word.matches("\\d\\d-\\d\\d"))
                .findFirst()
                .orElse("00-24");
        int first = Integer.parseInt(hours.substring(0, 2));
        int last = Integer.parseInt(hours.substring(3));
        int step = special.contains("once")
                ? (int) Duration.between(from, to).toHours()
                : special.contains("daily") ? 24 : 1;
        List<Row> rows = new ArrayList<>();
        for (Instant at = from; at.isBefore(to); at = at.plus(Duration.ofHours(step))) {
            LocalDateTime time = LocalDateTime.ofInstant(at, ZoneOffset.UTC);
            boolean isOff = time.getHour() < first
                    || time.getHour() >= last
                    || (special.contains("mondays") && time.getDayOfWeek() != DayOfWeek.MONDAY);
            if (!isOff) {
                rows.add(new Row(
                        at,
                        at.plus(Duration.ofHours(step)),
                        price.multiply(BigDecimal.valueOf(step)),
                        component,
                        machine,
                        special.contains("spot"),
                        special.contains("covered")));
            }
        }
        return rows;
    }

    static Instant day(String monthAndDay) {
        return LocalDate.parse("2026-" + monthAndDay).atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    /** The leaf as the store reads it. */
    static LeafCost of(Resource resource, Window window, Window billed, List<Row> rows, Instant configuredAt) {
        Map<List<Object>, BigDecimal> parts = new LinkedHashMap<>();
        Map<List<Object>, BigDecimal> committed = new LinkedHashMap<>();
        Map<List<Object>, BigDecimal> days = new LinkedHashMap<>();
        Map<List<Object>, BigDecimal> committedDays = new LinkedHashMap<>();
        Map<List<Object>, Instant> starts = new LinkedHashMap<>();
        Map<List<Object>, Long> charged = new LinkedHashMap<>();
        List<Course.Term> terms = new ArrayList<>();
        for (Row row : rows) {
            BigDecimal covered = row.covered() ? row.cost() : BigDecimal.ZERO;
            boolean isLong = row.seconds() > Duration.ofHours(25).toSeconds();
            Instant clipped = isLong
                            && resource.createdAt() != null
                            && resource.createdAt().isAfter(row.from())
                    ? resource.createdAt()
                    : row.from();
            long seconds = Duration.between(clipped, row.to()).toSeconds();
            List<Object> part = List.of(row.component(), seconds, isLong ? clipped : Instant.EPOCH);
            parts.merge(part, row.cost(), BigDecimal::add);
            committed.merge(part, covered, BigDecimal::add);
            if (row.seconds() <= Duration.ofHours(25).toSeconds() && row.component() != Component.USAGE) {
                boolean isTime = row.component() == Component.TIME;
                List<Object> day = isTime
                        ? List.of(row.component(), row.date(), row.machine(), row.spot(), row.covered())
                        : List.of(row.component(), row.date());
                starts.merge(day, row.from(), (one, other) -> one.isBefore(other) ? one : other);
                days.merge(day, row.cost(), BigDecimal::add);
                committedDays.merge(day, covered, BigDecimal::add);
                charged.merge(day, row.seconds(), Long::sum);
                if (isTime) {
                    terms.add(term(Course.Kind.MACHINE, row.machine(), row));
                    terms.add(term(Course.Kind.PURCHASE, row.spot() ? "spot" : "on_demand", row));
                    terms.add(term(Course.Kind.COMMITMENT, row.covered() ? "covered" : "uncovered", row));
                }
            }
        }
        return TestLeaf.of(
                        resource,
                        rows.stream().map(Row::from).min(Instant::compareTo).orElse(null),
                        billed,
                        parts.entrySet().stream()
                                .map(part -> new LeafCost.Part(
                                        (Component) part.getKey().get(0),
                                        part.getValue(),
                                        committed.get(part.getKey()),
                                        inside(part.getKey(), window),
                                        (Long) part.getKey().get(1),
                                        false,
                                        part.getKey().get(2).equals(Instant.EPOCH)
                                                ? null
                                                : (Instant) part.getKey().get(2)))
                                .collect(Collectors.toList()),
                        CostBasis.EFFECTIVE,
                        null,
                        null)
                .withCourse(new Course(
                        days.entrySet().stream()
                                .map(day -> new Course.Day(
                                        (Component) day.getKey().get(0),
                                        (LocalDate) day.getKey().get(1),
                                        starts.get(day.getKey()),
                                        day.getValue(),
                                        committedDays.get(day.getKey()),
                                        1,
                                        1,
                                        charged.get(day.getKey())))
                                .toList(),
                        terms,
                        configuredAt,
                        null));
    }

    /** Only what is longer than a day reaches out of the window. */
    private static long inside(List<Object> part, Window window) {
        Instant from = (Instant) part.get(2);
        long seconds = (Long) part.get(1);
        if (from.equals(Instant.EPOCH)) {
            return seconds;
        }
        Instant to = from.plusSeconds(seconds);
        return Duration.between(
                        from.isBefore(window.start()) ? window.start() : from,
                        to.isAfter(window.end()) ? window.end() : to)
                .toSeconds();
    }

    private static Course.Term term(Course.Kind kind, String value, Row row) {
        return new Course.Term(kind, value, row.date(), row.from(), row.to());
    }
}
