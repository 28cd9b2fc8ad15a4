package io.aiaudit.collect.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.aiaudit.testing.Needs;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class RecommendationsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void a_negative_cost_is_a_saving_of_an_average_month_in_units_and_billionths() throws IOException {
        var recorded = JSON.readTree(Needs.fixture("gcp/disk-recommend/"
                        + "get-v1-projects-cloud-custodian-locations-us-central1-a-recommenders-google.compu"
                        + "te.disk.IdleResourceRecommender-recommendations_1.json")
                .toFile());
        // 1.548387097 for 720 hours
        assertThat(Recommendations.saving(recorded.at("/body/recommendations/0/primaryImpact")))
                .isEqualByComparingTo("1.57");
    }

    @Test
    void a_cost_that_is_not_reported_is_none() throws IOException {
        assertThat(Recommendations.saving(JSON.readTree("{\"category\": \"COST\"}")))
                .isNull();
        assertThat(Recommendations.saving(
                        JSON.readTree("{\"costProjection\": {\"cost\": {\"currencyCode\": \"USD\", \"units\": "
                                + "\"-10\"}, \"duration\": \"2628000s\"}}")))
                .isEqualByComparingTo("10");
    }
}
