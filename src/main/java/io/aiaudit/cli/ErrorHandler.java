package io.aiaudit.cli;

import io.aiaudit.model.DidYouMean;
import io.aiaudit.model.UserError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says every failure in two lines, what happened and what to do, and turns it into the exit code. */
final class ErrorHandler implements IParameterExceptionHandler, IExecutionExceptionHandler {
    private final Console console;

    ErrorHandler(Console console) {
        this.console = console;
    }

    @Override
    public int handleParseException(ParameterException failure, String[] args) {
        CommandLine command = failure.getCommandLine();
        String help = "'" + command.getCommandSpec().qualifiedName() + " --help' shows what there is.";
        if (failure instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            String word = unmatched.getUnmatched().get(0);
            console.error(kind(command, word) + " \"" + word + "\".", suggestion(command, word) + help);
        } else {
            console.error(sentence(failure), help);
        }
        return ExitCode.USAGE.code();
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        if (parsedDebug(parsed)) {
            failure.printStackTrace(console.err());
        }
        if (failure instanceof UserError error) {
            console.error(error.problem(), error.fix());
            return ExitCode.USAGE.code();
        }
        console.error("aiaudit failed: " + failure.getMessage(), "Run it again with --debug and report what it shows.");
        return ExitCode.FAILED.code();
    }

    private static boolean parsedDebug(ParseResult parsed) {
        ParseResult last = parsed;
        while (last.hasSubcommand()) {
            last = last.subcommand();
        }
        return Flags.has(last, Flags.DEBUG);
    }

    private static String kind(CommandLine command, String word) {
        return word.startsWith("-")
                ? "unknown option"
                : command.getSubcommands().isEmpty() ? "unexpected argument" : "unknown command";
    }

    private static String suggestion(CommandLine command, String word) {
        CommandSpec spec = command.getCommandSpec();
        List<String> known = new ArrayList<>();
        if (word.startsWith("-")) {
            spec.options().forEach(option -> known.addAll(List.of(option.names())));
        } else {
            known.addAll(command.getSubcommands().keySet());
        }
        return DidYouMean.closest(word.replaceFirst("=.*", ""), known)
                .map(near -> "Did you mean " + near + "? ")
                .orElse("");
    }

    /** picocli's message in our form: a small letter first, a period last. */
    private static String sentence(ParameterException failure) {
        String message = failure instanceof MissingParameterException missing
                        && missing.getMissing().size() == 1
                ? "a value is missing for " + missing.getMissing().get(0).paramLabel()
                : failure.getMessage();
        String first = message.lines().findFirst().orElse("the arguments cannot be read");
        String small = first.substring(0, 1).toLowerCase(Locale.ROOT) + first.substring(1);
        return small.endsWith(".") ? small : small + ".";
    }
}
