package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.FileSet;
import io.aiaudit.model.Resource;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What AWS and Google bill for tokens names the model and seldom a resource; it meets the use of that model that
 * CloudWatch and Cloud Monitoring show.
 */
class ModelChargesTest {
    private static final String HAIKU = "anthropic.claude-3-haiku-20240307-v1:0";
    private static final String ARN = "arn:aws:bedrock:us-east-1:123456789012:";
    private static final String USE = ARN + "foundation-model/" + HAIKU;
    private static final String SERVICE = "aws:123456789012/Amazon Bedrock";

    @TempDir
    private Path folder;

    private static Resource use(String id, String region) {
        return Resource.builder(id, "model_usage", "aws")
                .accountId("123456789012")
                .accountName(null)
                .region(region)
                .attributes(Map.of("model", HAIKU))
                .build();
    }

    private static FocusCsv tokens(FocusCsv bill, String cost, String meter, String region, String resource) {
        return bill.row(
                "ResourceId=" + resource,
                "ServiceName=Amazon Bedrock",
                "SkuMeter=" + meter,
                "ConsumedUnit=1K tokens",
                "RegionId=" + region,
                "BilledCost=" + cost,
                "EffectiveCost=" + cost);
    }

    private Map<String, BigDecimal> costs(FocusCsv bill, Resource... uses) {
        Path file = bill.write(folder, "b.csv");
        try (TestStore store = TestStore.of(folder, IngestSettings.NONE, staging -> {
            List.of(uses).forEach(staging::resource);
            staging.files(TestStore.set(FileSet.Content.BILLING, file));
        })) {
            Map<String, BigDecimal> costs = new LinkedHashMap<>();
            store.locked()
                    .select("SELECT resource_id, sum(cost) FROM charges GROUP BY ALL ORDER BY ALL")
                    .rows()
                    .forEach(row -> costs.put((String) row.get(0), ((BigDecimal) row.get(1)).stripTrailingZeros()));
            return costs;
        }
    }

    @Test
    void a_region_is_the_same_in_capitals() {
        FocusCsv bill = new FocusCsv();
        tokens(bill, "1", "USE1-Claude3Haiku-input-tokens", "us-east-1", "");
        assertThat(costs(bill, use(USE, "US-East-1"))).containsOnlyKeys(USE);
    }

    @Test
    void tokens_of_a_model_belong_to_its_use_in_the_same_account_and_region() {
        FocusCsv bill = new FocusCsv();
        tokens(bill, "1", "USE1-Claude3Haiku-input-tokens", "us-east-1", "");
        tokens(bill, "2", "USE1-Claude3Haiku-output-tokens", "us-east-1", "");
        tokens(
                bill,
                "4",
                "USE1-Claude3Haiku-cache-read-input-token-count",
                "us-east-1",
                "arn:aws:bedrock:us-east-1::foundation-model/" + HAIKU);
        tokens(bill, "8", "EUW1-Claude3Haiku-input-tokens", "eu-west-1", "");
        tokens(bill, "16", "USE1-Nova2.0Lite-input-tokens", "us-east-1", "");
        assertThat(costs(bill, use(USE, "us-east-1")))
                .containsEntry(USE, new BigDecimal("7"))
                .containsEntry(SERVICE, new BigDecimal("24"))
                .hasSize(2);
    }

    @Test
    void where_two_resources_may_be_meant_the_charge_stays_with_its_service() {
        FocusCsv bill = tokens(new FocusCsv(), "1", "USE1-Claude3Haiku-input-tokens", "us-east-1", "");
        String profile = ARN + "inference-profile/us." + HAIKU;
        assertThat(costs(bill, use(USE, "us-east-1"), use(profile, "us-east-1")))
                .containsOnlyKeys(SERVICE);
    }

    @Test
    void a_profile_that_the_bill_names_keeps_its_charges() {
        String profile = ARN + "application-inference-profile/assist";
        FocusCsv bill = tokens(new FocusCsv(), "1", "USE1-Claude3Haiku-input-tokens", "us-east-1", profile);
        assertThat(costs(bill, use(USE, "us-east-1"), use(profile, "us-east-1")))
                .containsOnlyKeys(profile);
    }

    @Test
    void a_bill_without_regions_is_laid_on_the_only_use_of_the_model() {
        FocusCsv bill = tokens(new FocusCsv(), "1", "USE1-Claude3Haiku-input-tokens", "", "");
        assertThat(costs(bill, use(USE, "us-east-1"))).containsOnlyKeys(USE);
    }

    private static final String GEMINI =
            "//aiplatform.googleapis.com/projects/acme/locations/%s/publishers/google/models/";
    private static final String VERTEX = "gcp:acme/Vertex AI";

    private static Resource gemini(String kind, String model, String region, String part) {
        return Resource.builder(GEMINI.formatted(region) + model + part, kind, "gcp")
                .accountId("acme")
                .accountName(null)
                .region(region)
                .attributes(Map.of("model", model))
                .build();
    }

    private static FocusCsv vertex(FocusCsv bill, String cost, String meter, String region) {
        return bill.row(
                "ProviderName=Google Cloud",
                "SubAccountId=acme",
                "ResourceId=",
                "ServiceName=Vertex AI",
                "SkuMeter=" + meter,
                "ConsumedUnit=count",
                "RegionId=" + region,
                "BilledCost=" + cost,
                "EffectiveCost=" + cost);
    }

    @Test
    void tokens_of_gemini_belong_to_the_use_of_the_model_in_its_project_and_location() {
        FocusCsv bill = new FocusCsv();
        vertex(bill, "1", "Gemini 2.5 Flash Text Input - Predictions", "us-central1");
        vertex(bill, "2", "Gemini 2.5 Flash Text Output - Predictions", "");
        vertex(bill, "4", "Gemini 2.5 Flash Text Output - Predictions", "europe-west1");
        vertex(bill, "8", "Gemini 2.5 Pro Text Output - Predictions", "us-central1");
        String flash = "gemini-2.5-flash";
        assertThat(costs(
                        bill,
                        gemini("model_usage", flash, "us-central1", ""),
                        gemini("model_usage", flash, "global", "")))
                .containsEntry(GEMINI.formatted("us-central1") + flash, new BigDecimal("1"))
                .containsEntry(GEMINI.formatted("global") + flash, new BigDecimal("2"))
                .containsEntry(VERTEX, new BigDecimal("12"))
                .hasSize(3);
    }

    @Test
    void provisioned_throughput_belongs_to_its_units_and_not_to_what_is_paid_per_token() {
        FocusCsv bill = new FocusCsv();
        vertex(bill, "1", "Gemini 2.5 Pro Text Input - Predictions", "us-central1");
        vertex(bill, "2", "Gemini 2.5 Pro Provisioned Throughput - 1 month commitment", "us-central1");
        vertex(bill, "4", "Gemini 2.5 Flash Provisioned Throughput - 1 month commitment", "us-central1");
        String pro = "gemini-2.5-pro";
        assertThat(costs(
                        bill,
                        gemini("model_usage", pro, "us-central1", ""),
                        gemini("provisioned_throughput", pro, "us-central1", "/provisionedThroughput")))
                .containsEntry(GEMINI.formatted("us-central1") + pro, new BigDecimal("1"))
                .containsEntry(GEMINI.formatted("us-central1") + pro + "/provisionedThroughput", new BigDecimal("2"))
                .containsEntry(VERTEX, new BigDecimal("4"))
                .hasSize(3);
    }
}
