package io.aiaudit.collect.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.collect.Operation;
import io.aiaudit.collect.Operations;
import io.aiaudit.collect.aws.AwsOperation.Grant;
import java.util.List;
import org.junit.jupiter.api.Test;

class AwsOperationsTest {
    private static final S3Export EXPORT = new S3Export(0, "focus", "bills", "", "us-east-1");

    private static List<String> tried(S3Export export) {
        AwsSession session = new AwsSession(
                new AwsClients(Operations.of(AwsCollector.operations(), null)), "1", null, "aws", "us-east-1");
        AwsOperation.Trial trial = new AwsOperation.Trial(session, export, null);
        return AwsCollector.operations().stream()
                .filter(operation -> operation.isTried(trial))
                .map(AwsOperation::name)
                .toList();
    }

    @Test
    void every_operation_is_declared_once_and_named_by_what_it_reads() {
        assertThat(AwsCollector.operations()).extracting(AwsOperation::name).doesNotHaveDuplicates();
        assertThat(AwsCollector.operations()).allSatisfy(operation -> {
            assertThat(operation.reads()).as(operation.name()).isNotEmpty();
            assertThat(operation.frequency()).as(operation.name()).isNotNull();
        });
    }

    @Test
    void every_permission_is_tried_but_those_that_have_been_used_by_then() {
        List<String> declared = AwsCollector.operations().stream()
                .filter(operation -> !operation.reads().contains(Operation.SCOPE))
                // Athena is called where the user says so.
                .filter(operation -> operation.grant() != Grant.ATHENA)
                .map(AwsOperation::name)
                .toList();
        assertThat(tried(EXPORT)).containsExactlyElementsOf(declared);
        assertThat(tried(null))
                .as("no scan needs what is in the bucket of an export that is not there")
                .doesNotContain("S3.ListObjectsV2", "S3.GetObject")
                .contains("S3.GetBucketLocation", "BcmDataExports.GetExport");
    }

    @Test
    void one_list_of_each_service_is_tried_in_every_region() {
        assertThat(AwsCollector.operations())
                .filteredOn(AwsOperation::isTriedEverywhere)
                .extracting(AwsOperation::name)
                .containsExactlyInAnyOrder(
                        "Ec2.DescribeInstances",
                        "SageMaker.ListEndpoints",
                        "CloudWatch.ListMetrics",
                        "AutoScaling.DescribeAutoScalingGroups",
                        "Eks.ListClusters",
                        "Bedrock.ListProvisionedModelThroughputs",
                        "CloudTrail.DescribeTrails");
    }
}
