package io.aiaudit.cli;

import io.aiaudit.config.Config;
import io.aiaudit.config.ConfigFile;
import io.aiaudit.config.ConfigReader;
import io.aiaudit.model.Keyed;
import io.aiaudit.report.text.CountedNoun;
import io.aiaudit.rules.Parameter;
import io.aiaudit.rules.RemedyChoice;
import io.aiaudit.rules.Rule;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows everything about one rule. */
@Command(
        name = "show",
        header = "Shows a rule: data it needs, thresholds, remedies, documentation; with --sql its SQL.",
        description = {
            "  aiaudit rules show inference-endpoint-idle",
            "  aiaudit rules show inference-endpoint-idle --sql",
            "  aiaudit rules show gpu-too-big --rules my-rules",
            "  aiaudit rules list"
        })
final class RulesShowCommand extends RulesCommand {
    private static final String SQL = "--sql";

    @Parameters(
            paramLabel = "ID",
            completionCandidates = CompletionValues.RuleIds.class,
            description = "Id of the rule (the name of its folder).")
    private String id;

    RulesShowCommand(Console console, Map<String, String> environment) {
        super(console, environment, Flags.yes("Show the SQL of the rule, too.", SQL));
    }

    @Override
    public Integer call() {
        Rule rule = book().find(id);
        Map<String, Object> configured = configured();
        configured.forEach(rule::checkParameter);
        Map<String, Object> values = rule.parameters(configured);
        PrintWriter out = console().out();
        entry("", rule.id() + ": " + rule.title());
        entry("", rule.summary());
        out.println();
        entry("applies to  ", String.join(", ", rule.appliesTo()));
        entry(
                "needs       ",
                (rule.needs().isEmpty()
                                ? "no metric"
                                : rule.needs().stream().map(Object::toString).collect(Collectors.joining(", ")))
                        + ", " + rule.minDays() + " days, " + rule.minCoverage() * 100 + " % of the hours");
        entry(
                "saves       ",
                keys(rule.saves()) + " (lever " + rule.lever().key() + ", proof "
                        + rule.proof().key() + ")");
        entry("approval    ", (rule.asks().isEmpty() ? "nothing" : keys(rule.asks())));
        rule.params().values().forEach(parameter -> parameter(parameter, values.get(parameter.name())));
        rule.remedies().values().forEach(this::remedy);
        rule.references().forEach(reference -> entry("see         ", reference));
        out.println();
        MarkdownLines.of(rule.readme(), console().columns()).forEach(out::println);
        out.println();
        List<String> sql = rule.sql().strip().lines().toList();
        if (invocation().has(SQL)) {
            sql.forEach(this::line); // as it is, since a comment ends with its line
        } else {
            entry(
                    "",
                    "'aiaudit rules show " + rule.id() + " " + SQL + "' also shows its SQL ("
                            + CountedNoun.of(sql.size(), "line") + ").");
        }
        out.flush();
        return ExitCode.FINE.code();
    }

    /** What the configuration sets for this rule. */
    private Map<String, Object> configured() {
        Invocation invocation = invocation();
        Optional<ConfigFile> file = invocation.configFile();
        Config.RuleParameters own = new ConfigReader(invocation.settings(file), file.orElse(null))
                .evaluation()
                .rules()
                .parameters()
                .get(id);
        return own == null ? Map.of() : own.values();
    }

    private void parameter(Parameter parameter, Object value) {
        boolean changed = !value.equals(parameter.defaultValue());
        entry(
                "threshold   ",
                parameter.name() + " = " + value
                        + (parameter.unit() == null ? "" : " " + parameter.unit())
                        + (changed ? " (by your configuration; the default is " + parameter.defaultValue() + ")" : "")
                        + (parameter.range() == null ? "" : ", from " + parameter.range())
                        + ": "
                        + parameter.help());
    }

    private void remedy(RemedyChoice remedy) {
        entry(
                "remedy      ",
                remedy.name() + ": " + remedy.generalAction() + " Effort: " + remedy.effort() + ". Speed: "
                        + remedy.generalSpeed() + ". Compliance: " + remedy.generalCompliance() + ".");
    }

    private static <E extends Keyed> String keys(Collection<E> constants) {
        return constants.stream().map(Keyed::key).sorted().collect(Collectors.joining(", "));
    }

    private void entry(String label, String text) {
        Wrapped.beside(label, text, console().columns())
                .forEach(line -> console().out().println(line));
    }
}
