package io.aiaudit.collect.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aiaudit.testing.GoldenFile;
import io.aiaudit.testing.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What an administrator grants is made from the declared operations. -Daiaudit.updateGolden=true rewrites it. */
class AwsPolicyTest {
    @Test
    void the_policy_in_the_documentation_is_up_to_date() throws IOException {
        check("aws-policy.json", AwsPolicy.json(AwsScope.OWN_ACCOUNT));
    }

    @Test
    void the_policy_for_athena_in_the_documentation_is_up_to_date() throws IOException {
        check("aws-athena-policy.json", AthenaPolicy.json());
    }

    @Test
    void the_role_in_the_documentation_grants_what_is_read_in_a_member_account() throws IOException {
        String template = Files.readString(file("aws-role.yaml"));
        String mark = "                  # made from the declared operations\n";
        String before = template.substring(0, template.indexOf(mark) + mark.length());
        String after = template.substring(template.indexOf("Outputs:"));
        check("aws-role.yaml", before + actions() + after);
    }

    private static String actions() {
        return AwsPolicy.ofMember().stream()
                .map(action -> "                  - " + action + "\n")
                .collect(Collectors.joining());
    }

    @Test
    void other_accounts_are_entered_through_the_role_of_the_configuration_and_the_bill_is_read_in_its_bucket()
            throws IOException {
        AwsScope scope =
                new AwsScope(true, List.of(), List.of(), "finops/audit", null, "s3://acme-billing/exports/focus", null);
        JsonNode statements = new ObjectMapper().readTree(AwsPolicy.json(scope)).get("Statement");
        assertThat(resource(statements, "sts:AssumeRole")).isEqualTo("\"arn:aws:iam::*:role/finops/audit\"");
        assertThat(resource(statements, "organizations:ListAccounts")).isEqualTo("\"*\"");
        assertThat(resource(statements, "s3:GetObject"))
                .isEqualTo("[\"arn:aws:s3:::acme-billing\",\"arn:aws:s3:::acme-billing/*\"]");
        assertThat(statements).allMatch(statement -> !statement.get("Action").isEmpty());
    }

    /** Of the one statement that allows the action. */
    private static String resource(JsonNode statements, String action) {
        List<String> resources = new ArrayList<>();
        statements.forEach(statement -> statement.get("Action").forEach(allowed -> {
            if (allowed.asText().equals(action)) {
                resources.add(statement.get("Resource").toString());
            }
        }));
        assertThat(resources).hasSize(1);
        return resources.get(0);
    }

    @Test
    void everything_that_is_granted_reads() {
        assertThat(AwsCollector.operations())
                .extracting(AwsOperation::permission)
                .allMatch(action -> action.isEmpty()
                        || action.matches(
                                "[a-z0-9-]+:(Describe|Get|List|BatchGet)[A-Za-z0-9]+|sts:AssumeRole|budgets:ViewBudget"
                                        // by queries that AwsGuard looks at
                                        + "|athena:StartQueryExecution"));
    }

    private static Path file(String name) {
        return Needs.projectFolder().resolve("docs").resolve(name);
    }

    private static void check(String name, String text) throws IOException {
        GoldenFile.check(file(name), text, AwsPolicyTest.class);
    }
}
