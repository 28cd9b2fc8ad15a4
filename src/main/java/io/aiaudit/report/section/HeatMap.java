package io.aiaudit.report.section;

import io.aiaudit.model.WeeklySchedule;
import io.aiaudit.report.text.Amounts;
import io.aiaudit.report.text.MetricNumber;
import io.pebbletemplates.pebble.extension.escaper.SafeString;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * A metric by hour of the week as seven rows of coloured squares, with the same in words. One path a shade keeps a page
 * with hundreds of them small.
 */
final class HeatMap {
    private static final int DAYS = 7;
    private static final int HOURS = 24;
    private static final int SHADES = 6;
    private static final List<String> DAY_NAMES =
            List.of("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday");

    private final List<Double> hours;
    private final MetricNumber number;
    private final WeeklySchedule schedule;
    private final LocalDate firstDay;
    private final double top;

    private HeatMap(String metric, List<Double> hours, WeeklySchedule schedule, LocalDate firstDay) {
        this.hours = hours;
        this.number = MetricNumber.of(metric);
        this.schedule = schedule;
        this.firstDay = firstDay;
        double highest = hours.stream()
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(0);
        // A share is read against the whole, so that an idle machine stays pale.
        this.top = number.ratio() ? 1 : highest;
    }

    /**
     * null when there is not one week of hours, or no point in it.
     *
     * @param schedule the hours in which it would still run, to be outlined; null where no schedule is proposed
     * @param firstDay of the window: its week says what the schedule's hours are in UTC
     */
    static Map<String, Object> of(String metric, List<Double> hours, WeeklySchedule schedule, LocalDate firstDay) {
        if (hours == null
                || hours.size() != DAYS * HOURS
                || hours.stream().map(MetricNumber::asWritten).allMatch(Objects::isNull)) {
            return null;
        }
        List<Double> written = hours.stream().map(MetricNumber::asWritten).toList();
        HeatMap map = new HeatMap(metric, written, schedule, firstDay);
        return View.of(
                "metric", MetricNumber.name(metric),
                "squares", map.squares(),
                "words", map.words(),
                "scheduled", schedule != null,
                "top", map.number(map.top),
                "days", map.days());
    }

    private SafeString squares() {
        StringBuilder[] paths = new StringBuilder[SHADES + 1];
        for (int hour = 0; hour < hours.size(); hour++) {
            int shade = shade(hours.get(hour));
            if (paths[shade] == null) {
                paths[shade] = new StringBuilder();
            }
            paths[shade]
                    .append('M')
                    .append(hour % HOURS)
                    .append(' ')
                    .append(hour / HOURS)
                    .append("h.9v.9h-.9z");
        }
        StringBuilder svg = new StringBuilder("<svg viewBox=\"0 0 24 7\" aria-hidden=\"true\">");
        for (int shade = 0; shade < paths.length; shade++) {
            if (paths[shade] != null) {
                svg.append("<path class=\"heat-")
                        .append(shade)
                        .append("\" d=\"")
                        .append(paths[shade])
                        .append("\"/>");
            }
        }
        return View.markup(svg.append(outline()).append("</svg>").toString());
    }

    /** A frame around the hours in which it would still run. */
    private String outline() {
        if (schedule == null) {
            return "";
        }
        Instant monday = firstDay.with(TemporalAdjusters.nextOrSame(DayOfWeek.MONDAY))
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant();
        StringBuilder frames = new StringBuilder("<path class=\"kept\" d=\"");
        for (int day = 0; day < DAYS; day++) {
            int from = -1;
            for (int hour = 0; hour <= HOURS; hour++) {
                boolean isOn = hour < HOURS && schedule.isOn(monday.plus(day * HOURS + hour, ChronoUnit.HOURS));
                if (isOn && from < 0) {
                    from = hour;
                } else if (!isOn && from >= 0) {
                    int width = hour - from;
                    frames.append('M')
                            .append(from)
                            .append(' ')
                            .append(day)
                            .append('h')
                            .append(width)
                            .append("v1h-")
                            .append(width)
                            .append('z');
                    from = -1;
                }
            }
        }
        return frames.append("\"/>").toString();
    }

    /** 0 for no point, else 1 (nothing) to 6 (the most). */
    private int shade(Double value) {
        if (value == null) {
            return 0;
        }
        double share = top <= 0 ? 0 : Math.max(0, Math.min(1, value / top));
        return 1 + (int) Math.ceil(share * (SHADES - 1));
    }

    private String words() {
        int busiest = -1;
        int missing = 0;
        int quiet = 0;
        for (int hour = 0; hour < hours.size(); hour++) {
            Double value = hours.get(hour);
            if (value == null) {
                missing++;
            } else {
                busiest = busiest < 0 || value > hours.get(busiest) ? hour : busiest;
                quiet += value <= 0 ? 1 : 0;
            }
        }
        if (hours.get(busiest) <= 0) {
            return "Zero in every measured hour" + missing(missing);
        }
        String quietHours = quiet == 0 ? "" : "; zero in " + quiet + " of 168 hours";
        return "Highest average: " + DAY_NAMES.get(busiest / HOURS) + " "
                + String.format(Locale.ROOT, "%02d", busiest % HOURS) + ":00 UTC, " + number(hours.get(busiest))
                + quietHours + missing(missing);
    }

    private static String missing(int hours) {
        return hours == 0 ? "." : ". No data in " + hours + " of 168 hours of the week.";
    }

    private List<Object> days() {
        List<Object> days = new ArrayList<>();
        for (int day = 0; day < DAYS; day++) {
            List<Double> points = hours.subList(day * HOURS, (day + 1) * HOURS).stream()
                    .filter(Objects::nonNull)
                    .toList();
            days.add(View.of(
                    "day", DAY_NAMES.get(day),
                    "average",
                            points.isEmpty()
                                    ? Amounts.UNKNOWN
                                    : number(points.stream()
                                            .mapToDouble(Double::doubleValue)
                                            .average()
                                            .orElseThrow()),
                    "highest",
                            points.isEmpty()
                                    ? Amounts.UNKNOWN
                                    : number(points.stream()
                                            .mapToDouble(Double::doubleValue)
                                            .max()
                                            .orElseThrow())));
        }
        return days;
    }

    private String number(double value) {
        return number.text(value);
    }
}
