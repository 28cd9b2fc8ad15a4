package io.aiaudit.cli;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The completion script for fish, which picocli does not write. */
final class FishCompletion {
    private final String program;
    private final List<String> lines = new ArrayList<>();

    private FishCompletion(String program) {
        this.program = program;
    }

    static String of(CommandLine root) {
        FishCompletion script = new FishCompletion(root.getCommandName());
        script.command(root.getCommandSpec(), List.of());
        return String.join("\n", script.lines);
    }

    private void command(CommandSpec spec, List<String> path) {
        String condition = condition(spec, path);
        spec.subcommands()
                .forEach((name, subcommand) -> lines.add(start(condition) + " -f -a " + quoted(name)
                        + description(firstLine(
                                subcommand.getCommandSpec().usageMessage().header()))));
        spec.options().forEach(option -> lines.add(start(condition) + option(option)));
        spec.positionalParameters().stream()
                .filter(parameter -> parameter.completionCandidates() != null)
                .forEach(parameter -> lines.add(start(condition) + " -f -a " + quoted(candidates(parameter))));
        spec.subcommands().forEach((name, subcommand) -> {
            List<String> below = new ArrayList<>(path);
            below.add(name);
            command(subcommand.getCommandSpec(), below);
        });
    }

    /** True while the words typed so far name this command and none below it. */
    private static String condition(CommandSpec spec, List<String> path) {
        List<String> conditions = new ArrayList<>();
        path.forEach(word -> conditions.add("__fish_seen_subcommand_from " + word));
        if (!spec.subcommands().isEmpty()) {
            conditions.add("not __fish_seen_subcommand_from "
                    + String.join(" ", spec.subcommands().keySet()));
        }
        return String.join("; and ", conditions);
    }

    private String start(String condition) {
        return "complete -c " + program + (condition.isEmpty() ? "" : " -n " + quoted(condition));
    }

    private static String option(OptionSpec option) {
        StringBuilder line = new StringBuilder();
        for (String name : option.names()) {
            line.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
        }
        if (option.arity().max() > 0) {
            if (option.completionCandidates() != null) {
                line.append(" -x -a ").append(quoted(candidates(option)));
            } else {
                line.append(takesFiles(option) ? " -r -F" : " -x");
            }
        }
        return line + description(firstLine(option.description()));
    }

    private static boolean takesFiles(OptionSpec option) {
        return option.auxiliaryTypes()[0] == File.class;
    }

    private static String candidates(ArgSpec argument) {
        return String.join(
                " ",
                StreamSupport.stream(argument.completionCandidates().spliterator(), false)
                        .toList());
    }

    private static String firstLine(String... lines) {
        return lines.length == 0 ? "" : lines[0];
    }

    private static String description(String text) {
        return text.isEmpty() ? "" : " -d " + quoted(text);
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
