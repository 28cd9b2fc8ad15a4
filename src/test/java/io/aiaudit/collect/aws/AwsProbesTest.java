package io.aiaudit.collect.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.collect.Operations;
import io.aiaudit.collect.Permission;
import java.util.List;
import org.junit.jupiter.api.Test;

class AwsProbesTest {
    @Test
    void every_permission_is_tried_but_those_that_enter_accounts_and_those_on_what_is_not_known_yet() {
        List<String> listed = Operations.read(AwsCollector.class).stream()
                .filter(permission -> !permission.reads().contains("scope"))
                // Where an export lies is found out by listing exports; Athena is asked where the user says so.
                .filter(permission -> !permission.action().startsWith("s3:")
                        && !AthenaPolicy.needs(permission.action())
                        && !permission.operation().equals("BcmDataExports.GetExport"))
                .map(Permission::operation)
                .toList();
        assertThat(AwsProbes.all().keySet()).containsExactlyInAnyOrderElementsOf(listed);
    }
}
