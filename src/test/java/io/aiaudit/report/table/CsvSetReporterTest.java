package io.aiaudit.report.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Brand;
import io.aiaudit.report.HostileAudit;
import io.aiaudit.report.SampleAudit;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;

class CsvSetReporterTest {
    /** The rows of each file by its name, the headings first. */
    private static Map<String, List<CSVRecord>> files(Audit audit) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new CsvSetReporter().branded(Brand.NONE.withClient("=Contoso")).write(audit, out);
        Map<String, List<CSVRecord>> files = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(out.toByteArray()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                String text = new String(zip.readAllBytes(), StandardCharsets.UTF_8);
                assertThat(text).startsWith("\ufeff");
                files.put(
                        entry.getName(),
                        CSVParser.parse(text.substring(1), CSVFormat.RFC4180).getRecords());
            }
        }
        return files;
    }

    @Test
    void it_has_a_file_for_each_sheet_of_the_workbook() throws IOException {
        assertThat(files(SampleAudit.rich()).keySet())
                .startsWith("summary.csv", "findings.csv", "plan.csv", "resources.csv", "bill.csv", "spend-by-day.csv")
                .hasSameSizeAs(AuditTables.of(SampleAudit.rich(), Brand.NONE));
    }

    @Test
    void its_findings_add_up_to_the_saving_and_accounts_keep_their_digits() throws IOException {
        Audit audit = SampleAudit.rich();
        List<CSVRecord> findings = files(audit).get("findings.csv");
        List<String> headings = findings.get(0).toList();
        int saving = headings.indexOf("Net saving a month, likely");
        int account = headings.indexOf("Account number");

        assertThat(findings.stream()
                        .skip(1)
                        .map(row -> row.get(saving))
                        .filter(amount -> !amount.isEmpty())
                        .map(BigDecimal::new)
                        .reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo(audit.totals().saving().likely());
        assertThat(findings.stream().skip(1).map(row -> row.get(account)))
                .containsExactlyElementsOf(audit.findings().stream()
                        .map(Audit.AuditedFinding::accountId)
                        .toList());
    }

    @Test
    void columns_keep_their_order_and_new_ones_come_at_the_end() throws IOException {
        List<String> headings =
                files(SampleAudit.rich()).get("findings.csv").get(0).toList();

        assertThat(headings.subList(8, 12)).containsExactly("Kind", "Owner", "Cost a month", "Cost from");
        assertThat(headings).endsWith("Problem", "Period", "Environment", "Decide first");
    }

    @Test
    void no_text_starts_like_a_formula() throws IOException {
        assertThat(files(SampleAudit.rich()).get("summary.csv").get(1).toList()).containsExactly("Client", "'=Contoso");
        files(HostileAudit.everywhere())
                .forEach((name, rows) -> rows.forEach(row -> assertThat(row.toList())
                        .as(name)
                        .noneMatch(cell -> cell.matches("(?s)[=+@\t\r\n].*|-[^0-9].*"))));
    }
}
