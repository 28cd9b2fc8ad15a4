package io.aiaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.testing.Needs;
import io.aiaudit.testing.OnceABuild;
import io.aiaudit.testing.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The scan of the demo company in a process of its own that all tests of a build share: what it printed, and which
 * classes it loaded. It leaves no file behind.
 */
record DemoProcess(Ran ran, String loaded) {
    static final List<String> ARGUMENTS = List.of("scan", "--demo", "-q");

    static DemoProcess ofThisBuild() throws IOException {
        Path made = OnceABuild.folder(
                Needs.projectFolder().resolve("target/demo-process"),
                OnceABuild.ofClasses(CommandProcess.classPath()),
                DemoProcess::run);
        Ran ran = new Ran(
                ARGUMENTS,
                Integer.parseInt(Files.readString(made.resolve("exit-code"))),
                Files.readString(made.resolve("out")),
                Files.readString(made.resolve("err")));
        return new DemoProcess(ran, Files.readString(made.resolve("classes")));
    }

    private static void run(Path folder) throws IOException {
        Path work = Files.createDirectory(folder.resolve("work"));
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        List<String> command = new ArrayList<>(CommandProcess.command(temporary, ARGUMENTS));
        command.add(1, "-Xlog:class+load:file=" + folder.resolve("classes"));
        Ran ran = Ran.program(work, CommandProcess.withoutOurVariables(), command);
        assertThat(SmallScan.names(work)).as("left behind").isEmpty();
        // The driver unpacks its library there, where none is installed.
        assertThat(SmallScan.names(temporary))
                .as("in the temporary folder")
                .allMatch(name -> name.startsWith("libduckdb"));
        Files.writeString(folder.resolve("exit-code"), Integer.toString(ran.exitCode()));
        Files.writeString(folder.resolve("out"), ran.out());
        Files.writeString(folder.resolve("err"), ran.err());
    }
}
