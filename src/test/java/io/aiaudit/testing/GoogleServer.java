package io.aiaudit.testing;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.extension.Extension;
import io.aiaudit.collect.gcp.GcpScope;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** All services of Google at one address, and a service account that they let in. */
public final class GoogleServer implements AutoCloseable {
    /** The project of the service account. */
    public static final String PROJECT = "cloud-custodian";

    /** Few, since every scan signs with it. */
    private static final int KEY_BITS = 1024;

    private static final String KEY = key();

    private final WireMockServer server;
    private final GoogleAnswers answers;

    /**
     * Gives tokens as long as the tests last: the library keeps the first credentials that it finds, and with them this
     * address.
     */
    private static final WireMockServer TOKENS = start(options());

    static {
        TOKENS.stubFor(post(urlPathEqualTo("/token"))
                .willReturn(okJson("{\"access_token\": \"token\", \"expires_in\": 3600, \"token_type\": \"Bearer\"}")));
    }

    private GoogleServer(WireMockServer server, GoogleAnswers answers) {
        this.server = server;
        this.answers = answers;
    }

    public static GoogleServer start(Extension... extensions) {
        GoogleAnswers answers = new GoogleAnswers();
        return new GoogleServer(start(options().extensions(extensions).extensions(answers)), answers);
    }

    private static WireMockConfiguration options() {
        return WireMockConfiguration.options().bindAddress("127.0.0.1").dynamicPort();
    }

    private static WireMockServer start(WireMockConfiguration options) {
        WireMockServer server = new WireMockServer(options);
        server.start();
        return server;
    }

    private static String key() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(KEY_BITS);
            return "-----BEGIN PRIVATE KEY-----\n"
                    + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                            .encodeToString(
                                    generator.generateKeyPair().getPrivate().getEncoded())
                    + "\n-----END PRIVATE KEY-----\n";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public WireMockServer wireMock() {
        return server;
    }

    /** Forgets all answers. */
    public void reset() {
        server.resetAll();
        answers.set(GoogleAnswers.Way.AT_ONCE);
    }

    /** From now on. */
    public void respond(GoogleAnswers.Way way) {
        answers.set(way);
    }

    /** The key {@code gcp} of aiaudit.yaml, with these further lines in it. */
    public String configuration(String further) {
        String endpoints = endpoints().entrySet().stream()
                .map(endpoint -> endpoint.getKey() + ": " + endpoint.getValue())
                .collect(Collectors.joining(", "));
        return "gcp:\n  endpoints: {" + endpoints + "}\n" + further.indent(2);
    }

    /** Every service at this server. */
    public Map<String, String> endpoints() {
        Map<String, String> endpoints = new TreeMap<>();
        GcpScope.ENDPOINTS.keySet().forEach(service -> endpoints.put(service, server.baseUrl()));
        return endpoints;
    }

    /** Puts the credentials where the libraries look for those that a user left there: below this home. */
    public void logIn(Path home) throws IOException {
        Path folder = Files.createDirectories(home.resolve(".config/gcloud"));
        new ObjectMapper()
                .writeValue(
                        folder.resolve("application_default_credentials.json").toFile(),
                        Map.of(
                                "type", "service_account",
                                "project_id", PROJECT,
                                "private_key_id", "1",
                                "private_key", KEY,
                                "client_email", "audit@cloud-custodian.iam.gserviceaccount.com",
                                "client_id", "1",
                                "token_uri", TOKENS.baseUrl() + "/token"));
    }

    @Override
    public void close() {
        server.stop();
    }
}
