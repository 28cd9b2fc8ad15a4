package io.aiaudit.collect.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.collect.Operations;
import io.aiaudit.collect.Permission;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AwsProbesTest {
    @Test
    void every_permission_is_tried_but_those_that_have_been_used_by_then() {
        List<String> listed = Operations.read(AwsCollector.class).stream()
                .filter(permission -> !permission.reads().contains("scope"))
                // Athena is asked where the user says so.
                .filter(permission -> !AthenaPolicy.needs(permission.action()))
                .map(Permission::operation)
                .toList();
        S3Export export = new S3Export(0, "focus", "bills", "", "us-east-1");
        Set<String> tried = new HashSet<>(AwsProbes.all().keySet());
        tried.addAll(BucketProbes.of(Optional.of(export)).keySet());
        assertThat(tried).containsExactlyInAnyOrderElementsOf(listed);
        assertThat(BucketProbes.of(Optional.empty())).doesNotContainKeys(BucketProbes.OF_EXPORT.toArray(String[]::new));
    }
}
