package io.aiaudit.collect.trino;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.deleteRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlMatching;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import io.aiaudit.model.FileSet;
import io.aiaudit.model.Gap;
import io.aiaudit.model.Window;
import io.aiaudit.testing.Gathered;
import io.aiaudit.testing.Outside;
import io.aiaudit.testing.TrinoServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a table that Trino does not add up: one gap in plain words, and nothing of it. */
@Outside
class TrinoFailureTest {
    private static final Window JUNE = Window.parse("2026-06-01/2026-07-01");

    @TempDir
    private Path folder;

    private Gathered read(String table, Map<String, String> environment) throws Exception {
        return Gathered.from(
                new TrinoCollector(
                        List.of(new TrinoTable(FileSet.Content.BILLING, TrinoAddress.parse("--billing", table))),
                        Set.of(),
                        new TrinoLogin(environment::get),
                        folder,
                        notice -> {}),
                JUNE);
    }

    private static Gap gap(Gathered gathered) {
        assertThat(gathered.files).isEmpty();
        assertThat(gathered.gaps).hasSize(1);
        return gathered.gaps.get(0);
    }

    /** Recorded while one of two workers of a real Trino was killed. */
    @Test
    void a_worker_that_is_lost_is_reported_with_the_query_and_leaves_nothing_behind() throws Exception {
        try (TrinoServer trino = TrinoServer.start().with("failing-worker.json.gz")) {
            Gap gap = gap(read(trino.table("iceberg/finops/focus_small"), Map.of()));
            assertThat(gap.problem())
                    .contains("failed during the query 20261128_210731_00027_gqsyx")
                    .contains("Encountered too many errors talking to a worker node");
            assertThat(gap.fix()).contains("/ui/query.html?20261128_210731_00027_gqsyx");
        }
        try (Stream<Path> left = Files.walk(folder)) {
            assertThat(left.filter(Files::isRegularFile)).isEmpty();
        }
    }

    private Map<String, String> token(String token) {
        return Map.of("TRINO_ACCESS_TOKEN", token, "TRINO_TRUSTSTORE_PASSWORD", "password");
    }

    /** The certificate of WireMock is for another host. */
    private String encrypted(TrinoServer trino) throws IOException {
        Path store = folder.resolve("ca.jks");
        try (InputStream certificate = WireMockServer.class.getResourceAsStream("/keystore")) {
            Files.copy(certificate, store);
        }
        return trino.table("iceberg/finops/focus") + "?SSL=true&SSLVerification=CA&SSLTrustStorePath=" + store;
    }

    @Test
    void a_token_is_sent_over_tls_and_one_that_has_expired_is_reported_and_not_shown() throws Exception {
        try (TrinoServer trino = TrinoServer.encrypted()) {
            trino.wireMock()
                    .stubFor(any(anyUrl())
                            .willReturn(aResponse()
                                    .withStatus(401)
                                    .withHeader("WWW-Authenticate", "Bearer realm=\"Trino\"")));
            Gap gap = gap(read(encrypted(trino), token("eyJ.expired")));
            assertThat(gap.problem())
                    .contains("does not accept the token in TRINO_ACCESS_TOKEN")
                    .contains("has expired");
            assertThat(gap.toString()).doesNotContain("eyJ.expired");
            trino.wireMock()
                    .verify(postRequestedFor(urlEqualTo("/v1/statement"))
                            .withHeader("Authorization", equalTo("Bearer eyJ.expired")));
        }
    }

    @Test
    void a_certificate_that_nobody_trusts_is_reported_with_the_option_that_names_an_authority() throws Exception {
        try (TrinoServer trino = TrinoServer.encrypted()) {
            Gap gap = gap(read(trino.table("iceberg/finops/focus") + "?SSL=true", Map.of("TRINO_PASSWORD", "hunter2")));
            assertThat(gap.problem()).contains("no encrypted connection to Trino");
            assertThat(gap.fix()).contains("SSLTrustStorePath");
            assertThat(trino.wireMock().getAllServeEvents()).isEmpty();
        }
    }

    @Test
    void a_coordinator_that_does_not_answer_is_reported_at_once() throws Exception {
        TrinoServer trino = TrinoServer.start();
        trino.close();
        assertThat(gap(read("trino://127.0.0.1:1/iceberg/finops/focus", Map.of()))
                        .problem())
                .contains("Trino at 127.0.0.1:1 does not answer");
    }

    private static String failed(int code, String name, String message) {
        return """
                {"id": "20261128_1", "infoUri": "http://x/ui", "stats": {"state": "FAILED", "queued": false, \
                "scheduled": true,
                "nodes": 1, "totalSplits": 1, "queuedSplits": 0, "runningSplits": 0, "completedSplits": 0, \
                "cpuTimeMillis": 0,
                "wallTimeMillis": 0, "queuedTimeMillis": 0, "elapsedTimeMillis": 0, "processedRows": 0, \
                "processedBytes": 0,
                "physicalInputBytes": 0, "peakMemoryBytes": 0, "spilledBytes": 0},
                "error": {"message": "%s", "errorCode": %d, "errorName": "%s", "errorType": "USER_ERROR"}, "warnings": \
                []}""".formatted(message, code, name);
    }

    private Gap failing(int code, String name, String message) throws Exception {
        try (TrinoServer trino = TrinoServer.start()) {
            trino.wireMock()
                    .stubFor(post("/v1/statement")
                            .willReturn(aResponse()
                                    .withHeader("Content-Type", "application/json")
                                    .withBody(failed(code, name, message))));
            return gap(read(trino.table("iceberg/finops/focus"), Map.of()));
        }
    }

    /** In the shape of the error of the recorded query, with the codes of Trino's StandardErrorCode. */
    @Test
    void what_people_and_limits_stop_is_distinguished_from_what_is_not_there() throws Exception {
        assertThat(failing(38, "ADMINISTRATIVELY_KILLED", "Query killed. Message: noon")
                        .problem())
                .isEqualTo("the query 20261128_1 was cancelled in Trino: Query killed. Message: noon.");
        assertThat(failing(3, "USER_CANCELED", "Query was canceled").problem()).contains("was cancelled in Trino");
        assertThat(failing(4, "PERMISSION_DENIED", "Access Denied: Cannot select")
                        .fix())
                .contains("GRANT SELECT ON iceberg.finops.focus");
        assertThat(failing(46, "TABLE_NOT_FOUND", "Table does not exist").fix())
                .contains("SHOW TABLES FROM iceberg.finops");
        assertThat(failing(131_079, "EXCEEDED_LOCAL_MEMORY_LIMIT", "Query exceeded per-node memory limit")
                        .problem())
                .contains("exceeded a limit of Trino");
        assertThat(failing(16_777_216, "HIVE_CANNOT_OPEN_SPLIT", "no such file").problem())
                .contains("could not read iceberg.finops.focus from its storage");
    }

    @Test
    void an_interrupt_cancels_the_statement_in_the_engine() throws Exception {
        try (TrinoServer trino = TrinoServer.start().with("bill.json.gz")) {
            trino.wireMock()
                    .stubFor(get(urlPathMatching("/v1/statement/executing/20261128_204837_.*"))
                            .willReturn(aResponse()
                                    .withFixedDelay((int) Duration.ofSeconds(30).toMillis())));
            ExecutorService pool = Executors.newSingleThreadExecutor();
            Callable<Gathered> reading = () -> read(trino.table("iceberg/finops/focus"), Map.of());
            Future<Gathered> running = pool.submit(reading);
            await(() -> trino.wireMock().getAllServeEvents().stream()
                    .anyMatch(event -> event.getRequest().getUrl().contains("queued/20261128_204837")));
            TimeUnit.MILLISECONDS.sleep(500);
            pool.shutdownNow();
            assertThat(pool.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
            assertThat(running).isDone();
            await(() -> trino.wireMock()
                            .findAll(deleteRequestedFor(urlMatching("/v1/statement/.*20261128_204837_.*")))
                            .size()
                    > 0);
        }
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        for (int i = 0; i < 500 && !condition.call(); i++) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        assertThat(condition.call()).isTrue();
    }
}
