package io.aiaudit.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Judges requests by the documents that Google publishes of its services, which a package of Python brings; a test that
 * asks for it is skipped where that is missing.
 */
public final class GoogleRequests {
    private static final JsonMapper JSON = new JsonMapper();

    private GoogleRequests() {}

    /** What Google would refuse, as sentences. */
    public static List<String> faults(List<LoggedRequest> requests) {
        Path python = Needs.pythonWith("googleapiclient.discovery_cache");
        try {
            Path file = Files.createTempFile("google-requests", ".json");
            try {
                Files.write(
                        file,
                        requests.stream()
                                .map(GoogleRequests::line)
                                .distinct()
                                .sorted()
                                .toList());
                Ran ran = Ran.program(
                        Needs.projectFolder(),
                        Map.of(),
                        List.of(python.toString(), "src/test/python/google_requests.py", file.toString()));
                if (ran.exitCode() != 0) {
                    throw new AssertionError(ran.err());
                }
                return ran.out().lines().toList();
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String line(LoggedRequest request) {
        URI address = URI.create(request.getAbsoluteUrl());
        try {
            return JSON.writeValueAsString(Map.of(
                    "method", request.getMethod().value(),
                    "path", address.getRawPath(),
                    "query", address.getRawQuery() == null ? "" : address.getRawQuery(),
                    "body", request.getBodyAsString()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
