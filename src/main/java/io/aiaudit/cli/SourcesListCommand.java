package io.aiaudit.cli;

import io.aiaudit.config.Source;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Lists where aiaudit can read from. */
@Command(
        name = "list",
        header = "Lists the data sources: what aiaudit reads from each, and their names.",
        description = {
            "  aiaudit sources list",
            "  aiaudit scan --source files --billing bill.csv",
            "  aiaudit scan --source demo"
        })
final class SourcesListCommand implements Callable<Integer> {
    private final Console console;

    SourcesListCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        for (Source source : Source.values()) {
            String label = String.format(
                    Locale.ROOT, "%-12s%-19s", source.key(), source.built() ? "ready" : "not available yet");
            Wrapped.beside(label, source.whatItReads(), console.columns())
                    .forEach(line -> console.out().println(line));
        }
        return ExitCode.FINE.code();
    }
}
