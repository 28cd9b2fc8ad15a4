package io.aiaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What {@code aiaudit scan --source aws} did in this process, with everything that it asks AWS going to one address.
 */
record AwsRun(int exitCode, String out, String err) {
    /** Regions of a test that needs no others. */
    static final String TWO_REGIONS = "aws: {regions: [us-east-1, eu-west-1]}\n";

    static AwsRun of(URI aws, Path folder, String configuration, String... arguments) throws IOException {
        Path file = Files.writeString(folder.resolve("aws.yaml"), configuration);
        return command(
                aws,
                Stream.concat(
                                Stream.of("scan", "--source", "aws", "--config", file.toString()),
                                Arrays.stream(arguments))
                        .toArray(String[]::new));
    }

    /** Any command. */
    static AwsRun command(URI aws, String... all) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = talkingTo(aws, () -> CommandLines.run(all, new PrintWriter(out), new PrintWriter(err)));
        return new AwsRun(exitCode, out.toString(), err.toString());
    }

    /** What {@code work} gives while the SDK of this process talks to one address. */
    static <T> T talkingTo(URI aws, Supplier<T> work) {
        Map<String, String> before = new HashMap<>();
        properties(aws).forEach((name, value) -> before.put(name, System.getProperty(name)));
        properties(aws).forEach(System::setProperty);
        try {
            return work.get();
        } finally {
            before.forEach((name, value) -> {
                if (value == null) {
                    System.clearProperty(name);
                } else {
                    System.setProperty(name, value);
                }
            });
        }
    }

    private static Map<String, String> properties(URI aws) {
        return Map.of(
                "aws.endpointUrl", aws.toString(),
                "aws.accessKeyId", "AKIAIOSFODNN7EXAMPLE",
                "aws.secretAccessKey", "secret",
                "aws.region", "us-east-1",
                "aws.disableEc2Metadata", "true",
                // Again once, as the tests of refusals ask: waiting for what moto does not know is time lost.
                "aws.maxAttempts", "2");
    }

    JsonNode audit() throws IOException {
        return audit(out, err);
    }

    static JsonNode audit(String out, String err) throws IOException {
        assertThat(out).as(err).startsWith("{");
        return new ObjectMapper().readTree(out);
    }

    /** Names of what a rule found, in the order of the alphabet. */
    static List<String> found(JsonNode audit, String rule) {
        return each(audit.get("findings"))
                .filter(finding -> finding.get("rule").asText().equals(rule))
                .map(finding -> finding.get("resource_name").asText())
                .sorted()
                .toList();
    }

    static Stream<JsonNode> each(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    static JsonNode resource(JsonNode audit, String name) {
        return each(audit.get("resources"))
                .filter(resource -> resource.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not among " + audit.get("resources")));
    }

    static long requests(JsonNode audit, String operation) {
        return audit.at("/scan_cost/aws_requests_by_operation").path(operation).asLong();
    }
}
