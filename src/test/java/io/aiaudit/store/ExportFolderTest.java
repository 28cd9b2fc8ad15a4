package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aiaudit.model.FileSet;
import io.aiaudit.testing.Slow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders as the clouds lay them out: parts, manifests, and what older runs left behind. */
@Slow
class ExportFolderTest {
    @TempDir
    private Path folder;

    private Path part(String name) {
        Path file = folder.resolve(name);
        return new FocusCsvPart(name).write(file);
    }

    /** A part with one row of its own. */
    private record FocusCsvPart(String id) {
        Path write(Path file) {
            return new BillText(
                            "ProviderName", "AWS",
                            "ServiceName", "s",
                            "ChargeCategory", "Usage",
                            "BillingCurrency", "USD",
                            "BilledCost", "1",
                            "ChargePeriodStart", "2026-06-01",
                            "ChargePeriodEnd", "2026-06-02")
                    .row("ResourceId", id)
                    .csv(file.getParent(), file.getFileName().toString());
        }
    }

    private Path text(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private static String list(String... keys) {
        return Stream.of(keys).map(key -> '"' + key + '"').collect(Collectors.joining(",", "[", "]"));
    }

    private static List<Path> files(Path argument) {
        return InputFiles.find(FileSet.Content.BILLING, argument.toString(), Set.of())
                .files();
    }

    private static String curManifest(String assembly, String... keys) {
        return "{\"assemblyId\":\"" + assembly
                + "\",\"reportName\":\"cur\",\"billingPeriod\":{\"start\":\"20260601T000000.000Z\",\"end\":"
                + "\"20260701T000000.000Z\"},\"bucket\":\"b\",\"reportKeys\":"
                + list(keys) + "}";
    }

    @Test
    void a_report_that_makes_new_files_each_time_is_read_from_its_newest_assembly() throws IOException {
        part("p/cur/20260601-20260701/old-assembly/cur-1.csv");
        part("p/cur/20260601-20260701/old-assembly/cur-2.csv");
        Path one = part("p/cur/20260601-20260701/new-assembly/cur-1.csv");
        Path two = part("p/cur/20260601-20260701/new-assembly/cur-2.csv");
        String newest = curManifest(
                "new-assembly",
                "p/cur/20260601-20260701/new-assembly/cur-1.csv",
                "p/cur/20260601-20260701/new-assembly/cur-2.csv");
        text("p/cur/20260601-20260701/new-assembly/cur-Manifest.json", newest);
        text(
                "p/cur/20260601-20260701/old-assembly/cur-Manifest.json",
                curManifest(
                        "old-assembly",
                        "p/cur/20260601-20260701/old-assembly/cur-1.csv",
                        "p/cur/20260601-20260701/old-assembly/cur-2.csv"));
        Path manifest = text("p/cur/20260601-20260701/cur-Manifest.json", newest);
        assertThat(files(folder)).containsExactly(one, two);
        assertThat(files(manifest)).containsExactly(one, two);
    }

    @Test
    void an_older_run_that_is_whole_is_better_than_a_newer_one_that_is_not() throws IOException {
        Path old = part("e/20260601-20260630/202607010100/guid-1/part_0_0001.csv");
        text(
                "e/20260601-20260630/202607010100/guid-1/manifest.json",
                azureManifest("2026-07-01T01:00:00Z", "guid-1", 1));
        part("e/20260601-20260630/202607020100/guid-2/part_0_0001.csv");
        text(
                "e/20260601-20260630/202607020100/guid-2/manifest.json",
                azureManifest("2026-07-02T01:00:00Z", "guid-2", 2));
        assertThat(files(folder)).containsExactly(old);
        assertThat(InputFiles.find(FileSet.Content.BILLING, folder.toString(), Set.of())
                        .gaps())
                .singleElement()
                .satisfies(gap -> assertThat(gap.problem())
                        .contains("is missing")
                        .contains("the older run")
                        .endsWith("was read instead."));
    }

    private static String azureManifest(String submitted, String run, int parts) {
        StringBuilder blobs = new StringBuilder();
        for (int part = 1; part <= parts; part++) {
            blobs.append(part == 1 ? "" : ",")
                    .append("{\"blobName\":\"root/e/20260601-20260630/x/" + run + "/part_0_000" + part
                            + ".csv\",\"byteCount\":9}");
        }
        return "{\"exportConfig\":{\"exportName\":\"e\",\"type\":\"AmortizedCost\"},\"runInfo\":{\"submittedTime\":\""
                + submitted + "\",\"runId\":\"" + run + "\",\"startDate\":\"2026-06-01T00:00:00\"},\"blobs\":[" + blobs
                + "]}";
    }

    @Test
    void of_two_whole_runs_the_one_that_was_submitted_last_counts() throws IOException {
        part("e/20260601-20260630/202607010100/guid-1/part_0_0001.csv");
        text(
                "e/20260601-20260630/202607010100/guid-1/manifest.json",
                azureManifest("2026-07-01T01:00:00Z", "guid-1", 1));
        Path newer = part("e/20260601-20260630/202606300100/guid-0/part_0_0001.csv");
        text(
                "e/20260601-20260630/202606300100/guid-0/manifest.json",
                azureManifest("2026-07-02T01:00:00Z", "guid-0", 1));
        assertThat(files(folder)).containsExactly(newer);
    }

    @Test
    void a_part_that_the_manifest_names_and_that_is_missing_is_reported_when_it_is_read_and_the_others_are_there()
            throws IOException {
        Path one = part("cur/cur-1.csv");
        text("cur/cur-Manifest.json", curManifest("a", "p/cur/cur-1.csv", "p/cur/cur-2.csv"));
        Path missing = folder.resolve("cur/cur-2.csv");
        assertThat(files(folder)).containsExactly(one, missing);
        assertThatThrownBy(() -> TestStore.ofBills(folder, missing))
                .hasMessageContaining(missing + " is missing, but the manifest of the export names it.");
    }

    @Test
    void data_exports_keep_manifests_and_data_in_two_folders() throws IOException {
        Path one = part("x/data/BILLING_PERIOD=2026-06/x-00001.csv");
        Path may = part("x/data/BILLING_PERIOD=2026-05/x-00001.csv");
        Path manifest = text(
                "x/metadata/BILLING_PERIOD=2026-06/x-Manifest.json",
                "{\"exportName\":\"x\",\"dataFiles\":"
                        + list("s3://bucket/prefix/x/data/BILLING_PERIOD=2026-06/x-00001.csv") + "}");
        text(
                "x/metadata/BILLING_PERIOD=2026-05/x-Manifest.json",
                "{\"exportName\":\"x\",\"dataFiles\":"
                        + list("s3://bucket/prefix/x/data/BILLING_PERIOD=2026-05/x-00001.csv") + "}");
        assertThat(files(folder)).containsExactly(may, one);
        assertThat(files(manifest)).containsExactly(one.toAbsolutePath());
    }

    @Test
    void a_manifest_without_data_files_is_no_bill_of_nothing() throws IOException {
        Path manifest = text("e/manifest.json", "{\"blobs\":[],\"blobCount\":0}");
        assertThatThrownBy(() -> files(manifest)).hasMessageContaining("names no data file");
    }

    @Test
    void files_that_no_manifest_knows_are_read_as_they_are() throws IOException {
        Path loose = part("focus.csv");
        Path one = part("cur/cur-1.csv");
        part("cur/leftover/cur-9.csv");
        text("cur/cur-Manifest.json", curManifest("a", "p/cur/cur-1.csv"));
        assertThat(files(folder)).containsExactly(one, loose);
    }

    private static List<Recognition> survey(Path folder) {
        return InputFiles.survey(null, folder.toString()).files();
    }

    private static Recognition of(Path file, List<Recognition> survey) {
        return survey.stream()
                .filter(known -> known.file().equals(file))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void only_what_has_the_header_of_an_export_is_of_another_run_of_it() throws IOException {
        Path one = part("cur/cur-1.csv");
        Path left = part("cur/leftover/cur-9.csv");
        text("cur/cur-Manifest.json", curManifest("a", "p/cur/cur-1.csv"));
        Path inventory = text("cur/inventory.csv", "resource_id,kind\ni-1,instance\n");
        Path usage = text("cur/x/usage.csv", "resource_id,metric,hour,total\ni-1,requests,2026-06-01,1\n");
        Path azure = text(
                "cur/azure.csv", "Date,Cost,BillingCurrency,MeterCategory,SubscriptionId\n2026-06-01,1,USD,VM,s\n");
        Path notes = text("cur/notes.csv", "date,what\n1,2\n");
        Path broken = text("cur/broken.csv", "Date,Cost,BillingCurrency,SubscriptionId\n2026-06-01,1,USD,s\n");

        List<Recognition> all = survey(folder);

        assertThat(all)
                .filteredOn(file -> file.content() == FileSet.Content.BILLING)
                .extracting(Recognition::file)
                .containsExactly(azure, one);
        assertThat(of(inventory, all).content()).isEqualTo(FileSet.Content.INVENTORY);
        assertThat(of(usage, all).content()).isEqualTo(FileSet.Content.USAGE);
        assertThat(of(left, all).form()).isEqualTo("of another run of the same export");
        assertThat(of(left, all).lost()).isNull();
        assertThat(of(notes, all).lost()).isNull();
        assertThat(of(broken, all).lost()).isEqualTo(FileSet.Content.BILLING);
    }

    @Test
    void a_folder_that_is_named_as_a_bill_is_one_without_what_else_lies_beside_its_manifest() throws IOException {
        Path one = part("cur/cur-1.csv");
        text("cur/cur-Manifest.json", curManifest("a", "p/cur/cur-1.csv"));
        text("cur/inventory.csv", "resource_id,kind\ni-1,instance\n");
        text("cur/notes.json", "{}");
        Path azure = text(
                "cur/azure.csv", "Date,Cost,BillingCurrency,MeterCategory,SubscriptionId\n2026-06-01,1,USD,VM,s\n");
        assertThat(files(folder)).containsExactly(azure, one);

        text("cur/broken.csv", "Date,Cost,BillingCurrency,SubscriptionId\n2026-06-01,1,USD,s\n");
        assertThatThrownBy(() -> files(folder)).hasMessageContaining("broken.csv: its header is not that of");
    }

    @Test
    void a_bill_of_a_folder_under_another_name_is_read_and_an_archive_is_an_error() throws IOException {
        Path one = part("june/one.csv");
        Path two = part("june/two.txt");
        text("june/README.txt", "The bill\n");
        assertThat(files(folder)).containsExactly(one, two);

        text("june/three.csv.zip", "PK\u0003\u0004");
        assertThatThrownBy(() -> files(folder)).hasMessageContaining("three.csv.zip is a zip archive");
    }

    @Test
    void a_survey_knows_what_is_missing_of_an_export() throws IOException {
        Path one = part("e/cur-1.csv");
        Path manifest = text("e/cur-Manifest.json", curManifest("a", "p/cur-1.csv", "p/cur-2.csv"));
        text("e/inventory.csv", "resource_id,kind\ni-1,instance\n");
        Path missing = folder.resolve("e/cur-2.csv");

        InputFiles.Survey survey = InputFiles.survey(null, folder.toString());

        assertThat(of(missing, survey.files()).lost()).isEqualTo(FileSet.Content.BILLING);
        assertThat(survey.runs()).containsKeys(one, missing).containsValue(manifest.toString());
    }

    @Test
    void a_part_that_was_unpacked_is_that_part() throws IOException {
        Path one = part("cur/cur-1.csv");
        text("cur/cur-Manifest.json", curManifest("a", "p/cur/cur-1.csv.gz"));
        assertThat(files(folder)).containsExactly(one);
    }
}
