package io.aiaudit.collect.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.aiaudit.model.Resource;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CloudWatchUnitsTest {
    private static final String SAGEMAKER = "AWS/SageMaker ";
    private static final String MACHINES = "/aws/sagemaker/Endpoints ";
    private static final String BEDROCK = "AWS/Bedrock ";
    private static final String MANTLE = "AWS/BedrockMantle ";

    private static final Resource MACHINE = Resource.builder("m", "inference_endpoint", "aws")
            .acceleratorCount(BigDecimal.valueOf(8))
            .acceleratorMemoryGib(BigDecimal.valueOf(80))
            .vcpus(BigDecimal.valueOf(192))
            .memoryGib(BigDecimal.valueOf(2048))
            .build();

    /**
     * What AWS documents: latencies of SageMaker's models are in microseconds, those of Bedrock in milliseconds;
     * utilization is 0 to 100, of accelerators and processors for each of them.
     */
    private static final Map<String, Double> DOCUMENTED = Map.ofEntries(
            Map.entry(SAGEMAKER + "Invocations", 1.0),
            Map.entry(SAGEMAKER + "ModelLatency", 1 / 1000.0),
            Map.entry(SAGEMAKER + "ApproximateBacklogSize", 1.0),
            Map.entry(SAGEMAKER + "InvocationsPerInstance", 1.0),
            Map.entry(MACHINES + "GPUUtilization", 1 / 800.0),
            Map.entry(MACHINES + "GPUMemoryUtilization", 80 / 800.0),
            Map.entry(MACHINES + "CPUUtilization", 1 / 19_200.0),
            Map.entry(MACHINES + "MemoryUtilization", 2048 / 100.0),
            Map.entry("AWS/EC2 CPUUtilization", 1 / 100.0),
            Map.entry("AWS/EC2 NetworkIn", 1.0),
            Map.entry("AWS/EC2 NetworkOut", 1.0),
            Map.entry(BEDROCK + "Invocations", 1.0),
            Map.entry(BEDROCK + "InvocationLatency", 1.0),
            Map.entry(BEDROCK + "InputTokenCount", 1.0),
            Map.entry(BEDROCK + "OutputTokenCount", 1.0),
            Map.entry(BEDROCK + "CacheReadInputTokenCount", 1.0),
            Map.entry(BEDROCK + "CacheWriteInputTokenCount", 1.0),
            Map.entry(MANTLE + "Inferences", 1.0),
            Map.entry(MANTLE + "TotalInputTokens", 1.0),
            Map.entry(MANTLE + "TotalOutputTokens", 1.0));

    private static Stream<CloudWatchMetric> rows() {
        return Stream.of(
                        SageMakerMetrics.ROWS,
                        InstanceMetrics.OF_HOST,
                        BedrockEndpoint.ALL.stream()
                                .flatMap(api -> api.metrics().stream())
                                .toList())
                .flatMap(List::stream);
    }

    @Test
    void every_metric_is_converted_from_the_unit_that_aws_documents() {
        Map<String, Double> factors = new TreeMap<>();
        rows().forEach(row ->
                factors.put(row.namespace() + " " + row.name(), row.factor().apply(MACHINE)));
        assertThat(factors).containsOnlyKeys(DOCUMENTED.keySet());
        factors.forEach((name, factor) -> assertThat(factor).as(name).isCloseTo(DOCUMENTED.get(name), within(1e-12)));
    }

    @Test
    void every_latency_that_is_measured_is_one_of_the_table() {
        assertThat(AwsCollector.measures().all().entrySet().stream()
                        .filter(kind -> kind.getValue().contains("latency_ms"))
                        .map(Map.Entry::getKey))
                .containsExactlyInAnyOrder("inference_endpoint", "model_usage", "provisioned_throughput");
        assertThat(rows().filter(row -> row.metric().equals("latency_ms")).map(CloudWatchMetric::name))
                .containsExactlyInAnyOrder("ModelLatency", "InvocationLatency");
    }
}
