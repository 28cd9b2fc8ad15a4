package io.aiaudit.collect.rest;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What a service answered, as it came; the body may be empty. Names of headers are in lower case. */
public record RestAnswer(int status, Map<String, String> headers, String body) {
    public RestAnswer {
        Map<String, String> lower = new TreeMap<>();
        headers.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
        headers = Map.copyOf(lower);
    }

    boolean isFine() {
        return status >= 200 && status < 300;
    }

    /** Whoever asks is known no more: the token is over, was revoked, or is of another clock. */
    boolean isTokenRefused() {
        return status == 401;
    }

    /** Later may be better: too many requests, or a service that is not well. */
    boolean isPassing() {
        return status == 408 || status == 429 || (status >= 500 && status != 501 && status != 505);
    }
}
