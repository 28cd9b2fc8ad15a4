package io.aiaudit.cli;

import io.aiaudit.testing.Needs;
import io.aiaudit.testing.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A scan of two small files in a process of its own, in a folder of its own and with a temporary folder of its own, for
 * tests of what happens to a run from outside. It goes through the same steps as a large one.
 */
record SmallScan(Path work, Path temporary) {
    private static final Path FILES = Needs.projectFolder().resolve("src/test/resources/commands/files-scan");
    private static final List<String> INPUTS = List.of("scan", "--billing", "bill.csv", "--usage", "usage.csv");
    static final List<String> OUTPUTS = List.of("--save", "june.aiaudit", "-f", "html,json", "-o", "report");

    /** For what has nothing to do with rules. */
    static final List<String> OUTPUTS_OF_ONE_RULE = List.of(OneRule.with(OUTPUTS.toArray(String[]::new)));

    static SmallScan in(Path folder) throws IOException {
        SmallScan scan = new SmallScan(
                Files.createDirectory(folder.resolve("work")), Files.createDirectory(folder.resolve("tmp")));
        for (String name : List.of("bill.csv", "usage.csv")) {
            Files.copy(FILES.resolve(name), scan.work.resolve(name));
        }
        return scan;
    }

    /** The command line of the process. */
    List<String> command(List<String> arguments) {
        List<String> all = new ArrayList<>(INPUTS);
        all.addAll(arguments);
        return CommandProcess.command(temporary, all);
    }

    Ran run(List<String> arguments) {
        return Ran.program(work, Map.of(), command(arguments));
    }

    /** Runs it below a shell, in which {@code "$@"} is the command. */
    Ran shell(String script, List<String> arguments) {
        return program(List.of(), script, command(arguments));
    }

    /** Another command below a shell, which may be run by a program such as unshare. */
    Ran program(List<String> runner, String script, List<String> command) {
        List<String> words = new ArrayList<>(runner);
        words.addAll(List.of(Needs.program("bash").toString(), "-c", script, "bash"));
        words.addAll(command);
        return Ran.program(work, Map.of(), words);
    }

    Process start(List<String> arguments) throws IOException {
        return Ran.builder(work, Map.of(), command(arguments))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** What lies in a folder, hidden files too. */
    static List<String> names(Path folder) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }
}
