package io.aiaudit.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Finding;
import io.aiaudit.model.FindingBuilder;
import io.aiaudit.model.FindingId;
import io.aiaudit.model.Lever;
import io.aiaudit.model.Proof;
import io.aiaudit.model.Resource;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What keeps a finding the same one from audit to audit. */
class FindingIdsTest {
    private static final Instant END = Instant.parse("2026-07-01T00:00:00Z");
    private static final FindingId OF_GROUP = new FindingId("gpu-instance-idle", "aws", "1", "group");

    private static Resource instance(String id, String account, Instant endedAt) {
        return Resource.builder(id, "instance", "aws")
                .accountId(account)
                .workload("group")
                .endedAt(endedAt)
                .build();
    }

    private static Finding idle(String resource) {
        return FindingBuilder.builder()
                .rule("gpu-instance-idle")
                .resourceId(resource)
                .lever(Lever.ELIMINATE)
                .proof(Proof.BACKTEST)
                .saves(Set.of())
                .asks(Set.of())
                .evidence(Map.of())
                .build();
    }

    private static List<String> ids(List<Resource> resources, String... found) {
        List<Finding> findings = Arrays.stream(found).map(FindingIdsTest::idle).toList();
        return new FindingIds(
                        resources.stream().collect(Collectors.toMap(Resource::resourceId, Function.identity())), END)
                .of(findings);
    }

    /** The end of one finding was the end of the other as well, and the other was new again. */
    @Test
    void the_id_of_one_of_several_resources_names_it_whether_or_not_the_others_are_found() {
        List<Resource> two = List.of(instance("a", "1", null), instance("b", "1", null));

        assertThat(ids(two, "a", "b")).containsExactly(OF_GROUP.of("a"), OF_GROUP.of("b"));
        assertThat(ids(two, "a")).containsExactly(OF_GROUP.of("a"));
    }

    @Test
    void the_only_resource_of_a_workload_leaves_its_id_to_the_one_that_replaces_it() {
        Instant gone = END.minusSeconds(86_400);

        assertThat(ids(List.of(instance("a", "1", null)), "a")).containsExactly(OF_GROUP.ofWorkload());
        assertThat(ids(List.of(instance("a", "1", gone), instance("b", "1", null)), "b"))
                .containsExactly(OF_GROUP.ofWorkload());
    }

    @Test
    void what_holds_a_resource_is_of_another_kind_or_ran_once_is_no_other_resource_of_its_workload() {
        Resource job = Resource.builder("j", "training_job", "aws")
                .accountId("1")
                .workload("group")
                .build();
        Resource otherJob = Resource.builder("k", "training_job", "aws")
                .accountId("1")
                .workload("group")
                .build();
        Resource held = Resource.builder("a", "instance", "aws")
                .accountId("1")
                .workload("group")
                .parentId("holder")
                .build();

        assertThat(ids(List.of(job, otherJob, held, instance("holder", "1", null)), "a"))
                .containsExactly(OF_GROUP.ofWorkload());
        assertThat(ids(List.of(job, otherJob), "j")).containsExactly(OF_GROUP.ofWorkload());
    }

    @Test
    void the_spelling_of_an_account_changes_no_id() {
        assertThat(ids(List.of(instance("a", "/subscriptions/0A", null)), "a"))
                .isEqualTo(ids(List.of(instance("a", "0a", null)), "a"));
        assertThat(new FindingId("gpu-instance-idle", "aws", "111122223333", "i-0a").ofWorkload())
                .as("ids that audits of before have")
                .isEqualTo("8e0d40971dfcc5ee");
    }
}
