package io.aiaudit.cli;

import io.aiaudit.disk.NotWritten;
import io.aiaudit.model.Tokens;
import io.aiaudit.report.terminal.TerminalStyle;
import io.aiaudit.report.text.DisplayText;
import io.aiaudit.scan.Progress;
import io.aiaudit.scan.Shutdown;
import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Help.Ansi;

/**
 * The two streams of a run: standard output for the report and help, standard error for everything else. Decides for
 * each whether it takes colour. Silent once an interrupt ends the machine: what fails then fails because files and
 * connections are taken away.
 */
final class Console {
    private static final int COLUMNS = 80;
    private static final int NARROWEST = 20;
    private static final String INDENT = "  ";

    private final PrintWriter out;
    private final PrintWriter err;
    private final OutputStream report;
    private final boolean outTakesColour;
    private final boolean errTakesColour;
    private final boolean errIsTerminal;
    private final boolean oneTerminal;
    private final int columns;
    private final boolean debugging;
    private final boolean json;

    private Console(
            PrintWriter out,
            PrintWriter err,
            OutputStream report,
            boolean outTakesColour,
            boolean errTakesColour,
            boolean errIsTerminal,
            boolean oneTerminal,
            int columns,
            boolean debugging,
            boolean json) {
        this.out = out;
        this.err = err;
        this.report = report;
        this.outTakesColour = outTakesColour;
        this.errTakesColour = errTakesColour;
        this.errIsTerminal = errIsTerminal;
        this.oneTerminal = oneTerminal;
        this.columns = columns;
        this.debugging = debugging;
        this.json = json;
    }

    /**
     * The streams of the process, in UTF-8 whatever the locale says: reports hold names from the cloud, and files of
     * them are read elsewhere.
     */
    static Console ofProcess(Map<String, String> environment) {
        StandardOutput out = StandardOutput.ofProcess();
        boolean colour = colourWanted(environment);
        boolean errIsTerminal = Terminal.isTerminal(Terminal.ERR);
        return new Console(
                new PrintWriter(out, true, StandardCharsets.UTF_8),
                new PrintWriter(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                out,
                colour && Terminal.isTerminal(Terminal.OUT),
                colour && errIsTerminal,
                errIsTerminal && !"dumb".equals(environment.get("TERM")),
                Terminal.isOneTerminal(Terminal.OUT, Terminal.ERR),
                columns(environment),
                false,
                false);
    }

    /** Streams that are no terminal. */
    static Console of(PrintWriter out, PrintWriter err) {
        return of(out, err, COLUMNS);
    }

    /** The same, as wide as a terminal is. */
    static Console of(PrintWriter out, PrintWriter err, int columns) {
        return new Console(out, err, new Text(out), false, false, false, false, columns, false, false);
    }

    private static int columns(Map<String, String> environment) {
        String columns = environment.getOrDefault("COLUMNS", "");
        return columns.matches("[0-9]{1,4}") ? Integer.parseInt(columns) : COLUMNS;
    }

    private static boolean colourWanted(Map<String, String> environment) {
        return environment.getOrDefault("NO_COLOR", "").isEmpty() && !"dumb".equals(environment.get("TERM"));
    }

    Console withoutColour() {
        return new Console(out, err, report, false, false, errIsTerminal, oneTerminal, columns, debugging, json);
    }

    /** The same streams, which also show what happens inside. */
    Console inDebug() {
        return new Console(
                out, err, report, outTakesColour, errTakesColour, errIsTerminal, oneTerminal, columns, true, json);
    }

    /** The same streams; each message on standard error is one JSON object a line. */
    Console inJson() {
        return new Console(out, err, report, outTakesColour, false, false, false, columns, debugging, true);
    }

    /**
     * Whether both streams go to the same terminal, so that somebody reads what is on one right below what is on the
     * other.
     */
    boolean isOneTerminal() {
        return oneTerminal;
    }

    /** Whether somebody reads standard output on a screen. */
    boolean outIsTerminal() {
        return report instanceof StandardOutput && Terminal.isTerminal(Terminal.OUT);
    }

    /** How many characters a line may have. */
    int columns() {
        return columns;
    }

    PrintWriter out() {
        return out;
    }

    PrintWriter err() {
        return err;
    }

    /** What writes a report to a stream. */
    @FunctionalInterface
    interface Printed {
        void to(OutputStream out) throws IOException;
    }

    /**
     * Puts a report on standard output, made whole first, so that one that fails prints nothing.
     *
     * @param what such as {@code the report}, for the error that it cannot be written
     */
    void printWhole(String what, Printed report) {
        try {
            ByteArrayOutputStream whole = new ByteArrayOutputStream();
            report.to(whole);
            print(whole.toByteArray());
        } catch (IOException e) {
            throw NotWritten.of(what + " cannot be written to standard output", e);
        }
    }

    /** Unlike {@link #out} it says when that cannot be written. */
    private void print(byte[] bytes) throws IOException {
        if (Shutdown.hasBegun()) {
            return;
        }
        out.flush();
        report.write(bytes);
        report.flush();
    }

    /** Why something that was printed did not get out; empty where all did. */
    Optional<IOException> outputFailure() {
        out.flush();
        return report instanceof StandardOutput standard ? standard.failure() : Optional.empty();
    }

    /** How a report for people is set on standard output. */
    TerminalStyle terminalStyle() {
        return TerminalStyle.of(columns, outTakesColour);
    }

    /** What failed inside, for whoever will mend it. */
    void defect(Exception failure) {
        if (debugging) {
            trace(failure);
        }
    }

    boolean isDebugging() {
        return debugging;
    }

    /** With {@code --debug}: what happens inside, and when, in seconds since the start of this process. */
    void debug(String what) {
        if (debugging) {
            String hidden = Secrets.hide(what);
            if (json) {
                print(JsonLine.of("debug", null, Plain.text(hidden), ""));
            } else {
                say(String.format(Locale.ROOT, "debug: %7.3f s  %s", sinceStart(), hidden));
            }
        }
    }

    private static double sinceStart() {
        return (System.currentTimeMillis()
                        - ManagementFactory.getRuntimeMXBean().getStartTime())
                / 1000.0;
    }

    void trace(Throwable failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        Secrets.hide(trace.toString())
                .lines()
                .map(line -> line.replace("\t", "    "))
                .forEach(this::say);
    }

    /** Follows a scan in the way that suits whoever reads standard error. */
    Progress progress(boolean quiet) {
        if (debugging) {
            return new ProgressInDebug(quiet ? new ProgressOnlyDefects(this) : new ProgressLines(this), this);
        }
        if (quiet) {
            return new ProgressOnlyDefects(this);
        }
        return errIsTerminal ? new ProgressOnTerminal(this) : new ProgressLines(this);
    }

    Ansi helpColour() {
        return outTakesColour ? Ansi.ON : Ansi.OFF;
    }

    /** Two lines, the form of every error: what happened, and what to do. */
    void error(String problem, String fix) {
        if (json) {
            print(JsonLine.of("error", null, shown(problem), shown(fix)));
        } else {
            twoLines("error:", errTakesColour, problem, fix);
        }
    }

    /** Something that is not in the report, or a warning about it, in the same form. */
    void notice(String word, String problem, String fix) {
        if (json) {
            print(JsonLine.of(word.equals("note") ? "info" : "warning", word, shown(problem), shown(fix)));
        } else {
            twoLines(word + ":", false, problem, fix);
        }
    }

    /** On a terminal both are broken between words, but never within a command, which is pasted. */
    private void twoLines(String word, boolean isRed, String problem, String fix) {
        if (Shutdown.hasBegun()) {
            return;
        }
        String whole = word + " " + shown(problem);
        List<String> lines = errIsTerminal
                ? DisplayText.wrapForPasting(whole, Math.max(NARROWEST, columns - INDENT.length()))
                : List.of(whole);
        String first = lines.get(0);
        err.println(isRed ? "\u001b[31m" + word + "\u001b[0m" + first.substring(word.length()) : first);
        lines.stream().skip(1).forEach(line -> err.println(INDENT + line));
        if (!fix.isEmpty()) {
            String label = INDENT + "fix: ";
            (errIsTerminal
                            ? Wrapped.beside(label, Tokens.hide(fix), Math.max(NARROWEST, columns))
                            : List.of(label + shown(fix)))
                    .forEach(err::println);
        }
        err.flush();
    }

    void say(String line) {
        print(json ? JsonLine.of("info", null, shown(line), "") : shown(line));
    }

    /** What is wrong in a file is quoted, and may be a token in the wrong column. */
    private static String shown(String text) {
        return Plain.text(Tokens.hide(text));
    }

    /** The one line that is printed when Ctrl-C or a signal ends the machine. */
    void interrupted(String line) {
        if (errIsTerminal) {
            err.println(); // after the bar of progress and what the terminal shows of Ctrl-C
        }
        err.println(json ? JsonLine.of("error", null, shown(line), "") : shown(line));
        err.flush();
    }

    private void print(String line) {
        if (Shutdown.hasBegun()) {
            return;
        }
        err.println(line);
        err.flush();
    }

    /** Bytes of UTF-8 for a writer of text. */
    private static final class Text extends OutputStream {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final PrintWriter writer;

        Text(PrintWriter writer) {
            this.writer = writer;
        }

        @Override
        public void write(int b) {
            bytes.write(b);
        }

        @Override
        public void write(byte[] data, int offset, int length) {
            bytes.write(data, offset, length);
        }

        @Override
        public void flush() throws IOException {
            writer.print(bytes.toString(StandardCharsets.UTF_8));
            writer.flush();
            bytes.reset();
        }
    }
}
