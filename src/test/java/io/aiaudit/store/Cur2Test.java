package io.aiaudit.store;

import static io.aiaudit.store.CurTest.sums;
import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.testing.Slow;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The second form of a Cost and Usage Report, as CSV and as Parquet. */
@Slow
class Cur2Test {
    private static final String ENDPOINT = "arn:aws:sagemaker:eu-west-1:111122223333:endpoint/chat";

    @TempDir
    private Path folder;

    private static BillText cur2() {
        return new BillText(
                "line_item_line_item_type",
                "Usage",
                "line_item_usage_start_date",
                "2026-06-01 00:00:00.000",
                "line_item_usage_end_date",
                "2026-06-01 01:00:00.000",
                "line_item_currency_code",
                "USD",
                "line_item_product_code",
                "AmazonSageMaker",
                "line_item_usage_account_id",
                "111122223333");
    }

    private static BillText endpointHour() {
        return cur2().row(
                        "line_item_unblended_cost", "1.408",
                        "line_item_resource_id", ENDPOINT,
                        "line_item_usage_type", "EUW1-Host:ml.g5.xlarge",
                        "pricing_unit", "Hrs",
                        "product", "{\"product_name\":\"Amazon SageMaker\",\"region\":\"eu-west-1\"}",
                        "resource_tags", "{\"user_team\":\"chat\",\"aws_created_by\":\"x\"}");
    }

    private static void isTheEndpoint(TestStore store) {
        assertThat(store.locked()
                        .select("SELECT kind, region, machine_type, resources.tags['team'], service.ServiceName, "
                                + "component, spend_class,"
                                + " cost::VARCHAR FROM resources JOIN charges AS service USING (resource_id)")
                        .rows())
                .containsExactly(List.of(
                        "inference_endpoint",
                        "eu-west-1",
                        "ml.g5.xlarge",
                        "chat",
                        "Amazon SageMaker",
                        "time",
                        "ai",
                        "1.408000000000"));
    }

    @Test
    void cur_2_keeps_products_and_tags_in_maps() {
        try (TestStore store = TestStore.ofBills(folder, endpointHour().csv(folder, "cur2.csv"))) {
            isTheEndpoint(store);
        }
    }

    @Test
    void cur_2_as_parquet_is_the_same() {
        Path csv = endpointHour().csv(folder, "cur2.csv");
        Path parquet = folder.resolve("cur2.snappy.parquet");
        try (Sql sql = Sql.open("", new Properties())) {
            sql.execute("COPY (SELECT * REPLACE (CAST(line_item_unblended_cost AS DOUBLE) AS line_item_unblended_cost,"
                    + " CAST(product::JSON AS MAP(VARCHAR, VARCHAR)) AS product,"
                    + " CAST(resource_tags::JSON AS MAP(VARCHAR, VARCHAR)) AS resource_tags,"
                    + " CAST(line_item_usage_start_date AS TIMESTAMP) AS line_item_usage_start_date)"
                    + " FROM read_csv(" + Sql.literal(csv.toString()) + ", all_varchar = true)) TO "
                    + Sql.literal(parquet.toString()));
        }
        try (TestStore store = TestStore.ofBills(folder, parquet)) {
            isTheEndpoint(store);
        }
    }

    @Test
    void rows_of_split_cost_allocation_belong_to_the_machine_that_they_split() {
        BillText bill = cur2().row("line_item_unblended_cost", "4", "line_item_resource_id", "i-0abc")
                .row(
                        "line_item_unblended_cost", "0",
                        "line_item_resource_id", "arn:aws:eks:eu-west-1:111122223333:pod/prod/a/b/c",
                        "split_line_item_parent_resource_id", "i-0abc",
                        "split_line_item_split_cost", "3");
        try (TestStore store = TestStore.ofBills(folder, bill.csv(folder, "cur2.csv"))) {
            assertThat(sums(store)).isEqualTo("4.0 4.0");
            assertThat(BillSums.one(store, "SELECT count(*) || ' ' || min(resource_id) FROM resources"))
                    .isEqualTo("1 i-0abc");
        }
    }
}
