package io.aiaudit.cli;

import io.aiaudit.config.ConfigFile;
import io.aiaudit.config.ConfigReader;
import io.aiaudit.config.Setting.Section;
import io.aiaudit.config.Settings;
import io.aiaudit.model.QueryResult;
import io.aiaudit.model.UserError;
import io.aiaudit.report.QueryReport;
import io.aiaudit.scan.SavedScan;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs SQL on a saved scan; it can only read, and only that scan. */
@Command(
        name = "query",
        header = "Runs one SELECT on a saved scan, read-only, or lists its tables.",
        description = {
            "  aiaudit query june.aiaudit",
            "  aiaudit query june.aiaudit \"SELECT kind, count(*) FROM resources GROUP BY 1\"",
            "  aiaudit query june.aiaudit \"SELECT * FROM gaps\" -f csv"
        })
final class QueryCommand implements Callable<Integer> {
    private static final String ROWS = "--rows";
    private static final int DEFAULT_ROWS = 10_000;
    private static final String TIMEOUT = "--timeout";

    /** As a rule has. */
    private static final int DEFAULT_SECONDS = 60;

    private final Console console;
    private final Map<String, String> environment;
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "FILE", description = "A scan saved with --save.")
    private String file;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "SQL",
            description = "One SELECT over the tables of docs/engineer.md. Without it, the tables are listed.")
    private String sql;

    QueryCommand(Console console, Map<String, String> environment) {
        this.console = console;
        this.environment = environment;
    }

    /** Called by picocli; the format is none of a scan. */
    @Spec
    void setSpec(CommandSpec spec) {
        this.spec = spec;
        Flags.addGroup(
                spec,
                Section.OUTPUT,
                Flags.text("NAME", "Output format: table, csv, json. Default: table.", "-f", "--format"),
                Flags.text("N", "Print at most N rows. Default: 10000.", ROWS),
                Flags.text("SECONDS", "Stop the query after this time. Default: 60, as for a rule.", TIMEOUT));
        Flags.addSettings(spec, Section.MACHINE);
        Flags.addGeneral(spec);
    }

    @Override
    public Integer call() throws Exception {
        Invocation invocation = new Invocation(spec.commandLine().getParseResult(), environment);
        QueryReport report = QueryReport.of(
                invocation.parsed().matchedOptionValue("--format", QueryReport.FORMATS.get(0)),
                console.terminalStyle());
        int rows = number(invocation, ROWS, DEFAULT_ROWS);
        Duration limit = Duration.ofSeconds(number(invocation, TIMEOUT, DEFAULT_SECONDS));
        AuditFile audited = AuditFile.of(file);
        if (!SavedScan.isOne(audited.path())) {
            throw new UserError(
                    file + " is not a saved scan, and only a saved scan can be queried.",
                    "Save one: aiaudit scan --save june.aiaudit. An aiaudit.json is read by any JSON tool.");
        }
        Optional<ConfigFile> config = invocation.configFile();
        Settings settings = invocation.settings(config);
        try (SavedScan saved = SavedScan.open(audited.path(), new ConfigReader(settings, null).machine())) {
            if (sql == null) {
                QueryResult tables = saved.tables();
                print(out -> report.writeTables(tables, out));
            } else {
                QueryResult result = saved.query(sql, rows, limit);
                print(out -> report.write(result, out));
                noteMore(result, rows);
            }
        }
        return ExitCode.FINE.code();
    }

    private static int number(Invocation invocation, String flag, int otherwise) {
        String text = invocation.parsed().matchedOptionValue(flag, String.valueOf(otherwise));
        if (!text.matches("[1-9][0-9]{0,6}")) {
            throw new UserError(
                    flag + " is \"" + text + "\", expected a whole number from 1 to 9999999.",
                    "Write " + flag + " 100.");
        }
        return Integer.parseInt(text);
    }

    /** What is written whole before anything of it is printed. */
    @FunctionalInterface
    private interface Output {
        void write(OutputStream out) throws IOException;
    }

    private void print(Output output) {
        console.printWhole("the rows", out -> output.write(out));
    }

    private void noteMore(QueryResult result, int rows) {
        if (result.more()) {
            console.notice(
                    "note",
                    String.format(Locale.ROOT, "there are more than the %,d rows that were printed.", rows),
                    "Restrict the query with WHERE, or print more with " + ROWS + " N.");
        }
    }
}
