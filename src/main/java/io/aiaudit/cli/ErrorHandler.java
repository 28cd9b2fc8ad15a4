package io.aiaudit.cli;

import io.aiaudit.disk.NotWritten;
import io.aiaudit.model.DidYouMean;
import io.aiaudit.model.Gap;
import io.aiaudit.model.Keyed;
import io.aiaudit.model.UserError;
import io.aiaudit.scan.NothingRead;
import io.aiaudit.scan.ScanFailed;
import io.aiaudit.scan.Shutdown;
import io.aiaudit.store.StoreFull;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says every failure in two lines, what happened and what to do, and turns it into the exit code. */
final class ErrorHandler implements IParameterExceptionHandler, IExecutionExceptionHandler {
    /** What other programs take for more words. */
    private static final Set<String> VERBOSE = Set.of("-v", "-vv", "--verbose");

    /** How picocli's help command refuses a word. */
    private static final Pattern UNKNOWN_SUBCOMMAND = Pattern.compile("Unknown subcommand '(.*)'.*", Pattern.DOTALL);

    private final Console console;

    ErrorHandler(Console console) {
        this.console = console;
    }

    @Override
    public int handleParseException(ParameterException failure, String[] args) {
        CommandLine command = failure.getCommandLine();
        String help = "'" + command.getCommandSpec().qualifiedName() + " --help' shows commands and flags.";
        if (failure instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            String word = unmatched.getUnmatched().get(0);
            console.error(kind(command, word) + " \"" + word + "\".", suggestion(command, word) + help);
        } else if (failure.getArgSpec() instanceof OptionSpec option && option.type() == LogFormat.class) {
            console.error(
                    option.longestName() + " is \"" + failure.getValue() + "\", which is no way to log.",
                    DidYouMean.sentence(failure.getValue(), Keyed.keys(LogFormat.class)));
        } else {
            Matcher subcommand = UNKNOWN_SUBCOMMAND.matcher(String.valueOf(failure.getMessage()));
            if (subcommand.matches()) {
                String word = subcommand.group(1);
                CommandLine root = command.getCommandSpec().root().commandLine();
                console.error(
                        "unknown command \"" + word + "\".",
                        suggestion(root, word) + "'aiaudit --help' shows commands and flags.");
            } else {
                console.error(sentence(failure), help);
            }
        }
        return ExitCode.USAGE.code();
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        if (Shutdown.hasBegun()) {
            return ExitCode.INTERRUPTED.code();
        }
        if (StandardOutput.isClosedPipe(failure.getCause())) {
            return ExitCode.PIPE_CLOSED.code();
        }
        console.defect(failure);
        if (failure instanceof UserError error) {
            console.error(error.problem(), error.fix());
            return ExitCode.USAGE.code();
        }
        if (failure instanceof InterruptedException) {
            console.say("Interrupted; no report was written.");
            return ExitCode.INTERRUPTED.code();
        }
        if (failure instanceof NothingRead nothing) {
            say(nothing.gaps());
        } else {
            console.error("aiaudit failed: " + reason(failure), fix(failure));
        }
        return ExitCode.FAILED.code();
    }

    /** The first cause is the error; what is last is read first, so it is printed last. */
    private void say(List<Gap> gaps) {
        gaps.subList(1, gaps.size()).forEach(gap -> Verdict.say(gap, console));
        console.error(gaps.get(0).problem(), gaps.get(0).fix());
    }

    /** The words of failures that have some for people; others are meant for the developers. */
    private static String reason(Exception failure) {
        if (failure instanceof StoreFull full) {
            return full.isOverFileSize()
                    ? "a file would be larger than the limit of this shell."
                    : "no space is left on the disk of the temporary folder.";
        }
        boolean forPeople = failure instanceof ScanFailed || failure instanceof NotWritten;
        return forPeople ? failure.getMessage() + "." : "an internal error occurred.";
    }

    private static String fix(Exception failure) {
        if (failure instanceof StoreFull full) {
            return full.isOverFileSize()
                    ? NotWritten.RAISE_FILE_SIZE
                    : "Free some space, or name a folder on another disk, such as TMPDIR=/var/tmp.";
        }
        if (failure instanceof NotWritten notWritten) {
            return notWritten.fix();
        }
        return failure instanceof ScanFailed failed
                ? failed.fix()
                : "Run it again with --debug and report what it shows.";
    }

    private static String kind(CommandLine command, String word) {
        return word.startsWith("-")
                ? "unknown option"
                : command.getSubcommands().isEmpty() ? "unexpected argument" : "unknown command";
    }

    private static String suggestion(CommandLine command, String word) {
        if (VERBOSE.contains(word)) {
            return "--debug shows what happens inside, -V the version. ";
        }
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
        String message = failure.getMessage();
        if (failure instanceof MissingParameterException missing
                && missing.getMissing().size() == 1) {
            message = missing(missing.getMissing().get(0));
        }
        String first = message.lines().findFirst().orElse("the arguments cannot be read");
        boolean word = first.length() > 1 && Character.isLowerCase(first.charAt(1));
        String small = word ? first.substring(0, 1).toLowerCase(Locale.ROOT) + first.substring(1) : first;
        return small.endsWith(".") ? small : small + ".";
    }

    private static String missing(ArgSpec argument) {
        return argument instanceof OptionSpec option
                ? option.longestName() + " needs a value, " + option.paramLabel()
                : argument.paramLabel() + " is missing";
    }
}
