package io.aiaudit.collect.aws;

import io.aiaudit.collect.aws.MetricSeries.Statistic;
import java.util.List;

/**
 * A way to call models of Bedrock: each counts what it did under names of its own.
 *
 * @param dimension of CloudWatch that has the name by which a model was called
 * @param metrics the first is published for every model that was called
 */
record BedrockEndpoint(String word, String namespace, String dimension, List<Told> metrics) {
    /** Bedrock's own API. Its input tokens are those that no cache had; it tells how long an answer took, in milliseconds. */
    static final BedrockEndpoint RUNTIME = new BedrockEndpoint(
            "runtime",
            "AWS/Bedrock",
            "ModelId",
            List.of(
                    counter("requests", "Invocations"),
                    counter("tokens_input", "InputTokenCount"),
                    counter("tokens_output", "OutputTokenCount"),
                    counter("tokens_cache_read", "CacheReadInputTokenCount"),
                    counter("tokens_cache_write", "CacheWriteInputTokenCount"),
                    new Told("latency_ms", "InvocationLatency", Statistic.AVERAGE),
                    new Told("latency_ms", "InvocationLatency", Statistic.MAXIMUM)));

    /** The API that speaks OpenAI's and Anthropic's. Nothing provisioned is called through it. */
    private static final BedrockEndpoint MANTLE = new BedrockEndpoint(
            "mantle",
            "AWS/BedrockMantle",
            "Model",
            List.of(
                    counter("requests", "Inferences"),
                    counter("tokens_input", "TotalInputTokens"),
                    counter("tokens_output", "TotalOutputTokens")));

    static final List<BedrockEndpoint> ALL = List.of(RUNTIME, MANTLE);

    /** A metric of ours, and the name and statistic that CloudWatch has it under. */
    record Told(String metric, String name, Statistic statistic) {
        boolean isCounter() {
            return statistic == Statistic.SUM;
        }
    }

    BedrockEndpoint {
        metrics = List.copyOf(metrics);
    }

    private static Told counter(String metric, String name) {
        return new Told(metric, name, Statistic.SUM);
    }

    String requests() {
        return metrics.get(0).name();
    }
}
