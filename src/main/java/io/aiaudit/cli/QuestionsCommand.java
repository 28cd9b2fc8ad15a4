package io.aiaudit.cli;

import io.aiaudit.config.Setting;
import io.aiaudit.model.Audit;
import io.aiaudit.model.UserError;
import io.aiaudit.report.table.Questionnaire;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the decisions of an audit as a questionnaire for the client. */
@Command(
        name = "questions",
        header = "Prints the decisions of an audit as a questionnaire to fill in.",
        description = {
            "  aiaudit questions report/aiaudit.json > questions.md",
            "  aiaudit questions june.aiaudit -f xlsx > questions.xlsx",
            "  aiaudit report june.aiaudit --answers questions.xlsx"
        })
final class QuestionsCommand implements Callable<Integer> {
    private final Console console;
    private final Map<String, String> environment;
    private CommandSpec spec;

    @Parameters(paramLabel = "AUDIT", description = "A scan saved with --save, or an aiaudit.json.")
    private String file;

    QuestionsCommand(Console console, Map<String, String> environment) {
        this.console = console;
        this.environment = environment;
    }

    /** Called by picocli; adds the flags. */
    @Spec
    void setSpec(CommandSpec spec) {
        this.spec = spec;
        Flags.addEvaluation(
                spec,
                Flags.text("NAME", "Format of the questionnaire: md, xlsx. Default: md.", "-f", Setting.FORMAT.flag()));
    }

    @Override
    public Integer call() throws Exception {
        Invocation invocation = new Invocation(spec.commandLine().getParseResult(), environment);
        String format = invocation.parsed().matchedOptionValue("-f", Questionnaire.FORMATS.get(0));
        if (!Questionnaire.FORMATS.contains(format)) {
            throw new UserError(
                    "a questionnaire can't be written as \"" + format + "\".",
                    "Use Markdown or a workbook: -f md, -f xlsx");
        }
        Audit audit = AuditFile.of(file).audit(invocation, console);
        console.printWhole("the questionnaire", out -> Questionnaire.write(audit, format, out));
        return ExitCode.FINE.code();
    }
}
