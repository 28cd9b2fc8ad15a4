package io.aiaudit.collect.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.collect.Operations;
import io.aiaudit.collect.Permission;
import java.util.List;
import org.junit.jupiter.api.Test;

class AwsProbesTest {
    @Test
    void every_permission_but_those_that_enter_accounts_is_tried() {
        List<String> listed = Operations.read(AwsCollector.class).stream()
                .filter(permission -> !permission.reads().contains("scope"))
                .map(Permission::operation)
                .toList();
        assertThat(AwsProbes.all().keySet()).containsExactlyInAnyOrderElementsOf(listed);
    }
}
