package io.aiaudit.collect.rest;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How long the tries of one request have taken so far, and whether there is another one. */
public final class Patience {
    private final Retry retry;
    private Duration waited = Duration.ZERO;
    private Duration silent = Duration.ZERO;
    private int tries;

    public Patience(Retry retry) {
        this.retry = retry;
    }

    /** How many tries failed. */
    public int tries() {
        return tries;
    }

    /** A try waited for so long, and no answer came. */
    public void waitedInVain(Duration time) {
        silent = silent.plus(time);
    }

    /**
     * A try failed with this answer.
     *
     * @param own the wait where the service requires no other time
     * @return how long to wait before the next try; empty = there is none
     */
    public Optional<Duration> failed(RestAnswer response, Duration own) {
        return response.isPassing()
                ? failed(Retry.requestedWait(response.headers(), Instant.now()).orElse(own))
                : Optional.empty();
    }

    /** The same where no answer came. */
    public Optional<Duration> failed(Duration wait) {
        return failed(wait, retry.attempts());
    }

    /** The same where there are so many tries in all. */
    Optional<Duration> failed(Duration wait, int attempts) {
        tries++;
        waited = waited.plus(wait);
        boolean hadItsSecondTry = tries > 1 || attempts < retry.attempts();
        boolean isTooLong = waited.compareTo(retry.longest()) > 0
                || (hadItsSecondTry && silent.compareTo(retry.longestSilence()) >= 0);
        return isTooLong || tries >= attempts ? Optional.empty() : Optional.of(wait);
    }
}
