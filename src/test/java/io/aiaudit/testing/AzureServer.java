package io.aiaudit.testing;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.aiaudit.collect.azure.AzureCloud;
import io.aiaudit.collect.azure.AzureScope;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A server that plays Azure over https: it gives tokens, lists what the test puts there, and has nothing of everything
 * else. The certificate is made when the first one starts, and this process trusts it until the server stops.
 */
public final class AzureServer implements AutoCloseable {
    public static final String TENANT = "11111111-1111-1111-1111-111111111111";

    /** Not signed; Azurite wants one for storage that has not ended. */
    public static final String TOKEN = jwt();

    static final String PASSWORD = "password";

    /** Prices are kept there. */
    private static final String CACHES = "aiaudit.caches";

    private static final String HOME = "user.home";

    /** The variables that the SDK logs in with; it reads properties of the process, too. */
    private static final Map<String, String> CREDENTIALS = Map.of(
            "AZURE_TENANT_ID", TENANT,
            "AZURE_CLIENT_ID", "22222222-2222-2222-2222-222222222222",
            "AZURE_CLIENT_SECRET", "a secret");

    /** The first is cheap under the simple compiler of the tests, where AES takes a fifth of the time of a scan. */
    private static final String CIPHERS = String.join(
            ",",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");

    static {
        System.setProperty("jdk.tls.client.cipherSuites", CIPHERS);
        System.setProperty("jdk.tls.server.cipherSuites", CIPHERS);
    }

    private static Path keys;

    private final WireMockServer server;
    private final AzureAnswers answers;
    private final SSLContext before;
    private final Path folder;
    private final String home = System.getProperty(HOME);

    private AzureServer(WireMockServer server, AzureAnswers answers, SSLContext before, Path folder) {
        this.server = server;
        this.answers = answers;
        this.before = before;
        this.folder = folder;
        CREDENTIALS.forEach(System::setProperty);
        System.setProperty(HOME, folder.toString());
        System.setProperty(CACHES, folder.toString());
    }

    /** The key and the certificate of these servers, for another one that is to be trusted, too. */
    static synchronized Path keys() {
        if (keys == null) {
            keys = AtExit.folder("azure").resolve("keys.p12");
            Ran.program(
                    keys.getParent(),
                    Map.of(),
                    List.of(
                            Path.of(System.getProperty("java.home"), "bin", "keytool")
                                    .toString(),
                            "-genkeypair",
                            "-alias",
                            "azure",
                            "-keyalg",
                            "EC",
                            "-dname",
                            "CN=127.0.0.1",
                            "-ext",
                            "SAN=ip:127.0.0.1,dns:localhost",
                            "-validity",
                            "2",
                            "-storetype",
                            "PKCS12",
                            "-keystore",
                            keys.toString(),
                            "-storepass",
                            PASSWORD));
        }
        return keys;
    }

    public static AzureServer start() {
        try {
            Path keys = keys();
            SSLContext before = SSLContext.getDefault();
            SSLContext.setDefault(trusting(keys));
            AzureAnswers answers = new AzureAnswers();
            WireMockServer server = new WireMockServer(WireMockConfiguration.options()
                    .bindAddress("127.0.0.1")
                    .httpDisabled(true)
                    .dynamicHttpsPort()
                    .keystorePath(keys.toString())
                    .keystorePassword(PASSWORD)
                    .keyManagerPassword(PASSWORD)
                    .keystoreType("PKCS12")
                    .extensions(answers));
            server.start();
            AzureServer azure = new AzureServer(server, answers, before, Files.createTempDirectory("aiaudit-azure-"));
            azure.reset();
            return azure;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String jwt() {
        String payload = "{\"aud\": \"https://storage.azure.com\", \"iss\": \"https://sts.windows.net/" + TENANT
                + "/\", \"iat\": 1700000000, \"nbf\": 1700000000, \"exp\": 4000000000}";
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        return base64.encodeToString("{\"alg\": \"none\", \"typ\": \"JWT\"}".getBytes(StandardCharsets.UTF_8)) + "."
                + base64.encodeToString(payload.getBytes(StandardCharsets.UTF_8)) + ".c2ln";
    }

    private static SSLContext trusting(Path keys) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, PASSWORD.toCharArray());
        }
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("azure", store.getCertificate("azure"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    public String url() {
        return "https://127.0.0.1:" + server.httpsPort();
    }

    public WireMockServer wireMock() {
        return server;
    }

    /** An aiaudit.yaml that finds everything here. */
    public String configuration(String further) {
        return """
                azure:
                  endpoints: {resource_manager: %1$s, login: %1$s, metrics: "%1$s/metrics/{region}", prices: \
                %1$s/prices}
                %2$s""".formatted(url(), further);
    }

    /** All that is there, without a configuration. */
    public AzureScope scope() {
        return new AzureScope(
                AzureCloud.PUBLIC,
                null,
                List.of(),
                null,
                Map.of(
                        "resource_manager",
                        url(),
                        "login",
                        url(),
                        "metrics",
                        url() + "/metrics/{region}",
                        "prices",
                        url() + "/prices"));
    }

    /** Nothing is there but tokens. Fails where Azure would have refused something that was requested before. */
    public void reset() {
        holdToWhatIsPublished();
        server.resetAll();
        answers.set(AzureAnswers.Way.AT_ONCE);
        server.stubFor(any(anyUrl()).atPriority(10).willReturn(okJson("{\"value\": []}")));
        server.stubFor(post(urlPathMatching("/[^/]+/oauth2/v2.0/token"))
                .willReturn(okJson(
                        "{\"token_type\": \"Bearer\", \"expires_in\": 3600, \"access_token\": \"" + TOKEN + "\"}")));
        server.stubFor(post(urlPathMatching(".*/providers/Microsoft.CostManagement/query"))
                .atPriority(9)
                .willReturn(okJson("{\"properties\": {\"columns\": [], \"rows\": []}}")));
        server.stubFor(get(urlPathMatching("/prices/.*")).atPriority(9).willReturn(okJson("{\"Items\": []}")));
        server.stubFor(post(urlPathMatching("/metrics/.*")).atPriority(9).willReturn(okJson("{\"values\": []}")));
        server.stubFor(post(urlPathMatching("/providers/Microsoft.ResourceGraph/resources"))
                .atPriority(9)
                .willReturn(
                        okJson("{\"totalRecords\": 0, \"count\": 0, \"data\": [], \"resultTruncated\": \"false\"}")));
    }

    /** From now on, whatever is requested. */
    public void respond(AzureAnswers.Way way) {
        answers.set(way);
    }

    /** From now on, a metric of Azure Monitor is answered with an error. */
    public void fail(String metric) {
        answers.fail(metric);
    }

    /** From now on, Azure Monitor leaves metrics out of its responses, and resources whose ids end so. */
    public void omit(String... metricsOrResources) {
        answers.omit(metricsOrResources);
    }

    public void stub(MappingBuilder mapping) {
        server.stubFor(mapping);
    }

    /** What is answered to a path, in any case. */
    public void respond(String path, String json) {
        server.stubFor(get(urlPathMatching("(?i)" + Pattern.quote(path))).willReturn(okJson(json)));
    }

    /** A list of one page, which some services say by a link to nowhere. */
    public void list(String path, String... items) {
        respond(path, "{\"value\": [" + String.join(", ", items) + "], \"nextLink\": null}");
    }

    /** A refusal in the words of the resource manager. */
    public void refuse(String path, int status, String code, String message) {
        server.stubFor(any(urlPathMatching("(?i)" + path))
                .atPriority(1)
                .willReturn(aResponse()
                        .withStatus(status)
                        .withHeader("Content-Type", "application/json")
                        .withBody("{\"error\": {\"code\": \"" + code + "\", \"message\": \"" + message + "\"}}")));
    }

    private void holdToWhatIsPublished() {
        Set<String> faults = answers.faults();
        if (!faults.isEmpty()) {
            throw new AssertionError("Azure would refuse:\n" + String.join("\n", faults));
        }
    }

    @Override
    public void close() {
        server.stop();
        SSLContext.setDefault(before);
        CREDENTIALS.keySet().forEach(System::clearProperty);
        System.setProperty(HOME, home);
        System.clearProperty(CACHES);
        AtExit.delete(folder);
        holdToWhatIsPublished();
    }
}
