package io.aiaudit.cli;

import io.aiaudit.config.Setting;
import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedResource;
import io.aiaudit.model.RuleOutcome;
import io.aiaudit.report.Explanation;
import io.aiaudit.report.ExplanationReport;
import io.aiaudit.report.FindingSearch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Shows what one finding rests on: its data, its calculation, the policy that decided, and what else was found on the
 * resource.
 */
@Command(
        name = "explain",
        header = "Explains one finding: data, calculation, policy line, alternatives.",
        description = {
            "  aiaudit explain report/aiaudit.json 1a2b3c4d5e6f7081",
            "  aiaudit explain june.aiaudit inference-endpoint-idle chat-v1-prod",
            "  aiaudit explain june.aiaudit chat-v1-prod -f json"
        })
final class ExplainCommand implements Callable<Integer> {
    private final Console console;
    private final Map<String, String> environment;
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "FILE", description = "A scan saved with --save, or an aiaudit.json.")
    private String file;

    @Parameters(
            index = "1",
            paramLabel = "FINDING",
            description = "Id of a finding or the first 4 characters or more of it, a rule, or a resource.")
    private String finding;

    @Parameters(
            index = "2",
            arity = "0..1",
            paramLabel = "RESOURCE",
            description = "Name or id of the resource, where a rule has several findings.")
    private String resource;

    ExplainCommand(Console console, Map<String, String> environment) {
        this.console = console;
        this.environment = environment;
    }

    /** Called by picocli; adds the flags. */
    @Spec
    void setSpec(CommandSpec spec) {
        this.spec = spec;
        Flags.addEvaluation(
                spec,
                Flags.text("NAME", "Output format: terminal, json. Default: terminal.", "-f", Setting.FORMAT.flag()));
    }

    @Override
    public Integer call() throws Exception {
        Invocation invocation = new Invocation(spec.commandLine().getParseResult(), environment);
        ExplanationReport report = ExplanationReport.of(
                invocation.parsed().matchedOptionValue(Setting.FORMAT.flag(), ExplanationReport.FORMATS.get(0)),
                console.terminalStyle());
        List<RuleOutcome> outcomes = new ArrayList<>();
        Audit audit = AuditFile.of(file).audit(invocation, console, outcomes::add);
        FindingSearch search = FindingSearch.of(audit, outcomes, file, finding, resource);
        List<AuditedResource> withoutFinding = search.withoutFinding();
        if (!withoutFinding.isEmpty()) {
            console.printWhole("the explanation", out -> report.write(audit, outcomes, withoutFinding, out));
            return ExitCode.FINE.code();
        }
        search.candidates().forEach(console::say);
        Explanation explanation = Explanation.of(audit, search.find());
        console.printWhole("the explanation", out -> report.write(explanation, out));
        return ExitCode.FINE.code();
    }
}
