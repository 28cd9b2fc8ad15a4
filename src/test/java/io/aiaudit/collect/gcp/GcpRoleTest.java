package io.aiaudit.collect.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.testing.GoldenFile;
import io.aiaudit.testing.Needs;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What an administrator grants is made from the declared operations. -Daiaudit.updateGolden=true rewrites it. */
class GcpRoleTest {
    @Test
    void the_role_in_the_documentation_is_up_to_date() throws IOException {
        Path file = Needs.projectFolder().resolve("docs/gcp-role.yaml");
        String role = GcpRole.yaml();
        GoldenFile.check(file, role, GcpRoleTest.class);
    }

    @Test
    void the_role_lets_requests_be_counted_on_a_quota_project() {
        assertThat(GcpRole.yaml()).contains("- serviceusage.services.use\n");
    }

    @Test
    void everything_that_is_granted_reads_or_runs_a_query() {
        assertThat(GcpCollector.operations())
                .extracting(GoogleOperation::permission)
                .filteredOn(action -> !action.isEmpty())
                .allMatch(action -> action.matches(
                        "[a-z]+([.][A-Za-z]+)+[.](get|list|getData|getIamPolicy|searchAllResources|search)|b"
                                + "igquery[.]jobs[.]create"));
    }
}
