package io.aiaudit.cli;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.RuleReport;
import io.aiaudit.model.Gap;
import io.aiaudit.scan.Rejections;
import io.aiaudit.scan.Setting;
import io.aiaudit.scan.Settings;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/**
 * What a finished audit means for the caller: lines about what is missing, a last line to read, and the exit code.
 *
 * @param failOn null = no amount is too much
 */
record Verdict(BigDecimal failOn, boolean allowGaps) {
    private static final int NAMED = 10;

    static Verdict of(Settings settings) {
        return new Verdict(
                settings.find(Setting.FAIL_ON).map(Settings.Value::amount).orElse(null),
                settings.find(Setting.ALLOW_GAPS)
                        .map(Settings.Value::trueOrFalse)
                        .orElse(false));
    }

    /** Says what is missing, whether or not it is allowed; what the report said right above, once. */
    void say(Audit audit, Console console, boolean quiet, boolean reportIsRightAbove) {
        if (!reportIsRightAbove) {
            audit.warnings().forEach(warning -> console.notice("warning", warning, ""));
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
        if (overLimit(audit)) {
            console.say("Over the limit: the likely saving "
                    + amount(audit.totals().saving().likely()) + " is more than --fail-on " + failOn.toPlainString()
                    + ".");
        }
        if (failOn != null && audit.totals().saving() == null) {
            console.notice(
                    "warning",
                    "--fail-on " + failOn.toPlainString()
                            + " was not checked: the saving is unknown, since nothing could be "
                            + (audit.examinedAnything() ? "valued." : "examined."),
                    "");
        }
        if (!quiet) {
            console.say(lastLine(audit));
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
            console.notice("not read", place(gap) + gap.problem(), gap.fix());
        }
    }

    private static boolean isRejection(Gap gap) {
        return Rejections.SOURCE.equals(gap.source());
    }

    private static String place(Gap gap) {
        String scope = gap.scope() == null || gap.scope().isEmpty() ? "" : " " + gap.scope();
        return gap.source() + scope + ": ";
    }

    ExitCode exitCode(Audit audit) {
        if (overLimit(audit)) {
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

    private boolean overLimit(Audit audit) {
        return failOn != null
                && audit.totals().saving() != null
                && audit.totals().saving().likely().compareTo(failOn) > 0;
    }

    private static String lastLine(Audit audit) {
        String saving = audit.totals().saving() == null
                ? "Net saving per month: -"
                : "Net saving per month: " + amount(audit.totals().saving().likely()) + " " + audit.currency() + " ("
                        + amount(audit.totals().saving().low()) + " to "
                        + amount(audit.totals().saving().high()) + ")";
        return String.format(
                Locale.ROOT,
                "%s. Examined %,d, not examined %,d, gaps %,d.",
                saving,
                audit.rules().stream().mapToInt(RuleReport::examined).sum(),
                audit.rules().stream().mapToInt(RuleReport::notExamined).sum(),
                audit.gaps().size());
    }

    private static String amount(BigDecimal amount) {
        return String.format(Locale.ROOT, "%,.2f", amount);
    }
}
