package io.aiaudit.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.aiaudit.testing.GoogleServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

/** What a command did in this process, with everything that it asks Google going to one server. */
record GoogleRun(int exitCode, String out, String err) {
    /** {@code aiaudit scan --source gcp} with these further lines under {@code gcp:}. */
    static GoogleRun scan(GoogleServer google, Path folder, String further, String... arguments) throws IOException {
        return command(
                google,
                folder,
                further,
                Stream.concat(Stream.of("scan", "--source", "gcp"), Arrays.stream(arguments))
                        .toArray(String[]::new));
    }

    static GoogleRun command(GoogleServer google, Path folder, String further, String... all) throws IOException {
        Path file = Files.writeString(folder.resolve("gcp.yaml"), google.configuration(further));
        google.logIn(folder);
        String home = System.setProperty("user.home", folder.toString());
        System.setProperty("aiaudit.caches", folder.toString());
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        try {
            int exitCode = CommandLines.run(
                    Stream.concat(Arrays.stream(all), Stream.of("--config", file.toString()))
                            .toArray(String[]::new),
                    new PrintWriter(out),
                    new PrintWriter(err));
            return new GoogleRun(exitCode, out.toString(), err.toString());
        } finally {
            System.setProperty("user.home", home);
            System.clearProperty("aiaudit.caches");
        }
    }

    JsonNode audit() throws IOException {
        return AwsRun.audit(out, err);
    }

    static long requests(JsonNode audit, String operation) {
        return audit.at("/scan_cost/gcp_requests_by_operation").path(operation).asLong();
    }
}
