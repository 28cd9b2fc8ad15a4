package io.aiaudit.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aiaudit.config.Config;
import io.aiaudit.config.ConfigReader;
import io.aiaudit.config.RuleSelection;
import io.aiaudit.config.Settings;
import io.aiaudit.config.Source;
import io.aiaudit.model.SourceReport;
import io.aiaudit.model.SourceReport.Metric;
import io.aiaudit.model.SourceReport.Part;
import io.aiaudit.model.SourceReport.Provided;
import io.aiaudit.model.SourceReport.State;
import io.aiaudit.model.UserError;
import io.aiaudit.rules.Need;
import io.aiaudit.testing.Slow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is reported about a source before it is scanned. */
@Slow
class SourceChecksTest {
    /** Google has no list of what was bought of its models; AWS keeps no service with accelerators at a minimum. */
    private static final Set<String> NO_LIST_OF_UNITS = Set.of(
            "gcp provisioned-throughput-idle", "gcp provisioned-throughput-oversized", "aws service-minimum-idle");

    private static final String ENDPOINT = "arn:aws:sagemaker:us-east-1:1:endpoint/chat";

    private static CheckedSource twoWeeks;

    @TempDir
    private Path folder;

    private Path text(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private static String days(String first, int days) {
        StringBuilder rows = new StringBuilder(first).append('\n');
        for (int hour = 0; hour < 24 * days; hour++) {
            rows.append(
                    String.format("%s,requests,2026-06-%02dT%02d:00:00Z,,,3%n", ENDPOINT, 1 + hour / 24, hour % 24));
        }
        return rows.toString();
    }

    private CheckedSource check(Path... paths) throws Exception {
        Config config = new ConfigReader(Settings.of(Map.of(), null, Map.of()), null).check();
        return new SourceChecks("test", Progress.NONE)
                .check(Source.FILES, List.of(paths).stream().map(Path::toString).toList(), config);
    }

    /** An endpoint of which two weeks are known; several tests look at the same check, which takes seconds. */
    private CheckedSource twoWeeks() throws Exception {
        if (twoWeeks == null) {
            text("list.csv", "resource_id,kind\n" + ENDPOINT + ",inference_endpoint\n");
            text("usage.csv", days("resource_id,metric,hour,average,maximum,total", 14));
            twoWeeks = check(folder);
        }
        return twoWeeks;
    }

    private static Part part(CheckedSource checked, Path file) {
        return checked.parts().stream()
                .filter(part -> part.name().equals(file.toString()))
                .findFirst()
                .orElseThrow();
    }

    private static RuleOutlook rule(CheckedSource checked, String id) {
        return checked.rules().stream()
                .filter(rule -> rule.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void every_file_of_a_folder_is_reported_with_what_it_is_or_why_not() throws Exception {
        Path usage = text("usage.csv", days("resource_id,metric,hour,average,maximum,total", 14));
        Path inventory = text("list.csv", "resource_id,kind\n" + ENDPOINT + ",inference_endpoint\n");
        Path broken = text("deep/bill.csv.gz", "\u001f\u008b no");
        Path mail = text("mail.txt", "Dear consultant");
        Path other = text("other.csv", "a,b\n1,2\n");
        CheckedSource checked = check(folder);
        assertThat(part(checked, usage)).isEqualTo(Part.ready(usage.toString(), "usage: a usage file, 336 rows"));
        assertThat(part(checked, inventory).what()).isEqualTo("inventory: an inventory file, 1 row");
        assertThat(part(checked, broken).state()).isEqualTo(State.UNREADABLE);
        assertThat(part(checked, other).state()).isEqualTo(State.UNKNOWN);
        assertThat(part(checked, mail).state()).isEqualTo(State.UNUSED);
        assertThat(part(checked, other).problem()).contains("no bill, inventory or usage format", "a, b");
        assertThat(checked.incomplete()).isTrue();
        assertThat(checked.nothingReadable()).isFalse();
        assertThat(checked.provided())
                .containsExactly(new Provided("aws", "inference_endpoint", 1, List.of(new Metric("requests", 1))));
    }

    @Test
    void a_rule_is_reported_to_examine_something_only_when_a_scan_would() throws Exception {
        RuleOutlook idle = rule(twoWeeks(), "inference-endpoint-idle");
        assertThat(idle.examinesSomething()).isTrue();
        assertThat(idle.sentence()).isEqualTo("1 examined");

        text("list.csv", "resource_id,kind\n" + ENDPOINT + ",inference_endpoint\n");
        text("usage.csv", days("resource_id,metric,hour,average,maximum,total", 3));
        RuleOutlook young = rule(check(folder), "inference-endpoint-idle");
        assertThat(young.examinesSomething()).isFalse();
        assertThat(young.sentence()).startsWith("can't run: ").contains("7 days");
    }

    @Test
    void a_rule_names_the_metric_or_the_kind_that_it_lacks() throws Exception {
        CheckedSource checked = twoWeeks();
        assertThat(rule(checked, "gpu-oversized").sentence()).startsWith("can't run: no gpu_utilization metric");
        assertThat(rule(checked, "gpu-oversized").missingMetrics())
                .containsOnlyKeys("gpu_utilization", "gpu_memory_used_gib");
        assertThat(rule(checked, "instance-always-on").missingKinds()).containsExactly("instance", "notebook");
    }

    @Test
    void a_missing_part_of_an_export_is_missing_here_too() throws Exception {
        text(
                "manifest.json",
                "{\"exportConfig\":{\"exportName\":\"e\"},\"runInfo\":{\"startDate\":\"2026-06-01\",\"endDate\":"
                        + "\"2026-06-30\"},\"blobs\":[{\"blobName\":\"e/part_1.csv\"}],\"blobCount\":1}");
        text("list.csv", "resource_id,kind\n" + ENDPOINT + ",inference_endpoint\n");
        CheckedSource checked = check(folder);
        assertThat(checked.parts()).anySatisfy(part -> {
            assertThat(part.name()).endsWith("part_1.csv");
            assertThat(part.problem()).contains("the manifest of the export names it");
        });
    }

    @Test
    void what_is_wrong_with_all_files_together_is_reported_once() throws Exception {
        text("list.csv", "resource_id,kind\n" + ENDPOINT + ",inference_endpoint\n");
        CheckedSource checked = check(folder);
        assertThat(checked.parts()).last().satisfies(part -> {
            assertThat(part.name()).isEqualTo("for all files together");
            assertThat(part.problem()).contains("covers a full day");
            assertThat(part.fix()).contains("--window");
        });
        assertThat(checked.notes())
                .containsExactly("The files give no window. The last 31 days were checked: metrics of other days count "
                        + "as missing.");
        assertThat(rule(checked, "inference-endpoint-idle").sentence())
                .as("the endpoint is known all the same")
                .contains("no requests");
    }

    private static String bill(String currency, String id) {
        return "BilledCost,EffectiveCost,BillingCurrency,ChargePeriodStart,ChargePeriodEnd,ChargeCategory,"
                + "ServiceName,ProviderName,ResourceId\n"
                + "10,10," + currency + ",2026-06-01T00:00:00Z,2026-06-15T00:00:00Z,Usage,Amazon SageMaker,AWS," + id
                + "\n";
    }

    @Test
    void a_missing_exchange_rate_does_not_hide_what_the_rules_could_examine() throws Exception {
        text("dollars.csv", bill("USD", ENDPOINT));
        text("euros.csv", bill("EUR", "arn:aws:sagemaker:eu-west-1:1:endpoint/b"));
        text("list.csv", "resource_id,kind\n" + ENDPOINT + ",inference_endpoint\n");
        text("usage.csv", days("resource_id,metric,hour,average,maximum,total", 14));
        CheckedSource checked = check(folder);
        assertThat(checked.parts())
                .last()
                .satisfies(part -> assertThat(part.fix()).contains("exchange_rates"));
        assertThat(rule(checked, "inference-endpoint-idle").sentence()).isEqualTo("1 examined");
        assertThat(checked.exports())
                .noneMatch(export ->
                        export.metric().equals("requests") && export.kinds().contains("inference_endpoint"));
        assertThat(checked.notes()).containsExactly("The rules were checked without the bill.");
        assertThat(part(checked, folder.resolve("euros.csv")).state()).isEqualTo(State.READY);
    }

    @Test
    void without_anything_but_the_bills_that_do_not_go_together_nothing_is_reported_about_rules() throws Exception {
        text("dollars.csv", bill("USD", ENDPOINT));
        text("euros.csv", bill("EUR", ENDPOINT));
        CheckedSource checked = check(folder);
        assertThat(checked.rules()).isEmpty();
        assertThat(checked.exports()).isEmpty();
        assertThat(checked.incomplete()).isTrue();
    }

    @Test
    void rows_that_stand_there_twice_are_reported_and_a_file_of_nothing_else_is_not_ready() throws Exception {
        String header = "BilledCost,EffectiveCost,BillingCurrency,ChargePeriodStart,ChargePeriodEnd,ChargeCategory,"
                + "ServiceName,ProviderName,ResourceId\n";
        StringBuilder rows = new StringBuilder(header);
        for (int day = 1; day <= 9; day++) {
            rows.append(String.format(
                    "%d,%d,USD,2026-06-0%dT00:00:00Z,2026-06-0%dT23:00:00Z,Usage,Amazon SageMaker,AWS,%s%n",
                    day, day, day, day, ENDPOINT));
        }
        Path whole = text("b.csv", rows.toString());
        Path part =
                text("a.csv", String.join("\n", rows.toString().lines().limit(5).toList()) + "\n");
        CheckedSource checked = check(folder);
        assertThat(part(checked, whole).what()).contains("9 rows").doesNotContain("twice");
        assertThat(part(checked, part).what()).endsWith("4 rows, all of them duplicated");
        assertThat(part(checked, part).state()).isEqualTo(State.UNUSED);
    }

    @Test
    void a_disk_of_unknown_use_needs_the_inventory() throws Exception {
        text("list.csv", "resource_id,kind,provider,created_at\nvol-1,volume,aws,2026-01-01\n");
        text("usage.csv", days("resource_id,metric,hour,average,maximum,total", 14));
        CheckedSource checked = check(folder);
        assertThat(rule(checked, "storage-orphaned").sentence())
                .contains("the inventory does not show whether it is in use");
        assertThat(checked.exports())
                .extracting(export -> export.metric() + " " + export.provider() + " " + export.kinds())
                .contains("inventory aws [volume]", "inventory aws [capacity_reservation]");
    }

    @Test
    void every_built_in_rule_has_an_export_of_its_inventory_in_each_cloud() {
        List<Export> exports = Export.all();
        RuleSelection rules = RuleSelection.of(new Config.RuleChoice(null, List.of(), List.of(), Map.of()));
        for (RuleSelection.Selected selected : rules.selected()) {
            for (String provider : List.of("aws", "azure", "gcp")) {
                if (!NO_LIST_OF_UNITS.contains(provider + " " + selected.rule().id())) {
                    assertThat(exports)
                            .as(selected.rule().id() + " of " + provider)
                            .anySatisfy(export -> {
                                assertThat(export.metric()).isEqualTo("inventory");
                                assertThat(export.provider()).isEqualTo(provider);
                                assertThat(selected.rule().appliesTo()).containsAnyElementsOf(export.kinds());
                            });
                }
            }
        }
    }

    @Test
    void a_source_that_was_only_tried_shows_what_rules_can_expect() {
        SourceReport report = SourceReport.tried(
                List.of(Part.ready("1/eu-west-1", "12 endpoints")),
                List.of(
                        new Provided("aws", "inference_endpoint", null, List.of(new Metric("requests", null))),
                        new Provided("aws", "instance", null, List.of())),
                List.of());
        RuleSelection rules = RuleSelection.of(new Config.RuleChoice(
                null,
                List.of("gpu-instance-idle", "inference-endpoint-idle", "instance-always-on"),
                List.of(),
                Map.of()));
        assertThat(RuleOutlook.of(rules, report))
                .extracting(RuleOutlook::sentence)
                .containsExactly(
                        "can't run: no gpu_utilization",
                        "can examine inference_endpoint",
                        "can't run: no gpu_utilization");
    }

    @Test
    void what_a_rule_lacks_comes_with_the_command_that_exports_it() throws Exception {
        assertThat(twoWeeks().exports())
                .as("of the cloud that is known, what rules that examine nothing lack")
                .extracting(export -> export.metric() + " " + export.provider() + " " + export.kinds())
                .containsSubsequence(
                        "inventory aws [instance]",
                        "inventory aws [inference_endpoint]",
                        "inventory aws [notebook]",
                        "inventory aws [provisioned_throughput]",
                        "inventory aws [volume]",
                        "inventory aws [capacity_reservation]",
                        "inventory aws [file_system]",
                        "inventory aws [account]",
                        "inventory aws [model_usage]",
                        "gpu_utilization aws [inference_endpoint]",
                        "gpu_utilization aws [instance]",
                        "gpu_memory_used_gib aws [inference_endpoint]",
                        "requests aws [provisioned_throughput]",
                        "cpu_utilization aws [notebook]");
    }

    @Test
    void every_need_of_a_built_in_rule_has_an_export_of_each_cloud() {
        List<Export> exports = Export.all();
        RuleSelection rules = RuleSelection.of(new Config.RuleChoice(null, List.of(), List.of(), Map.of()));
        for (RuleSelection.Selected selected : rules.selected()) {
            for (Need need : selected.rule().needs()) {
                for (String provider : List.of("aws", "azure", "gcp")) {
                    if (need.oneOf().equals(List.of("throughput_utilization")) && provider.equals("aws")) {
                        continue; // CloudWatch has no such metric of Bedrock
                    }
                    assertThat(exports)
                            .as(selected.rule().id() + ": " + need + " of " + provider)
                            .anySatisfy(export -> {
                                assertThat(need.oneOf()).contains(export.metric());
                                assertThat(export.provider()).isEqualTo(provider);
                                assertThat(selected.rule().appliesTo()).containsAnyElementsOf(export.kinds());
                            });
                }
            }
        }
    }

    @Test
    void files_are_for_the_source_files_only() {
        Config config = new ConfigReader(Settings.of(Map.of(), null, Map.of()), null).check();
        assertThatThrownBy(() -> new SourceChecks("test", Progress.NONE).check(Source.AWS, List.of("june"), config))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("takes no files");
    }
}
