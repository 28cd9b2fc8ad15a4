package io.aiaudit.collect.rest;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;

/**
 * Carries one request to a service and its answer back: the one thing of a {@link RestClient} that a cloud's own
 * library does, credentials included.
 */
public interface Transport {
    /**
     * Sends once.
     *
     * @param audience whom the token is for; null = the service needs none
     * @param body null without one
     */
    RestAnswer send(String method, URI address, String audience, JsonNode body) throws IOException;

    /** The token of a request that was sent then is not accepted: the next request takes another one, if it can. */
    default void refused(String audience, Instant sent) {}
}
