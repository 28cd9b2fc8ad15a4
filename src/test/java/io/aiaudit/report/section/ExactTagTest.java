package io.aiaudit.report.section;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Audit;
import io.aiaudit.model.AuditBuilder;
import io.aiaudit.model.AuditedResourceBuilder;
import io.aiaudit.report.SampleAudit;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One answer for many resources names a tag only where the tag names these and no other. */
class ExactTagTest {
    private static Audit tagged(String key, String... owners) {
        return AuditBuilder.builder(SampleAudit.empty())
                .resources(Stream.iterate(0, number -> number + 1)
                        .limit(owners.length)
                        .map(number -> AuditedResourceBuilder.builder()
                                .resourceId("r" + number)
                                .kind("endpoint")
                                .provider("aws")
                                .tags(Map.of(key, owners[number]))
                                .build())
                        .toList())
                .build();
    }

    @Test
    void a_tag_that_names_exactly_these_is_used() {
        assertThat(ExactTag.of(tagged("team", "search", "search", "data"), List.of("r0", "r1"), "search"))
                .contains("team=search");
        assertThat(ExactTag.of(tagged("team", "search", "search", "search"), List.of("r0", "r1"), "search"))
                .as("another has it too")
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"team,sea*", "team,sea?", "te*m,search", "te=am,search", "' team',search", "team,'search '"})
    void what_an_entry_of_the_policy_reads_in_another_way_is_never_used(String key, String owner) {
        assertThat(ExactTag.of(tagged(key, owner, owner), List.of("r0", "r1"), owner))
                .isEmpty();
    }
}
