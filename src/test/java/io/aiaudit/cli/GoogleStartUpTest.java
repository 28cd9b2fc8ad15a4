package io.aiaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.testing.Ran;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoogleStartUpTest {
    @Test
    void the_libraries_of_google_are_loaded_only_when_google_is_scanned(@TempDir Path folder) throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        List<String> command = new ArrayList<>(
                CommandProcess.command(temporary, List.of("scan", "--demo", "-f", "json", "-o", "report")));
        Path log = folder.resolve("classes.log");
        command.add(1, "-Xlog:class+load:file=" + log);
        Ran run = Ran.program(folder, Map.of(), command);
        assertThat(run.exitCode()).as(run::toString).isEqualTo(4);
        assertThat(Files.readString(log))
                .contains("io.aiaudit.collect.demo")
                .doesNotContain(
                        "com.google.cloud", "com.google.auth", "com.google.api", "com.google.protobuf", "io.grpc");
    }
}
