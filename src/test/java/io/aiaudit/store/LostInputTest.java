package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.FileSet.Content;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which files of a folder are inputs that are lost, and which never were one. */
class LostInputTest {
    private static final String BILL = new FocusCsv().row().text();
    private static final String WITHOUT_A_COLUMN = BILL.replace("ServiceName", "Service");
    private static final String OTHER = "date,what\n2026-06-01,nothing\n";

    @TempDir
    private Path folder;

    private Optional<Content> of(String name, String text) throws IOException {
        return of(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private Optional<Content> of(String name, byte[] bytes) throws IOException {
        return LostInput.of(Files.write(folder.resolve(name), bytes));
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    /** Names and texts in turn. */
    private static byte[] zip(String... entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i < entries.length; i += 2) {
                zip.putNextEntry(new ZipEntry(entries[i]));
                zip.write(entries[i + 1].getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x.csv | line_item_currency_code,line_item_usage_start_date,line_item_line_item_type,x | BILLING",
                "x.csv | Date,CostInBillingCurrency,BillingCurrency,SubscriptionId | BILLING",
                "x.csv | Date,Amount,What | ",
                "x.CSV | cost,currency,usage_start_time,credits | BILLING",
                "x.csv | resource,metric,hour,average,maximum,total | USAGE",
                "x.csv | resource_id,day,total | ",
                "x.csv | id,kind,provider,region,name,machine_type | INVENTORY",
                "x.csv | resource_id,owner,notes | ",
                "x.csv | kind,name,notes | ",
                "x.csv | Resource id,Kind,Provider,Region,Name,Run rate a month | ",
                "x.csv | BillingCurrency,ChargePeriodStart,ChargePeriodEnd,ProviderName,x_RecommendationId | ",
            })
    void the_columns_decide(String name, String header, Content meant) throws IOException {
        assertThat(of(name, header + "\n1,2\n")).isEqualTo(Optional.ofNullable(meant));
        assertThat(of(name, header + "\n")).as("without rows").isEqualTo(Optional.ofNullable(meant));
        assertThat(of(name + ".gz", gzip(header + "\n1,2\n"))).as("packed").isEqualTo(Optional.ofNullable(meant));
    }

    @Test
    void however_a_bill_is_written_its_columns_are_seen() throws IOException {
        assertThat(of("title.csv", "Account,123\n\n" + BILL)).contains(Content.BILLING);
        assertThat(of("hint.csv", "sep=,\n" + BILL)).contains(Content.BILLING);
        assertThat(of("pipes.csv", BILL.replace(',', '|'))).contains(Content.BILLING);
        assertThat(of("wide.csv", BILL.getBytes(StandardCharsets.UTF_16LE))).contains(Content.BILLING);
        assertThat(of("quote.csv", "\"" + BILL)).contains(Content.BILLING);
        byte[] whole = gzip(BILL);
        assertThat(of("cut.csv.gz", Arrays.copyOf(whole, whole.length - 9))).contains(Content.BILLING);
        assertThat(of("array.json", "[{\"cost\": 1, \"currency\": \"USD\",\n \"usage_start_time\": \"x\"}]"))
                .contains(Content.BILLING);
        assertThat(of("pretty.json", "{\n \"cost\": 1,\n \"currency\": \"USD\",\n \"credits\": []\n}\n"))
                .contains(Content.BILLING);
    }

    @Test
    void what_is_in_an_archive_or_a_workbook_decides() throws IOException {
        assertThat(of("june.zip", zip("readme.txt", "hi", "in/june.csv", WITHOUT_A_COLUMN)))
                .contains(Content.BILLING);
        assertThat(of("june.zip", zip("june.csv.zip", "PK\u0003\u0004"))).contains(Content.BILLING);
        assertThat(of("use.zip", zip("a.csv", "resource_id,metric,hour,total\n")))
                .contains(Content.USAGE);
        assertThat(of("bill.zip", zip("invoice.pdf", "%PDF"))).isEmpty();
        assertThat(of("other.zip", zip("other.csv", OTHER))).isEmpty();
        assertThat(of("broken.zip", "PK\u0003\u0004")).contains(Content.BILLING);
        assertThat(of("aiaudit.csv.zip", zip("a.csv", BILL, "resources.csv", "Kind,Run rate a month\n")))
                .isEmpty();
        String cells = "<sst><si><t>Date</t></si><si><t xml:space=\"preserve\">PreTaxCost</t></si>"
                + "<si><t>Currency</t></si></sst>";
        assertThat(of("costs.xlsx", zip("xl/sharedStrings.xml", cells))).contains(Content.BILLING);
        assertThat(of("figures.xlsx", zip("xl/sharedStrings.xml", "<sst><si><t>Date</t></si></sst>")))
                .isEmpty();
        assertThat(of("program.jar", zip("a.csv", BILL))).isEmpty();
        assertThat(of("letter.docx", zip("word/document.xml", "<w/>"))).isEmpty();
        assertThat(of("june.tar.gz", gzip("june.csv\0\0\0" + BILL))).contains(Content.BILLING);
        assertThat(of("tools.tgz", gzip("run.sh\0\0\0echo"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "part-1.csv, BILLING",
        "cost.parquet, BILLING",
        "focus-usage.csv, BILLING",
        "aws-usage.csv.gz, USAGE",
        "inventory.json, INVENTORY",
    })
    void where_nothing_can_be_seen_it_is_a_bill_unless_its_name_says_otherwise(String name, Content meant)
            throws IOException {
        assertThat(of(name, "")).contains(meant);
        assertThat(of(name, "\n \n")).contains(meant);
        assertThat(of(name, new byte[] {1, 0, 2, 0, 3})).contains(meant);
        assertThat(of(name, "PAR1 and then nothing")).contains(meant);
    }

    @Test
    void a_table_of_unknown_columns_is_what_its_name_says() throws IOException {
        assertThat(of("bill-june.csv", OTHER)).contains(Content.BILLING);
        assertThat(of("aws_usage.jsonl", "{\"a\": 1}\n")).contains(Content.USAGE);
        assertThat(of("other.csv", OTHER)).isEmpty();
        assertThat(of("billing.json", "{\n\"a\": 1\n}\n")).as("a configuration").isEmpty();
        assertThat(of("june.csv.zst", "?")).contains(Content.BILLING);
        assertThat(of("bill.7z", "?")).contains(Content.BILLING);
        assertThat(of("tools.7z", "?")).isEmpty();
    }

    @Test
    void under_another_name_only_a_whole_header_in_the_first_line_counts() throws IOException {
        assertThat(of("june.tsv", BILL.replace(',', '\t'))).contains(Content.BILLING);
        assertThat(of("000000000000", BILL)).contains(Content.BILLING);
        assertThat(of("june.txt", WITHOUT_A_COLUMN)).isEmpty();
        assertThat(of("files.md", "# Files\n\n" + BILL)).isEmpty();
        assertThat(of("june.csv.bak", BILL)).isEmpty();
        assertThat(of("june.csv~", BILL)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.txt", "bill.pdf", "aiaudit.yaml", "usage.html", "notes", "bill.sql"})
    void a_text_is_no_input(String name) throws IOException {
        assertThat(of(name, "The bill of June, by service, kind and region\n")).isEmpty();
        assertThat(of(name, "")).isEmpty();
        assertThat(of(name, new byte[] {1, 0, 2})).isEmpty();
    }

    @Test
    void a_part_that_is_not_there_is_one_of_a_bill() {
        assertThat(LostInput.of(folder.resolve("part-2.csv"))).contains(Content.BILLING);
    }
}
