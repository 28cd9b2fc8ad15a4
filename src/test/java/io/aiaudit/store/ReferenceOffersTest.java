package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.testing.Needs;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The built-in prices of machine types against each other, against known prices, and against the sample data. */
class ReferenceOffersTest {
    @TempDir
    Path folder;

    private ReferenceDatabase database;

    @BeforeEach
    void load() throws SQLException, IOException {
        database = ReferenceDatabase.filled(folder);
    }

    @ParameterizedTest
    @CsvSource({
        "aws, us-east-1, p4d.24xlarge, 21.96, A100-40GB, 8, 40",
        "aws, us-east-1, p5.48xlarge, 55.04, H100, 8, 80",
        "aws, us-east-1, g5.xlarge, 1.01, A10G, 1, 24",
        "aws, us-east-1, p2.8xlarge, 7.20, K80, 8, 12",
        "aws, us-east-1, g6f.xlarge, 0.24, L4, 0.125, 3",
        "aws, us-east-1, ml.g5.xlarge, 1.41, A10G, 1, 24",
        "azure, eastus, Standard_ND96isr_H100_v5, 98.32, H100, 8, 80",
        "azure, eastus, Standard_NC24ads_A100_v4, 3.67, A100-80GB, 1, 80",
        "azure, eastus, Standard_NV6ads_A10_v5, 0.45, A10, 0.1667, 4",
        "gcp, us-central1, a3-highgpu-8g, 88.49, H100, 8, 80",
        "gcp, us-central1, g2-standard-4, 0.71, L4, 1, 24",
        "gcp, us-central1, g4-standard-6, 0.56, RTX-PRO-6000, 0.125, 12",
        "gcp, us-central1, vertex/a2-highgpu-1g, 4.78, A100-40GB, 1, 40",
        "gcp, us-central1, tpu/v5e, 1.20, TPU v5e, 1, 16",
        "gcp, us-central1, n1-standard-4, 0.19, , 0, ",
        "azure, westeurope, Premium_LRS/1024, 0.20, , 0, ",
    })
    void known_prices(
            String provider,
            String region,
            String type,
            String price,
            String accelerator,
            String count,
            String memory) {
        assertThat(database.row("""
                        SELECT CAST(round(on_demand, 2) AS DECIMAL(9,2)), accelerator, CAST(accelerator_count AS \
                        DECIMAL(9,4)), CAST(accelerator_memory_gib AS DECIMAL(9,2))
                        FROM offers WHERE provider = '%s' AND region = '%s' AND machine_type = \
                        '%s'""".formatted(provider, region, type)))
                .isEqualTo(database.row("SELECT '%s', %s, CAST(%s AS DECIMAL(9,4)), CAST(%s AS DECIMAL(9,2))"
                        .formatted(price, text(accelerator), count, memory)));
    }

    private static String text(String value) {
        return value == null ? "NULL" : "'" + value + "'";
    }

    @Test
    void each_machine_type_is_once_in_a_region_with_a_price_in_dollars() {
        assertThat(database.rows("SELECT provider, region, machine_type FROM offers GROUP BY ALL HAVING count(*) > 1"))
                .isEmpty();
        assertThat(database.rows("FROM offers WHERE on_demand IS NULL OR on_demand <= 0 OR currency <> 'USD'"
                        + " OR provider IS NULL OR region IS NULL OR machine_type IS NULL"))
                .isEmpty();
    }

    @Test
    void no_price_is_below_half_of_the_median_of_its_type() {
        assertThat(database.rows("""
                        SELECT provider, region, machine_type, on_demand, middle
                        FROM (SELECT *, median(on_demand) OVER (PARTITION BY provider, machine_type) AS middle FROM \
                        offers)
                        WHERE on_demand < middle / 2""")).isEmpty();
    }

    @Test
    void nothing_costs_more_than_on_demand_and_unknown_is_empty_not_zero() {
        assertThat(database.rows(
                        "FROM offers WHERE spot > on_demand OR committed_1y > on_demand OR committed_3y > on_demand"))
                .isEmpty();
        assertThat(database.rows("FROM offers WHERE spot <= 0 OR committed_1y <= 0 OR committed_3y <= 0 OR vcpus <= 0 "
                        + "OR memory_gib <= 0"))
                .isEmpty();
    }

    @Test
    void an_accelerator_has_one_memory_and_an_ordinary_machine_has_none() {
        assertThat(database.rows("""
                        SELECT accelerator, list(DISTINCT accelerator_memory_gib) FROM offers
                        WHERE accelerator_count >= 1 GROUP BY accelerator HAVING count(DISTINCT \
                        accelerator_memory_gib) > 1""")).isEmpty();
        assertThat(database.rows("FROM offers WHERE (accelerator IS NULL) <> (coalesce(accelerator_count, 1) = 0)"
                        + " OR (accelerator IS NULL AND accelerator_memory_gib IS NOT NULL)"))
                .isEmpty();
    }

    @Test
    void only_prices_of_tpu_chips_and_of_azure_disks_have_no_date() {
        assertThat(database.rows("SELECT DISTINCT machine_type FROM offers WHERE as_of IS NULL AND NOT "
                        + "starts_with(machine_type, 'tpu/') AND NOT contains(machine_type, '_LRS/')"))
                .isEmpty();
    }

    @Test
    void azure_ordinary_sizes_hold_the_linux_meter() {
        // Within a region and a series every vCPU costs the same under Linux; Windows adds 0.046 USD to it.
        assertThat(database.rows("""
                        WITH unit AS (SELECT region, machine_type, regexp_replace(machine_type, '\\d+', '#') AS \
                        series, on_demand / vcpus AS price
                          FROM offers WHERE machine_type SIMILAR TO 'Standard_[DE]\\d+as_v5')
                        SELECT region, series, min(price), max(price) FROM unit GROUP BY ALL HAVING max(price) - \
                        min(price) > 0.01""")).isEmpty();
        assertThat(database.rows("""
                        SELECT amd.region, amd.machine_type, amd.on_demand, intel.on_demand
                        FROM offers AS amd JOIN offers AS intel
                          ON intel.region = amd.region AND intel.machine_type = replace(amd.machine_type, 'as_v5', \
                        's_v5')
                        WHERE amd.machine_type SIMILAR TO 'Standard_[DE]\\d+as_v5' AND amd.on_demand > \
                        intel.on_demand""")).isEmpty();
    }

    @Test
    void the_offers_agree_with_the_catalog_within_one_percent_for_95_percent_of_the_common_rows() {
        agreesWith(
                """
                SELECT cloud AS service, split_part(cloud, '-', 1) AS provider, region,
                  CASE cloud WHEN 'gcp-vertex' THEN 'vertex/' ELSE '' END || instance_type AS machine_type, \
                price_usd_hour AS price
                FROM read_csv('%s', all_varchar = true)""".formatted(Needs.data("catalog/gpu_catalog.csv.gz")),
                List.of("aws", "aws-sagemaker", "azure", "gcp", "gcp-vertex"));
    }

    @Test
    void the_ordinary_offers_agree_with_the_price_lists_of_each_cloud() {
        agreesWith(
                """
                SELECT 'aws-sagemaker' AS service, 'aws' AS provider, region, instance_type AS machine_type, \
                price_usd_hour AS price
                FROM read_csv('%s', all_varchar = true)
                UNION ALL SELECT 'aws', 'aws', 'us-east-1', instance_type, price_useast1_usd_hour FROM read_csv('%s', \
                all_varchar = true)
                UNION ALL SELECT 'azure', 'azure', region, vm_size, price_usd_hour_linux_payg FROM read_csv('%s', \
                all_varchar = true)
                UNION ALL SELECT 'gcp', 'gcp', region, machine_type, price_usd_hour FROM read_csv('%s', all_varchar = \
                true)""".formatted(
                                Needs.data("catalog/sagemaker_all.csv.gz"),
                                Needs.data("catalog/aws_all_types_specs_useast1.csv.gz"),
                                Needs.data("catalog/azure_all_types_prices.csv.gz"),
                                Needs.data("catalog/gcp_all_types_prices.csv.gz")),
                List.of("aws", "aws-sagemaker", "azure", "gcp"));
    }

    private void agreesWith(String source, List<String> services) {
        List<String> rows = database.rows("""
                WITH compared AS (
                  SELECT service, abs(offers.on_demand / CAST(price AS DOUBLE) - 1) <= 0.01 AS agrees
                  FROM (%s) JOIN offers USING (provider, region, machine_type) WHERE CAST(price AS DOUBLE) > 0)
                SELECT service, count(*) FILTER (agrees), count(*) FROM compared GROUP BY service ORDER BY \
                service""".formatted(source));
        assertThat(rows).extracting(row -> row.split("\\|")[0]).containsExactlyElementsOf(services);
        assertThat(rows).as("service|agreeing|common").allSatisfy(row -> {
            String[] cells = row.split("\\|");
            assertThat(Double.parseDouble(cells[1]) / Double.parseDouble(cells[2]))
                    .isGreaterThanOrEqualTo(0.95);
        });
    }

    @Test
    void most_rows_of_the_catalog_have_their_offer() {
        String missing = database.row("""
                SELECT count(*) FILTER (offers.machine_type IS NULL), count(*)
                FROM (SELECT DISTINCT split_part(cloud, '-', 1) AS provider, region, CASE cloud WHEN 'gcp-vertex' THEN \
                'vertex/' ELSE '' END || instance_type AS machine_type
                  FROM read_csv('%s', all_varchar = true) WHERE NOT starts_with(instance_type, 'TPU') AND NOT \
                instance_type LIKE '%%_Promo') AS catalog
                LEFT JOIN offers USING (provider, region, \
                machine_type)""".formatted(Needs.data("catalog/gpu_catalog.csv.gz")));
        assertThat(missing).startsWith("0|");
    }

    @ParameterizedTest
    @CsvSource({
        // Price of SageMaker / EC2 in us-east-1 (facts of the price lists): one factor for all would be wrong.
        "g5.xlarge, 1.40", "g4dn.xlarge, 1.40", "g6.xlarge, 1.40", "g5.2xlarge, 1.25", "g4dn.12xlarge, 1.25",
                "g6.12xlarge, 1.25",
        "g6e.12xlarge, 1.25", "g7e.12xlarge, 1.25", "p4d.24xlarge, 1.15", "p5.48xlarge, 1.15", "p6-b200.48xlarge, 1.15",
                "trn1.32xlarge, 1.15",
        "inf1.6xlarge, 1.20", "inf2.8xlarge, 1.20", "p3.2xlarge, 1.25", "p3.16xlarge, 1.15",
    })
    void sage_maker_costs_more_than_the_machine_by_a_factor_of_its_family(String type, String factor) {
        assertThat(database.row("""
                        SELECT CAST(round(hosted.on_demand / machine.on_demand, 2) AS DECIMAL(9,2))
                        FROM offers AS machine JOIN offers AS hosted USING (provider, region)
                        WHERE region = 'us-east-1' AND machine.machine_type = '%1$s' AND hosted.machine_type = \
                        'ml.%1$s'""".formatted(type))).isEqualTo(factor);
    }
}
