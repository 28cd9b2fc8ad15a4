package io.aiaudit.cli;

import io.aiaudit.config.Setting;
import io.aiaudit.config.Settings;
import io.aiaudit.disk.FileMode;
import io.aiaudit.disk.NotWritten;
import io.aiaudit.disk.WrittenSet;
import io.aiaudit.model.Audit;
import io.aiaudit.model.Brand;
import io.aiaudit.model.ShellWord;
import io.aiaudit.model.UserError;
import io.aiaudit.report.Reporters;
import io.aiaudit.report.format.OwnTemplates;
import io.aiaudit.report.format.Reporter;
import io.aiaudit.report.terminal.TerminalStyle;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where the report goes and in which formats.
 *
 * @param folder null = standard output
 * @param mode who may read the files
 */
record Delivery(List<Reporter> reporters, Path folder, FileMode mode) {
    private static final String STANDARD_OUTPUT = "-";
    private static final String TERMINAL = "terminal";

    /** Checks what can be checked before anything is read. */
    static Delivery of(Settings settings, Brand brand, Invocation invocation, Console console) {
        Settings.Value output = settings.find(Setting.OUTPUT)
                .filter(value -> !value.text().equals(STANDARD_OUTPUT))
                .orElse(null);
        Set<String> formats = new LinkedHashSet<>(settings.words(Setting.FORMAT));
        if (formats.isEmpty()) {
            formats.add(TERMINAL);
        }
        TerminalStyle summary = output == null
                ? NextCommands.of(settings, invocation)
                        .on(console.terminalStyle().withCheck(check(settings, invocation)))
                        .withBelow(below(invocation, console))
                : NextCommands.UNKNOWN.on(TerminalStyle.PLAIN); // a file is handed on, and paths are names
        TerminalStyle style =
                settings.find(Setting.DETAILS).map(Settings.Value::trueOrFalse).orElse(false)
                        ? summary.withDetails()
                        : summary;
        OwnTemplates templates = settings.find(Setting.TEMPLATES)
                .map(value -> OwnTemplates.read(value.path(), value.name()))
                .orElse(OwnTemplates.NONE);
        List<Reporter> reporters = formats.stream()
                .map(format -> Reporters.find(format, style).branded(brand).withTemplates(templates))
                .toList();
        if (output == null && reporters.size() > 1) {
            throw new UserError(
                    "standard output takes one format, and there are several: " + String.join(", ", formats) + ".",
                    "Name a folder for the files: -o report");
        }
        if (output == null && console.outIsTerminal()) {
            reporters.stream().filter(Reporter::isBinary).findFirst().ifPresent(reporter -> {
                throw new UserError(
                        reporter.format() + " cannot be shown on a terminal.",
                        "Name a folder for the file: -f " + reporter.format() + " -o report");
            });
        }
        return new Delivery(reporters, output == null ? null : folder(output), settings.mode());
    }

    /** The same, with what changed since an earlier audit; null = there is none. */
    Delivery since(Audit baseline) {
        return new Delivery(
                reporters.stream().map(reporter -> reporter.since(baseline)).toList(), folder, mode);
    }

    /** How the files that were named are checked; null when none is. */
    private static String check(Settings settings, Invocation invocation) {
        if (Redaction.isWanted(settings)) {
            return null; // names of files are names
        }
        Stream<String> named = Stream.of(Setting.BILLING, Setting.INVENTORY, Setting.USAGE)
                .map(settings::find)
                .flatMap(Optional::stream)
                .flatMap(value ->
                        value.texts().stream().map(text -> value.path(text).toString()));
        List<String> folders = invocation.parsed().commandSpec().userObject() instanceof ScanCommand
                ? invocation.folders()
                : List.of();
        String files = Stream.concat(folders.stream(), named)
                .distinct()
                .map(ShellWord::quoted)
                .collect(Collectors.joining(" "));
        return files.isEmpty() ? null : "aiaudit sources check files " + files;
    }

    /** The last lines of the command, where they are on the screen of the report. */
    private static int below(Invocation invocation, Console console) {
        return console.isOneTerminal() && !invocation.has(Flags.QUIET) ? Verdict.LAST_LINES : 0;
    }

    private static Path folder(Settings.Value output) {
        Path folder = output.path();
        Path existing = folder.toAbsolutePath();
        while (existing.getParent() != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        if (!Files.isDirectory(existing)) {
            throw new UserError(
                    output.name() + " is \"" + output.text() + "\", but " + existing.getFileName() + " is a file.",
                    "Name a folder, such as -o report; it is created, and the reports are written into it.");
        }
        if (!Files.isWritable(existing)) {
            throw new UserError(
                    output.name() + " is \"" + output.text() + "\", but " + existing + " cannot be written.",
                    "Name a folder that you may write to, such as -o ~/aiaudit-report");
        }
        return folder;
    }

    /** The files that will be written; empty for standard output. */
    List<Path> files() {
        return folder == null ? List.of() : all().map(this::file).toList();
    }

    /** Such as {@code Written to report: aiaudit.html, aiaudit.json}; empty for standard output. */
    Optional<String> written() {
        return folder == null
                ? Optional.empty()
                : Optional.of("Written to " + folder + ": "
                        + all().map(Reporter::fileName).collect(Collectors.joining(", ")));
    }

    /** Reports in the folder that this run has not written, such as {@code aiaudit.csv}. */
    private List<String> others() {
        Set<String> ours = all().map(Reporter::fileName).collect(Collectors.toSet());
        return folder == null
                ? List.of()
                : withBeside(Reporters.all(TerminalStyle.PLAIN).stream())
                        .map(Reporter::fileName)
                        .filter(name -> !ours.contains(name) && Files.exists(folder.resolve(name)))
                        .distinct()
                        .sorted()
                        .toList();
    }

    /** Whether the reports go into files, so that standard output stays empty. */
    boolean isIntoFiles() {
        return folder != null;
    }

    /** The reports with what is written beside them. */
    private Stream<Reporter> all() {
        return withBeside(reporters.stream());
    }

    private static Stream<Reporter> withBeside(Stream<Reporter> some) {
        return some.flatMap(reporter -> Stream.concat(Stream.of(reporter), reporter.beside().stream()));
    }

    /** What to know of reports of other runs in the folder: their names; empty where there are none. */
    Optional<String> alsoThere() {
        List<String> names = others();
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of(folder + " also holds " + String.join(", ", names) + " of an earlier run: "
                        + (names.size() == 1 ? "it" : "they") + " may be of another scan.");
    }

    /** What makes all reports in the folder those of one scan. */
    String fixOfOthers() {
        List<String> names = others();
        String formats = Reporters.all(TerminalStyle.PLAIN).stream()
                .filter(reporter -> names.contains(reporter.fileName()))
                .map(Reporter::format)
                .collect(Collectors.joining(","));
        return "Delete " + (names.size() == 1 ? "it" : "them")
                + (formats.isEmpty()
                        ? ""
                        : ", write " + (names.size() == 1 ? "it" : "them") + " again with -f " + formats)
                + ", or write each scan into a folder of its own.";
    }

    /**
     * Whether the report for people is read where standard error is read, so that its content need not be repeated.
     */
    boolean isReadBesideErrors(Console console) {
        return folder == null && reporters.get(0).format().equals(TERMINAL) && console.isOneTerminal();
    }

    private Path file(Reporter reporter) {
        return folder.resolve(reporter.fileName());
    }

    /** Writes the report; its files appear together, when all are complete. */
    void write(Audit audit, Console console) {
        if (folder == null) {
            print(audit, console);
            return;
        }
        try (WrittenSet files = WrittenSet.in("the report", folder, mode)) {
            for (Reporter reporter : all().toList()) {
                try (OutputStream out = Files.newOutputStream(files.file(reporter.fileName()))) {
                    reporter.write(audit, out);
                }
            }
            files.publish();
            files().forEach(file -> console.debug("written " + file));
        } catch (IOException e) {
            throw NotWritten.of("the report", folder, e);
        }
    }

    private void print(Audit audit, Console console) {
        console.printWhole("the report", out -> reporters.get(0).write(audit, out));
        console.debug("written to standard output");
    }
}
