package io.aiaudit.report.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Audit;
import io.aiaudit.report.HostileAudit;
import io.aiaudit.report.SampleAudit;
import io.aiaudit.report.Written;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;

class FocusReporterTest {
    private static List<CSVRecord> records(Audit audit) throws IOException {
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (CSVParser csv = CSVParser.parse(Written.by(new FocusReporter(), audit), format)) {
            assertThat(csv.getHeaderNames())
                    .contains("BillingCurrency", "ProviderName", "SubAccountId", "RegionId", "ResourceId")
                    .allMatch(name -> name.startsWith("x_") || name.matches("[A-Z][A-Za-z]+"));
            return csv.getRecords();
        }
    }

    @Test
    void each_finding_is_a_row_that_joins_with_the_bill() throws IOException {
        Audit audit = SampleAudit.rich();
        List<CSVRecord> records = records(audit);

        assertThat(records).hasSameSizeAs(audit.findings());
        assertThat(records.get(0).get("ResourceId"))
                .isEqualTo(audit.findings().get(0).resourceId());
        assertThat(records.get(0).get("ProviderName")).isEqualTo("AWS");
        assertThat(records.stream()
                        .map(row -> row.get("x_MonthlySaving"))
                        .filter(amount -> !amount.isEmpty())
                        .map(BigDecimal::new)
                        .reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo(audit.totals().saving().likely());
    }

    @Test
    void no_name_becomes_a_formula() throws IOException {
        assertThat(records(HostileAudit.everywhere()))
                .allSatisfy(row -> assertThat(row.get("ResourceName"))
                        .doesNotStartWith("=")
                        .doesNotStartWith("+")
                        .doesNotStartWith("@"));
    }
}
