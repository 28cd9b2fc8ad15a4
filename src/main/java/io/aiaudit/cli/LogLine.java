package io.aiaudit.cli;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.RuleReport;
import io.aiaudit.model.Audit.Totals;
import io.aiaudit.model.Status;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.StringJoiner;

/**
 * The figures of an audit on one line of {@code key=value}, as collectors of logs read them. Money in the audit's
 * currency with cents, a month of 730 hours for savings, the window for AI spend and what was not assessed of it. An
 * unknown figure is empty, never 0.
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
        log.money("ai_spend", totals.windowAiCost());
        log.money("net_saving", known ? totals.saving().likely() : null);
        log.money("net_saving_low", known ? totals.saving().low() : null);
        log.money("net_saving_high", known ? totals.saving().high() : null);
        log.money("needs_decision", totals.toDecide());
        log.money(
                "not_assessed",
                totals.coverage() == null ? null : totals.coverage().notAssessed());
        log.add("findings", String.valueOf(audit.findings().size()));
        log.add("counted", String.valueOf(count(audit, Status.COUNTED)));
        log.add("unconfirmed", String.valueOf(count(audit, Status.UNCONFIRMED)));
        log.add("gaps", String.valueOf(audit.gaps().size()));
        log.add(
                "rules_failed",
                String.valueOf(audit.rules().stream().filter(LogLine::hasFailed).count()));
        log.add("partial", String.valueOf(audit.partial()));
        log.add("demo", String.valueOf(audit.demo()));
        return log.line.toString();
    }

    private static long count(Audit audit, Status status) {
        return audit.findings().stream()
                .filter(finding -> finding.status() == status)
                .count();
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
