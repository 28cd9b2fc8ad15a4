package io.aiaudit.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import io.aiaudit.testing.AzureServer;
import io.aiaudit.testing.AzureTenant;
import io.aiaudit.testing.GoogleEverything;
import io.aiaudit.testing.GoogleProject;
import io.aiaudit.testing.GoogleServer;
import io.aiaudit.testing.Outside;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A live scan with {@code --save} that is interrupted, and the same command again: the answer is that of one scan. */
@Outside
class ResumedScanTest {
    private static final int LONG = 30_000;
    private static final String CONTINUED = "This scan continued it.";

    @TempDir
    private Path folder;

    private interface Scans {
        JsonNode run(String... save) throws Exception;
    }

    @Test
    void google_cloud_is_requested_only_what_it_has_not_returned() throws Exception {
        try (GoogleServer google = GoogleServer.start()) {
            google.reset();
            GoogleEverything.fill(new GoogleProject(google, GoogleServer.PROJECT).empty(), GoogleServer.PROJECT);
            JsonNode audit = interruptedAndContinued(
                    google.wireMock(),
                    ".*/timeSeries",
                    ".*/aggregated/instances",
                    save -> GoogleRun.scan(
                                    google,
                                    folder,
                                    "locations: [us-central1]\n",
                                    with(save, "--window", "2026-06-01/2026-06-15", "-f", "json"))
                            .audit());
            assertThat(audit.get("findings")).isNotEmpty();
        }
    }

    @Test
    void azure_is_requested_only_what_it_has_not_returned() throws Exception {
        try (AzureServer azure = AzureServer.start()) {
            azure.reset();
            AzureTenant tenant = new AzureTenant(azure);
            tenant.everything(AzureTenant.SEARCH);
            tenant.measured(AzureTenant.SEARCH, 14);
            JsonNode audit = interruptedAndContinued(
                    azure.wireMock(),
                    ".*metrics:getBatch.*",
                    ".*Microsoft.ResourceGraph.*",
                    save -> AzureRun.scan(azure, folder, "", with(save, "--days", "14", "-f", "json"))
                            .audit());
            assertThat(audit.get("resources")).isNotEmpty();
        }
    }

    private static String[] with(String[] save, String... arguments) {
        return Stream.concat(Stream.of(save), Stream.of(arguments)).toArray(String[]::new);
    }

    /** The audit of the continued scan, which is that of one that was not interrupted. */
    private JsonNode interruptedAndContinued(WireMockServer cloud, String last, String listed, Scans scans)
            throws Exception {
        JsonNode whole = scans.run();
        cloud.resetRequests();
        String[] save = {"--save", folder.resolve("june.aiaudit").toString()};

        StubMapping slow = cloud.stubFor(any(urlPathMatching(last))
                .atPriority(1)
                .willReturn(aResponse().withStatus(503).withFixedDelay(LONG)));
        AtomicReference<Throwable> ended = new AtomicReference<>();
        Thread scan = new Thread(() -> ended.set(caught(() -> scans.run(save))));
        scan.start();
        while (cloud.countRequestsMatching(
                                anyRequestedFor(urlPathMatching(last)).build())
                        .getCount()
                == 0) {
            assertThat(scan.isAlive()).as("the scan gets to %s", last).isTrue();
            Thread.sleep(20);
        }
        scan.interrupt();
        scan.join();
        assertThat(ended.get()).hasMessageContaining("Interrupted");
        assertThat(folder.resolve("june.aiaudit")).doesNotExist();
        Path kept = folder.resolve("june.aiaudit.part");
        assertThat(kept).isDirectory();

        cloud.removeStub(slow);
        cloud.resetRequests();
        JsonNode continued = scans.run(save);
        assertThat(cloud.countRequestsMatching(
                                anyRequestedFor(urlPathMatching(listed)).build())
                        .getCount())
                .as("lists that were read before")
                .isZero();
        assertThat(continued.get("warnings").toString()).contains(CONTINUED);
        assertThat(withoutCost(continued)).isEqualTo(withoutCost(whole));
        assertThat(kept).doesNotExist();
        assertThat(Files.size(folder.resolve("june.aiaudit"))).isPositive();
        return continued;
    }

    private static Throwable caught(Callable<?> work) {
        try {
            work.call();
            return null;
        } catch (Exception | AssertionError e) {
            return e;
        }
    }

    /** When it ran, what it cost to ask and that it was continued differ. */
    private static JsonNode withoutCost(JsonNode audit) {
        ObjectNode rest = audit.deepCopy();
        Stream.of("generated_at", "scanned_at", "scan_cost", "scan").forEach(rest::remove);
        rest.withArray("warnings").removeIf(warning -> warning.asText().contains(CONTINUED));
        return rest;
    }
}
