package io.aiaudit.collect.rest;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Keeps requests within limits that a service sets for all of a customer's together, by waiting before they are sent.
 * Safe for several threads.
 */
public final class Pace {
    /** So many in any period of this length. */
    public record Limit(int requests, Duration period) {}

    /** When a request was sent, and later when its answer came: the service received it somewhere between. */
    static final class Turn {
        private Instant time;

        private Turn(Instant time) {
            this.time = time;
        }
    }

    private final List<Limit> limits;
    private final Waiting waiting;
    private final Object queue = new Object();
    private final List<Turn> turns = new ArrayList<>();

    Pace(List<Limit> limits, Waiting waiting) {
        this.limits = List.copyOf(limits);
        this.waiting = waiting;
    }

    public static Pace of(Limit... limits) {
        return new Pace(List.of(limits), Waiting.REAL);
    }

    /** Returns when one more may be sent. */
    Turn await() throws InterruptedException {
        synchronized (queue) {
            for (Duration wait = wait(waiting.now()); wait.compareTo(Duration.ZERO) > 0; wait = wait(waiting.now())) {
                waiting.sleep(wait);
            }
            return turn();
        }
    }

    /** The answer came: a period that the service counts from then on is over for it, too. */
    void received(Turn turn) {
        synchronized (turns) {
            turn.time = waiting.now();
        }
    }

    private Turn turn() {
        synchronized (turns) {
            Instant now = waiting.now();
            Turn turn = new Turn(now);
            turns.removeIf(old -> limits.stream()
                    .allMatch(limit -> old.time.plus(limit.period()).isBefore(now)));
            turns.add(turn);
            return turn;
        }
    }

    /** How long until all limits have room again. */
    private Duration wait(Instant now) {
        synchronized (turns) {
            List<Instant> newestFirst = turns.stream()
                    .map(turn -> turn.time)
                    .sorted(Comparator.reverseOrder())
                    .toList();
            return limits.stream()
                    .filter(limit -> newestFirst.size() >= limit.requests())
                    .map(limit -> Duration.between(
                            now, newestFirst.get(limit.requests() - 1).plus(limit.period())))
                    .max(Duration::compareTo)
                    .orElse(Duration.ZERO);
        }
    }
}
