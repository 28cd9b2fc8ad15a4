package io.aiaudit.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.aiaudit.model.Gap;
import io.aiaudit.model.Resource;
import io.aiaudit.testing.Difference;
import io.aiaudit.testing.FaultTable;
import io.aiaudit.testing.FaultTable.Row;
import io.aiaudit.testing.Gathered;
import io.aiaudit.testing.Outside;
import io.aiaudit.testing.Slow;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A fault at each operation in turn takes what the operation is about and nothing beside it. */
@Outside
@Slow
class AwsEachFaultTest extends AwsReplay {
    /** In the request for the volumes of instances, beside which those of none are listed. */
    private static final String OF_INSTANCES = "attachment.instance-id";

    /**
     * Without the account and its regions nothing is read; an export that cannot be looked for gives way to Cost
     * Explorer.
     */
    private static final Set<String> ELSEWHERE = Set.of(
            "Sts.GetCallerIdentity",
            "Ec2.DescribeRegions",
            "BcmDataExports.ListExports",
            "CostAndUsageReport.DescribeReportDefinitions");

    private static final FaultTable TABLE = FaultTable.beside(AwsEachFaultTest.class, "aws-faults.txt");

    private static final Set<String> FORMS = Set.of("AutoScaling", "CloudWatch", "Ec2", "Sts");
    private static final Map<String, String> PATHS = Map.of(
            "Eks.ListClusters", "/clusters",
            "Bedrock.ListCustomModels", "/custom-models",
            "Bedrock.ListImportedModels", "/imported-models",
            "Bedrock.ListCustomModelDeployments", "/model-customization/custom-model-deployments",
            "Bedrock.ListModelInvocationJobs", "/model-invocation-jobs",
            "Bedrock.ListProvisionedModelThroughputs", "/provisioned-model-throughputs",
            "Savingsplans.DescribeSavingsPlans", "/DescribeSavingsPlans");

    private static MappingBuilder at(String operation) {
        String[] words = operation.split("[.]");
        if (PATHS.containsKey(operation)) {
            return any(urlPathEqualTo(PATHS.get(operation))).atPriority(1);
        }
        if (words[0].equals("Emr")) { // SageMaker has an operation of the same name
            return any(anyUrl())
                    .withHeader(TARGET, equalTo("ElasticMapReduce." + words[1]))
                    .atPriority(1);
        }
        return (FORMS.contains(words[0]) ? AwsServer.form(words[1]) : AwsServer.target(words[1])).atPriority(1);
    }

    private static ResponseDefinitionBuilder refusal(String operation, int status, String code) {
        if (operation.startsWith("Ec2.")) {
            return AwsAnswers.ec2Refusal(status, code, "no");
        }
        return FORMS.contains(operation.split("[.]")[0])
                ? AwsAnswers.stsRefusal(status, code, "no")
                : AwsServer.refusal(status, code, "no");
    }

    /** Moto names volumes anew in each scan of a test. */
    private static Gathered named(Gathered gathered) {
        gathered.resources.replaceAll(resource -> resource.kind().equals("volume")
                ? Resource.builder("volumes", "volume", "aws").build()
                : resource);
        return gathered;
    }

    @Test
    void every_operation_that_a_scan_makes_is_tried() {
        gather();
        Set<String> tried = new TreeSet<>(requests.keySet());
        tried.removeAll(ELSEWHERE);
        assertThat(TABLE.operations()).hasSize(42).containsExactlyInAnyOrderElementsOf(tried);
    }

    @ParameterizedTest
    @CsvSource({"500, InternalFailure", "400, ValidationException"})
    void a_fault_for_good_is_a_gap_that_names_it_and_changes_nothing_else(int status, String code) {
        Gathered whole = named(gather());
        whole.gaps.clear(); // a machine of which one accelerator of four is measured
        for (Row row : TABLE.rows()) {
            fail(at(row.operation()), refusal(row.operation(), status, code));
            Gathered faulty = named(gather());
            faulty.gaps.removeIf(gap -> gap.problem().contains("is published of 1 of its 4 accelerators"));
            row.verify(whole, faulty);
            heal();
        }
    }

    /** CloudWatch refuses the whole of 500 series because of one of them. */
    @Test
    void one_series_that_is_refused_takes_only_its_own_metric() {
        Gathered whole = gather();
        String machine = whole.resource("idle").resourceId();
        fail(
                at("CloudWatch.GetMetricData").withRequestBody(matching(".*" + machine + ".*")),
                refusal("CloudWatch.GetMetricData", 400, "InvalidParameterValue"));
        Gathered faulty = gather();
        Difference difference = Difference.between(whole, faulty);
        assertThat(difference.invented()).isEmpty();
        assertThat(difference.unmeasured()).isNotEmpty().allMatch(series -> series.startsWith("idle "));
        assertThat(faulty.gaps).extracting(Gap::scope).contains("123456789012/us-east-1 metrics of " + machine);
    }

    @ParameterizedTest
    @CsvSource({
        "SageMaker.ListEndpoints, endpoints",
        "SageMaker.ListNotebookInstances, notebooks",
        "Ec2.DescribeInstances, instances",
        "Ec2.DescribeVolumes, volumes"
    })
    void a_list_that_breaks_off_keeps_what_came_before_and_says_that_there_may_be_more(String operation, String what) {
        Gathered whole = gather();
        // Of several lists of one operation the one that has something.
        ServeEvent first = aws.wireMock().getAllServeEvents().stream()
                .filter(event -> isOf(event.getRequest(), operation))
                .max(Comparator.comparing(event -> event.getResponse().getBody().length))
                .orElseThrow();
        String filter = first.getRequest().getBodyAsString().contains(OF_INSTANCES) ? OF_INSTANCES : "";
        String body = first.getResponse().getBodyAsString();
        String token = body.startsWith("{")
                ? body.replaceFirst("[{]", "{\"NextToken\": \"second\", ")
                : body.replaceFirst("(</[A-Za-z]+Response>)\\s*$", "<nextToken>second</nextToken>$1");
        fail(
                at(operation).withRequestBody(containing(filter)).atPriority(2),
                body.startsWith("{") ? AwsServer.json(token) : AwsServer.xml(token));
        fail(at(operation).withRequestBody(containing("second")), refusal(operation, 500, "InternalFailure"));
        Gathered faulty = gather();
        assertThat(Difference.between(whole, faulty)).isEqualTo(Difference.NONE);
        assertThat(faulty.gaps).anySatisfy(gap -> {
            assertThat(gap.scope()).isEqualTo("123456789012/us-east-1 " + what);
            assertThat(gap.problem()).startsWith("the list broke off after ");
        });
    }

    private static boolean isOf(LoggedRequest request, String operation) {
        String name = operation.split("[.]")[1];
        return request.containsHeader(TARGET)
                ? request.getHeader(TARGET).endsWith("." + name)
                : request.getBodyAsString().contains("Action=" + name + "&");
    }
}
