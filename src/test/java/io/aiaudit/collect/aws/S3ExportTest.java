package io.aiaudit.collect.aws;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.okXml;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.aiaudit.collect.Operations;
import io.aiaudit.model.Window;
import io.aiaudit.testing.Gathered;
import io.aiaudit.testing.Outside;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Outside
class S3ExportTest {
    private static final String MANIFEST = "focus/metadata/BILLING_PERIOD=2026-06/focus-Manifest.json";

    private final WireMockServer server = new WireMockServer(
            WireMockConfiguration.options().bindAddress("127.0.0.1").dynamicPort());

    @TempDir
    private Path folder;

    @BeforeEach
    void start() {
        server.start();
        System.setProperty("aws.endpointUrl", server.baseUrl());
        System.setProperty("aws.accessKeyId", "AKIAIOSFODNN7EXAMPLE");
        System.setProperty("aws.secretAccessKey", "secret");
    }

    @AfterEach
    void stop() {
        server.stop();
        System.clearProperty("aws.endpointUrl");
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
    }

    /** The longest call is of 3 seconds instead of 2 minutes, the part takes 4. */
    @Test
    void a_part_may_take_longer_than_any_other_call() throws Exception {
        server.stubFor(get(urlPathEqualTo("/bills")).willReturn(okXml("""
                <ListBucketResult><IsTruncated>false</IsTruncated>
                <Contents><Key>%s</Key><Size>9</Size><LastModified>2026-07-01T00:00:00.000Z</LastModified></Contents>
                <Contents><Key>focus/a.csv</Key><Size>9</Size><LastModified>2026-07-01T00:00:00.000Z</LastModified></\
                Contents>
                </ListBucketResult>""".formatted(MANIFEST))));
        server.stubFor(get(urlPathMatching("/bills/focus/metadata/.*"))
                .willReturn(ok("{\"dataFiles\": [\"s3://bills/focus/a.csv\"]}")));
        server.stubFor(get(urlPathEqualTo("/bills/focus/a.csv"))
                .willReturn(ok("BilledCost\n").withChunkedDribbleDelay(4, 4000)));
        Window june = new Window(Instant.parse("2026-06-01T00:00:00Z"), Instant.parse("2026-07-01T00:00:00Z"));
        S3Export export = new S3Export(0, "focus", "bills", "", "us-east-1");
        try (AwsClients patient = new AwsClients(Operations.of(AwsCollector.operations(), null))) {
            export.tryToList(payer(patient)); // the first call loads the SDK, which takes a while
        }
        try (AwsClients clients =
                new AwsClients(Operations.of(AwsCollector.operations(), null), Duration.ofSeconds(3))) {
            assertThat(export.read(payer(clients), null, june, folder, new Gathered()))
                    .isEqualTo(S3Export.Outcome.READ);
        }
    }

    private static AwsSession payer(AwsClients clients) {
        return new AwsSession(clients, "1", null, "aws", "us-east-1");
    }
}
