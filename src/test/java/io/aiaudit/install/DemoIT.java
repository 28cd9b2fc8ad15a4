package io.aiaudit.install;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.testing.CtrlC;
import io.aiaudit.testing.Outside;
import io.aiaudit.testing.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The installed command on the demo company: the report is there, and nothing else is left. */
@Outside
class DemoIT {

    @TempDir
    private Path folder;

    private Path empty;
    private Path temporary;

    @BeforeEach
    void makeFolders() throws IOException {
        empty = Files.createDirectory(folder.resolve("empty"));
        temporary = Files.createDirectory(folder.resolve("temporary"));
    }

    static List<Path> javas() {
        return Javas.all().toList();
    }

    @ParameterizedTest
    @MethodSource("javas")
    void it_leaves_nothing_in_the_temporary_and_the_current_folder(Path java) throws IOException {
        Installed installed = Installed.shared(java);
        Path classes = Files.createDirectory(folder.resolve("classes"));
        Map<String, String> environment = Map.of(
                "TMPDIR", temporary.toString(), "AIAUDIT_JAVA_OPTIONS", "-Xlog:class+load:file=" + classes + "/%p.txt");

        Ran ran = installed.aiaudit(empty, environment, "scan", "--demo", "-f", "html");

        assertThat(ran.exitCode()).as(ran::toString).isEqualTo(4); // the demo has a region that was denied
        assertThat(ran.out()).contains("<svg");
        assertThat(loaded(classes))
                .as("a small server has neither fonts nor the libraries for them")
                .contains("org.apache.batik.svggen.SVGFont")
                .doesNotContain("sun.font.SunFontManager");
        assertThat(ran.err()
                        .lines()
                        .filter(line -> line.toLowerCase(Locale.ROOT).contains("warning:")))
                .as("nothing of Java and its archives")
                .singleElement()
                .asString()
                .startsWith("warning: Promotional credits covered ");
        assertThat(Folder.content(temporary)).isEmpty();
        assertThat(Folder.content(empty)).isEmpty();
    }

    /** What each Java wrote into the folder. */
    private static String loaded(Path classes) throws IOException {
        StringBuilder all = new StringBuilder();
        for (String file : Folder.content(classes)) {
            all.append(Files.readString(classes.resolve(file)));
        }
        return all.toString();
    }

    @Test
    void an_interrupted_scan_leaves_nothing_behind() throws IOException, InterruptedException {
        Installed installed = Installed.shared(Javas.current());
        Process process = Ran.builder(
                        empty,
                        Map.of("TMPDIR", temporary.toString()),
                        CtrlC.interruptible(List.of(installed.launcher().toString(), "scan", "--demo", "-f", "json")))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (process.isAlive() && Folder.content(temporary).isEmpty() && System.nanoTime() < deadline) {
            Thread.sleep(5);
        }
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();

        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(130);
        assertThat(Folder.content(temporary)).isEmpty();
        assertThat(Folder.content(empty)).isEmpty();
    }
}
