package io.aiaudit.cli;

import io.aiaudit.config.ConfigFile;
import io.aiaudit.config.Setting.Section;
import io.aiaudit.config.ShownConfig;
import io.aiaudit.model.QueryResult;
import io.aiaudit.report.QueryReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows what a scan with the same flags would be set to, and where each value is from. */
@Command(
        name = "show",
        header = "Shows each value of the configuration and where it is from.",
        description = {
            "  aiaudit config show",
            "  aiaudit config show --config client.yaml --days 7",
            "  aiaudit config show --json"
        })
final class ConfigShowCommand implements Callable<Integer> {
    private static final String JSON = "--json";

    private final Console console;
    private final Map<String, String> environment;
    private CommandSpec spec;

    ConfigShowCommand(Console console, Map<String, String> environment) {
        this.console = console;
        this.environment = environment;
    }

    /** Called by picocli; the flags are those of a scan. */
    @Spec
    void setSpec(CommandSpec spec) {
        this.spec = spec;
        for (Section section : Section.values()) {
            Flags.addSettings(spec, section);
        }
        Flags.addGeneral(spec, Flags.yes("Print JSON instead of a table.", JSON));
    }

    @Override
    public Integer call() throws Exception {
        Invocation invocation = new Invocation(spec.commandLine().getParseResult(), environment);
        Optional<ConfigFile> file = invocation.configFile();
        QueryResult shown = withoutSecrets(ShownConfig.of(invocation.settings(file), file, environment));
        QueryReport report = QueryReport.of(invocation.has(JSON) ? "json" : "table", console.terminalStyle());
        console.printWhole("the configuration", out -> report.write(shown, out));
        return ExitCode.FINE.code();
    }

    /** Nobody should write one into a configuration, and an address may have one in it. */
    private static QueryResult withoutSecrets(QueryResult shown) {
        List<List<Object>> rows = new ArrayList<>();
        for (List<Object> row : shown.rows()) {
            String line = row.get(0) + ": " + row.get(1);
            String hidden = Secrets.hide(line);
            rows.add(
                    hidden.equals(line) || ShownConfig.NOT_SHOWN.equals(row.get(1))
                            ? row
                            : List.of(
                                    row.get(0),
                                    hidden.substring(String.valueOf(row.get(0)).length() + 2),
                                    row.get(2)));
        }
        return new QueryResult(shown.columns(), rows, false);
    }
}
