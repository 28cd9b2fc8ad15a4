package io.aiaudit.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How a test starts the command in a process of its own, from the compiled classes. */
final class CommandProcess {
    private CommandProcess() {}

    /** From the classes as they were compiled, archived once a build. */
    static List<String> command(Path temporary, List<String> arguments) {
        return program(temporary, ArchivedClasses.options(), Main.class.getName(), arguments);
    }

    static List<String> program(Path temporary, List<String> classes, String main, List<String> arguments) {
        List<String> command = java(temporary, classes);
        command.add(main);
        command.addAll(arguments);
        return command;
    }

    /** Java with what comes before the main class. Far from UTC and with a decimal comma, as the tests themselves. */
    static List<String> java(Path temporary, List<String> classes) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-Xmx512m",
                "-Xss8m",
                "-Duser.timezone=Asia/Kathmandu",
                "-Duser.language=de",
                "-Djava.io.tmpdir=" + temporary));
        command.addAll(classes);
        return command;
    }

    /** For a process: those of this one that change what the command does are taken away. */
    static Map<String, String> withoutOurVariables() {
        Map<String, String> variables = new HashMap<>();
        System.getenv().keySet().stream()
                .filter(name -> name.startsWith("AIAUDIT_") || name.equals("JAVA_TOOL_OPTIONS"))
                .forEach(name -> variables.put(name, ""));
        return variables;
    }

    static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }
}
