package io.aiaudit.collect.rest;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Keeps requests within limits that a service sets for all of a customer's together, by waiting before they are sent.
 * Safe for several threads.
 */
public final class Pace {
    /** So many in any period of this length. */
    public record Limit(int requests, Duration period) {}

    private final List<Limit> limits;
    private final Waiting waiting;
    private final Deque<Instant> sent = new ArrayDeque<>();

    Pace(List<Limit> limits, Waiting waiting) {
        this.limits = List.copyOf(limits);
        this.waiting = waiting;
    }

    public static Pace of(Limit... limits) {
        return new Pace(List.of(limits), Waiting.REAL);
    }

    /** Returns when one more may be sent. */
    synchronized void await() throws InterruptedException {
        Instant free = limits.stream().map(this::free).max(Instant::compareTo).orElse(Instant.MIN);
        Instant now = waiting.now();
        if (free.isAfter(now)) {
            waiting.sleep(Duration.between(now, free));
        }
        sent.addLast(waiting.now());
        Duration longest =
                limits.stream().map(Limit::period).max(Duration::compareTo).orElse(Duration.ZERO);
        while (sent.peekFirst().isBefore(waiting.now().minus(longest))) {
            sent.removeFirst();
        }
    }

    /** When a limit has room again. */
    private Instant free(Limit limit) {
        if (sent.size() < limit.requests()) {
            return Instant.MIN;
        }
        return sent.stream()
                .skip((long) sent.size() - limit.requests())
                .findFirst()
                .orElseThrow()
                .plus(limit.period());
    }
}
