package io.aiaudit.cli;

import io.aiaudit.config.Setting;
import io.aiaudit.disk.FileMode;
import io.aiaudit.disk.NotWritten;
import io.aiaudit.disk.WrittenSet;
import io.aiaudit.model.UserError;
import io.aiaudit.report.HistoryReport;
import io.aiaudit.report.compare.History;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Follows the findings of several audits: what was fixed, what is open, and what the bills dropped by. */
@Command(
        name = "history",
        header = "Tracks findings across audits: open, fixed, and what bills dropped by.",
        description = {
            "  aiaudit history audits",
            "  aiaudit history audits -f html,pdf -o report",
            "  aiaudit history audits -f json"
        })
final class HistoryCommand implements Callable<Integer> {
    private static final String STANDARD_OUTPUT = "-";
    private static final int DEEPEST = 3;

    private final Console console;
    private final Map<String, String> environment;
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "Folder of scans (--save) and aiaudit.json files, in subfolders too.")
    private String folder;

    HistoryCommand(Console console, Map<String, String> environment) {
        this.console = console;
        this.environment = environment;
    }

    /** Called by picocli; each audit is judged by the rules and the policy that it was made with. */
    @Spec
    void setSpec(CommandSpec spec) {
        this.spec = spec;
        Flags.addEvaluation(
                spec,
                Flags.text(
                        "FORMAT",
                        "Report formats: terminal, html, pdf, json. Default: terminal.",
                        "-f",
                        Setting.FORMAT.flag()),
                Flags.option(Setting.OUTPUT),
                Flags.option(Setting.CLIENT));
    }

    @Override
    public Integer call() throws Exception {
        Invocation invocation = new Invocation(spec.commandLine().getParseResult(), environment);
        String output = invocation
                .parsed()
                .matchedOptionValue(Setting.OUTPUT.flag(), (Object) STANDARD_OUTPUT)
                .toString();
        String client = invocation.parsed().matchedOptionValue(Setting.CLIENT.flag(), "");
        List<HistoryReport> reports = Arrays.stream(invocation
                        .parsed()
                        .matchedOptionValue(Setting.FORMAT.flag(), HistoryReport.FORMATS.get(0))
                        .split(","))
                .map(format -> HistoryReport.of(format.strip(), console.terminalStyle(), client))
                .toList();
        if (output.equals(STANDARD_OUTPUT) && reports.size() > 1) {
            throw new UserError(
                    "standard output takes one format, and there are several.",
                    "Name a folder for the files: -o report");
        }
        if (output.equals(STANDARD_OUTPUT) && reports.get(0).isBinary() && console.outIsTerminal()) {
            throw new UserError("a PDF cannot be shown on a terminal.", "Name a folder for the file: -f pdf -o report");
        }
        List<Path> files = files();
        List<History.Named> audits = new ArrayList<>();
        for (Path file : files) {
            audits.add(new History.Named(
                    Path.of(folder).relativize(file).toString(),
                    AuditFile.of(file.toString()).auditAsJudged(invocation, console)));
        }
        History history = History.of(audits);
        if (output.equals(STANDARD_OUTPUT)) {
            console.printWhole("the history", out -> reports.get(0).write(history, out));
        } else {
            write(reports, history, Path.of(output));
        }
        return ExitCode.FINE.code();
    }

    /** In the order of their names, so that the same folder gives the same history. */
    private List<Path> files() throws IOException {
        Path root = Path.of(folder);
        if (!Files.isDirectory(root)) {
            throw new UserError(
                    folder + (Files.exists(root) ? " is a file." : ": there is no such folder."),
                    "Name a folder of saved scans and aiaudit.json files, such as: aiaudit history audits");
        }
        try (Stream<Path> all = Files.walk(root, DEEPEST)) {
            List<Path> files = all.filter(Files::isRegularFile)
                    .filter(file -> file.toString().endsWith(".aiaudit") || isAudit(file))
                    .sorted()
                    .toList();
            if (files.isEmpty()) {
                throw new UserError(
                        folder + " has no saved scan and no aiaudit.json.",
                        "Keep one of each month: aiaudit scan --save " + folder + "/2026-06.aiaudit");
            }
            return files;
        }
    }

    /**
     * Other JSON files may lie beside the audits; one that is meant as an audit is read, and an error if it is broken.
     */
    private static boolean isAudit(Path file) {
        return file.toString().endsWith(".json") && AuditFile.saysItIsAnAudit(file);
    }

    private static byte[] written(HistoryReport report, History history) throws IOException {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        report.write(history, whole);
        return whole.toByteArray();
    }

    private void write(List<HistoryReport> reports, History history, Path target) {
        try (WrittenSet files = WrittenSet.in("the history", target, FileMode.PRIVATE)) {
            for (HistoryReport report : reports) {
                Files.write(files.file(report.fileName()), written(report, history));
            }
            files.publish();
            reports.forEach(report -> console.debug("written " + target.resolve(report.fileName())));
        } catch (IOException e) {
            throw NotWritten.of("the history", target, e);
        }
    }
}
