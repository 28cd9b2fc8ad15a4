package io.aiaudit.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.CostBasis;
import io.aiaudit.model.LeafCost;
import io.aiaudit.model.LeafCostBuilder;
import io.aiaudit.model.Resource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MissingInBillTest {
    private static LeafCost missing(String id, String provider) {
        return LeafCostBuilder.builder()
                .resource(Resource.builder(id, "instance", provider).build())
                .parts(List.of())
                .basis(CostBasis.LIST)
                .missingInBill(true)
                .build();
    }

    private static List<String> warnings(LeafCost... leaves) {
        return new MissingInBill(Stream.of(leaves).toList()).warnings();
    }

    @Test
    void another_id_may_be_why_a_machine_has_no_line() {
        LeafCost stopped = missing("i-2", "aws").withCostsNothing(true);
        assertThat(warnings(missing("i-1", "aws"), stopped))
                .singleElement()
                .asString()
                .startsWith("1 inventory resource has no line in the bill of its account (i-1)");
    }

    @Test
    void what_has_no_instance_has_no_line() {
        LeafCost none = missing("ep", "aws")
                .withResource(Resource.builder("ep", "inference_endpoint", "aws")
                        .replicas(0)
                        .build());
        LeafCost kept = missing("ep", "gcp")
                .withResource(Resource.builder("ep", "inference_endpoint", "gcp")
                        .replicas(0)
                        .attributes(Map.of("min_instances", "1"))
                        .build());
        assertThat(warnings(none)).isEmpty();
        assertThat(warnings(kept)).hasSize(1);
    }

    @Test
    void a_job_has_no_line_beside_that_of_the_instance_that_it_runs_on() {
        LeafCost job = missing("job", "aws")
                .withResource(Resource.builder("job", "batch_job", "aws")
                        .attributes(Map.of("runs_on", "i-1"))
                        .build());
        assertThat(warnings(job)).isEmpty();
        assertThat(warnings(missing("job", "aws"))).hasSize(1);
    }

    @Test
    void a_commitment_has_no_line_beside_those_of_what_it_covers() {
        LeafCost used = missing("ri-1", "aws")
                .withResource(Resource.builder("ri-1", "commitment", "aws").build());
        assertThat(warnings(used)).isEmpty();
    }

    @Test
    void a_pod_of_a_group_whose_nodes_are_billed_needs_its_node() {
        LeafCost pod = missing("k8s:c/ns/pod", "kubernetes")
                .withResource(Resource.builder("k8s:c/ns/pod", "gpu_workload", "kubernetes")
                        .parentId("group")
                        .build());
        assertThat(warnings(pod))
                .containsExactly("Kubernetes workloads whose parent has no cost of its own (k8s:c/ns/pod): a group "
                        + "whose nodes are billed by their ids has none. Name the node of each as its parent_id.");
    }

    @Test
    void a_pod_never_has_a_line_and_needs_its_node() {
        assertThat(warnings(missing("k8s:c/ns/pod", "kubernetes")))
                .containsExactly(
                        "Kubernetes workloads without a node (k8s:c/ns/pod): no bill has a line for workloads. "
                                + "Name the node or node group of each as its parent_id.");
    }
}
