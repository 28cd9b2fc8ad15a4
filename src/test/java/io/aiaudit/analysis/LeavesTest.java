package io.aiaudit.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Confidence;
import io.aiaudit.model.Finding;
import io.aiaudit.model.FindingBuilder;
import io.aiaudit.model.Lever;
import io.aiaudit.model.Proof;
import io.aiaudit.model.Resource;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LeavesTest {
    private static Resource resource(String id, String parent) {
        return Resource.builder(id, "k", "aws").parentId(parent).build();
    }

    private static List<String> leaves(String of, Set<String> priced, Resource... resources) {
        return leaves(of, Set.of(of), priced, resources);
    }

    private static List<String> leaves(String of, Set<String> judged, Set<String> priced, Resource... resources) {
        Finding finding = FindingBuilder.builder()
                .rule("r")
                .resourceId(of)
                .lever(Lever.ELIMINATE)
                .proof(Proof.NONE)
                .saves(Set.of())
                .asks(Set.of())
                .remaining(BigDecimal.ZERO)
                .confidence(Confidence.HIGH)
                .reason("")
                .evidence(Map.of())
                .build();
        return new Leaves(List.of(resources), priced)
                .findings(finding, judged).stream().map(Finding::resourceId).toList();
    }

    @Test
    void a_finding_on_a_parent_is_one_on_each_leaf_below_it_at_any_depth() {
        Resource[] tree = {resource("a", null), resource("b", "a"), resource("c", "b"), resource("d", "a")};
        assertThat(leaves("a", Set.of("c", "d"), tree)).containsExactlyInAnyOrder("c", "d");
        assertThat(leaves("c", Set.of("c", "d"), tree)).containsExactly("c");
    }

    @Test
    void a_parent_with_charges_of_its_own_is_a_leaf_too() {
        assertThat(leaves("a", Set.of("a", "b"), resource("a", null), resource("b", "a")))
                .containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void what_was_judged_by_itself_has_no_finding_of_the_whole_nor_have_its_parts() {
        Resource[] tree = {
            resource("endpoint", null),
            resource("unmeasured", "endpoint"),
            resource("busy", "endpoint"),
            resource("part-of-busy", "busy")
        };
        assertThat(leaves("endpoint", Set.of("endpoint", "busy"), Set.of("unmeasured", "part-of-busy"), tree))
                .containsExactly("unmeasured");
    }

    @Test
    void a_circle_in_the_inventory_ends() {
        assertThat(leaves("a", Set.of("b"), resource("a", "b"), resource("b", "a")))
                .containsExactly("b");
    }
}
