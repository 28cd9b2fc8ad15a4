package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aiaudit.model.Audit;
import io.aiaudit.model.FileSet;
import io.aiaudit.model.Resource;
import io.aiaudit.model.UserError;
import io.aiaudit.testing.Slow;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms that a FOCUS bill comes in, and those that are none. */
@Slow
class BillFilesTest {
    @TempDir
    private Path folder;

    private static byte[] gzip(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteArray();
    }

    /** Total, rows and the warnings of a bill. */
    private void reads(Path bill, String total, int rows, String... warnings) {
        try (TestStore store = TestStore.ofBills(folder, bill)) {
            Audit.ProviderBill aws = store.scan().bill().providers().get(0);
            assertThat(aws.effectiveCost()).isEqualByComparingTo(total);
            assertThat(aws.rows()).isEqualTo(rows);
            assertThat(aws.rejectedRows()).isZero();
            assertThat(store.scan().warnings()).containsExactly(warnings);
        }
    }

    private static void refused(Path bill, String problem, String fix) {
        assertThatThrownBy(() -> InputFiles.find(FileSet.Content.BILLING, bill.toString(), Set.of()))
                .isInstanceOfSatisfying(UserError.class, error -> {
                    assertThat(error.problem()).isEqualTo(problem);
                    assertThat(error.fix()).isEqualTo(fix);
                });
    }

    @Test
    void columns_may_stand_in_any_order_and_any_case_beside_unknown_ones() {
        String text = """
                tags,SERVICENAME,x_Own,providername,chargecategory,ChargePeriodEnd,ChargePeriodStart,BillingCurrency,\
                BilledCost,effectivecost
                "{""a"": ""b""}",EC2,1,AWS,Usage,2026-06-02,2026-06-01,USD,3,2
                """;
        try (TestStore store = TestStore.ofBills(folder, FocusCsv.text(folder, "b.csv", text))) {
            assertThat(store.locked()
                            .select("SELECT BilledCost, EffectiveCost, ServiceName, Tags, provider FROM charges")
                            .rows())
                    .containsExactly(List.of(
                            new BigDecimal("3.000000000000"),
                            new BigDecimal("2.000000000000"),
                            "EC2",
                            "{\"a\": \"b\"}",
                            "aws"));
        }
    }

    @Test
    void the_seven_columns_are_enough_and_the_billed_cost_counts() {
        String text = """
                BilledCost,BillingCurrency,ChargePeriodStart,ChargePeriodEnd,ChargeCategory,ServiceName,\
                ServiceProviderName
                1.25,USD,2026-06-01,2026-06-02,Usage,Vertex AI,Google Cloud
                """;
        try (TestStore store = TestStore.ofBills(folder, FocusCsv.text(folder, "b.csv", text))) {
            assertThat(store.locked()
                            .select("SELECT provider, cost, cost_basis, resource_id, spend_class FROM charges")
                            .rows())
                    .containsExactly(
                            List.of("gcp", new BigDecimal("1.250000000000"), "billed", "gcp:unknown/Vertex AI", "ai"));
            assertThat(store.scan().warnings())
                    .containsExactly("gcp: BilledCost (1.25 USD) stands in for the missing EffectiveCost of 1 row.");
        }
    }

    @Test
    void literal_nulls_stand_for_nothing() {
        Path bill =
                new FocusCsv().row("ResourceId=NULL", "Tags=null", "RegionId=").write(folder, "b.csv");
        try (TestStore store = TestStore.ofBills(folder, bill)) {
            assertThat(store.locked()
                            .select("SELECT ResourceId, Tags, RegionId, resource_id FROM charges")
                            .rows())
                    .containsExactly(Arrays.asList(null, null, null, "aws:123456789012/Amazon Elastic Compute Cloud"));
        }
    }

    @Test
    void a_byte_order_mark_windows_line_ends_and_their_mixture_are_read() {
        String text =
                new FocusCsv().row().row("ChargeDescription=two\nlines").row().text();
        reads(FocusCsv.text(folder, "bom.csv", "\uFEFF" + text), "3", 3);
        reads(FocusCsv.text(folder, "crlf.csv", text.replace("\n", "\r\n")), "3", 3);
        String firstEnd = text.replaceFirst("\n", "\r\n");
        reads(FocusCsv.text(folder, "mixed.csv", "\uFEFF" + firstEnd), "3", 3);
        reads(FocusCsv.text(folder, "blank.csv", text.replaceFirst("\n", "\n\n\n") + "\n\n"), "3", 3);
        reads(FocusCsv.bytes(folder, "mixed.csv.gz", gzip(firstEnd)), "3", 3);
    }

    @Test
    void a_record_is_named_by_its_line_in_the_file_of_the_user_although_a_copy_was_read() {
        String text = new FocusCsv().row().row("EffectiveCost=x").row().text().replaceFirst("\n", "\r\n\r\n");
        try (TestStore store = TestStore.ofBills(folder, FocusCsv.text(folder, "b.csv", text))) {
            assertThat(store.scan().rejects()).singleElement().satisfies(reject -> {
                assertThat(reject.record()).isEqualTo(3);
                assertThat(reject.line()).isEqualTo(4);
            });
        }
    }

    @Test
    void latin_1_and_utf_16_are_read_and_names_survive() {
        String text =
                new FocusCsv().row("ResourceName=Müller", "ResourceId=i-0b").text();
        for (String charset : List.of("windows-1252", "UTF-16", "UTF-16LE")) {
            String mark = charset.equals("UTF-16LE") ? "\uFEFF" : "";
            Path bill = FocusCsv.bytes(folder, charset + ".csv", (mark + text).getBytes(Charset.forName(charset)));
            try (TestStore store = TestStore.ofBills(folder, bill)) {
                assertThat(store.scan().resources())
                        .extracting(Resource::name)
                        .as(charset)
                        .containsExactly("Müller");
                assertThat(store.scan().warnings()).hasSize(charset.equals("windows-1252") ? 1 : 0);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {";", "\t"})
    void other_separators_are_recognised_by_the_header(String separator) {
        String text = new FocusCsv().row().row().text().replace(",", separator);
        reads(FocusCsv.text(folder, "b.csv", text), "2", 2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a b.csv", "it's.csv", "a[1].csv", "what?.csv", "all*.csv", "x=1.csv", "ünï.csv", "{b}.csv"})
    void odd_file_names_are_no_patterns(String name) {
        Path bill = new FocusCsv().row().write(folder, name);
        assertThat(InputFiles.find(FileSet.Content.BILLING, bill.toString(), Set.of())
                        .files())
                .containsExactly(bill);
        reads(bill, "1", 1);
    }

    @Test
    void csv_gz_is_known_by_its_bytes_and_read_to_its_last_member() throws IOException {
        String text = new FocusCsv().row().row().text();
        int half = text.indexOf('\n') + 1;
        ByteArrayOutputStream members = new ByteArrayOutputStream();
        members.write(gzip(text.substring(0, half)));
        members.write(gzip(text.substring(half)));
        reads(FocusCsv.bytes(folder, "named-otherwise.csv", members.toByteArray()), "2", 2);
    }

    @Test
    void a_gzip_file_that_is_cut_off_or_has_a_wrong_checksum_is_refused() {
        FocusCsv csv = new FocusCsv();
        for (int i = 0; i < 1000; i++) {
            csv.row("ResourceId=i-" + i);
        }
        byte[] whole = gzip(csv.text());
        Path cut = FocusCsv.bytes(folder, "cut.csv.gz", Arrays.copyOf(whole, whole.length / 2));
        byte[] flipped = whole.clone();
        flipped[flipped.length - 6] ^= 1;
        Path wrong = FocusCsv.bytes(folder, "wrong.csv.gz", flipped);
        for (Path bill : List.of(cut, wrong)) {
            assertThatThrownBy(() -> TestStore.ofBills(folder, bill))
                    .isInstanceOfSatisfying(
                            UserError.class,
                            error -> assertThat(error.problem()).startsWith(bill + " is a broken gzip file: "));
        }
    }

    @Test
    void what_is_no_bill_is_refused_before_anything_is_read() throws IOException {
        Path missing = folder.resolve("none.csv");
        refused(missing, missing + ": no such file or folder.", "Check the path.");
        Path empty = FocusCsv.text(folder, "empty.csv", "");
        refused(empty, empty + " is empty.", "Export it again, or omit it.");
        Path emptyGz = FocusCsv.bytes(folder, "empty.csv.gz", gzip(""));
        refused(emptyGz, emptyGz + " is empty.", "Export it again, or omit it.");
        Path header = FocusCsv.text(
                folder,
                "header.csv",
                new FocusCsv().row().text().lines().findFirst().orElseThrow() + "\n");
        refused(header, header + " has a header and no rows.", "Export it again for a period with data, or omit it.");
        Path other = FocusCsv.text(folder, "other.csv", "a,b\n1,2\n");
        refused(
                other,
                other
                        + ": its header is not that of FOCUS 1.0 to 1.3. Found: a, b; missing: BilledCost, "
                        + "BillingCurrency, ChargePeriodStart, ChargePeriodEnd, ChargeCategory, ServiceName, "
                        + "ProviderName (or ServiceProviderName).",
                "Use a file whose first line names BilledCost, BillingCurrency, ChargePeriodStart, ChargePeriodEnd, "
                        + "ChargeCategory, ServiceName, ProviderName (or ServiceProviderName).");
        Path none = Files.createDirectory(folder.resolve("none"));
        refused(
                none,
                none + " holds no .csv, .csv.gz, .parquet, .json or .jsonl file.",
                "Name the folder of the export, its manifest or one file of it.");
        Path glob = folder.resolve("*.tsv");
        refused(glob, glob + " matches no file.", "Check the pattern.");
        Path workbook = FocusCsv.bytes(folder, "b.xlsx", new byte[] {'P', 'K', 3, 4, 0});
        refused(
                workbook,
                workbook + " is a zip archive or an Excel workbook, not CSV or Parquet.",
                "Unpack it, or save it as CSV.");
        Path binary = FocusCsv.bytes(folder, "b.bin", new byte[] {1, 0, 2, 0, 3});
        refused(binary, binary + " is not a text file.", "Bring CSV, Parquet or JSON lines.");
        Path parquet = FocusCsv.bytes(folder, "cut.parquet", "PAR1 and then nothing".getBytes(StandardCharsets.UTF_8));
        refused(
                parquet,
                parquet + " is a Parquet file without its footer: it was cut off, or is still being written.",
                "Copy or export it again.");
        Path broken = FocusCsv.bytes(
                folder, "broken.parquet", "PAR1 lies at both ends PAR1".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> InputFiles.find(FileSet.Content.BILLING, broken.toString(), Set.of()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("broken.parquet is a broken Parquet file");
    }

    @Test
    void text_that_a_spreadsheet_or_another_system_wrote_is_refused_with_its_cause() throws IOException {
        String text = new FocusCsv().row().text();
        Path hint = TestStore.bytes(folder, "hint.csv", ("sep=,\r\n" + text).getBytes(StandardCharsets.UTF_8));
        refused(
                hint,
                hint + ": its first line, sep=,, is a hint for spreadsheets, not the header.",
                "Remove that line: tail -n +2 hint.csv > bill.csv");
        Path little = TestStore.bytes(folder, "little.csv", text.getBytes(StandardCharsets.UTF_16LE));
        refused(
                little,
                little + " is UTF-16 without a byte order mark.",
                "Save it as UTF-8, or run: iconv -f UTF-16LE -t UTF-8 little.csv > bill.csv");
        Path big = TestStore.bytes(folder, "big.csv", text.getBytes(StandardCharsets.UTF_16BE));
        refused(
                big,
                big + " is UTF-16 without a byte order mark.",
                "Save it as UTF-8, or run: iconv -f UTF-16BE -t UTF-8 big.csv > bill.csv");
    }

    @Test
    void a_folder_and_a_glob_name_all_their_files_in_order() throws IOException {
        Path deep = Files.createDirectories(folder.resolve("export/period=2026-06"));
        Path one = new FocusCsv().row("ResourceId=i-1").write(deep, "b.csv");
        Path two = FocusCsv.bytes(
                deep, "a.CSV.GZ", gzip(new FocusCsv().row("ResourceId=i-2").text()));
        FocusCsv.text(deep, "manifest.json", "{}");
        FocusCsv.text(deep, "._b.csv", "junk");
        Path top = folder.resolve("export");
        assertThat(InputFiles.find(FileSet.Content.BILLING, top.toString(), Set.of())
                        .files())
                .containsExactly(two, one);
        assertThat(InputFiles.find(FileSet.Content.BILLING, top + "/**.csv", Set.of())
                        .files())
                .containsExactly(one);
        assertThat(InputFiles.find(FileSet.Content.BILLING, deep + "/[a-b].*", Set.of())
                        .files())
                .containsExactly(two, one);
    }

    @Test
    void the_same_contents_given_twice_are_reported_and_counted_once() {
        String text = new FocusCsv().row().row().text();
        Path plain = FocusCsv.text(folder, "a.csv", text);
        Path packed = FocusCsv.bytes(folder, "b.csv.gz", gzip(text));
        try (TestStore store = TestStore.ofBills(folder, plain, packed)) {
            assertThat(store.scan().bill().providers())
                    .extracting(Audit.ProviderBill::rows)
                    .containsExactly(2L);
            assertThat(store.scan().warnings())
                    .containsExactly(plain + " and " + packed + " have the same contents; they were counted once.");
        }
    }

    @Test
    void kinds_of_charges_stand_where_the_contract_says() {
        Path bill = new FocusCsv()
                .row("BilledCost=100", "EffectiveCost=90")
                .row("BilledCost=-30", "EffectiveCost=-25", "ChargeClass=Correction")
                .row("BilledCost=7", "EffectiveCost=7", "ChargeCategory=Tax")
                .row("BilledCost=-5", "EffectiveCost=-5", "ChargeCategory=Credit", "ChargeDescription=Startup credits")
                .row(
                        "BilledCost=-4",
                        "EffectiveCost=-4",
                        "ChargeCategory=Credit",
                        "ChargeDescription=Sustained Use Discount")
                .row("BilledCost=-3", "EffectiveCost=-3", "ChargeCategory=Adjustment")
                .write(folder, "b.csv");
        try (TestStore store = TestStore.ofBills(folder, bill)) {
            Audit.ProviderBill aws = store.scan().bill().providers().get(0);
            assertThat(aws.billedCost()).isEqualByComparingTo("65");
            assertThat(aws.effectiveCost()).isEqualByComparingTo("61");
            assertThat(aws.tax()).isEqualByComparingTo("7");
            assertThat(aws.promotionalCredit()).isEqualByComparingTo("-5");
            assertThat(aws.aiCost().add(aws.otherCost()).add(aws.untoldCost())).isEqualByComparingTo("61");
        }
    }

    @Test
    void a_provider_that_is_none_of_the_three_is_totalled_as_other() {
        Path bill = new FocusCsv()
                .row("ProviderName=Oracle")
                .row("ProviderName=")
                .row("ProviderName=Microsoft Azure")
                .write(folder, "b.csv");
        try (TestStore store = TestStore.ofBills(folder, bill)) {
            assertThat(store.scan().bill().providers())
                    .extracting(Audit.ProviderBill::provider, Audit.ProviderBill::rows)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple("azure", 1L),
                            org.assertj.core.groups.Tuple.tuple("other", 2L));
        }
    }

    @Test
    void names_that_try_something_and_ids_of_ten_thousand_characters_are_only_text() {
        String longId = "arn:aws:sagemaker:eu-west-1:1:endpoint/" + "x".repeat(10_000);
        List<String> hostile = List.of(
                longId,
                "'; DROP TABLE charges; --",
                "<script>alert(1)</script>",
                "=HYPERLINK(\"x\")",
                "a\u202Eb\u001B[31m",
                "two\nlines",
                "100%|'\"\\");
        FocusCsv csv = new FocusCsv();
        hostile.forEach(id -> csv.row("ResourceId=" + id, "ResourceName=" + id, "ServiceName=" + id));
        try (TestStore store = TestStore.ofBills(folder, csv.write(folder, "b.csv"))) {
            assertThat(store.scan().resources())
                    .extracting(Resource::resourceId)
                    .containsExactlyInAnyOrderElementsOf(hostile);
            assertThat(store.scan().resources())
                    .extracting(Resource::name)
                    .containsExactlyInAnyOrderElementsOf(hostile.stream()
                            .map(name -> name.equals(longId) ? "x".repeat(10_000) : name)
                            .toList());
            assertThat(store.scan().leafCosts(TestStore.JUNE)).hasSize(hostile.size());
            assertThat(store.scan().hourOfWeek(hostile, TestStore.JUNE)).isEqualTo(Map.of());
        }
    }
}
