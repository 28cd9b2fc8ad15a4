package io.aiaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.extension.requestfilter.RequestFilterAction;
import com.github.tomakehurst.wiremock.extension.requestfilter.StubRequestFilterV2;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import io.aiaudit.testing.MotoCompany;
import io.aiaudit.testing.Outside;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.organizations.OrganizationsClient;

/**
 * An organization of many accounts in moto, of which 5 % of the calls fail once, scanned with one interrupt;
 * docs/scale.md has the figures. {@code -Dbenchmark.accounts=1000} makes so many.
 */
@Tag("benchmark")
@Outside
class ManyAccountsTest {
    private static final int ACCOUNTS = Integer.getInteger("benchmark.accounts", 1000);
    private static final int ONE_OF = 20;
    private static final String REGION = "aws: {regions: [eu-west-1]}\n";

    @TempDir
    private Path folder;

    /** Refuses one call of twenty once: throttled, or an error of the server. */
    private static final class FailsOnce implements StubRequestFilterV2 {
        private final Set<String> failed = ConcurrentHashMap.newKeySet();
        private final AtomicLong requests = new AtomicLong();
        private volatile boolean isOn;

        @Override
        public String getName() {
            return "fails-once";
        }

        @Override
        public RequestFilterAction filter(Request request, ServeEvent event) {
            requests.incrementAndGet();
            String credential =
                    String.valueOf(request.getHeader("Authorization")).replaceAll("/.*", "");
            String key = credential + request.getUrl() + request.getHeader("X-Amz-Target") + request.getBodyAsString();
            int number = Math.floorMod(key.hashCode(), ONE_OF * 2);
            if (!isOn || number > 1 || !failed.add(key)) {
                return RequestFilterAction.continueWith(request);
            }
            boolean isThrottled = number == 0;
            String code = isThrottled ? "ThrottlingException" : "ServiceUnavailable";
            String error = "<Error><Code>" + code + "</Code><Message>Rate exceeded</Message></Error>";
            boolean isForm = String.valueOf(request.getHeader("Content-Type")).contains("form");
            boolean isOfEc2 = String.valueOf(request.getHeader("Authorization")).contains("/ec2/");
            return RequestFilterAction.stopWith(ResponseDefinitionBuilder.responseDefinition()
                    .withStatus(isThrottled ? 400 : 503)
                    .withHeader("Content-Type", isForm ? "text/xml" : "application/x-amz-json-1.1")
                    .withHeader("x-amzn-ErrorType", code)
                    .withBody(
                            !isForm
                                    ? "{\"__type\":\"" + code + "\",\"message\":\"Rate exceeded\"}"
                                    : isOfEc2
                                            ? "<Response><Errors>" + error + "</Errors></Response>"
                                            : "<ErrorResponse>" + error + "</ErrorResponse>")
                    .build());
        }
    }

    @Test
    void faults_and_an_interrupt_change_no_finding() throws Exception {
        FailsOnce faults = new FailsOnce();
        try (AwsServer aws = new AwsServer(faults)) {
            aws.reset();
            organization(aws);
            Scanned whole = scan(aws, faults, "whole");

            faults.isOn = true;
            long before = faults.requests.get();
            Thread first = new Thread(() -> quietly(() -> scan(aws, faults, "parts")));
            long began = System.nanoTime();
            first.start();
            while (first.isAlive() && faults.requests.get() - before < whole.requests() / 2) {
                Thread.sleep(50);
            }
            first.interrupt();
            first.join();
            Duration beforeInterrupt = Duration.ofNanos(System.nanoTime() - began);
            long ofFirst = faults.requests.get() - before;
            assertThat(folder.resolve("parts.aiaudit")).doesNotExist();
            Scanned continued = scan(aws, faults, "parts");

            System.out.printf(
                    "%,d accounts: %,d requests in %d s; with %,d faults %,d requests in %d s until the interrupt and "
                            + "%,d in %d s after it%n",
                    ACCOUNTS,
                    whole.requests(),
                    whole.took().toSeconds(),
                    faults.failed.size(),
                    ofFirst,
                    beforeInterrupt.toSeconds(),
                    continued.requests(),
                    continued.took().toSeconds());
            assertThat(faults.failed).isNotEmpty();
            assertThat(continued.audit().get("warnings").toString()).contains("This scan continued it.");
            assertThat(AwsRun.found(whole.audit(), "gpu-instance-idle")).hasSize(ACCOUNTS);
            assertThat(continued.audit().get("findings"))
                    .isEqualTo(whole.audit().get("findings"));
            assertThat(continued.audit().get("gaps")).isEqualTo(whole.audit().get("gaps"));
            assertThat(continued.requests()).isLessThan(whole.requests());
        }
    }

    private record Scanned(JsonNode audit, long requests, Duration took) {}

    private interface Work {
        void run() throws Exception;
    }

    private static void quietly(Work work) {
        try {
            work.run();
        } catch (Exception | AssertionError e) {
            assertThat(e).hasMessageContaining("Interrupted");
        }
    }

    private Scanned scan(AwsServer aws, FailsOnce faults, String name) throws Exception {
        long before = faults.requests.get();
        long began = System.nanoTime();
        AwsRun run = AwsRun.of(
                aws.address(),
                Files.createDirectories(folder.resolve("run")),
                REGION,
                "--aws-org",
                "--days",
                "15",
                "--rule",
                "gpu-instance-idle",
                "-f",
                "json",
                "--save",
                folder.resolve(name + ".aiaudit").toString());
        JsonNode audit = run.audit();
        return new Scanned(audit, faults.requests.get() - before, Duration.ofNanos(System.nanoTime() - began));
    }

    /** Each account has an idle machine and a spot machine. */
    private static void organization(AwsServer aws) {
        OrganizationsClient organizations = aws.moto().client(OrganizationsClient.builder(), "us-east-1");
        organizations.createOrganization(request -> request.featureSet("ALL"));
        for (int number = 1; number < ACCOUNTS; number++) {
            String name = "account-" + number;
            organizations.createAccount(request -> request.accountName(name).email(name + "@example.com"));
        }
        List<String> accounts = organizations.listAccountsPaginator().stream()
                .flatMap(page -> page.accounts().stream())
                .map(account -> account.id())
                .toList();
        assertThat(accounts).hasSize(ACCOUNTS);
        MotoCompany company = new MotoCompany(aws.moto());
        accounts.forEach(company::fillEurope);
    }
}
