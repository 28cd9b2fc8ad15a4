package io.aiaudit.redact;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aiaudit.model.TextKind;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Names of services of the clouds are names of teams and projects, too. */
class AuditRedactionTest {
    private static final String PSEUDONYM = "x-[0-9a-f]{12}";
    private static final String TEAM = "AI Platform";

    @TempDir
    private Path folder;

    private RedactionKey key() {
        return RedactionKey.of(folder.resolve("client.key"));
    }

    private JsonNode redacted(String audit) throws IOException {
        return new AuditRedaction(key()).redacted(new ObjectMapper().readTree(audit.replace('\'', '"')));
    }

    @Test
    void an_account_an_owner_an_environment_or_a_tag_that_is_called_like_a_service_is_replaced() throws IOException {
        JsonNode finding = redacted("""
                {'findings': [{'account_name': 'AI Platform', 'owner': 'Redis Cache', 'environment': 'Load Balancer',
                  'resource_id': '//aiplatform.googleapis.com/projects/p/endpoints/e', 'resource_name': 'Key Vault',
                  'tags': {'team': 'AI Platform'}, 'evidence': {'paid_for': 'Log Analytics'},
                  'reason': 'AI Platform has no requests'}]}
                """).path("findings").get(0);

        assertThat(finding.path("account_name").asText()).matches(PSEUDONYM);
        assertThat(finding.path("owner").asText()).matches(PSEUDONYM);
        assertThat(finding.path("environment").asText()).matches(PSEUDONYM);
        assertThat(finding.path("resource_name").asText()).matches(PSEUDONYM);
        assertThat(finding.path("tags").path("team").asText()).matches(PSEUDONYM);
        assertThat(finding.path("reason").asText()).matches(PSEUDONYM + " has no requests");
        assertThat(finding.toString()).doesNotContain(TEAM);
    }

    @Test
    void a_region_a_type_or_a_state_that_no_cloud_has_is_replaced() throws IOException {
        JsonNode audit = redacted("""
                {'resources': [
                  {'provider': 'aws', 'region': 'eu-west-1', 'machine_type': 'ml.g5.2xlarge', 'state': 'in-service'},
                  {'provider': 'contoso', 'region': 'contoso-dc-1', 'machine_type': 'contoso-gpu-large',
                   'accelerator': 'ContosoCard-80', 'kind': 'contoso_box', 'state': 'of-contoso'}],
                 'gaps': [{'problem': 'contoso-dc-1 at 10.1.2.3 does not respond'}]}
                """);

        assertThat(audit.path("resources").get(0).toString())
                .contains("aws", "eu-west-1", "ml.g5.2xlarge", "in-service");
        assertThat(audit.toString()).doesNotContainIgnoringCase("contoso").doesNotContain("10.1.2.3");
        assertThat(audit.path("gaps").get(0).path("problem").asText())
                .startsWith(audit.path("resources").get(1).path("region").asText() + " at ");
    }

    @Test
    void a_variable_of_a_command_stays_one_and_comes_back() throws IOException {
        String audit = """
                {"redacted": false, "findings": [{"remedy": {"commands": [
                  "ACCOUNT_b94dbf2a=$(id)", ": \\"${ACCOUNT_b94dbf2a:?}\\" && aws s3api delete-bucket"]}}]}
                """;

        JsonNode redacted = redacted(audit);
        JsonNode commands = redacted.path("findings").get(0).path("remedy").path("commands");
        String variable = commands.get(0).asText().replace("=$(id)", "");
        assertThat(variable).matches("x_[0-9a-f]{12}");
        assertThat(commands.get(1).asText()).startsWith(": \"${" + variable + ":?}\" && ");
        assertThat(new AuditRedaction(key()).restored(redacted)).isEqualTo(new ObjectMapper().readTree(audit));
    }

    @Test
    void a_command_is_not_the_service_that_is_called_like_it() throws IOException {
        JsonNode finding = redacted("""
                {'findings': [{'owner': 'AWS CloudTrail',
                  'remedy': {'commands': ['aws cloudtrail update-trail --name audit']}}]}
                """).path("findings").get(0);

        assertThat(finding.path("remedy").path("commands").get(0).asText()).startsWith("aws cloudtrail update-trail");
        assertThat(finding.path("owner").asText()).matches(PSEUDONYM);
    }

    @Test
    void the_service_of_a_charge_and_the_name_of_one_without_a_resource_stay() throws IOException {
        JsonNode spend = redacted("""
                {'spend': [{'account_name': 'AI Platform', 'service': 'AI Platform',
                  'resource_id': 'gcp:contoso-vision/AI Platform', 'resource_name': 'AI Platform'}]}
                """).path("spend").get(0);

        assertThat(spend.path("service").asText()).isEqualTo(TEAM);
        assertThat(spend.path("resource_name").asText()).isEqualTo(TEAM);
        assertThat(spend.path("account_name").asText()).matches(PSEUDONYM);
        assertThat(spend.path("resource_id").asText()).matches(PSEUDONYM);
    }

    @ParameterizedTest
    @EnumSource(
            value = TextKind.class,
            names = {"NAME", "TEXT", "TAGS", "JSON"})
    void in_a_saved_scan_only_the_column_of_the_service_has_it(TextKind kind) {
        ScanRedaction scan = new ScanRedaction(key());
        scan.learn(TextKind.NAME, TEAM);

        assertThat(scan.replaced(TextKind.SERVICE, TEAM)).isEqualTo(TEAM);
        assertThat(scan.replaced(kind, TEAM)).matches(PSEUDONYM);
    }
}
