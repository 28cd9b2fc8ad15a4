package io.aiaudit.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.aiaudit.model.Residency;
import io.aiaudit.model.Residency.State;
import io.aiaudit.model.Resource;
import io.aiaudit.model.ResourceBuilder;
import io.aiaudit.model.ResourcePolicy;
import io.aiaudit.model.ResourcePolicyBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

class ResidencyMapTest {
    private static final Map<String, List<String>> ZONES =
            Map.of("EU data zone", List.of("westeurope", "swedencentral"), "US data zone", List.of("eastus"));

    @Test
    void a_workload_is_mapped_with_its_model_endpoint_data_logs_and_backups() {
        assertThat(map(
                        Map.of(),
                        resource("m", "model_usage", "eu-west-1")
                                .attributes(Map.of("destination_regions", "eu-west-1, eu-north-1"))
                                .build(),
                        resource("e", "inference_endpoint", "eu-west-1").build(),
                        resource("i", "search_index", "eu-west-1").build(),
                        resource("d", "database", "us-east-1").build(),
                        resource("l", "log_store", "eu-west-1").build(),
                        resource("b", "backup", "us-west-2").build()))
                .extracting(Residency::workload, Residency::part, Residency::region, Residency::state)
                .containsExactly(
                        tuple("chat", "backup", "us-west-2", State.OUTSIDE),
                        tuple("chat", "database", "us-east-1", State.OUTSIDE),
                        tuple("chat", "endpoint", "eu-west-1", State.ALLOWED),
                        tuple("chat", "log", "eu-west-1", State.ALLOWED),
                        tuple("chat", "model", "eu-west-1", State.ALLOWED),
                        tuple("chat", "requests", "eu-north-1", State.ALLOWED),
                        tuple("chat", "requests", "eu-west-1", State.ALLOWED),
                        tuple("chat", "vector_store", "eu-west-1", State.ALLOWED));
    }

    @Test
    void data_of_an_application_without_ai_is_left_out_unless_its_charges_are_ai() {
        Resource orders = Resource.builder("orders", "database", "aws")
                .accountId("1")
                .accountName(null)
                .region("us-east-1")
                .tags(Map.of("app", "checkout"))
                .build();
        assertThat(map(Map.of(), orders)).isEmpty();
        assertThat(new ResidencyMap(List.of(orders), Map.of(), Set.of("orders"), ZONES).all())
                .extracting(Residency::part, Residency::state)
                .containsExactly(tuple("database", State.UNSPECIFIED));
    }

    /** Found by hand: a log without tags of its own was missing from the map. */
    @Test
    void a_log_named_after_an_endpoint_is_of_its_workload() {
        assertThat(map(
                        Map.of(),
                        resource("e", "inference_endpoint", "eu-west-1")
                                .name("chat-v2")
                                .build(),
                        log("l", "/aws/sagemaker/Endpoints/chat-v2", "eu-west-1"),
                        log("gone", "/aws/sagemaker/Endpoints/gone", "eu-west-1"),
                        log("far", "/aws/sagemaker/Endpoints/chat-v2", "us-east-1")))
                .extracting(Residency::workload, Residency::part, Residency::resources)
                .containsExactly(tuple("chat", "endpoint", 1), tuple("chat", "log", 1));
    }

    private static Resource log(String id, String name, String region) {
        return Resource.builder(id, "log_store", "aws")
                .accountId("1")
                .accountName(null)
                .region(region)
                .name(name)
                .build();
    }

    @Test
    void the_same_application_in_another_account_is_another_workload() {
        Resource there = Resource.builder("d", "database", "aws")
                .accountId("2")
                .accountName(null)
                .region("us-east-1")
                .tags(Map.of("app", "chat"))
                .build();
        assertThat(map(
                        Map.of(),
                        resource("e", "inference_endpoint", "eu-west-1").build(),
                        there))
                .extracting(Residency::part)
                .containsExactly("endpoint");
    }

    @Test
    void a_global_endpoint_is_any_region_and_only_a_policy_that_allows_all_allows_it() {
        Resource global = resource("m", "model_usage", "eu-west-1")
                .attributes(Map.of("destination_regions", "any"))
                .build();
        assertThat(requests(map(Map.of(), global))).containsExactly(tuple("any region", State.OUTSIDE));
        assertThat(requests(map(Map.of("m", policy("*")), global))).containsExactly(tuple("any region", State.ALLOWED));
    }

    @Test
    void a_data_zone_is_allowed_where_all_of_its_regions_are() {
        Resource deployment = Resource.builder("m", "provisioned_throughput", "azure")
                .accountId("1")
                .accountName(null)
                .region("swedencentral")
                .attributes(Map.of("processed_in", "data zone"))
                .build();
        assertThat(requests(map(Map.of("m", policy("westeurope", "swedencentral")), deployment)))
                .containsExactly(tuple("EU data zone", State.ALLOWED));
        assertThat(requests(map(Map.of("m", policy("swedencentral")), deployment)))
                .containsExactly(tuple("EU data zone", State.OUTSIDE));
    }

    @Test
    void what_says_nothing_of_its_requests_is_not_assessed_and_never_allowed() {
        assertThat(requests(
                        map(Map.of(), resource("m", "model_usage", "eu-west-1").build())))
                .containsExactly(tuple(null, State.NOT_ASSESSED));
    }

    @Test
    void a_trail_lies_where_its_bucket_is() {
        Map<String, String> trail = Map.of("fact", "trail", "bucket_region", "us-east-1");
        assertThat(map(
                        Map.of(),
                        resource("t", "account", "eu-west-1").attributes(trail).build()))
                .extracting(Residency::part, Residency::region, Residency::state)
                .containsExactly(tuple("log", "us-east-1", State.OUTSIDE));
        Map<String, String> denied = Map.of("fact", "trail", "bucket_region", "unknown");
        assertThat(map(
                        Map.of(),
                        resource("t", "account", "eu-west-1").attributes(denied).build()))
                .extracting(Residency::region, Residency::state)
                .containsExactly(tuple(null, State.NOT_ASSESSED));
    }

    @Test
    void parts_of_an_endpoint_are_not_counted_again() {
        assertThat(map(
                        Map.of(),
                        resource("e", "inference_endpoint", "eu-west-1").build(),
                        resource("e/v", "inference_endpoint", "eu-west-1")
                                .parentId("e")
                                .build()))
                .extracting(Residency::resources)
                .containsExactly(1);
    }

    private static List<Tuple> requests(List<Residency> map) {
        return map.stream()
                .filter(part -> part.part().equals("requests"))
                .map(part -> tuple(part.region(), part.state()))
                .toList();
    }

    /** In Europe only, unless {@code policies} says otherwise. */
    private static List<Residency> map(Map<String, ResourcePolicy> policies, Resource... resources) {
        Map<String, ResourcePolicy> all = new LinkedHashMap<>();
        for (Resource resource : resources) {
            all.put(resource.resourceId(), policies.getOrDefault(resource.resourceId(), policy("eu-*")));
        }
        return new ResidencyMap(List.of(resources), all, Set.of(), ZONES).all();
    }

    private static ResourcePolicy policy(String... regions) {
        ResourcePolicy none = ResourcePolicy.UNSPECIFIED;
        return ResourcePolicyBuilder.builder()
                .allowedRegions(List.of(regions))
                .answers(none.answers())
                .excludedPeriods(List.of())
                .decidedBy(Map.of())
                .build();
    }

    private static ResourceBuilder resource(String id, String kind, String region) {
        return Resource.builder(id, kind, "aws")
                .accountId("1")
                .accountName(null)
                .region(region)
                .tags(Map.of("app", "chat"));
    }
}
