package io.aiaudit.collect.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.collect.Operations;
import io.aiaudit.collect.Permission;
import io.aiaudit.testing.GoldenFile;
import io.aiaudit.testing.Needs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an administrator grants is made from permissions.txt. -Daiaudit.updateGolden=true rewrites it. */
class GcpRoleTest {
    private static final List<Permission> PERMISSIONS = Operations.read(GcpCollector.class);

    @Test
    void the_role_in_the_documentation_is_up_to_date() throws IOException {
        Path file = Needs.projectFolder().resolve("docs/gcp-role.yaml");
        String role = GcpRole.yaml(PERMISSIONS);
        GoldenFile.check(file, role, GcpRoleTest.class);
    }

    @Test
    void the_role_lets_requests_be_counted_on_a_quota_project() {
        assertThat(GcpRole.yaml(PERMISSIONS)).contains("- serviceusage.services.use\n");
    }

    @Test
    void everything_that_is_granted_reads_or_runs_a_query() {
        assertThat(PERMISSIONS)
                .extracting(Permission::action)
                .filteredOn(action -> !action.isEmpty())
                .allMatch(
                        action -> action.matches(
                                "[a-z]+([.][A-Za-z]+)+[.](get|list|getData|getIamPolicy|searchAllResources)|bigquery[.]jobs[.]create"));
    }
}
