package io.aiaudit.collect.demo;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Locale;
import java.util.Set;

/** How use runs over the hours of a month, as a share (0..1) of its peak. */
enum Shape {
    /** The same at any time. */
    STEADY,
    /** Nothing at all. */
    IDLE,
    /** Customers of a web shop: quiet at night, busiest in the evening, more on weekends. */
    SHOP,
    /** Monday to Friday, 7 to 18. */
    OFFICE,
    /** Monday to Friday, 5 to 8: a batch that somebody waits for. */
    MORNING,
    /** Every night, 1 to 5. */
    NIGHTLY,
    /** A few by day, hardly any at night, never nothing for long. */
    SPARSE,
    /** Three hours in the month. */
    TRICKLE,
    /** Customers until the 9th of the month, then nobody. */
    PILOT,
    /** Working hours; from the 16th on only Tuesdays and Thursdays. */
    CAMPAIGN,
    /** Working hours; from the 18th on twice as much. */
    STEP,
    /** Always, but for six hours early on Sundays. */
    UPKEEP,
    /** Ten hours of work after the start, then hanging. */
    STALLED,
    /** Two nights in the month. */
    NIGHTS_ONCE;

    private static final Set<DayOfWeek> CAMPAIGN_DAYS = Set.of(DayOfWeek.TUESDAY, DayOfWeek.THURSDAY);

    /** Day x 100 + hour. */
    private static final Set<Integer> THREE_HOURS = Set.of(704, 1315, 2004);

    private static final Duration WORK_BEFORE_STALL = Duration.ofHours(10);

    /** The share of each hour of the day, 0 to 23 h UTC. */
    private static final double[] SHOP_DAY = {
        0.34, 0.25, 0.19, 0.16, 0.16, 0.21, 0.31, 0.43, 0.52, 0.59, 0.64, 0.69,
        0.73, 0.72, 0.70, 0.71, 0.74, 0.79, 0.85, 0.87, 0.86, 0.78, 0.64, 0.48
    };

    static Shape of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /**
     * The share in the hour that starts at {@code hour}, for something that started at {@code startedAt}; {@code name}
     * makes chance its own.
     */
    double share(String name, Instant hour, Instant startedAt) {
        ZonedDateTime time = hour.atZone(ZoneOffset.UTC);
        int at = time.getHour();
        return switch (this) {
            case STEADY -> 1;
            case IDLE -> 0;
            case SHOP -> shop(time);
            case OFFICE -> office(time);
            case PILOT -> time.getDayOfMonth() <= 9 ? shop(time) : 0;
            case CAMPAIGN ->
                time.getDayOfMonth() < 16 || CAMPAIGN_DAYS.contains(time.getDayOfWeek()) ? office(time) : 0;
            case STEP -> office(time) * (time.getDayOfMonth() < 18 ? 0.5 : 1);
            case MORNING -> !isWeekend(time) && at >= 5 && at < 8 ? 0.9 : 0;
            case NIGHTLY -> at >= 1 && at < 5 ? 0.95 : 0;
            case SPARSE -> sparse(Noise.of(name + "/sparse", hour.getEpochSecond()), at);
            case UPKEEP -> time.getDayOfWeek() == DayOfWeek.SUNDAY && at < 6 ? 0 : 1;
            case TRICKLE -> isOneOfThree(time) ? 1 : 0;
            case STALLED -> hour.isBefore(startedAt.plus(WORK_BEFORE_STALL)) ? 1 : 0;
            case NIGHTS_ONCE -> isOneOfTwoNights(time.minusHours(12), at) ? 1 : 0;
        };
    }

    private static boolean isWeekend(ZonedDateTime time) {
        return time.getDayOfWeek() == DayOfWeek.SATURDAY || time.getDayOfWeek() == DayOfWeek.SUNDAY;
    }

    private static double shop(ZonedDateTime time) {
        return SHOP_DAY[time.getHour()] * (isWeekend(time) ? 1.12 : 1);
    }

    private static double office(ZonedDateTime time) {
        int at = time.getHour();
        if (isWeekend(time) || at < 7 || at >= 18) {
            return 0;
        }
        return at == 7 || at == 17 ? 0.35 : at == 12 ? 0.6 : 0.95;
    }

    private static double sparse(double chance, int at) {
        if (at >= 6 && at < 23) {
            return chance < 0.06 ? 0 : 0.15 + 0.8 * chance;
        }
        return chance < 0.55 ? 0 : 0.1;
    }

    private static boolean isOneOfThree(ZonedDateTime time) {
        return THREE_HOURS.contains(time.getDayOfMonth() * 100 + time.getHour());
    }

    private static boolean isOneOfTwoNights(ZonedDateTime evening, int at) {
        boolean night = at >= 20 || at < 6;
        return night && (evening.getDayOfMonth() == 10 || evening.getDayOfMonth() == 24);
    }
}
