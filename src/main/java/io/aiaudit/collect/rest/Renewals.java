package io.aiaudit.collect.rest;

import java.time.Instant;

/**
 * When a login takes another token since one was refused: once for all requests that had the same, and not without an
 * end, since a login that was revoked would do so with each request.
 */
public final class Renewals {
    private static final int MOST = 20;

    private int count;

    /**
     * Whether to renew, which is counted.
     *
     * @param taken when the present token was taken
     * @param sent when the request was sent that was refused
     */
    public synchronized boolean isDue(Instant taken, Instant sent) {
        return !taken.isAfter(sent) && ++count <= MOST;
    }
}
