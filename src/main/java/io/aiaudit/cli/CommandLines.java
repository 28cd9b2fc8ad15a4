package io.aiaudit.cli;

import io.aiaudit.disk.AtExit;
import io.aiaudit.disk.NotWritten;
import io.aiaudit.model.DidYouMean;
import io.aiaudit.model.Keyed;
import io.aiaudit.scan.Profile;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Puts the commands together and runs them. */
public final class CommandLines {
    /** Where install.sh puts it. */
    static final String DOCUMENTATION = "share/doc/aiaudit, next to the bin folder of aiaudit";

    private static final String LOG_FORMAT_VARIABLE = "AIAUDIT_LOG_FORMAT";

    /** What the first line does, then how it is used, then examples, then the flags. */
    private static final List<String> HELP_SECTIONS = List.of(
            UsageMessageSpec.SECTION_KEY_HEADER,
            UsageMessageSpec.SECTION_KEY_SYNOPSIS_HEADING,
            UsageMessageSpec.SECTION_KEY_SYNOPSIS,
            UsageMessageSpec.SECTION_KEY_DESCRIPTION_HEADING,
            UsageMessageSpec.SECTION_KEY_DESCRIPTION,
            UsageMessageSpec.SECTION_KEY_PARAMETER_LIST_HEADING,
            UsageMessageSpec.SECTION_KEY_PARAMETER_LIST,
            UsageMessageSpec.SECTION_KEY_OPTION_LIST_HEADING,
            UsageMessageSpec.SECTION_KEY_OPTION_LIST,
            UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING,
            UsageMessageSpec.SECTION_KEY_COMMAND_LIST,
            UsageMessageSpec.SECTION_KEY_EXIT_CODE_LIST_HEADING,
            UsageMessageSpec.SECTION_KEY_EXIT_CODE_LIST,
            UsageMessageSpec.SECTION_KEY_FOOTER_HEADING,
            UsageMessageSpec.SECTION_KEY_FOOTER);

    private CommandLines() {}

    /** The command line of the process, as help and documentation show it. */
    public static CommandLine create() {
        return create(Console.ofProcess(System.getenv()), System.getenv());
    }

    /** Runs one command on the streams of the process and returns its exit code. */
    public static int run(String... args) {
        Console console = Console.ofProcess(System.getenv());
        Console debugging = consoleFor(console, System.getenv(), args);
        if (OpenFiles.areTooFew(debugging)) {
            return ExitCode.FAILED.code();
        }
        LibraryLogs.sendTo(debugging);
        if (debugging.isDebugging()) {
            Profile.keep();
        }
        AtExit interrupted = AtExit.run("interrupted", () -> debugging.interrupted(interruption(args)));
        int exitCode = run(args, console, System.getenv());
        interrupted.forget();
        if (debugging.isDebugging()) {
            Profile.lines().forEach(debugging::debug);
        }
        return console.outputFailure()
                .map(failure -> notPrinted(failure, exitCode, debugging))
                .orElse(exitCode);
    }

    /** What did not end; a word after the command may be a name. */
    private static String interruption(String... args) {
        return "Interrupted: 'aiaudit" + (args.length == 0 ? "" : " " + args[0])
                + "' did not finish. Reports and saved scans are written only when they are complete.";
    }

    /** A prepared text ends as everything else does that is printed. */
    static int notPrinted(IOException failure, String... args) {
        Map<String, String> environment = System.getenv();
        return notPrinted(failure, ExitCode.FINE.code(), consoleFor(Console.ofProcess(environment), environment, args));
    }

    /** A report says itself why it could not be printed; lists and help do not notice. */
    private static int notPrinted(IOException failure, int exitCode, Console console) {
        if (StandardOutput.isClosedPipe(failure)) {
            return ExitCode.PIPE_CLOSED.code();
        }
        if (exitCode != ExitCode.FAILED.code()) {
            NotWritten notWritten = NotWritten.of("standard output cannot be written", failure);
            console.error(notWritten.getMessage() + ".", notWritten.fix());
        }
        return ExitCode.FAILED.code();
    }

    /** Runs one command and returns its exit code; the streams are taken for files, not for terminals. */
    public static int run(String[] args, PrintWriter out, PrintWriter err) {
        return run(args, Console.of(out, err), System.getenv());
    }

    static int run(String[] args, Console console, Map<String, String> environment) {
        String logFormat = environment.getOrDefault(LOG_FORMAT_VARIABLE, "");
        if (!logFormat.isEmpty() && !Keyed.keys(LogFormat.class).contains(logFormat)) {
            console.error(
                    LOG_FORMAT_VARIABLE + " is \"" + logFormat + "\", which is no way to log.",
                    DidYouMean.sentence(logFormat, Keyed.keys(LogFormat.class)));
            return ExitCode.USAGE.code();
        }
        Console formed = consoleFor(console, environment, args);
        try {
            return create(formed, environment).execute(args);
        } catch (OutOfMemoryError e) {
            // Which of the files it was for, Java does not say.
            formed.error(
                    "the memory that Java may use is not enough: "
                            + (Runtime.getRuntime().maxMemory() >> 20) + " MiB.",
                    "Give it more, such as AIAUDIT_JAVA_OPTIONS=-Xmx8g, or smaller files.");
            return ExitCode.FAILED.code();
        }
    }

    /** The streams as the flags want them, which must hold for errors in the flags too. */
    private static Console consoleFor(Console console, Map<String, String> environment, String... args) {
        List<String> given = List.of(args);
        Console coloured = given.contains("--no-color") ? console.withoutColour() : console;
        Console formed = logFormat(environment, given).equals(LogFormat.JSON.key()) ? coloured.inJson() : coloured;
        return given.contains(Flags.DEBUG) ? formed.inDebug() : formed;
    }

    /** The flag, which comes with its value or before it, else the variable. */
    private static String logFormat(Map<String, String> environment, List<String> given) {
        String format = environment.getOrDefault(LOG_FORMAT_VARIABLE, LogFormat.TEXT.key());
        for (int index = 0; index < given.size(); index++) {
            String word = given.get(index);
            if (word.startsWith(Flags.LOG_FORMAT + "=")) {
                format = word.substring(Flags.LOG_FORMAT.length() + 1);
            } else if (word.equals(Flags.LOG_FORMAT) && index + 1 < given.size()) {
                format = given.get(index + 1);
            }
        }
        return format.toLowerCase(Locale.ROOT);
    }

    private static CommandLine create(Console console, Map<String, String> environment) {
        CommandLine root = new CommandLine(new Aiaudit(console));
        Flags.addHelp(root.getCommandSpec());
        Flags.addVersion(root.getCommandSpec());
        root.addSubcommand("scan", leaf(new ScanCommand(console, environment)));
        root.addSubcommand("report", leaf(new ReportCommand(console, environment)));
        root.addSubcommand("diff", leaf(new DiffCommand(console, environment)));
        root.addSubcommand("questions", leaf(new QuestionsCommand(console, environment)));
        root.addSubcommand("unredact", leaf(new UnredactCommand(console, environment)));
        root.addSubcommand("explain", leaf(new ExplainCommand(console, environment)));
        root.addSubcommand("query", leaf(new QueryCommand(console, environment)));
        root.addSubcommand("history", leaf(new HistoryCommand(console, environment)));
        root.addSubcommand("init", leaf(new InitCommand(console, environment, Prompt.ofProcess(console))));
        root.addSubcommand("config", config(console, environment));
        root.addSubcommand("rules", rules(console, environment));
        root.addSubcommand("sources", sources(console, environment));
        root.addSubcommand("completion", leaf(new CompletionCommand(console)));
        root.addSubcommand("version", leaf(new VersionCommand(console)));
        root.addSubcommand("help", help());
        root.setOut(console.out());
        root.setErr(console.err());
        root.setColorScheme(Help.defaultColorScheme(console.helpColour()));
        root.setUsageHelpWidth(80);
        root.setCaseInsensitiveEnumValuesAllowed(true);
        ErrorHandler errors = new ErrorHandler(console);
        root.setParameterExceptionHandler(errors);
        root.setExecutionExceptionHandler(errors);
        return root;
    }

    private static CommandLine rules(Console console, Map<String, String> environment) {
        CommandLine rules = group("rules", "Lists, shows, tests and creates rules.");
        rules.addSubcommand("list", leaf(new RulesListCommand(console, environment)));
        rules.addSubcommand("show", leaf(new RulesShowCommand(console, environment)));
        rules.addSubcommand("test", leaf(new RulesTestCommand(console, environment)));
        rules.addSubcommand("new", leaf(new RulesNewCommand(console, environment)));
        return rules;
    }

    /** The library's own command, with a first line like that of the others. */
    private static CommandLine help() {
        CommandLine help = new CommandLine(new CommandLine.HelpCommand());
        help.getCommandSpec().usageMessage().header("Shows the help of a command.");
        return help;
    }

    private static CommandLine config(Console console, Map<String, String> environment) {
        CommandLine config = group("config", "Shows the configuration, or the schema of its file.");
        config.addSubcommand("show", leaf(new ConfigShowCommand(console, environment)));
        config.addSubcommand("schema", leaf(new ConfigSchemaCommand(console, environment)));
        return config;
    }

    private static CommandLine sources(Console console, Map<String, String> environment) {
        CommandLine sources = group("sources", "Lists the data sources and checks access to them.");
        sources.addSubcommand("list", leaf(new SourcesListCommand(console)));
        sources.addSubcommand("check", leaf(new SourcesCheckCommand(console, environment)));
        return sources;
    }

    private static CommandLine group(String name, String header) {
        CommandLine group = new CommandLine(new CommandGroup());
        group.setCommandName(name);
        group.getCommandSpec().usageMessage().header(header);
        Flags.addHelp(group.getCommandSpec());
        return group;
    }

    /** A command that does something: with help, exit codes and the address of the documentation. */
    private static CommandLine leaf(Object command) {
        CommandLine line = new CommandLine(command);
        CommandSpec spec = line.getCommandSpec();
        Flags.addHelp(spec);
        UsageMessageSpec usage = spec.usageMessage();
        usage.sectionKeys(HELP_SECTIONS);
        usage.abbreviateSynopsis(true);
        usage.sortOptions(false);
        usage.optionListHeading("%n");
        usage.parameterListHeading("%n");
        usage.exitCodeList(Outcome.of(command).forHelp());
        usage.descriptionHeading("%nExamples:%n");
        usage.exitCodeListHeading("%nExit codes:%n");
        usage.footer("", "Documentation: " + DOCUMENTATION);
        return line;
    }
}
