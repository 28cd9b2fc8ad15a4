package io.aiaudit.collect.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.aiaudit.collect.Operation;
import io.aiaudit.testing.GoldenFile;
import io.aiaudit.testing.Needs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an administrator grants is made from the declared operations. -Daiaudit.updateGolden=true rewrites it. */
class AzureRoleTest {
    @Test
    void the_role_in_the_documentation_is_up_to_date() throws IOException {
        Path file = Needs.projectFolder().resolve("docs/azure-role.json");
        String role = AzureRole.json();
        GoldenFile.check(file, role, AzureRoleTest.class);
        assertThat(new ObjectMapper().readTree(role).path("Actions").size()).isPositive();
    }

    @Test
    void everything_that_is_granted_reads() {
        assertThat(AzureCollector.operations())
                .extracting(AzureOperation::permission)
                .allMatch(action -> action.isEmpty() || action.matches("Microsoft[.][A-Za-z]+/([A-Za-z]+/)*read"));
    }

    @Test
    void every_permission_is_tried_but_those_that_enter_subscriptions() {
        List<String> tried = AzureCollector.operations().stream()
                .filter(operation -> operation.probe() != null)
                .map(AzureOperation::permission)
                .distinct()
                .toList();
        assertThat(AzureCollector.operations().stream()
                        .filter(operation -> !operation.reads().contains(Operation.SCOPE))
                        .map(AzureOperation::permission)
                        .filter(permission -> !permission.isEmpty())
                        // Where an export lies is found out by listing exports.
                        .filter(permission -> !permission.startsWith("Microsoft.Storage/"))
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(tried);
    }
}
