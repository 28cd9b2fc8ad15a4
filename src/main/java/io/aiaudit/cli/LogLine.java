package io.aiaudit.cli;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.RuleReport;
import io.aiaudit.model.Audit.Totals;
import io.aiaudit.model.Status;
import io.aiaudit.report.section.CoverageView;
import io.aiaudit.report.section.Findings;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.StringJoiner;

/**
 * The figures of an audit on one line of {@code key=value}, as collectors of logs read them. Money in the audit's
 * currency with cents; its key ends with {@code month} (730 hours) or {@code window}, so that nobody divides one by the
 * other. An unknown figure is empty, never 0.
 */
final class LogLine {
    private final StringJoiner line = new StringJoiner(" ");

    private LogLine() {}

    static String of(Audit audit) {
        LogLine log = new LogLine();
        Totals totals = audit.totals();
        boolean known = totals.saving() != null;
        log.add("window", audit.window().toString());
        log.add("currency", audit.currency());
        log.money("ai_spend_month", totals.monthlyAiCost());
        log.money("ai_spend_window", totals.windowAiCost());
        log.money("net_saving_month", known ? totals.saving().likely() : null);
        log.money("net_saving_month_low", known ? totals.saving().low() : null);
        log.money("net_saving_month_high", known ? totals.saving().high() : null);
        log.money("needs_decision_month", totals.toDecide());
        log.money("not_assessed_window", CoverageView.notAssessedCost(audit));
        log.add("findings", String.valueOf(audit.findings().size()));
        log.add("counted", String.valueOf(Findings.saving(audit).size()));
        log.add("no_saving_yet", String.valueOf(Findings.savingNothingYet(audit).size()));
        log.add("needs_decision_findings", String.valueOf(Findings.count(audit, Status.UNCONFIRMED)));
        log.add("gaps", String.valueOf(audit.gaps().size()));
        log.add(
                "rules_failed",
                String.valueOf(audit.rules().stream().filter(LogLine::hasFailed).count()));
        log.add("complete", String.valueOf(Verdict.isComplete(audit)));
        log.add("partial", String.valueOf(audit.partial()));
        log.add("demo", String.valueOf(audit.demo()));
        return log.line.toString();
    }

    private static boolean hasFailed(RuleReport rule) {
        return rule.state().equals("failed");
    }

    private void money(String key, BigDecimal amount) {
        add(key, amount == null ? "" : amount.setScale(2, RoundingMode.HALF_UP).toPlainString());
    }

    private void add(String key, String value) {
        line.add(key + "=" + value);
    }
}
