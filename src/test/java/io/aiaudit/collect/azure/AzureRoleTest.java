package io.aiaudit.collect.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.aiaudit.collect.Operations;
import io.aiaudit.collect.Permission;
import io.aiaudit.testing.GoldenFile;
import io.aiaudit.testing.Needs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an administrator grants is made from permissions.txt. -Daiaudit.updateGolden=true rewrites it. */
class AzureRoleTest {
    private static final List<Permission> PERMISSIONS = Operations.read(AzureCollector.class);

    @Test
    void the_role_in_the_documentation_is_up_to_date() throws IOException {
        Path file = Needs.projectFolder().resolve("docs/azure-role.json");
        String role = AzureRole.json(PERMISSIONS);
        GoldenFile.check(file, role, AzureRoleTest.class);
        assertThat(new ObjectMapper().readTree(role).path("Actions").size()).isPositive();
    }

    @Test
    void everything_that_is_granted_reads() {
        assertThat(PERMISSIONS)
                .extracting(Permission::action)
                .allMatch(action -> action.isEmpty() || action.matches("Microsoft[.][A-Za-z]+/([A-Za-z]+/)*read"));
    }

    @Test
    void every_permission_is_tried_but_those_that_enter_subscriptions() {
        AzurePlace place =
                new AzurePlace(new Arm(AzureScope.EVERYTHING, Operations.of(AzureCollector.class, null)), "s", "s");
        List<String> tried = PERMISSIONS.stream()
                .filter(permission ->
                        AzureProbes.of(permission.operation(), place).isPresent())
                .map(Permission::action)
                .distinct()
                .toList();
        assertThat(PERMISSIONS.stream()
                        .filter(permission -> !permission.reads().contains("scope"))
                        .map(Permission::action)
                        .filter(action -> !action.isEmpty())
                        // Where an export lies is found out by listing exports.
                        .filter(action -> !action.startsWith("Microsoft.Storage/"))
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(tried);
    }
}
