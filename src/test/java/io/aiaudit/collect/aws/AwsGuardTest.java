package io.aiaudit.collect.aws;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.aiaudit.collect.Operations;
import io.aiaudit.collect.ScanCost;
import io.aiaudit.model.UserError;
import io.aiaudit.testing.Outside;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.athena.AthenaClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.sagemaker.SageMakerClient;

@Outside
class AwsGuardTest {
    private final WireMockServer server = new WireMockServer(
            WireMockConfiguration.options().bindAddress("127.0.0.1").dynamicPort());

    @BeforeEach
    void start() {
        server.start();
        server.stubFor(any(anyUrl()).willReturn(ok("{\"Endpoints\": []}")));
        System.setProperty("aws.endpointUrl", server.baseUrl());
        System.setProperty("aws.accessKeyId", "AKIAIOSFODNN7EXAMPLE");
        System.setProperty("aws.secretAccessKey", "secret");
    }

    @AfterEach
    void stop() {
        server.stop();
        System.clearProperty("aws.endpointUrl");
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
    }

    @Test
    void an_operation_that_changes_something_is_refused_and_nothing_is_sent() {
        try (AwsClients clients = new AwsClients(Operations.of(AwsCollector.operations(), null))) {
            Ec2Client ec2 = clients.of(Ec2Client.class, Ec2Client::builder, "1", "us-east-1");
            assertThatThrownBy(() -> ec2.stopInstances(request -> request.instanceIds("i-0123456789abcdef0")))
                    .isInstanceOf(Operations.NotAllowed.class)
                    .hasMessageContaining("Ec2.StopInstances is not declared");
            SageMakerClient sageMaker = clients.of(SageMakerClient.class, SageMakerClient::builder, "1", "us-east-1");
            assertThatThrownBy(() -> sageMaker.deleteEndpoint(request -> request.endpointName("chat")))
                    .isInstanceOf(Operations.NotAllowed.class);
        }
        server.verify(0, anyRequestedFor(anyUrl()));
    }

    @Test
    void athena_is_read_by_queries_and_by_nothing_that_changes_a_table() {
        try (AwsClients clients = new AwsClients(Operations.of(AwsCollector.operations(), null))) {
            AthenaClient athena = clients.of(AthenaClient.class, AthenaClient::builder, "1", "us-east-1");
            for (String statement :
                    List.of("DROP TABLE focus", "INSERT INTO focus SELECT 1", "UNLOAD (SELECT 1) TO ''")) {
                assertThatThrownBy(() -> athena.startQueryExecution(request -> request.queryString(statement)))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("read-only");
            }
        }
        server.verify(0, anyRequestedFor(anyUrl()));
    }

    @Test
    void a_list_that_names_a_page_twice_is_ended_and_keeps_what_it_gave() {
        server.resetAll();
        String page = "{\"Endpoints\": [{\"EndpointName\": \"chat\"}], \"NextToken\": \"%s\"}";
        server.stubFor(any(anyUrl()).willReturn(ok(page.formatted("b"))));
        server.stubFor(any(anyUrl()).withRequestBody(containing("\"b\"")).willReturn(ok(page.formatted("c"))));
        server.stubFor(any(anyUrl()).withRequestBody(containing("\"c\"")).willReturn(ok(page.formatted("b"))));
        List<String> names = new ArrayList<>();
        assertThat(AwsFailure.explain(endOfEndpoints(names)).orElseThrow().problem())
                .isEqualTo("sagemaker:ListEndpoints in us-east-1 returns page after page: the list does not end.");
        assertThat(names).hasSize(2);
    }

    @Test
    void a_list_that_returns_one_page_under_ever_new_names_is_ended() {
        server.resetAll();
        String page = "{\"Endpoints\": [{\"EndpointName\": \"chat\"}], \"NextToken\": \"n%d.\"}";
        server.stubFor(any(anyUrl()).willReturn(ok(page.formatted(0))));
        for (int number = 0; number < 100; number++) {
            server.stubFor(any(anyUrl())
                    .withRequestBody(containing("\"n" + number + ".\""))
                    .willReturn(ok(page.formatted(number + 1))));
        }
        List<String> names = new ArrayList<>();
        assertThat(AwsFailure.explain(endOfEndpoints(names)).orElseThrow().problem())
                .endsWith("the list does not end.");
        assertThat(names).hasSize(20);
    }

    /** Lists all endpoints into {@code names}, until that fails. */
    private static Exception endOfEndpoints(List<String> names) {
        try (AwsClients clients = new AwsClients(Operations.of(AwsCollector.operations(), null))) {
            SageMakerClient sageMaker = clients.of(SageMakerClient.class, SageMakerClient::builder, "1", "us-east-1");
            return (Exception) catchThrowable(() -> sageMaker
                    .listEndpointsPaginator(request -> {})
                    .endpoints()
                    .forEach(endpoint -> names.add(endpoint.endpointName())));
        }
    }

    @Test
    void a_response_that_breaks_off_is_called_one_without_names_of_classes() {
        server.resetAll();
        server.stubFor(any(anyUrl()).willReturn(ok("{\"Endpoints\": [")));
        try (AwsClients clients = new AwsClients(Operations.of(AwsCollector.operations(), null))) {
            SageMakerClient sageMaker = clients.of(SageMakerClient.class, SageMakerClient::builder, "1", "us-east-1");
            Throwable thrown = catchThrowable(() -> sageMaker.listEndpoints(request -> {}));
            assertThat(AwsFailure.explain((Exception) thrown).orElseThrow().problem())
                    .isEqualTo("sagemaker:ListEndpoints in us-east-1 sent a response that broke off or is not JSON.");
        }
    }

    /** What denies by itself, and what does not allow what a role does. */
    @ParameterizedTest
    @CsvSource({
        "with an explicit deny in a service control policy, a service control policy",
        "with an explicit deny in a resource control policy: arn:aws:organizations::1, a resource control policy",
        "because no service control policy allows the sagemaker:ListEndpoints action, a service control policy",
        "because no permissions boundary allows the sagemaker:ListEndpoints action, a permissions boundary",
        "because no VPC endpoint policy allows the sagemaker:ListEndpoints action, a VPC endpoint policy",
        "with an explicit deny in a VPC endpoint policy, a VPC endpoint policy",
        "because no session policy allows the sagemaker:ListEndpoints action, a session policy"
    })
    void what_another_policy_denies_is_not_to_be_added_to_the_role(String why, String policy) {
        UserError error = refused(why);
        assertThat(error.problem()).isEqualTo("access denied for sagemaker:ListEndpoints by " + policy + ".");
        assertThat(error.fix()).doesNotContain("Add the permission");
    }

    @Test
    void what_no_policy_of_the_role_allows_is_to_be_added_to_it() {
        assertThat(refused("because no identity-based policy allows the sagemaker:ListEndpoints action")
                        .fix())
                .startsWith("Add the permission");
    }

    private UserError refused(String why) {
        server.resetAll();
        server.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(400).withBody("""
                {"__type": "AccessDeniedException", "Message": "User: \
                arn:aws:sts::123456789012:assumed-role/aiaudit-read/aiaudit is not \
                authorized to perform: sagemaker:ListEndpoints on resource: \
                arn:aws:sagemaker:us-east-1:123456789012:endpoint/* %s"}""".formatted(why))));
        try (AwsClients clients = new AwsClients(Operations.of(AwsCollector.operations(), null))) {
            SageMakerClient sageMaker = clients.of(SageMakerClient.class, SageMakerClient::builder, "1", "us-east-1");
            Throwable thrown = catchThrowable(() -> sageMaker.listEndpoints(request -> {}));
            return AwsFailure.explain((Exception) thrown).orElseThrow();
        }
    }

    @Test
    void a_list_that_is_read_again_may_have_the_same_tokens() {
        server.resetAll();
        server.stubFor(any(anyUrl()).willReturn(ok("{\"Endpoints\": [], \"NextToken\": \"b\"}")));
        server.stubFor(any(anyUrl()).withRequestBody(containing("\"b\"")).willReturn(ok("{\"Endpoints\": []}")));
        try (AwsClients clients = new AwsClients(Operations.of(AwsCollector.operations(), null))) {
            SageMakerClient sageMaker = clients.of(SageMakerClient.class, SageMakerClient::builder, "1", "us-east-1");
            assertThat(sageMaker.listEndpoints(request -> {}).nextToken())
                    .as("its first page alone")
                    .isEqualTo("b");
            assertThat(sageMaker.listEndpointsPaginator(request -> {})).hasSize(2);
            assertThat(sageMaker.listEndpointsPaginator(request -> {})).hasSize(2);
        }
    }

    @Test
    void requests_are_counted_and_those_that_cost_stop_at_the_limit() {
        Operations operations = Operations.of(AwsCollector.operations(), new BigDecimal("0.00001"));
        try (AwsClients clients = new AwsClients(operations)) {
            SageMakerClient sageMaker = clients.of(SageMakerClient.class, SageMakerClient::builder, "1", "us-east-1");
            sageMaker.listEndpoints(request -> {});
            sageMaker.listEndpoints(request -> {});
            CloudWatchClient cloudWatch =
                    clients.of(CloudWatchClient.class, CloudWatchClient::builder, "1", "us-east-1");
            assertThatThrownBy(() -> cloudWatch.getMetricData(
                            request -> request.metricDataQueries(List.of(query("a"), query("b")))))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("cloudwatch:GetMetricData")
                    .hasMessageContaining("--max-api-cost");
        }
        assertThat(operations.cost()).isEqualTo(new ScanCost(Map.of("SageMaker.ListEndpoints", 2L), BigDecimal.ZERO));
    }

    @Test
    void half_of_the_limit_is_kept_for_metrics() {
        Operations operations = Operations.of(AwsCollector.operations(), new BigDecimal("0.04"));
        AwsOperation costs = declared("CostExplorer.GetCostAndUsage");
        costs.charge(null, operations);
        costs.charge(null, operations);
        assertThatThrownBy(() -> costs.charge(null, operations))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("$0.02 is kept for metrics")
                .hasMessageContaining("--max-api-cost 0.08");
        declared("CloudWatch.GetMetricData")
                .charge(
                        GetMetricDataRequest.builder()
                                .metricDataQueries(Collections.nCopies(500, query("a")))
                                .build(),
                        operations);
        assertThat(operations.cost().usd()).isEqualByComparingTo("0.025");
    }

    private static AwsOperation declared(String name) {
        return AwsCollector.operations().stream()
                .filter(operation -> operation.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static MetricDataQuery query(String id) {
        return MetricDataQuery.builder().id(id).build();
    }
}
