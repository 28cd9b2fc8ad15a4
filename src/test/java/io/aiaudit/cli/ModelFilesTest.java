package io.aiaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Audit;
import io.aiaudit.model.ModelTokens;
import io.aiaudit.report.json.AuditJson;
import io.aiaudit.testing.Slow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Use of models as files have it (docs/files.md): what a provider's export or a gateway's log knows, as an inventory
 * and a usage file beside a bill.
 */
@Slow
class ModelFilesTest {
    private static final int DAYS = 30;
    private static final String ID = "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/assist";

    @TempDir
    private Path folder;

    private Audit audit(String inventory, IntFunction<String> hour) throws IOException {
        Path things = Files.writeString(
                folder.resolve("inventory.csv"),
                "resource_id,kind,region,account_id,name,model,prefix_hit_share,simple_share,retry_share\n"
                        + inventory);
        Path usage = Files.writeString(
                folder.resolve("usage.csv"),
                "resource_id,metric,hour,total\n"
                        + IntStream.range(0, DAYS * 24).mapToObj(hour).collect(Collectors.joining()));
        Path bill = Files.writeString(
                folder.resolve("bill.csv"),
                "BilledCost,BillingCurrency,ChargePeriodStart,ChargePeriodEnd,ChargeCategory,ServiceName,"
                        + "ProviderName,SubAccountId,RegionId,ResourceId,SkuMeter,ConsumedQuantity,ConsumedUnit\n"
                        + IntStream.rangeClosed(1, DAYS)
                                .mapToObj(day -> line(day, "USE1-Claude4.5Sonnet-input-tokens", "72.00", "24000")
                                        + line(day, "USE1-Claude4.5Sonnet-output-tokens", "36.00", "2400"))
                                .collect(Collectors.joining()));
        Path out = folder.resolve("out");
        Run run = Run.of(
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
                out.toString());
        assertThat(run.exitCode()).as(run::err).isZero();
        return AuditJson.read(out.resolve("aiaudit.json"));
    }

    private static String line(int day, String meter, String cost, String quantity) {
        String from = "2026-06-%02dT00:00:00Z".formatted(day);
        String to = day == DAYS ? "2026-07-01T00:00:00Z" : "2026-06-%02dT00:00:00Z".formatted(day + 1);
        return String.join(
                        ",",
                        List.of(
                                cost,
                                "USD",
                                from,
                                to,
                                "Usage",
                                "Amazon Bedrock",
                                "AWS",
                                "123456789012",
                                "us-east-1",
                                ID,
                                meter,
                                quantity,
                                "1K tokens"))
                + "\n";
    }

    private static String counts(int nth, String metric, long total) {
        return ID + "," + metric + ",2026-06-%02dT%02d:00:00Z,".formatted(nth / 24 + 1, nth % 24) + total + "\n";
    }

    private static String hour(int nth) {
        return counts(nth, "requests", 500)
                + counts(nth, "tokens_input", 1_000_000)
                + counts(nth, "tokens_output", 100_000)
                + counts(nth, "tokens_cache_read", 0)
                + counts(nth, "tokens_cache_write", 0);
    }

    private static List<String> found(Audit audit) {
        return audit.findings().stream()
                .map(Audit.AuditedFinding::rule)
                .distinct()
                .toList();
    }

    @Test
    void shares_that_a_gateway_knows_are_columns_of_the_inventory() throws IOException {
        String thing = ID + ",model_usage,us-east-1,123456789012,assist,claude-sonnet-4-5,";
        Audit reported = audit(thing + "0.6,0.3,0.08\n", ModelFilesTest::hour);
        assertThat(found(reported)).contains("inference-cacheable", "model-tier-routing", "token-premium");
        assertThat(reported.findings())
                .filteredOn(finding -> finding.rule().equals("inference-cacheable"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.reason())
                        .startsWith("prefix_hit_share shows that 60 % of the input of assist repeats within the "
                                + "cache lifetime"));
        assertThat(reported.findings())
                .filteredOn(finding -> finding.rule().equals("model-tier-routing"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.reason())
                        .startsWith("By your evaluation, simple requests make up 30 % of the cost of assist"));
        assertThat(reported.findings())
                .filteredOn(finding -> finding.rule().equals("token-premium"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.reason()).contains("are reported as"));

        Audit unspecified = audit(thing + ",,\n", ModelFilesTest::hour);
        assertThat(found(unspecified)).doesNotContain("model-tier-routing", "token-premium");
        assertThat(unspecified.findings())
                .filteredOn(finding -> finding.rule().equals("inference-cacheable"))
                .as("without a stated share it is a guess, which never counts")
                .allSatisfy(finding -> assertThat(finding.status().key()).isEqualTo("unconfirmed"));
        assertThat(unspecified.tokens()).singleElement().satisfies(row -> {
            assertThat(row.model()).isEqualTo("claude-sonnet-4-5");
            assertThat(row.calls()).isEqualByComparingTo("360000");
            assertThat(row.tokensInput()).isEqualByComparingTo("720000000");
            assertThat(row.perMillion().input()).isEqualByComparingTo("3");
            assertThat(row.perMillion().output()).isEqualByComparingTo("15");
            assertThat(row.perMillion().blended()).isEqualByComparingTo("4.09091");
            assertThat(row.costPerThousandCalls()).isEqualByComparingTo("9");
        });
    }

    @Test
    void calls_that_only_half_of_the_hours_show_are_unknown_and_the_rules_say_why() throws IOException {
        Audit audit = audit(
                ID + ",model_usage,us-east-1,123456789012,assist,claude-sonnet-4-5,0.6,,\n",
                nth -> nth % 2 == 0 ? hour(nth) : "");
        assertThat(audit.tokens()).extracting(ModelTokens::calls).containsOnlyNulls();
        assertThat(audit.rules())
                .filteredOn(rule -> rule.id().equals("inference-cacheable"))
                .singleElement()
                .satisfies(rule -> assertThat(rule.notExaminedReasons().keySet())
                        .anyMatch(reason -> reason.contains("tokens_input")));
    }
}
