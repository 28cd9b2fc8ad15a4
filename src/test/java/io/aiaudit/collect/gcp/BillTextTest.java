package io.aiaudit.collect.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aiaudit.model.Window;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Every SQL that goes to BigQuery, analysed and run by Google's own engine. */
class BillTextTest {
    private static final Window JUNE = Window.parse("2026-06-01/2026-07-01");
    private static final BillTable TABLE =
            BillTable.of("acme-billing", "export", "gcp_billing_export_resource_v1_AAAAAA_BBBBBB_CCCCCC")
                    .orElseThrow();

    private static ZetaSql export() throws IOException {
        return ZetaSql.table(TABLE.toString(), "export-table.sql");
    }

    private static BigDecimal sum(List<Map<String, String>> rows, String column) {
        return rows.stream()
                .filter(row -> row.get(column) != null)
                .map(row -> new BigDecimal(row.get(column)))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal credits(Map<String, String> row) throws IOException {
        BigDecimal sum = BigDecimal.ZERO;
        for (JsonNode credit : new ObjectMapper().readTree(row.get("credits"))) {
            sum = sum.add(new BigDecimal(credit.get("amount").asText()));
        }
        return sum;
    }

    @Test
    void a_detailed_export_adds_up_to_the_cent_with_credits_beside_the_cost() throws IOException {
        ZetaSql export = export();
        List<Map<String, String>> rows =
                export.query(BillText.of("bill.sql", TABLE, export.columns(), "_PARTITIONTIME"), JUNE);
        assertThat(sum(rows, "cost")).isEqualByComparingTo("70.48");
        BigDecimal credits = BigDecimal.ZERO;
        for (Map<String, String> row : rows) {
            credits = credits.add(credits(row));
        }
        assertThat(credits).isEqualByComparingTo("-18.2");
        assertThat(sum(rows, "cost_at_list")).isEqualByComparingTo("140.96");
    }
}
