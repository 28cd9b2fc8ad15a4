package io.aiaudit.cli;

import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Writes docs/aiaudit.1 in the man macros of roff, from the same commands and settings as the help. */
final class ManPage {
    private final StringBuilder page = new StringBuilder();

    private ManPage() {}

    static String of(CommandLine root) {
        ManPage man = new ManPage();
        CommandSpec aiaudit = root.getCommandSpec();
        man.line(".\\\" Generated from the commands and settings by GeneratedDocsTest.");
        man.line(".TH AIAUDIT 1");
        man.section("NAME");
        man.text("aiaudit - finds waste in AI infrastructure spend");
        man.section("SYNOPSIS");
        man.command(root).forEach(man::synopsis);
        man.section("DESCRIPTION");
        man.text("Scans bills, resource inventories and metrics of AWS, Azure and Google Cloud, from files or live, and"
                + " reports wasted AI spend with its evidence, a range and how to fix it. Nothing is changed "
                + "anywhere.");
        man.text("Standard output holds the report and nothing else. Progress, gaps, errors and the summary go to"
                + " standard error.");
        man.section("COMMANDS");
        man.command(root).forEach(man::describe);
        man.section("EXIT STATUS");
        man.text("Of a scan and a report; 'aiaudit help COMMAND' shows those of another command.");
        Outcome.AUDIT.forHelp().forEach(man::tagged);
        man.section("FILES");
        man.tagged("aiaudit.yaml", "Configuration of the current folder, if present. Each flag is also a key of it.");
        man.section("ENVIRONMENT");
        man.tagged("AIAUDIT_*", "Each flag is also a variable, such as AIAUDIT_DAYS for --days.");
        man.tagged("AIAUDIT_CONFIG", "Configuration file, as --config.");
        man.tagged("NO_COLOR", "No colour, whatever its value.");
        man.section("EXAMPLES");
        man.command(root).forEach(command -> man.examples(command.getCommandSpec()));
        man.section("SEE ALSO");
        man.text("The documentation in " + CommandLines.DOCUMENTATION + "; for a command of " + aiaudit.name()
                + ": aiaudit help COMMAND");
        return man.page.toString();
    }

    /** The commands that do something, those below a group included, in the order of the help. */
    private List<CommandLine> command(CommandLine parent) {
        return parent.getSubcommands().values().stream()
                .filter(command -> !command.getCommandSpec().helpCommand())
                .flatMap(command ->
                        command.getSubcommands().isEmpty() ? List.of(command).stream() : command(command).stream())
                .collect(Collectors.toList());
    }

    private void synopsis(CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        String positional = spec.positionalParameters().stream()
                .map(parameter -> " " + label(parameter))
                .collect(Collectors.joining());
        line(".B " + escaped(spec.qualifiedName()));
        line("[OPTIONS]" + escaped(positional));
        line(".br");
    }

    private static String label(PositionalParamSpec parameter) {
        String label = parameter.paramLabel() + (parameter.arity().max() > 1 ? "..." : "");
        return parameter.arity().min() == 0 ? "[" + label + "]" : label;
    }

    private void describe(CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        line(".SS " + escaped(spec.qualifiedName()));
        text(String.join(" ", spec.usageMessage().header()));
        spec.positionalParameters()
                .forEach(parameter -> tagged(parameter.paramLabel(), String.join(" ", parameter.description())));
        List<ArgGroupSpec> groups = spec.argGroups();
        for (ArgGroupSpec group : groups) {
            line(".PP");
            line(".I " + escaped(group.heading().replace("%n", "").strip()));
            group.options().forEach(this::option);
        }
        if (groups.isEmpty()) {
            spec.options().forEach(this::option);
        }
    }

    private void option(OptionSpec option) {
        String value = option.arity().max() > 0 ? "=" + option.paramLabel() : "";
        tagged(String.join(", ", option.names()) + value, String.join(" ", option.description()));
    }

    private void examples(CommandSpec spec) {
        String[] lines = spec.usageMessage().description();
        if (lines.length > 0) {
            line(".PP");
            line(".nf");
            for (String example : lines) {
                line(escaped(example.strip()));
            }
            line(".fi");
        }
    }

    private void section(String name) {
        line(".SH " + name);
    }

    private void text(String sentence) {
        line(".PP");
        line(escaped(sentence));
    }

    private void tagged(String tag, String text) {
        line(".TP");
        line(".B " + escaped(tag));
        line(escaped(text));
    }

    private void line(String line) {
        page.append(line).append('\n');
    }

    /** Text that roff prints as it is: no request at the start of a line, hyphens that can be pasted. */
    private static String escaped(String text) {
        String plain =
                text.replace("%%", "%").replace("\\", "\\e").replace("-", "\\-").replace("\"", "\\(dq");
        return plain.startsWith(".") || plain.startsWith("'") ? "\\&" + plain : plain;
    }
}
