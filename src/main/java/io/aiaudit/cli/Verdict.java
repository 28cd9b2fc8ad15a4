package io.aiaudit.cli;

import io.aiaudit.analysis.Rejections;
import io.aiaudit.config.Setting;
import io.aiaudit.config.Settings;
import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.RuleReport;
import io.aiaudit.model.CloudName;
import io.aiaudit.model.Gap;
import io.aiaudit.report.text.Amounts;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;

/** What a finished audit means for the caller: lines about what is missing, a last line to read, and the exit code. */
record Verdict(FailOn failOn, boolean allowGaps) {
    /** So many lines are below the report: {@link #lastLines}. */
    static final int LAST_LINES = 2;

    private static final int NAMED = 10;

    static Verdict of(Settings settings) {
        return new Verdict(FailOn.of(settings), allowsGaps(settings));
    }

    /** The same for an audit that is redacted: the one it is compared with is, too. */
    Verdict redacted(Redaction redaction) throws IOException {
        return failOn.baseline() == null
                ? this
                : new Verdict(failOn.against(redaction.of(failOn.baseline())), allowGaps);
    }

    static boolean allowsGaps(Settings settings) {
        return settings.find(Setting.ALLOW_GAPS)
                .map(Settings.Value::trueOrFalse)
                .orElse(false);
    }

    /**
     * Says what is missing, whether or not it is allowed; what the report has right above, once. A quiet run whose
     * reports go into files ends with one line of figures for logs.
     */
    void say(Audit audit, Console console, boolean quiet, Delivery delivery) {
        boolean reportIsRightAbove = delivery.isReadBesideErrors(console);
        if (!reportIsRightAbove) {
            audit.warnings()
                    .forEach(
                            warning -> console.notice(Audit.isAsConfigured(warning) ? "note" : "warning", warning, ""));
            gaps(audit.gaps().stream().filter(gap -> !isRejection(gap)).toList(), console);
            gaps(audit.gaps().stream().filter(Verdict::isRejection).toList(), console);
        }
        for (RuleReport rule : audit.rules()) {
            if (rule.state().equals("failed")) {
                console.notice(
                        "rule failed",
                        rule.id() + ": " + rule.problem(),
                        "Test it: aiaudit rules test " + rule.id() + ", or leave it out: --skip-rule " + rule.id());
            }
        }
        failOn.strangeBaseline(audit).ifPresent(words -> console.notice("warning", words, ""));
        failOn.exceeded(audit).ifPresent(words -> console.say("Over the limit: " + words));
        failOn.unchecked(audit)
                .ifPresent(condition -> console.notice(
                        "warning",
                        "--fail-on " + condition.words()
                                + " was not checked: the saving is unknown, since nothing could be "
                                + (audit.examinedAnything() ? "valued." : "checked."),
                        ""));
        failOn.mostlyUnassessed(audit).ifPresent(words -> console.notice("warning", words, ""));
        if (!quiet) {
            failOn.sinceBaseline(audit).ifPresent(console::say);
            delivery.written().ifPresent(console::say);
            delivery.alsoThere().ifPresent(problem -> console.notice("note", problem, delivery.fixOfOthers()));
            lastLines(audit).forEach(console::say);
        } else if (delivery.isIntoFiles()) {
            console.say(LogLine.of(audit));
        }
    }

    private static void gaps(List<Gap> gaps, Console console) {
        gaps.stream().limit(NAMED).forEach(gap -> say(gap, console));
        if (gaps.size() > NAMED) {
            console.notice(
                    isRejection(gaps.get(0)) ? "rejected" : "not read",
                    String.format(Locale.ROOT, "%,d more.", gaps.size() - NAMED),
                    "Every report format lists them.");
        }
    }

    static void say(Gap gap, Console console) {
        if (isRejection(gap)) {
            console.notice("rejected", gap.scope() + ": " + gap.problem(), gap.fix());
        } else {
            console.notice("not read", where(gap) + gap.problem(), gap.fix());
        }
    }

    private static boolean isRejection(Gap gap) {
        return Rejections.SOURCE.equals(gap.source());
    }

    private static String where(Gap gap) {
        String scope = gap.scope() == null || gap.scope().isEmpty() ? "" : " " + gap.scope();
        return CloudName.of(gap.source()) + scope + ": ";
    }

    ExitCode exitCode(Audit audit) {
        if (failOn.exceeded(audit).isPresent()) {
            return ExitCode.FINDINGS;
        }
        return isComplete(audit) || allowGaps ? ExitCode.FINE : ExitCode.GAPS;
    }

    /** Whether everything was read and every rule ran. */
    static boolean isComplete(Audit audit) {
        return !audit.partial()
                && audit.gaps().isEmpty()
                && audit.rules().stream().noneMatch(rule -> rule.state().equals("failed"))
                && audit.bill().providers().stream().allMatch(provider -> provider.rejectedRows() == 0);
    }

    /** How complete it is, and last what is read first; each fits a line of a terminal. */
    private static List<String> lastLines(Audit audit) {
        Amounts amounts = Amounts.rounded(audit.currency());
        String saving = audit.totals().saving() == null
                ? "-"
                : amounts.likely(audit.totals().saving()) + " ("
                        + amounts.wholeRange(audit.totals().saving()) + ")";
        return List.of(
                String.format(
                        Locale.ROOT,
                        "Rule checks: %,d, of which %,d lacked data; gaps %,d.",
                        audit.rules().stream().mapToInt(RuleReport::checks).sum(),
                        audit.rules().stream().mapToInt(RuleReport::lackedData).sum(),
                        audit.gaps().size()),
                "Net saving per month: " + saving + ".");
    }

    /** As people read it, without cents; with them where it is above the limit by less than what rounding hides. */
    static String amount(BigDecimal amount, BigDecimal limit) {
        return amount.setScale(0, RoundingMode.HALF_EVEN).compareTo(limit) > 0
                ? amount(amount)
                : String.format(Locale.ROOT, "%,.2f", amount);
    }

    static String amount(BigDecimal amount) {
        return String.format(Locale.ROOT, "%,.0f", amount.setScale(0, RoundingMode.HALF_EVEN));
    }
}
