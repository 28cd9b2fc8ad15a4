package io.aiaudit.collect.rest;

import java.time.Duration;
import java.time.Instant;

/** The clock and the bed of what waits; tests have one that does not take its time. */
interface Waiting {
    Waiting REAL = new Waiting() {
        @Override
        public Instant now() {
            return Instant.now();
        }

        @Override
        public void sleep(Duration time) throws InterruptedException {
            Thread.sleep(time.toMillis());
        }
    };

    Instant now();

    void sleep(Duration time) throws InterruptedException;
}
