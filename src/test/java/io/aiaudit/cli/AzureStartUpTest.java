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

class AzureStartUpTest {
    @Test
    void the_sdk_of_azure_is_loaded_only_when_azure_is_scanned(@TempDir Path folder) throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        List<String> command = new ArrayList<>(
                CommandProcess.command(temporary, List.of("scan", "--demo", "-f", "json", "-o", "report")));
        Path log = folder.resolve("classes.log");
        command.add(1, "-Xlog:class+load:file=" + log);
        Ran run = Ran.program(folder, Map.of(), command);
        assertThat(run.exitCode()).as(run::toString).isEqualTo(4);
        assertThat(Files.readString(log))
                .contains("io.aiaudit.collect.demo")
                .doesNotContain(" com.azure.", " com.microsoft.aad.", " reactor.core.");
    }

    /** Netty itself comes with what the tests execute queries of BigQuery with; the build refuses it in what is installed. */
    @Test
    void azure_is_asked_by_the_client_of_the_jdk_and_not_by_netty() {
        assertThat(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")))
                .contains("azure-core-http-jdk-httpclient")
                .doesNotContain("azure-core-http-netty", "reactor-netty");
    }
}
