package io.aiaudit.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.deleteRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlMatching;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aiaudit.testing.CtrlC;
import io.aiaudit.testing.Needs;
import io.aiaudit.testing.Outside;
import io.aiaudit.testing.Ran;
import io.aiaudit.testing.TrinoServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Bills in tables of Trino. The answers are those of a real Trino 476 on an Iceberg table of 36 resources of three
 * clouds over 35 days, in eight-hour rows, which it gave for exactly these statements.
 */
@Outside
class TrinoScanTest {
    private static final String FOCUS = "iceberg/finops/focus";

    private final TrinoServer trino = TrinoServer.start();

    @AfterEach
    void stop() {
        trino.close();
    }

    private record Done(int exitCode, String out, String err) {
        JsonNode audit() throws IOException {
            return new ObjectMapper()
                    .reader()
                    .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .readTree(out);
        }
    }

    private static Done run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = CommandLines.run(arguments, new PrintWriter(out), new PrintWriter(err));
        return new Done(exitCode, out.toString(), err.toString());
    }

    private Done scan(String table, String... further) {
        return run(Stream.concat(
                        Stream.of("scan", "--billing", trino.table(table), "--window", "2026-06-01/2026-07-01"),
                        Stream.of(OneRule.with(further)))
                .toArray(String[]::new));
    }

    /** What Trino itself gives for SELECT sum(BilledCost) of the window by provider, to the last digit. */
    @Test
    void a_bill_is_added_up_in_the_engine_and_every_page_of_it_is_read() throws IOException {
        trino.with("bill.json.gz");
        Done done = scan(FOCUS, "-f", "json");
        assertThat(done.exitCode()).as(done.err()).isZero();
        assertThat(done.audit().at("/bill/providers"))
                .extracting(provider -> provider.get("provider").asText() + " "
                        + provider.get("billed_cost").decimalValue().toPlainString() + " "
                        + provider.get("rows").asInt())
                .containsExactly("aws 55.5555550545 360", "azure 52.22222175123 360", "gcp 49.99999954905 360");
        assertThat(done.audit().at("/bill/providers/0/effective_cost").decimalValue())
                .isEqualByComparingTo(new BigDecimal("604.285714285560"));
        assertThat(done.audit().at("/resources")).hasSize(36);
        assertThat(done.audit().get("warnings").toString())
                .contains("was added up in Trino by resource, SKU and day: 3,240 rows became 1,080");
    }

    @Test
    void what_the_engine_will_read_is_reported_before() {
        trino.with("bill.json.gz");
        assertThat(scan(FOCUS, "-f", "json").err())
                .contains("adds up about 3,240 rows (0.5 MB) of iceberg.finops.focus\n  1/1 ");
    }

    @Test
    void the_statement_has_a_filter_for_partitions_and_goes_out_once() {
        trino.with("bill.json.gz");
        scan(FOCUS, "-f", "json");
        trino.wireMock()
                .verify(
                        1,
                        postRequestedFor(urlEqualTo("/v1/statement"))
                                .withRequestBody(
                                        containing("\"chargeperiodstart\" >= TIMESTAMP '2026-05-01 00:00:00 UTC'"))
                                .withRequestBody(containing("GROUP BY"))
                                .withRequestBody(matching("(?s)WITH line .*")));
    }

    @Test
    void a_dry_run_requests_nothing() {
        Done done = scan(FOCUS, "--dry-run");
        assertThat(done.exitCode()).isZero();
        assertThat(done.out()).contains("billing " + trino.table(FOCUS) + " (not encrypted)");
        assertThat(trino.wireMock().getAllServeEvents()).isEmpty();
    }

    @Test
    void a_check_says_how_much_would_be_added_up_and_reads_no_row() {
        trino.with("bill.json.gz");
        Done done =
                run("sources", "check", "trino", "--billing", trino.table(FOCUS), "--window", "2026-06-01/2026-07-01");
        assertThat(done.exitCode()).as(done.err()).isZero();
        assertThat(done.out()).contains("ready").contains("about 3,240").contains("(0.5 MB)");
        assertThat(done.err()).contains("Everything that is named can be read");
        assertThat(trino.wireMock().getAllServeEvents())
                .noneMatch(event -> event.getRequest().getBodyAsString().startsWith("WITH"));
    }

    @Test
    void a_secret_in_the_address_is_refused_before_anything_is_requested() {
        Done done = run("scan", "--billing", "trino://alice:hunter2@127.0.0.1:" + trino.port() + "/" + FOCUS);
        assertThat(done.exitCode()).isEqualTo(ExitCode.USAGE.code());
        assertThat(done.err()).contains("TRINO_PASSWORD").doesNotContain("hunter2");
        assertThat(trino.wireMock().getAllServeEvents()).isEmpty();
    }

    /** Trino would go on with it for five minutes, and others would wait. */
    @Test
    void ctrl_c_cancels_the_statement_in_the_engine(@TempDir Path folder) throws Exception {
        trino.with("bill.json.gz");
        trino.wireMock()
                .stubFor(get(urlPathMatching("/v1/statement/executing/20261128_204837_.*"))
                        .willReturn(aResponse().withFixedDelay(60_000)));
        List<String> command = CtrlC.interruptible(CommandProcess.command(
                folder,
                List.of("scan", "--billing", trino.table(FOCUS), "--window", "2026-06-01/2026-07-01", "-f", "json")));
        Process process = Ran.builder(folder, Map.of(), command).start();
        await(() -> trino.wireMock().getAllServeEvents().stream()
                .anyMatch(event -> event.getRequest().getUrl().contains("queued/20261128_204837")));
        TimeUnit.MILLISECONDS.sleep(300);
        Ran.program(folder, Map.of(), List.of(Needs.program("kill").toString(), "-INT", Long.toString(process.pid())));
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(130);
        await(() -> !trino.wireMock()
                .findAll(deleteRequestedFor(urlMatching("/v1/statement/.*20261128_204837_.*")))
                .isEmpty());
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        for (int i = 0; i < 1500 && !condition.call(); i++) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        assertThat(condition.call()).isTrue();
    }
}
