package io.aiaudit.cli;

import io.aiaudit.config.ConfigSchema;
import java.util.Map;
import picocli.CommandLine.Command;

/** Prints the JSON Schema of aiaudit.yaml, by which editors complete and check the file. */
@Command(
        name = "schema",
        header = "Prints the JSON Schema of aiaudit.yaml, for completion in an editor.",
        description = {
            "  aiaudit config schema > aiaudit.schema.json",
            "  aiaudit config schema --rules my-rules > aiaudit.schema.json"
        })
final class ConfigSchemaCommand extends RulesCommand {
    ConfigSchemaCommand(Console console, Map<String, String> environment) {
        super(console, environment);
    }

    @Override
    public Integer call() {
        console().out().print(ConfigSchema.of(book().rules()));
        console().out().flush();
        return ExitCode.FINE.code();
    }
}
