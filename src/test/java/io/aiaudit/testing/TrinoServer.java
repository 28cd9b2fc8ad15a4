package io.aiaudit.testing;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.request;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.zip.GZIPInputStream;

/**
 * Gives the answers that a real Trino 476 gave, statement by statement and page by page; what was not recorded is not
 * found.
 */
public final class TrinoServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final WireMockServer server;

    private TrinoServer(WireMockServer server) {
        this.server = server;
    }

    public static TrinoServer start() {
        return start(WireMockConfiguration.options().bindAddress("127.0.0.1").dynamicPort());
    }

    /** Over TLS, with the certificate that comes with WireMock. */
    public static TrinoServer encrypted() {
        return start(WireMockConfiguration.options()
                .bindAddress("127.0.0.1")
                .httpDisabled(true)
                .dynamicHttpsPort());
    }

    private static TrinoServer start(WireMockConfiguration configuration) {
        WireMockServer server = new WireMockServer(configuration);
        server.start();
        return new TrinoServer(server);
    }

    /** Adds a recording of {@code src/test/resources/io/aiaudit/collect/trino}. */
    public TrinoServer with(String recording) {
        try (InputStream file = TrinoServer.class.getResourceAsStream("/io/aiaudit/collect/trino/" + recording);
                InputStream text = new GZIPInputStream(file)) {
            JSON.readTree(text).forEach(this::add);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(JsonNode exchange) {
        MappingBuilder stub = request(
                exchange.get("method").asText(), urlEqualTo(exchange.get("path").asText()));
        if (exchange.get("body").isTextual()) {
            stub.withRequestBody(equalTo(exchange.get("body").asText()));
        }
        server.stubFor(stub.willReturn(aResponse()
                .withStatus(exchange.get("status").asInt())
                .withHeader("Content-Type", exchange.get("type").asText("text/plain"))
                .withBody(exchange.get("response").asText().replace("{server}", server.baseUrl()))));
    }

    public WireMockServer wireMock() {
        return server;
    }

    public int port() {
        return server.isHttpsEnabled() ? server.httpsPort() : server.port();
    }

    /** The address of a table, such as {@code iceberg/finops/focus}. */
    public String table(String path) {
        return "trino://127.0.0.1:" + port() + "/" + path;
    }

    @Override
    public void close() {
        server.stop();
    }
}
