package io.aiaudit.collect.aws;

import java.util.List;

/**
 * A way to call models of Bedrock: each counts what it did under names of its own.
 *
 * @param dimension of CloudWatch that has the name by which a model was called
 * @param metrics the first is published for every model that was called
 */
record BedrockEndpoint(String label, String namespace, String dimension, List<CloudWatchMetric> metrics) {
    private static final String OF_BEDROCK = "AWS/Bedrock";
    private static final String OF_MANTLE = "AWS/BedrockMantle";

    /** Bedrock's own API. Its input tokens are those that no cache had; latencies are in milliseconds. */
    static final BedrockEndpoint RUNTIME = new BedrockEndpoint(
            "runtime",
            OF_BEDROCK,
            "ModelId",
            List.of(
                    CloudWatchMetric.counter(OF_BEDROCK, "Invocations", "requests"),
                    CloudWatchMetric.counter(OF_BEDROCK, "InputTokenCount", "tokens_input"),
                    CloudWatchMetric.counter(OF_BEDROCK, "OutputTokenCount", "tokens_output"),
                    CloudWatchMetric.counter(OF_BEDROCK, "CacheReadInputTokenCount", "tokens_cache_read"),
                    CloudWatchMetric.counter(OF_BEDROCK, "CacheWriteInputTokenCount", "tokens_cache_write"),
                    CloudWatchMetric.measured(OF_BEDROCK, "InvocationLatency", "latency_ms", 1)));

    /** The API that is compatible with OpenAI's and Anthropic's. Nothing provisioned is called through it. */
    private static final BedrockEndpoint MANTLE = new BedrockEndpoint(
            "mantle",
            OF_MANTLE,
            "Model",
            List.of(
                    CloudWatchMetric.counter(OF_MANTLE, "Inferences", "requests"),
                    CloudWatchMetric.counter(OF_MANTLE, "TotalInputTokens", "tokens_input"),
                    CloudWatchMetric.counter(OF_MANTLE, "TotalOutputTokens", "tokens_output")));

    static final List<BedrockEndpoint> ALL = List.of(RUNTIME, MANTLE);

    BedrockEndpoint {
        metrics = List.copyOf(metrics);
    }

    String requests() {
        return metrics.get(0).name();
    }
}
