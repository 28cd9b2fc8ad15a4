package io.aiaudit.report.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Brand;
import io.aiaudit.report.HostileAudit;
import io.aiaudit.report.SampleAudit;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class XlsxReporterTest {
    private static final Pattern CELL = Pattern.compile("<c r=\"([A-Z]+)(\\d+)\"([^>]*?)(?:/>|>(.*?)</c>)");

    /** The parts of a workbook by name. */
    private static Map<String, String> parts(Audit audit) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new XlsxReporter().branded(Brand.NONE.withClient("Contoso")).write(audit, out);
        Map<String, String> parts = new TreeMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(out.toByteArray()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                parts.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return parts;
    }

    private static List<Matcher> column(String sheet, String letters) {
        return CELL.matcher(sheet)
                .results()
                .filter(cell -> cell.group(1).equals(letters) && !cell.group(2).equals("1"))
                .map(cell -> {
                    Matcher matcher = CELL.matcher(cell.group());
                    assertThat(matcher.matches()).isTrue();
                    return matcher;
                })
                .toList();
    }

    @Test
    void a_sheet_for_each_table_that_filters_and_keeps_its_headings_in_sight() throws Exception {
        Map<String, String> parts = parts(SampleAudit.rich());

        assertThat(parts.get("xl/workbook.xml"))
                .contains("\"Summary\"", "\"Findings\"", "\"Plan\"", "\"Resources\"", "\"Bill\"", "\"Spend by day\"")
                .contains("\"Rules\"", "\"Not read\"", "\"Checklist\"");
        assertThat(parts.get("xl/worksheets/sheet2.xml")).contains("<autoFilter", "<pane ");
        for (Map.Entry<String, String> part : parts.entrySet()) {
            assertThat(DocumentBuilderFactory.newInstance()
                            .newDocumentBuilder()
                            .parse(new InputSource(new StringReader(part.getValue()))))
                    .as(part.getKey())
                    .isNotNull();
        }
    }

    @Test
    void amounts_are_numbers_and_accounts_are_text() throws IOException {
        Audit audit = SampleAudit.rich();
        String findings = parts(audit).get("xl/worksheets/sheet2.xml");

        assertThat(column(findings, "E"))
                .isNotEmpty()
                .allSatisfy(cell -> assertThat(cell.group(3)).contains("t=\"s\""));
        BigDecimal sum = column(findings, "N").stream()
                .map(cell -> new BigDecimal(cell.group(4).replaceAll("<.?v>", "")))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(sum).isEqualByComparingTo(audit.totals().saving().likely());
    }

    @Test
    void commands_are_lines_that_can_be_pasted_from_their_cell() throws IOException {
        Map<String, String> parts = parts(SampleAudit.rich());

        assertThat(String.join("", parts.values()))
                .doesNotContain("␊")
                .contains("# check once more that nobody calls it&#xa;aws sagemaker delete-endpoint");
    }

    @Test
    void no_name_becomes_a_formula_or_breaks_the_file() throws Exception {
        for (Map.Entry<String, String> part : parts(HostileAudit.everywhere()).entrySet()) {
            assertThat(part.getValue()).doesNotContain("<f>", "<f ", "<script>");
            DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(part.getValue())));
        }
    }

    @Test
    void what_is_unknown_has_no_cell() throws IOException {
        String summary = parts(SampleAudit.empty()).get("xl/worksheets/sheet1.xml");

        assertThat(summary).doesNotContain("<v>0.00</v>");
    }
}
