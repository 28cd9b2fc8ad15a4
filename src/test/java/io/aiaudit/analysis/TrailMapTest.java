package io.aiaudit.analysis;

import static io.aiaudit.model.TrailCoverage.State.MISSING;
import static io.aiaudit.model.TrailCoverage.State.NOT_ASSESSED;
import static io.aiaudit.model.TrailCoverage.State.PARTLY;
import static io.aiaudit.model.TrailCoverage.State.RECORDED;
import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Resource;
import io.aiaudit.model.TrailCoverage;
import io.aiaudit.model.TrailCoverage.State;
import io.aiaudit.model.Window;
import io.aiaudit.store.MetricSum;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TrailMapTest {
    private static final Window JUNE = Window.parse("2026-06-01/2026-07-01");

    /** Input, model version, output, downstream action, immutability, separation. */
    static Stream<Arguments> settings() {
        return Stream.of(
                Arguments.of(
                        "aws",
                        "model_usage",
                        Map.of("invocation_logging", "off"),
                        List.of(MISSING, MISSING, MISSING, NOT_ASSESSED, MISSING, MISSING)),
                Arguments.of(
                        "aws",
                        "model_usage",
                        Map.of(
                                "invocation_logging", "s3",
                                "invocation_logging_text", "true",
                                "invocation_logging_lock", "COMPLIANCE 365 days"),
                        List.of(RECORDED, RECORDED, RECORDED, NOT_ASSESSED, RECORDED, RECORDED)),
                Arguments.of(
                        "aws",
                        "provisioned_throughput",
                        Map.of(
                                "invocation_logging", "s3",
                                "invocation_logging_text", "false",
                                "invocation_logging_lock", "GOVERNANCE 30 days"),
                        List.of(MISSING, RECORDED, MISSING, NOT_ASSESSED, PARTLY, RECORDED)),
                Arguments.of(
                        "aws",
                        "model_usage",
                        Map.of("invocation_logging", "cloudwatch", "invocation_logging_text", "true"),
                        List.of(RECORDED, RECORDED, RECORDED, NOT_ASSESSED, MISSING, NOT_ASSESSED)),
                Arguments.of(
                        "aws",
                        "model_usage",
                        Map.of("invocation_logging", "s3", "invocation_logging_lock", "unknown"),
                        List.of(NOT_ASSESSED, RECORDED, NOT_ASSESSED, NOT_ASSESSED, NOT_ASSESSED, RECORDED)),
                Arguments.of(
                        "aws",
                        "model_usage",
                        Map.of("downstream_log", "on"),
                        List.of(NOT_ASSESSED, NOT_ASSESSED, NOT_ASSESSED, RECORDED, NOT_ASSESSED, NOT_ASSESSED)),
                Arguments.of(
                        "azure",
                        "model_usage",
                        Map.of("invocation_logging", "storage", "invocation_logging_lock", "Locked 400 days"),
                        List.of(NOT_ASSESSED, RECORDED, NOT_ASSESSED, NOT_ASSESSED, RECORDED, RECORDED)),
                Arguments.of(
                        "azure",
                        "model_usage",
                        Map.of("invocation_logging", "storage", "invocation_logging_lock", "Unlocked 400 days"),
                        List.of(NOT_ASSESSED, RECORDED, NOT_ASSESSED, NOT_ASSESSED, MISSING, RECORDED)),
                Arguments.of(
                        "azure",
                        "model_usage",
                        Map.of("invocation_logging", "off"),
                        List.of(NOT_ASSESSED, MISSING, NOT_ASSESSED, NOT_ASSESSED, MISSING, MISSING)),
                Arguments.of(
                        "azure",
                        "inference_endpoint",
                        Map.of(
                                "data_collection", "model_inputs",
                                "data_collection_percent", "100",
                                "model", "azureml://models/x/versions/3"),
                        List.of(RECORDED, RECORDED, MISSING, NOT_ASSESSED, NOT_ASSESSED, RECORDED)),
                Arguments.of(
                        "aws",
                        "inference_endpoint",
                        Map.of("data_capture", "true", "data_capture_percent", "20", "model_package", "ranker/3"),
                        List.of(PARTLY, RECORDED, PARTLY, NOT_ASSESSED, NOT_ASSESSED, RECORDED)),
                Arguments.of(
                        "aws",
                        "inference_endpoint",
                        Map.of("data_capture", "false", "model_package", "none"),
                        List.of(MISSING, NOT_ASSESSED, MISSING, NOT_ASSESSED, MISSING, MISSING)),
                Arguments.of(
                        "gcp",
                        "inference_endpoint",
                        Map.of("request_logging", "on", "request_logging_percent", "100"),
                        List.of(RECORDED, NOT_ASSESSED, RECORDED, NOT_ASSESSED, NOT_ASSESSED, RECORDED)),
                Arguments.of(
                        "gcp",
                        "inference_endpoint",
                        Map.of(),
                        List.of(NOT_ASSESSED, NOT_ASSESSED, NOT_ASSESSED, NOT_ASSESSED, NOT_ASSESSED, NOT_ASSESSED)));
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("settings")
    void each_part_is_reported_from_settings(
            String provider, String kind, Map<String, String> attributes, List<State> expected) {
        assertThat(states(only(List.of(resource("r", kind, provider, attributes)), Map.of())))
                .isEqualTo(expected);
    }

    /** Files write yes and no, and shares, as people and spreadsheets do. */
    static Stream<Arguments> spellings() {
        List<State> off = List.of(MISSING, MISSING, MISSING, NOT_ASSESSED, MISSING, MISSING);
        List<State> nothingCaptured = List.of(MISSING, NOT_ASSESSED, MISSING, NOT_ASSESSED, MISSING, MISSING);
        List<State> captured = List.of(RECORDED, NOT_ASSESSED, RECORDED, NOT_ASSESSED, NOT_ASSESSED, RECORDED);
        List<State> sampled = List.of(PARTLY, NOT_ASSESSED, PARTLY, NOT_ASSESSED, NOT_ASSESSED, RECORDED);
        List<State> unknown =
                List.of(NOT_ASSESSED, NOT_ASSESSED, NOT_ASSESSED, NOT_ASSESSED, NOT_ASSESSED, NOT_ASSESSED);
        return Stream.of(
                Arguments.of("aws", "model_usage", Map.of("invocation_logging", "Off"), off),
                Arguments.of("aws", "model_usage", Map.of("invocation_logging", "false"), off),
                Arguments.of("aws", "model_usage", Map.of("invocation_logging", " None "), off),
                Arguments.of("aws", "model_usage", Map.of("invocation_logging", "Unknown"), unknown),
                Arguments.of(
                        "aws",
                        "model_usage",
                        Map.of(
                                "invocation_logging", "S3",
                                "invocation_logging_text", "Yes",
                                "invocation_logging_lock", "Compliance 365 days"),
                        List.of(RECORDED, RECORDED, RECORDED, NOT_ASSESSED, RECORDED, RECORDED)),
                Arguments.of(
                        "aws",
                        "model_usage",
                        Map.of("invocation_logging", "on", "invocation_logging_text", "off"),
                        List.of(MISSING, RECORDED, MISSING, NOT_ASSESSED, NOT_ASSESSED, NOT_ASSESSED)),
                Arguments.of(
                        "aws",
                        "model_usage",
                        Map.of("invocation_logging", "s3", "invocation_logging_lock", "yes"),
                        List.of(NOT_ASSESSED, RECORDED, NOT_ASSESSED, NOT_ASSESSED, NOT_ASSESSED, RECORDED)),
                Arguments.of(
                        "aws",
                        "model_usage",
                        Map.of("downstream_log", "Enabled"),
                        List.of(NOT_ASSESSED, NOT_ASSESSED, NOT_ASSESSED, RECORDED, NOT_ASSESSED, NOT_ASSESSED)),
                Arguments.of(
                        "azure",
                        "model_usage",
                        Map.of("invocation_logging", "Disabled", "downstream_log", "no"),
                        List.of(NOT_ASSESSED, MISSING, NOT_ASSESSED, MISSING, MISSING, MISSING)),
                Arguments.of("aws", "inference_endpoint", Map.of("data_capture", "False"), nothingCaptured),
                Arguments.of(
                        "aws",
                        "inference_endpoint",
                        Map.of("data_capture", "on", "data_capture_percent", "100.0"),
                        captured),
                Arguments.of(
                        "aws",
                        "inference_endpoint",
                        Map.of("data_capture", "yes", "data_capture_percent", "12.50"),
                        sampled),
                Arguments.of(
                        "aws",
                        "inference_endpoint",
                        Map.of("data_capture", "yes", "data_capture_percent", "0"),
                        List.of(MISSING, NOT_ASSESSED, MISSING, NOT_ASSESSED, NOT_ASSESSED, RECORDED)),
                Arguments.of(
                        "aws",
                        "inference_endpoint",
                        Map.of("data_capture", "yes", "data_capture_percent", "most"),
                        List.of(NOT_ASSESSED, NOT_ASSESSED, NOT_ASSESSED, NOT_ASSESSED, NOT_ASSESSED, RECORDED)),
                Arguments.of("aws", "inference_endpoint", Map.of("data_capture", "unknown"), unknown),
                Arguments.of("gcp", "inference_endpoint", Map.of("request_logging", "false"), nothingCaptured),
                Arguments.of(
                        "gcp",
                        "inference_endpoint",
                        Map.of("request_logging", "true", "request_logging_percent", "100.0"),
                        captured),
                Arguments.of("azure", "inference_endpoint", Map.of("data_collection", "false"), nothingCaptured),
                Arguments.of(
                        "azure",
                        "inference_endpoint",
                        Map.of("data_collection", "Yes", "data_collection_percent", "100"),
                        List.of(NOT_ASSESSED, NOT_ASSESSED, NOT_ASSESSED, NOT_ASSESSED, NOT_ASSESSED, RECORDED)),
                Arguments.of(
                        "azure",
                        "inference_endpoint",
                        Map.of("data_collection", "Model_Inputs, Model_Outputs", "data_collection_percent", "20"),
                        sampled));
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("spellings")
    void yes_and_no_and_shares_are_read_in_any_spelling(
            String provider, String kind, Map<String, String> attributes, List<State> expected) {
        assertThat(states(only(List.of(resource("r", kind, provider, attributes)), Map.of())))
                .isEqualTo(expected);
    }

    @Test
    void calls_of_publisher_models_are_reported_by_the_logs_of_their_project() {
        Resource model = resource("m", "model_usage", "gcp", Map.of());
        Resource bucket = Resource.builder("b", "account", "gcp")
                .accountId("1")
                .accountName(null)
                .name("_Default")
                .attributes(Map.of("fact", "trail", "bucket_object_lock", "Locked 400 days"))
                .build();
        assertThat(states(only(List.of(model, project("DATA_READ"), bucket), Map.of())))
                .containsExactly(NOT_ASSESSED, RECORDED, NOT_ASSESSED, NOT_ASSESSED, RECORDED, MISSING);
        for (String off : List.of("off", "False", "disabled")) {
            assertThat(states(only(List.of(model, project(off)), Map.of())))
                    .containsExactly(NOT_ASSESSED, MISSING, NOT_ASSESSED, NOT_ASSESSED, MISSING, MISSING);
        }
        assertThat(states(only(List.of(model, project("Unknown")), Map.of()))).containsOnly(NOT_ASSESSED);
    }

    @Test
    void of_several_resources_of_a_workload_the_weakest_counts() {
        Map<String, String> on = Map.of("invocation_logging", "s3", "invocation_logging_text", "true");
        TrailCoverage trail = only(
                List.of(
                        resource("a", "model_usage", "aws", on),
                        resource("b", "model_usage", "aws", Map.of("invocation_logging", "off"))),
                Map.of());
        assertThat(trail.resources()).isEqualTo(2);
        assertThat(states(trail)).startsWith(MISSING, MISSING, MISSING);
    }

    @Test
    void settings_of_an_endpoint_hold_for_what_is_deployed_to_it() {
        Resource endpoint = resource("e", "inference_endpoint", "aws", Map.of("data_capture", "false"));
        Resource variant = Resource.builder("e/v", "inference_endpoint", "aws")
                .accountId("1")
                .accountName(null)
                .parentId("e")
                .build();
        TrailCoverage trail = only(List.of(endpoint, variant), Map.of());
        assertThat(trail.resources()).isEqualTo(1);
        assertThat(states(trail)).startsWith(MISSING);
    }

    @Test
    void the_missing_part_is_estimated_from_tokens_and_requests() {
        // input 2^28 tokens x 4 = 1 GiB, output 2^27 x 4 = 0.5 GiB, a million records x 1,500 bytes = 1.397 GiB;
        // of 720 hours, so x 730/720 a month; twelve months at 0.023
        Map<String, MetricSum> use = Map.of(
                "tokens_input", new MetricSum(720, 268_435_456.0, null),
                "tokens_output", new MetricSum(720, 134_217_728.0, null),
                "requests", new MetricSum(720, 1_000_000.0, null));
        TrailCoverage trail = only(
                List.of(resource("m", "model_usage", "aws", Map.of("invocation_logging", "off"))), Map.of("m", use));
        assertThat(trail.missingGib()).isEqualByComparingTo("2.937");
        assertThat(trail.missingCost()).isEqualByComparingTo("0.81");
    }

    @Test
    void of_a_sample_what_is_outside_of_it_is_estimated() {
        // 90 % of 1 GiB of input, 0.5 GiB of output and a million records x 1,500 bytes; x 730/720; twelve months
        Map<String, MetricSum> use = Map.of(
                "tokens_input", new MetricSum(720, 268_435_456.0, null),
                "tokens_output", new MetricSum(720, 134_217_728.0, null),
                "requests", new MetricSum(720, 1_000_000.0, null));
        Map<String, String> sampled = Map.of("data_capture", "true", "data_capture_percent", "10");
        TrailCoverage trail = only(List.of(resource("e", "inference_endpoint", "aws", sampled)), Map.of("e", use));
        assertThat(trail.missingGib()).isEqualByComparingTo("2.643");
        assertThat(trail.missingCost()).isEqualByComparingTo("0.73");
    }

    @Test
    void requests_of_unknown_size_are_the_least_and_each_kib_of_them_has_its_volume() {
        // a million records x 1,500 bytes = 1.397 GiB, a million KiB = 0.954 GiB, both x 730/720; twelve months at
        // 0.023
        Map<String, MetricSum> use = Map.of("requests", new MetricSum(720, 1_000_000.0, null));
        TrailCoverage trail = only(
                List.of(resource("e", "inference_endpoint", "aws", Map.of("data_capture", "false"))), Map.of("e", use));
        assertThat(trail.missingGib()).isEqualByComparingTo("1.416");
        assertThat(trail.missingCost()).isEqualByComparingTo("0.39");
        assertThat(trail.volumeNeeded()).containsExactly("tokens_input", "tokens_output");
        assertThat(trail.gibPerKib()).isEqualByComparingTo("0.967");
        assertThat(trail.costPerKib()).isEqualByComparingTo("0.27");
    }

    @Test
    void requests_of_a_size_that_an_inventory_has_are_estimated_also_of_a_sample() {
        // 20 % is captured: 0.8 x (1.397 GiB of records + 0.954 x (10 KiB + 2.5 KiB)) x 730/720 = 10.802 GiB
        Map<String, MetricSum> use = Map.of("requests", new MetricSum(720, 1_000_000.0, null));
        Map<String, String> sampled = Map.of(
                "data_capture", "true", "data_capture_percent", "20", "request_kib", "10", "response_kib", "2.5");
        TrailCoverage trail = only(List.of(resource("e", "inference_endpoint", "aws", sampled)), Map.of("e", use));
        assertThat(trail.missingGib()).isEqualByComparingTo("10.802");
        assertThat(trail.volumeNeeded()).isEmpty();
        assertThat(trail.gibPerKib()).isNull();
        // one of the two sizes, and a size that is none
        Map<String, String> half = Map.of("data_capture", "false", "request_kib", "10", "response_kib", "some");
        TrailCoverage partly = only(List.of(resource("e", "inference_endpoint", "aws", half)), Map.of("e", use));
        assertThat(partly.missingGib()).isEqualByComparingTo("11.086");
        assertThat(partly.volumeNeeded()).containsExactly("tokens_output");
        assertThat(partly.gibPerKib()).isEqualByComparingTo("0.967");
    }

    @Test
    void what_got_no_requests_takes_nothing() {
        Map<String, MetricSum> use = Map.of("requests", new MetricSum(720, 0.0, null));
        TrailCoverage trail = only(
                List.of(resource("e", "inference_endpoint", "aws", Map.of("data_capture", "false"))), Map.of("e", use));
        assertThat(trail.missingGib()).isZero();
        assertThat(trail.volumeNeeded()).isEmpty();
    }

    @Test
    void an_unknown_volume_has_no_estimate_and_a_complete_trail_needs_none() {
        Map<String, String> off = Map.of("invocation_logging", "off");
        Map<String, String> on = Map.of("invocation_logging", "s3", "invocation_logging_text", "true");
        Map<String, MetricSum> requests = Map.of("requests", new MetricSum(720, 1_000_000.0, null));
        TrailCoverage unknown = only(List.of(resource("m", "model_usage", "aws", off)), Map.of());
        assertThat(unknown.missingGib()).isNull();
        assertThat(unknown.volumeNeeded()).containsExactly("requests", "tokens_input", "tokens_output");
        assertThat(unknown.gibPerKib()).isNull();
        assertThat(only(List.of(resource("m", "model_usage", "aws", on)), Map.of("m", requests))
                        .missingGib())
                .isNull();
    }

    @Test
    void in_another_currency_than_that_of_the_price_the_cost_is_unknown() {
        Map<String, MetricSum> use = Map.of(
                "tokens_input", new MetricSum(720, 1e9, null),
                "tokens_output", new MetricSum(720, 1e9, null),
                "requests", new MetricSum(720, 1e6, null));
        List<Resource> models = List.of(resource("m", "model_usage", "aws", Map.of("invocation_logging", "off")));
        TrailCoverage trail =
                new TrailMap(models, Map.of("m", use), JUNE, "EUR").all().get(0);
        assertThat(trail.missingGib()).isPositive();
        assertThat(trail.missingCost()).isNull();
    }

    private static TrailCoverage only(List<Resource> resources, Map<String, Map<String, MetricSum>> sums) {
        List<TrailCoverage> all = new TrailMap(resources, sums, JUNE, "USD").all();
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    private static List<State> states(TrailCoverage trail) {
        return trail.parts().stream().map(TrailCoverage.Part::state).toList();
    }

    private static Resource project(String calls) {
        return Resource.builder("gcp:1", "account", "gcp")
                .accountId("1")
                .accountName(null)
                .attributes(Map.of("model_call_logging", calls))
                .build();
    }

    private static Resource resource(String id, String kind, String provider, Map<String, String> attributes) {
        return Resource.builder(id, kind, provider)
                .accountId("1")
                .accountName(null)
                .tags(Map.of("app", "chat"))
                .attributes(attributes)
                .build();
    }
}
