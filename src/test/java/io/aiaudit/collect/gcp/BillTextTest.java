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
    private static final BillTable TABLE = BillTable.of(
                    "acme-billing", "export", "gcp_billing_export_resource_v1_AAAAAA_BBBBBB_CCCCCC")
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

    @Test
    void joining_the_credits_would_count_a_cost_once_for_each_of_them() throws IOException {
        String naive = "SELECT CAST(SUM(CAST(t.cost AS NUMERIC)) AS STRING) AS cost FROM `"
                + TABLE.toString().replace(".", "`.`") + "` AS t, UNNEST(t.credits) AS c"
                + " WHERE t.usage_start_time >= @since AND t.usage_start_time < @until AND t.resource.name = 'train-1'";
        String right = naive.replace(", UNNEST(t.credits) AS c", "");
        assertThat(sum(export().query(naive, JUNE), "cost")).isEqualByComparingTo("40");
        assertThat(sum(export().query(right, JUNE), "cost")).isEqualByComparingTo("42.4");
    }

    @Test
    void a_day_of_a_resource_is_one_row_with_what_came_late() throws IOException {
        ZetaSql export = export();
        List<Map<String, String>> rows =
                export.query(BillText.of("bill.sql", TABLE, export.columns(), "_PARTITIONTIME"), JUNE);
        List<Map<String, String>> third = rows.stream()
                .filter(row -> "train-1".equals(row.get("resource_name"))
                        && row.get("usage_start_time").startsWith("2026-06-03"))
                .toList();
        assertThat(third).hasSize(1);
        assertThat(third.get(0))
                .containsEntry("cost", "30.1")
                .containsEntry("usage_end_time", "2026-06-04T00:00:00Z")
                .containsEntry("export_time", "2026-06-14T05:00:00Z");
        assertThat(credits(third.get(0))).isEqualByComparingTo("-6");
        BigDecimal fourth = sum(
                rows.stream()
                        .filter(row -> row.get("usage_start_time").startsWith("2026-06-04"))
                        .toList(),
                "cost");
        assertThat(fourth).as("taken back and charged anew").isEqualByComparingTo("12.3");
    }

    @Test
    void tenths_add_up_as_decimals_and_tax_keeps_its_month() throws IOException {
        ZetaSql export = export();
        List<Map<String, String>> rows =
                export.query(BillText.of("bill.sql", TABLE, export.columns(), "_PARTITIONTIME"), JUNE);
        assertThat(rows)
                .anySatisfy(row -> assertThat(row)
                        .containsEntry("sku_description", "Gemini 2.5 Flash Text Input")
                        .containsEntry("cost", "0.3"));
        assertThat(rows)
                .anySatisfy(row -> assertThat(row)
                        .containsEntry("cost_type", "tax")
                        .containsEntry("usage_start_time", "2026-06-01T00:00:00Z")
                        .containsEntry("usage_end_time", "2026-07-01T00:00:00Z"));
    }

    @Test
    void columns_that_a_standard_or_an_old_export_lacks_are_null() throws IOException {
        ZetaSql export = export();
        Set<String> fewer = new TreeSet<>(export.columns());
        fewer.removeAll(
                Set.of("resource", "price", "consumption_model", "subscription", "cost_at_list", "seller_name"));
        List<Map<String, String>> rows = export.query(BillText.of("bill.sql", TABLE, fewer, null), JUNE);
        assertThat(sum(rows, "cost")).isEqualByComparingTo("70.48");
        assertThat(rows).allSatisfy(row -> assertThat(row.get("resource_name")).isNull());
    }

    @Test
    void a_focus_export_adds_up_by_the_day() throws IOException {
        BillTable table = BillTable.of("acme-billing", "focus", "gcp_billing_export_focus_AAAAAA_BBBBBB_CCCCCC")
                .orElseThrow();
        ZetaSql export = ZetaSql.table(table.toString(), "focus-table.sql");
        List<Map<String, String>> rows =
                export.query(BillText.of("focus.sql", table, export.columns(), "ChargePeriodStart"), JUNE);
        assertThat(rows).hasSize(2);
        assertThat(sum(rows, "BilledCost")).isEqualByComparingTo("3.3");
        assertThat(sum(rows, "EffectiveCost")).isEqualByComparingTo("2.3");
        assertThat(rows)
                .anySatisfy(row -> assertThat(row)
                        .containsEntry("Tags", "{\"team\":\"search\"}")
                        .containsEntry("ChargePeriodEnd", "2026-06-04T00:00:00Z"));
    }

    @Test
    void days_of_the_table_are_left_out_only_where_nothing_of_the_window_can_be_in_them() throws IOException {
        ZetaSql export = export();
        Window end = Window.parse("2026-06-20/2026-07-01");
        List<Map<String, String>> whole = export.query(BillText.of("bill.sql", TABLE, export.columns(), null), end);
        assertThat(whole).as("the tax of June").isNotEmpty();
        assertThat(export.query(BillText.of("bill.sql", TABLE, export.columns(), "usage_start_time"), end))
                .isEqualTo(whole);
        assertThat(BillText.of("bill.sql", TABLE, export.columns(), "_PARTITIONTIME"))
                .contains("_PARTITIONTIME >= TIMESTAMP_SUB(@since, INTERVAL 24 HOUR)");
        assertThat(BillText.of("focus.sql", TABLE, export.columns(), "ChargePeriodStart"))
                .contains("ChargePeriodStart >= TIMESTAMP_SUB(@since, INTERVAL 768 HOUR)");
    }
}
