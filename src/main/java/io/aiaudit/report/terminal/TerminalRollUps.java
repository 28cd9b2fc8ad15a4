package io.aiaudit.report.terminal;

import io.aiaudit.model.Audit;
import io.aiaudit.model.RollUp;
import io.aiaudit.report.section.RollUpRows;
import io.aiaudit.report.text.Amounts;
import io.aiaudit.report.text.DisplayText;

/** Cost and savings by owner, team, environment and account on a terminal. */
final class TerminalRollUps {
    private static final int AMOUNT = 16;

    private TerminalRollUps() {}

    static void write(Audit audit, Amounts amounts, TerminalPage page) {
        for (RollUp rollUp : RollUpRows.shown(audit)) {
            page.heading(RollUpRows.heading(rollUp));
            page.faint(line("cost per month", "net saving", "needs decision", "  " + rollUp.by()));
            for (RollUp.Group group : rollUp.groups()) {
                page.line(line(
                        amounts.plain(group.monthlyCost()),
                        amounts.plain(group.netSaving()),
                        amounts.plain(group.needsDecision()),
                        "  " + DisplayText.cut(RollUpRows.name(group), page.width() - 3 * AMOUNT - 2)));
            }
        }
    }

    private static String line(String cost, String saving, String decision, String name) {
        return DisplayText.right(cost, AMOUNT)
                + DisplayText.right(saving, AMOUNT)
                + DisplayText.right(decision, AMOUNT)
                + name;
    }
}
