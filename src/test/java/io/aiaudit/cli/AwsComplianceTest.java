package io.aiaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aiaudit.testing.Outside;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.kms.KmsClient;

/**
 * Private endpoints, log groups and keys, in moto: what costs more than compliance requires, beside what is left alone.
 */
@Outside
class AwsComplianceTest extends AwsTest {
    @Test
    void logs_without_expiry_and_disabled_keys_are_found_beside_what_a_tag_requires_or_uses() throws Exception {
        aws.moto().daysAgo(800);
        CloudWatchLogsClient logs = aws.moto().client(CloudWatchLogsClient.builder(), "us-east-1");
        logs.createLogGroup(request -> request.logGroupName("/aws/sagemaker/Endpoints/chat"));
        logs.createLogGroup(request -> request.logGroupName("/aws/sagemaker/Endpoints/expires"));
        logs.putRetentionPolicy(request ->
                request.logGroupName("/aws/sagemaker/Endpoints/expires").retentionInDays(365));
        logs.createLogGroup(
                request -> request.logGroupName("/aws/bedrock/calls").tags(Map.of("legal_hold", "true")));
        logs.createLogGroup(request -> request.logGroupName("/shop/orders"));
        KmsClient kms = aws.moto().client(KmsClient.builder(), "us-east-1");
        String disabled = kms.createKey(request -> request.description("old models"))
                .keyMetadata()
                .keyId();
        kms.disableKey(request -> request.keyId(disabled));
        kms.createKey(request -> request.description("present models"));
        aws.moto().daysAgo(0);
        AwsRun run = scanAndSave(ONE_REGION, 7, "--rule", "compliance-overhead");
        assertThat(run.exitCode()).as(run::err).isZero();
        assertThat(AwsRun.found(run.audit(), "compliance-overhead"))
                .containsExactlyInAnyOrder("/aws/sagemaker/Endpoints/chat", "old models");
        assertThat(attribute("/aws/bedrock/calls", "retention_days")).isEqualTo("never");
        assertThat(names(run.audit(), "log_store")).doesNotContain("/shop/orders");
        assertThat(names(run.audit(), "encryption_key")).containsExactly("old models");
    }

    @Test
    void private_endpoints_of_ai_services_are_read_with_their_state() throws Exception {
        Ec2Client ec2 = aws.moto().client(Ec2Client.builder(), "us-east-1");
        String vpc = ec2.describeVpcs(request -> {}).vpcs().get(0).vpcId();
        for (String service : List.of("bedrock-runtime", "sagemaker.runtime", "ec2")) {
            ec2.createVpcEndpoint(request ->
                    request.vpcId(vpc).vpcEndpointType("Interface").serviceName("com.amazonaws.us-east-1." + service));
        }
        AwsRun run = scanAndSave(ONE_REGION, 7, "--rule", "compliance-overhead");
        List<String> endpoints = names(run.audit(), "private_endpoint");
        assertThat(endpoints).hasSize(2).allSatisfy(name -> assertThat(name).startsWith("vpce-"));
        assertThat(attribute(endpoints.get(0), "service_name")).contains("us-east-1");
        assertThat(AwsRun.found(run.audit(), "compliance-overhead"))
                .as("an endpoint that is available is used as far as anybody knows")
                .isEmpty();
    }

    private static List<String> names(JsonNode audit, String kind) {
        return AwsRun.each(audit.get("resources"))
                .filter(resource -> resource.get("kind").asText().equals(kind))
                .map(resource -> resource.get("name").asText())
                .toList();
    }
}
