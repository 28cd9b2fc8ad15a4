package io.aiaudit.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.aiaudit.testing.AzureServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

/** What a command did in this process, with everything that it asks Azure going to one server. */
record AzureRun(int exitCode, String out, String err) {
    /** {@code aiaudit scan --source azure} with these further lines under {@code azure:}. */
    static AzureRun scan(AzureServer azure, Path folder, String further, String... arguments) throws IOException {
        return command(
                azure,
                folder,
                further,
                Stream.concat(Stream.of("scan", "--source", "azure"), Arrays.stream(arguments))
                        .toArray(String[]::new));
    }

    static AzureRun command(AzureServer azure, Path folder, String further, String... all) throws IOException {
        return command(Files.writeString(folder.resolve("azure.yaml"), azure.configuration(further)), all);
    }

    /** With a configuration that is there. */
    static AzureRun command(Path file, String... all) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = CommandLines.run(
                Stream.concat(Arrays.stream(all), Stream.of("--config", file.toString()))
                        .toArray(String[]::new),
                new PrintWriter(out),
                new PrintWriter(err));
        return new AzureRun(exitCode, out.toString(), err.toString());
    }

    JsonNode audit() throws IOException {
        return AwsRun.audit(out, err);
    }

    static long requests(JsonNode audit, String operation) {
        return audit.at("/scan_cost/azure_requests_by_operation")
                .path(operation)
                .asLong();
    }
}
