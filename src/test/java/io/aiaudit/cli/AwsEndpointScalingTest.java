package io.aiaudit.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import io.aiaudit.testing.MotoCompany;
import io.aiaudit.testing.Outside;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.applicationautoscaling.model.PolicyType;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalableDimension;
import software.amazon.awssdk.services.applicationautoscaling.model.ServiceNamespace;

/**
 * What changes the number of machines of an endpoint, and how many there were. Moto has targets, policies, schedules
 * and metrics; inference components and their targets, which it lacks, are answered in the shapes that AWS documents.
 */
@Outside
class AwsEndpointScalingTest extends AwsTest {
    private static final String RULE = "inference-endpoint-no-autoscaling";
    private static final ScalableDimension MACHINES = ScalableDimension.SAGEMAKER_VARIANT_DESIRED_INSTANCE_COUNT;

    private AwsRun scan() throws Exception {
        return scanAndSave(ONE_REGION, 15, "--rule", RULE);
    }

    private static MotoCompany company() {
        return new MotoCompany(aws.moto());
    }

    private static void policy(ApplicationAutoScalingClient scaling, String id) {
        scaling.putScalingPolicy(request -> request.serviceNamespace(ServiceNamespace.SAGEMAKER)
                .policyName("by-requests")
                .policyType(PolicyType.TARGET_TRACKING_SCALING)
                .resourceId(id)
                .scalableDimension(MACHINES));
    }

    private static void schedule(ApplicationAutoScalingClient scaling, String id) {
        scaling.putScheduledAction(request -> request.serviceNamespace(ServiceNamespace.SAGEMAKER)
                .scheduledActionName("night")
                .schedule("cron(0 20 * * ? *)")
                .resourceId(id)
                .scalableDimension(MACHINES)
                .scalableTargetAction(action -> action.minCapacity(1).maxCapacity(1)));
    }

    private static String notExamined(JsonNode audit) {
        return audit.at("/rules").findParents("id").stream()
                .filter(rule -> rule.get("id").asText().equals(RULE))
                .findFirst()
                .orElseThrow()
                .get("not_examined_reasons")
                .toString();
    }

    @Test
    void an_endpoint_whose_target_has_a_schedule_only_scales_by_it() throws Exception {
        company().fillEndpoint("us-east-1", "chat");
        schedule(company().fillTarget("us-east-1", "chat", 4, 4), "endpoint/chat/variant/all");
        AwsRun run = scan();
        assertThat(run.exitCode()).as(run::err).isZero();
        assertThat(attribute("chat/all", "autoscaling")).isEqualTo("scheduled");
        assertThat(attribute("chat/all", "autoscaling_schedules")).isEqualTo("cron(0 20 * * ? *) night");
        assertThat(notExamined(run.audit())).contains("it scales by a schedule");
    }

    @Test
    void a_target_that_nothing_scales_is_none_and_one_whose_schedules_nobody_may_read_is_unknown() throws Exception {
        company().fillEndpoint("us-east-1", "chat");
        company().fillTarget("us-east-1", "chat", 1, 4);
        AwsRun open = scan();
        assertThat(open.exitCode()).as(open::err).isZero();
        assertThat(attribute("chat/all", "autoscaling")).isEqualTo("none");

        aws.answer(
                AwsServer.target("DescribeScheduledActions"),
                AwsServer.refusal(400, "AccessDeniedException", "not authorized"));
        AwsRun denied = scan();
        assertThat(denied.exitCode()).isEqualTo(4);
        assertThat(denied.err())
                .contains("us-east-1 scaling schedules of endpoints: access denied for "
                        + "application-autoscaling:DescribeScheduledActions.");
        assertThat(attribute("chat/all", "autoscaling")).isEqualTo("unknown");
        assertThat(notExamined(denied.audit())).contains("whether it scales is unknown");
    }

    @Test
    void what_a_policy_follows_is_its_metric_predefined_or_its_own() throws Exception {
        company().fillEndpoint("us-east-1", "chat");
        ApplicationAutoScalingClient scaling = company().fillTarget("us-east-1", "chat", 1, 4);
        policy(scaling, "endpoint/chat/variant/all");
        aws.answer(AwsServer.target("DescribeScalingPolicies"), AwsServer.json("""
                {"ScalingPolicies": [
                  {"PolicyARN": "arn:x", "PolicyName": "by-requests", "ServiceNamespace": "sagemaker", "ResourceId": \
                "endpoint/chat/variant/all",
                   "ScalableDimension": "sagemaker:variant:DesiredInstanceCount", "PolicyType": \
                "TargetTrackingScaling", "TargetTrackingScalingPolicyConfiguration":
                     {"TargetValue": 70.0, "PredefinedMetricSpecification": {"PredefinedMetricType": \
                "SageMakerVariantInvocationsPerInstance"}}},
                  {"PolicyARN": "arn:y", "PolicyName": "by-cpu", "ServiceNamespace": "sagemaker", "ResourceId": \
                "endpoint/chat/variant/all",
                   "ScalableDimension": "sagemaker:variant:DesiredInstanceCount", "PolicyType": \
                "TargetTrackingScaling", "TargetTrackingScalingPolicyConfiguration":
                     {"TargetValue": 60.0, "CustomizedMetricSpecification": {"MetricName": "CPUUtilization", \
                "Namespace": "/aws/sagemaker/Endpoints", "Statistic": "Average"}}},
                  {"PolicyARN": "arn:z", "PolicyName": "by-steps", "ServiceNamespace": "sagemaker", "ResourceId": \
                "endpoint/chat/variant/all",
                   "ScalableDimension": "sagemaker:variant:DesiredInstanceCount", "PolicyType": "StepScaling"}]}"""));
        AwsRun run = scan();
        assertThat(run.exitCode()).as(run::err).isZero();
        assertThat(attribute("chat/all", "autoscaling_metric"))
                .isEqualTo("SageMakerVariantInvocationsPerInstance, CPUUtilization");
    }

    private static final String MANAGED =
            ", \"ManagedInstanceScaling\": {\"Status\": \"ENABLED\", \"MinInstanceCount\": 1, \"MaxInstanceCount\": 4}";
    private static final String NOT_MANAGED = ", \"ManagedInstanceScaling\": {\"Status\": \"DISABLED\"}";

    /** By the names of endpoints with two components each: what their configurations say of the machines. */
    private static final Map<String, String> MACHINES_OF = Map.of(
            "following",
            MANAGED,
            "waiting",
            MANAGED,
            "outside",
            NOT_MANAGED,
            "unscaled",
            NOT_MANAGED,
            "open",
            ", \"ManagedInstanceScaling\": {\"Status\": \"ENABLED\", \"MaxInstanceCount\": 4}",
            "fixed",
            "");

    @TempDir
    private static Path shared;

    /** Of all of them, made by the first test that reads it. */
    private static AwsRun components;

    private AwsRun components() throws Exception {
        if (components == null) {
            fillComponents();
            components = scan();
            Files.copy(folder.resolve("saved.aiaudit"), shared.resolve("components.aiaudit"));
        }
        return components;
    }

    private static void fillComponents() {
        List<String> names = MACHINES_OF.keySet().stream().sorted().toList();
        aws.answer(
                AwsServer.target("ListEndpoints"),
                AwsServer.json("{\"Endpoints\": ["
                        + names.stream().map(name -> """
                {"EndpointName": "%1$s", "EndpointArn": "arn:aws:sagemaker:us-east-1:123456789012:endpoint/%1$s", \
                "CreationTime": 1751328000, "LastModifiedTime": 1751328000, "EndpointStatus": \
                "InService"}""".formatted(name)).collect(Collectors.joining(", "))
                        + "]}"));
        names.forEach(name -> fillEndpointOfComponents(name, MACHINES_OF.get(name)));
        aws.answer(AwsServer.target("ListTags"), AwsServer.json("{\"Tags\": []}"));
        aws.answer(
                AwsServer.target("DescribeScalableTargets"),
                AwsServer.json("{\"ScalableTargets\": [" + targetOfAComponent("following") + ", "
                        + targetOfAComponent("waiting") + ", " + targetOfAComponent("fixed") + """
                , {"ServiceNamespace": "sagemaker", "ResourceId": "endpoint/outside/variant/all", \
                "ScalableDimension": "sagemaker:variant:DesiredInstanceCount", "MinCapacity": 2, "MaxCapacity": \
                6}]}"""));
        aws.answer(
                AwsServer.target("DescribeScalingPolicies"),
                AwsServer.json("{\"ScalingPolicies\": ["
                        + policyOf("inference-component/chat-of-following", "inference-component:DesiredCopyCount")
                        + ", " + policyOf("inference-component/chat-of-fixed", "inference-component:DesiredCopyCount")
                        + ", " + policyOf("endpoint/outside/variant/all", "variant:DesiredInstanceCount") + "]}"));
    }

    /** Of two machines, with two components. */
    private static void fillEndpointOfComponents(String name, String managed) {
        aws.answer(of("DescribeEndpoint", "EndpointName", name), AwsServer.json("""
                {"EndpointName": "%1$s", "EndpointArn": "arn:aws:sagemaker:us-east-1:123456789012:endpoint/%1$s", \
                "EndpointConfigName": "%1$s-config", "EndpointStatus": "InService",
                 "ProductionVariants": [{"VariantName": "all", "CurrentInstanceCount": 2}], "CreationTime": \
                1751328000, "LastModifiedTime": 1751328000}""".formatted(name)));
        aws.answer(of("DescribeEndpointConfig", "EndpointConfigName", name + "-config"), AwsServer.json("""
                {"EndpointConfigName": "%s-config", "EndpointConfigArn": "arn:x", "CreationTime": 1751328000,
                 "ProductionVariants": [{"VariantName": "all", "InstanceType": "ml.g5.12xlarge", \
                "InitialInstanceCount": 1%s}]}""".formatted(
                        name, managed)));
        List<String> components = List.of("chat-of-" + name, "small-of-" + name);
        aws.answer(
                of("ListInferenceComponents", "EndpointNameEquals", name),
                AwsServer.json("{\"InferenceComponents\": ["
                        + components.stream()
                                .map(component -> listed(component, name))
                                .collect(Collectors.joining(", "))
                        + "]}"));
        for (String component : components) {
            aws.answer(
                    of("DescribeInferenceComponent", "InferenceComponentName", component),
                    AwsServer.json("""
                {"InferenceComponentName": "%s", "InferenceComponentArn": "arn:x", "EndpointName": "%s", \
                "EndpointArn": "arn:x",
                 "RuntimeConfig": {"DesiredCopyCount": 1, "CurrentCopyCount": 1}, "CreationTime": 1751328000, \
                "LastModifiedTime": 1751328000}""".formatted(component, name)));
        }
    }

    private static MappingBuilder of(String operation, String member, String name) {
        return AwsServer.target(operation)
                .withRequestBody(containing("\"" + member + "\":\"" + name + "\""))
                .atPriority(0);
    }

    private static String listed(String name, String endpoint) {
        return """
                {"InferenceComponentName": "%s", "InferenceComponentArn": "arn:x", "EndpointName": "%s", \
                "EndpointArn": "arn:x", "VariantName": "all", "CreationTime": 1751328000, "LastModifiedTime": \
                1751328000}""".formatted(name, endpoint);
    }

    private static String targetOfAComponent(String endpoint) {
        return """
                {"ServiceNamespace": "sagemaker", "ResourceId": "inference-component/chat-of-%s", \
                "ScalableDimension": "sagemaker:inference-component:DesiredCopyCount",
                  "MinCapacity": 1, "MaxCapacity": 4}""".formatted(endpoint);
    }

    private static String policyOf(String id, String dimension) {
        return """
                {"PolicyARN": "arn:x", "PolicyName": "by-requests", "ServiceNamespace": "sagemaker", "ResourceId": \
                "%s", "ScalableDimension": "sagemaker:%s", "PolicyType": \
                "TargetTrackingScaling"}""".formatted(id, dimension);
    }

    private String ofComponents(String name, String attribute) throws Exception {
        assertThat(components().exitCode()).as(components::err).isZero();
        try (SavedScan saved = new SavedScan(shared.resolve("components.aiaudit"))) {
            return saved.attribute(name, attribute);
        }
    }

    @Test
    void copies_of_a_component_that_scale_are_reported_in_the_variant_whose_machines_follow_them() throws Exception {
        assertThat(ofComponents("following/all", "component_autoscaling"))
                .isEqualTo("chat-of-following: enabled, small-of-following: none");
        assertThat(ofComponents("following/all", "autoscaling")).isEqualTo("enabled");
        assertThat(ofComponents("following/all", "autoscaling_max")).isEqualTo("4");
    }

    @Test
    void machines_that_may_follow_copies_do_not_scale_while_no_copies_do() throws Exception {
        assertThat(ofComponents("waiting/all", "component_autoscaling"))
                .isEqualTo("chat-of-waiting: none, small-of-waiting: none");
        assertThat(ofComponents("waiting/all", "autoscaling")).isEqualTo("none");
    }

    @Test
    void a_variant_that_does_not_scale_by_itself_may_be_scaled_from_outside() throws Exception {
        assertThat(ofComponents("outside/all", "autoscaling")).isEqualTo("enabled");
        assertThat(ofComponents("outside/all", "autoscaling_min")).isEqualTo("2");
        assertThat(ofComponents("outside/all", "autoscaling_max")).isEqualTo("6");
        assertThat(AwsRun.found(components().audit(), RULE)).doesNotContain("outside/all");
    }

    @Test
    void a_variant_that_nothing_scales_has_no_range() throws Exception {
        assertThat(ofComponents("unscaled/all", "autoscaling")).isEqualTo("none");
        assertThat(ofComponents("unscaled/all", "autoscaling_min")).isNull();
    }

    @Test
    void an_unknown_range_is_left_out() throws Exception {
        assertThat(ofComponents("open/all", "autoscaling_min")).isNull();
        assertThat(ofComponents("open/all", "autoscaling_max")).isEqualTo("4");
    }

    @Test
    void copies_that_scale_on_machines_of_a_fixed_number_do_not_make_them_scale() throws Exception {
        assertThat(ofComponents("fixed/all", "component_autoscaling"))
                .isEqualTo("chat-of-fixed: enabled, small-of-fixed: none");
        assertThat(ofComponents("fixed/all", "autoscaling")).isEqualTo("none");
    }

    @Test
    void requests_and_those_of_each_machine_show_how_many_machines_an_endpoint_had_that_scales() throws Exception {
        company().fillEndpointOfMachines("us-east-1", "chat", hour -> hour % 24 < 12 ? 3 : 6);
        policy(company().fillTarget("us-east-1", "chat", 3, 6), "endpoint/chat/variant/all");
        AwsRun run = scan();
        assertThat(run.exitCode()).as(run::err).isZero();
        try (SavedScan saved = saved()) {
            assertThat(saved.average("arn:aws:sagemaker:us-east-1:123456789012:endpoint/chat/variant/all", "replicas"))
                    .isEqualTo(4.5);
        }
        assertThat(notExamined(run.audit())).isEqualTo("{}");
    }

    /** Of machines that were counted in each second hour and of an endpoint without a request, for all rules. */
    private static AwsRun measured;

    private AwsRun measured() throws Exception {
        if (measured == null) {
            company().fillEndpointOfMachines("us-east-1", "chat", hour -> hour % 2 == 0 ? 0 : 4);
            company().fillEndpoint("us-east-1", "quiet");
            measured = scanAndSave(ONE_REGION, 15);
            Files.copy(folder.resolve("saved.aiaudit"), shared.resolve("measured.aiaudit"));
        }
        assertThat(measured.exitCode()).as(measured::err).isZero();
        return measured;
    }

    @Test
    void an_hour_without_a_request_shows_no_number_of_machines() throws Exception {
        assertThat(measured().out()).contains("chat/all");
        try (SavedScan saved = new SavedScan(shared.resolve("measured.aiaudit"))) {
            assertThat(saved.average("arn:aws:sagemaker:us-east-1:123456789012:endpoint/chat/variant/all", "replicas"))
                    .isEqualTo(4.0);
        }
    }

    private static double monthly(JsonNode audit, String name) {
        return AwsRun.resource(audit, name).get("monthly_cost").asDouble();
    }

    private static JsonNode finding(JsonNode audit, String name) {
        return AwsRun.each(audit.get("findings"))
                .filter(finding -> finding.get("resource_name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Four instances in each second hour, none reported in the others; one runs now. */
    @Test
    void the_list_price_of_an_endpoint_is_of_the_machines_that_were_measured_and_else_of_those_now() throws Exception {
        JsonNode audit = measured().audit();
        assertThat(monthly(audit, "chat/all")).isCloseTo(2.5 * monthly(audit, "quiet/all"), within(0.02));
        assertThat(finding(audit, "chat/all").at("/evidence/machines").asDouble())
                .isEqualTo(2.5);
        assertThat(finding(audit, "chat/all").at("/evidence/machines_by").asText())
                .isEqualTo("replicas in 180 of 360 hours, and 1, as in the inventory, in the others");
        assertThat(finding(audit, "quiet/all").at("/evidence/machines").asInt()).isEqualTo(1);
        assertThat(finding(audit, "quiet/all").at("/evidence/machines_by").asText())
                .isEqualTo("the inventory; the count in each hour is unknown");
    }
}
