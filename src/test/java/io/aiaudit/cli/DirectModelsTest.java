package io.aiaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.report.json.AuditJson;
import io.aiaudit.testing.Slow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models that are bought from those who made them, which are no cloud: their own list is the price of their tokens. */
@Slow
class DirectModelsTest {
    private static final int DAYS = 30;
    private static final String ID = "project-assist";
    private static final String MAKER = "token_prices_of";

    @TempDir
    private Path folder;

    private Audit audit(String provider, String model, String... further) throws IOException {
        Path things = Files.writeString(
                folder.resolve("inventory.csv"),
                "resource_id,kind,provider,account_id,name,model,prefix_hit_share,simple_share,interactive\n" + ID
                        + ",model_usage,other,org-1,assist," + model + ",0.6,0.3,no\n");
        Path usage = Files.writeString(
                folder.resolve("usage.csv"),
                "resource_id,metric,hour,total\n"
                        + IntStream.range(0, DAYS * 24)
                                .mapToObj(DirectModelsTest::hour)
                                .collect(Collectors.joining()));
        Path bill = Files.writeString(
                folder.resolve("bill.csv"),
                "BilledCost,BillingCurrency,ChargePeriodStart,ChargePeriodEnd,ChargeCategory,ServiceName,"
                        + "ProviderName,SubAccountId,ResourceId\n"
                        + IntStream.rangeClosed(1, DAYS)
                                .mapToObj(day -> line(day, provider))
                                .collect(Collectors.joining()));
        Path out = folder.resolve("out");
        Run run = Run.of(Stream.concat(
                        Stream.of(
                                "scan",
                                "--billing",
                                bill.toString(),
                                "--inventory",
                                things.toString(),
                                "--usage",
                                usage.toString(),
                                "--window",
                                "2026-06-01/2026-07-01",
                                "-q",
                                "-f",
                                "json",
                                "-o",
                                out.toString()),
                        Arrays.stream(further))
                .toArray(String[]::new));
        assertThat(run.exitCode()).as(run::err).isZero();
        return AuditJson.read(out.resolve("aiaudit.json"));
    }

    private static String line(int day, String provider) {
        String from = "2026-06-%02dT00:00:00Z".formatted(day);
        String to = day == DAYS ? "2026-07-01T00:00:00Z" : "2026-06-%02dT00:00:00Z".formatted(day + 1);
        return String.join(",", "100.00", "USD", from, to, "Usage", "API", provider, "org-1", ID) + "\n";
    }

    private static String hour(int nth) {
        return counts(nth, "requests", 500)
                + counts(nth, "tokens_input", 1_000_000)
                + counts(nth, "tokens_output", 100_000)
                + counts(nth, "tokens_cache_read", 0)
                + counts(nth, "tokens_cache_write", 0);
    }

    private static String counts(int nth, String metric, long total) {
        return ID + "," + metric + ",2026-06-%02dT%02d:00:00Z,".formatted(nth / 24 + 1, nth % 24) + total + "\n";
    }

    private static AuditedFinding finding(Audit audit, String rule) {
        List<AuditedFinding> found = audit.findings().stream()
                .filter(finding -> finding.rule().equals(rule))
                .toList();
        assertThat(found).as(rule).hasSize(1);
        return found.get(0);
    }

    @Test
    void a_model_of_openai_has_the_prices_of_openai_and_says_so() throws IOException {
        Audit audit = audit("OpenAI", "gpt-4.1-2025-04-14");
        for (String rule : List.of("model-tier-routing", "inference-cacheable", "inference-batchable")) {
            assertThat(finding(audit, rule).evidence()).as(rule).containsEntry(MAKER, "openai");
        }
        assertThat(finding(audit, "model-tier-routing").target()).startsWith("gpt-4.1-mini");
        assertThat(finding(audit, "inference-batchable").reason()).contains("A batch costs 50 % less.");
    }

    @Test
    void a_model_of_anthropic_has_the_prices_of_anthropic() throws IOException {
        AuditedFinding routed = finding(audit("Anthropic", "claude-sonnet-4-5"), "model-tier-routing");
        assertThat(routed.evidence()).containsEntry(MAKER, "anthropic");
        assertThat(routed.target()).startsWith("claude-haiku-4-5");
    }

    /** The clouds sell it; whoever this was bought from is none of them. */
    @Test
    void a_model_that_neither_sells_takes_the_price_of_no_cloud() throws IOException {
        Audit audit = audit("Somebody", "llama3-1-70b-instruct");
        assertThat(audit.findings())
                .noneMatch(finding -> finding.rule().matches("model-tier-routing|inference-(cacheable|batchable)"));
        assertThat(audit.rules())
                .filteredOn(rule -> rule.id().equals("inference-batchable"))
                .singleElement()
                .satisfies(rule -> assertThat(rule.notExaminedReasons()).containsKey("no token price of its model"));
    }
}
