package io.aiaudit.collect.rest;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * How often and after what time a request is sent again.
 *
 * @param attempts in all
 * @param longest a service that requires a longer wait than this is given up on
 * @param longestSilence a service that did not answer for so long in all is given up on, but for one second try
 */
public record Retry(int attempts, Duration longest, Duration longestSilence) {
    /** A scan does not wait for more than two minutes because of one request. */
    public static final Retry USUAL = new Retry(5, Duration.ofMinutes(2), Duration.ofMinutes(1));

    private static final Duration FIRST = Duration.ofMillis(500);

    /** In hours, minutes and seconds: when the Azure Resource Graph takes queries again. */
    private static final String QUOTA = "x-ms-user-quota-resets-after";

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}([.][0-9]+)?");

    /**
     * The longest of all waits in the headers: services have several, for different limits, and all of them
     * have to be kept. A time is one of the service's own clock.
     */
    static Optional<Duration> requestedWait(Map<String, String> headers, Instant now) {
        Instant there = time(headers.getOrDefault("date", "")).orElse(now);
        return headers.entrySet().stream()
                .flatMap(header -> wait(header.getKey(), header.getValue().strip(), there).stream())
                .max(Duration::compareTo);
    }

    private static Optional<Duration> wait(String name, String value, Instant now) {
        if (name.equals(QUOTA)) {
            return clock(value);
        }
        if (name.endsWith("retry-after-ms")) {
            return number(value).map(Duration::ofMillis);
        }
        if (!name.endsWith("retry-after")) {
            return Optional.empty();
        }
        return number(value).map(Duration::ofSeconds).or(() -> until(value, now));
    }

    private static Optional<Long> number(String value) {
        return NUMBER.matcher(value).matches()
                ? Optional.of((long) Math.ceil(Double.parseDouble(value)))
                : Optional.empty();
    }

    private static Optional<Duration> clock(String value) {
        try {
            return Optional.of(Duration.between(LocalTime.MIN, LocalTime.parse(value)));
        } catch (DateTimeException e) {
            return Optional.empty(); // no time: as if it were not there
        }
    }

    private static Optional<Duration> until(String value, Instant now) {
        return time(value)
                .map(time -> Duration.between(now, time))
                .map(wait -> wait.isNegative() ? Duration.ZERO : wait);
    }

    /** Empty where it is no time: as if it were not there. */
    private static Optional<Instant> time(String value) {
        try {
            return Optional.of(ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Where the response gives no time: longer each time, and not the same for all that wait. */
    static Duration backoff(int attempt) {
        long most = FIRST.toMillis() << attempt;
        return Duration.ofMillis(most / 2 + ThreadLocalRandom.current().nextLong(most / 2 + 1));
    }
}
