package io.aiaudit.collect.rest;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;

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

    /** Gets another token after one was refused, which may have expired early; false where no other can be had. */
    default boolean renewToken() {
        return false;
    }
}
