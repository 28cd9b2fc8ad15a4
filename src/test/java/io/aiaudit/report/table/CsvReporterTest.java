package io.aiaudit.report.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Audit;
import io.aiaudit.report.HostileAudit;
import io.aiaudit.report.SampleAudit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;

class CsvReporterTest {
    private static final List<String> NUMBERS = List.of(
            "monthly_cost",
            "stand_alone_low",
            "stand_alone_likely",
            "stand_alone_high",
            "counted_low",
            "counted_likely",
            "counted_high",
            "freed_commitment");

    @Test
    void a_spreadsheet_sees_utf_8_and_lines_that_end_in_cr_lf() throws IOException {
        String csv = text(SampleAudit.rich());
        assertThat(csv).startsWith("\ufeffid,rule,provider,").endsWith("\r\n");
        assertThat(csv.split("\r\n", -1)[0]).isEqualTo("\ufeff" + String.join(",", CsvReporter.COLUMNS));
    }

    @Test
    void every_finding_is_a_row_with_its_facts() throws IOException {
        List<CSVRecord> rows = rows(SampleAudit.rich());
        assertThat(rows).hasSize(26);
        CSVRecord first = rows.get(0);
        assertThat(first.get("resource_name")).isEqualTo("chat-v1-prod");
        assertThat(first.get("counted_likely")).isEqualTo("18921.60");
        assertThat(first.get("tags")).isEqualTo("{\"cost-centre\":\"4711\",\"env\":\"prod\",\"team\":\"search\"}");
        assertThat(first.get("remedy_commands").lines()).hasSize(2);
        assertThat(first.get("currency")).isEqualTo("USD");
    }

    @Test
    void unknown_is_an_empty_cell_and_what_does_not_count_is_zero() throws IOException {
        CSVRecord unpriced = row(SampleAudit.rich(), "status", "unpriced");
        assertThat(unpriced.get("monthly_cost")).isEmpty();
        assertThat(unpriced.get("counted_likely")).isEmpty();
        assertThat(row(SampleAudit.rich(), "status", "blocked").get("counted_likely"))
                .isEqualTo("0.00");
    }

    @Test
    void numbers_are_numbers_and_no_text_is_a_formula() throws IOException {
        List<CSVRecord> rows = rows(HostileAudit.everywhere());
        assertThat(rows).hasSize(HostileAudit.NAMES.size());
        for (CSVRecord row : rows) {
            row.toMap().forEach((column, cell) -> {
                if (NUMBERS.contains(column)) {
                    assertThat(cell.isEmpty() ? BigDecimal.ZERO : new BigDecimal(cell))
                            .as(column)
                            .isNotNegative();
                } else {
                    assertThat(cell).as(column).doesNotContainPattern("^[=+\\-@\\t\\r\\n]");
                }
            });
        }
    }

    @Test
    void a_negative_number_stays_a_number() throws IOException {
        Audit refund = SampleAudit.with(
                SampleAudit.rich(), finding -> SampleAudit.withCost(finding, new BigDecimal("-12.50")));
        assertThat(rows(refund))
                .allSatisfy(row -> assertThat(row.get("monthly_cost")).isEqualTo("-12.50"));
    }

    @Test
    void names_neither_break_lines_nor_steer_a_terminal() throws IOException {
        String csv = text(HostileAudit.everywhere());
        assertThat(csv).contains("two␊lines and␍␊more", "'=HYPERLINK(").doesNotContainPattern("[\\p{Cc}&&[^\\r\\n]]");
        for (CSVRecord row : rows(HostileAudit.everywhere())) {
            assertThat(row.get("resource_name")).doesNotContain("\n", "\r");
        }
    }

    @Test
    void the_columns_are_those_of_the_documentation_in_its_order() throws IOException {
        String page = Files.readString(Path.of("docs", "formats.md"));
        String table = page.substring(page.indexOf("| column |"), page.indexOf("\nExcel shows"));
        List<String> documented = Pattern.compile("(?m)^\\| `(\\w+)` \\|")
                .matcher(table)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
        assertThat(documented).isEqualTo(CsvReporter.COLUMNS);
    }

    private static CSVRecord row(Audit audit, String column, String value) throws IOException {
        return rows(audit).stream()
                .filter(row -> row.get(column).equals(value))
                .findFirst()
                .orElseThrow();
    }

    private static List<CSVRecord> rows(Audit audit) throws IOException {
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (CSVParser parser = CSVParser.parse(text(audit).substring(1), format)) {
            return parser.getRecords();
        }
    }

    private static String text(Audit audit) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new CsvReporter().write(audit, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    /** Found by hand: other formats showed it, and the tags here had it as it was. */
    @Test
    void what_nobody_sees_in_a_tag_is_shown() {
        assertThat(CsvReporter.json(Map.of("team", "chat" + Character.toString(0xE0041))))
                .isEqualTo("{\"team\":\"chat[U+E0041]\"}");
    }
}
