package io.aiaudit.cli;

import io.aiaudit.analysis.MonthlyReview;
import io.aiaudit.config.ConfigFile;
import io.aiaudit.config.Setting;
import io.aiaudit.config.Setting.Section;
import io.aiaudit.config.Settings;
import io.aiaudit.model.Audit;
import io.aiaudit.model.EffortRates;
import io.aiaudit.model.Lever;
import io.aiaudit.model.UserError;
import io.aiaudit.report.FindingFilter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Renders an audit again: from a saved scan, which is evaluated again, or from a finished one. */
@Command(
        name = "report",
        header = "Renders a saved scan again, with other rules or policy, or a finished audit.",
        description = {
            "  aiaudit report june.aiaudit -f html -o report",
            "  aiaudit report june.aiaudit --config aiaudit.yaml --rules my-rules",
            "  aiaudit report report/aiaudit.json"
        })
final class ReportCommand implements Callable<Integer> {
    private final Console console;
    private final Map<String, String> environment;
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "A scan saved with --save, or the aiaudit.json of a finished audit.")
    private String file;

    ReportCommand(Console console, Map<String, String> environment) {
        this.console = console;
        this.environment = environment;
    }

    /** Called by picocli; adds the flags, which are made from the settings. */
    @Spec
    void setSpec(CommandSpec spec) {
        this.spec = spec;
        Flags.addSettings(spec, Section.RULES);
        Flags.addSettingsWithout(spec, Setting.SAVE);
        Flags.addSettings(spec, Section.MACHINE);
        Flags.addGeneralOfReports(spec);
    }

    @Override
    public Integer call() throws Exception {
        AuditFile audited = AuditFile.of(file);
        Invocation invocation = new Invocation(spec.commandLine().getParseResult(), environment);
        Optional<ConfigFile> config = invocation.configFile();
        Settings settings = invocation.settings(config);
        FindingFilter filter = FindingFilter.of(settings.words(Setting.FILTER), Setting.FILTER.flag());
        OwnerFolder owners = OwnerFolder.of(settings, settings.mode());
        Redaction redaction = Redaction.of(settings);
        EffortRates effort = config.map(ConfigFile::effort).orElse(EffortRates.NONE);
        Verdict verdict = Verdict.of(settings).redacted(redaction);
        Delivery checked = Delivery.of(settings, Branding.of(settings, config, console), invocation, console);
        List<Audit> earlier = EarlierAudits.of(settings, verdict.failOn().baseline());
        Audit read = audited.audit(invocation, console);
        if (read.redacted() && redaction.replacesNames()) {
            throw new UserError(
                    file + " is redacted already; no key can be used on it again.", "Omit --redact and --redact-key.");
        }
        Delivery delivery = (read.redacted()
                        ? Delivery.of(settings, Branding.withoutNames(settings, config, console), invocation, console)
                        : checked)
                .since(verdict.failOn().baseline());
        Audit audit = redaction.of(effort.on(filter.apply(MonthlyReview.with(read, earlier))));
        verdict.failOn().checkBaseline(audit.demo(), audit.redacted());
        verdict.failOn().checkRules(rules(audit));
        delivery.write(audit, console);
        owners.write(audit, console);
        if (!invocation.has(Flags.QUIET)) {
            redaction.say(console);
        }
        verdict.say(audit, console, invocation.has(Flags.QUIET), delivery);
        return verdict.exitCode(audit).code();
    }

    /** Those that ran; audits of older versions do not say how each saves. */
    private static Map<String, Lever> rules(Audit audit) {
        Map<String, Lever> rules = new LinkedHashMap<>();
        audit.rules().stream()
                .filter(rule -> !rule.state().equals("skipped"))
                .forEach(rule -> rules.put(rule.id(), rule.lever()));
        return rules;
    }
}
