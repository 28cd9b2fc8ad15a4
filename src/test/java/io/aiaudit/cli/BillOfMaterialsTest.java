package io.aiaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.testing.Outside;
import io.aiaudit.testing.Ran;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code aiaudit version --sbom} prints what lies beside the program, as the build and the installer leave it. */
@Outside
class BillOfMaterialsTest {
    @TempDir
    private Path folder;

    private Path classes;

    @BeforeEach
    void copyTheProgram() throws IOException {
        Path compiled = Arrays.stream(CommandProcess.classPath().split(File.pathSeparator))
                .map(Path::of)
                .filter(entry -> Files.exists(entry.resolve("io/aiaudit/cli/Main.class")))
                .findFirst()
                .orElseThrow();
        classes = folder.resolve("classes");
        try (Stream<Path> files = Files.walk(compiled)) {
            for (Path file : files.toList()) {
                Files.copy(file, classes.resolve(compiled.relativize(file).toString()));
            }
        }
    }

    private Ran sbom() {
        String libraries = Arrays.stream(CommandProcess.classPath().split(File.pathSeparator))
                .filter(entry -> entry.endsWith(".jar"))
                .collect(Collectors.joining(File.pathSeparator));
        return Ran.program(
                folder,
                Map.of(),
                CommandProcess.program(
                        folder,
                        List.of("-cp", classes + File.pathSeparator + libraries),
                        Main.class.getName(),
                        List.of("version", "--sbom")));
    }

    @Test
    void it_is_printed_as_it_is() throws IOException {
        Files.writeString(folder.resolve("aiaudit-bom.json"), "{\"bomFormat\": \"CycloneDX\"}\n");
        Ran ran = sbom();
        assertThat(ran.exitCode()).as(ran::err).isZero();
        assertThat(ran.out()).isEqualTo("{\"bomFormat\": \"CycloneDX\"}\n");
    }

    @Test
    void without_one_the_message_has_its_name() {
        Ran ran = sbom();
        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err()).contains("aiaudit-bom.json is missing.", "fix: Install aiaudit again with install.sh");
    }
}
