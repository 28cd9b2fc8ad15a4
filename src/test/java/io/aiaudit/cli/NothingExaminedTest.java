package io.aiaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aiaudit.testing.Needs;
import io.aiaudit.testing.Slow;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bill without metrics: what it costs is known, what could be saved is not. */
@Slow
class NothingExaminedTest {
    private static final Path CASE = Needs.projectFolder().resolve("src/test/resources/commands/no-data-is-not-clean");
    private static final List<String> SAVINGS = List.of(
            "saving",
            "stand_alone_saving",
            "overlap",
            "unconfirmed_saving",
            "blocked_saving",
            "accepted_saving",
            "freed_commitment");

    @TempDir
    private Path folder;

    private static Run scan(String... further) {
        String[] args = {"scan", "--billing", CASE.resolve("bill.csv").toString(), "-q", "-f", "json"};
        return Run.of(Stream.concat(Arrays.stream(args), Arrays.stream(further)).toArray(String[]::new));
    }

    @Test
    void an_unknown_saving_is_null_and_never_0() throws Exception {
        JsonNode totals = new ObjectMapper().readTree(scan().out()).get("totals");

        assertThat(totals.get("monthly_cost").decimalValue()).isPositive();
        assertThat(SAVINGS)
                .allSatisfy(key -> assertThat(totals.get(key).isNull())
                        .as(key + " of " + totals)
                        .isTrue());
        assertThat(totals.get("saving_by_basis").isEmpty()).isTrue();
        assertThat(totals.get("unpriced_findings").intValue()).isZero();
    }

    @Test
    void the_report_of_the_same_audit_in_every_format_says_that_it_is_unknown() throws Exception {
        Path json = folder.resolve("aiaudit.json");
        Files.writeString(json, scan().out());

        assertThat(Run.of("report", json.toString(), "-f", "json", "-q").out()).isEqualTo(Files.readString(json));
        assertThat(Run.of("report", json.toString(), "-q").out())
                .containsPattern("Net saving +- +no resource could be checked")
                .doesNotContain("0.00 to");
        assertThat(Run.of("report", json.toString(), "-f", "html", "-q").out())
                .contains("no saving could be calculated")
                .doesNotContain("$0.00 and $0.00");
    }

    @Test
    void a_limit_that_nothing_can_be_compared_with_is_reported() {
        Run run = scan("--fail-on", "0");

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).contains("warning: --fail-on 0 was not checked: the saving is unknown");
    }

    /** Nothing found on what was examined is no saving of 0 on the rest. */
    @Test
    void a_limit_that_holds_for_the_smaller_part_of_ai_spend_is_reported() throws Exception {
        String endpoint = "arn:aws:sagemaker:eu-west-1:111122223333:endpoint/";
        StringBuilder bill = new StringBuilder("BilledCost,BillingCurrency,ChargePeriodStart,ChargePeriodEnd,"
                + "ChargeCategory,ServiceName,ProviderName,EffectiveCost,ResourceId,SubAccountId\n");
        StringBuilder usage = new StringBuilder("resource_id,metric,hour,total\n");
        for (LocalDate day = LocalDate.of(2026, 6, 1); day.getDayOfMonth() < 29; day = day.plusDays(1)) {
            for (String cost : List.of("24.36,unmeasured", "1,busy")) {
                String amount = cost.split(",", 2)[0];
                bill.append(String.join(
                                ",",
                                amount,
                                "USD",
                                day + "T00:00:00Z",
                                day.plusDays(1) + "T00:00:00Z",
                                "Usage",
                                "Amazon SageMaker",
                                "AWS",
                                amount,
                                endpoint + cost.split(",", 2)[1],
                                "111122223333"))
                        .append('\n');
            }
            for (int hour = 0; hour < 24; hour++) {
                usage.append(String.format("%sbusy,requests,%sT%02d:00:00Z,50%n", endpoint, day, hour));
            }
        }
        Path billing = Files.writeString(folder.resolve("bill.csv"), bill);
        Path metrics = Files.writeString(folder.resolve("usage.csv"), usage);
        String[] scan = {
            "scan", "--billing", billing.toString(), "--usage", metrics.toString(), "-q", "-f", "json", "--fail-on"
        };

        Run limited =
                Run.of(Stream.concat(Arrays.stream(scan), Stream.of("100")).toArray(String[]::new));
        assertThat(limited.exitCode()).isZero();
        assertThat(limited.err())
                .contains("warning: --fail-on 100 was compared with the saving on a part of AI spend only: 682 of 710 "
                        + "USD in the window was not assessed.");
        Run ofRule = Run.of(Stream.concat(Arrays.stream(scan), Stream.of("rule=spend-anomaly"))
                .toArray(String[]::new));
        assertThat(ofRule.err()).doesNotContain("was compared with");
    }
}
