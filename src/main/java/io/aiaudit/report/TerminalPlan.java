package io.aiaudit.report;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Plan;
import io.aiaudit.model.PlannedFinding;
import io.aiaudit.model.Status;
import java.util.List;

/** The part of the terminal report that says what to do first, and what is saved after each step. */
final class TerminalPlan {
    private static final int STEP = 8;
    private static final int AMOUNT = 15;
    private static final int FIRST = 3;
    private static final int COMMANDS = 4;
    private static final String INDENT = "      ";

    private TerminalPlan() {}

    static void write(Audit audit, Amounts amounts, TerminalPage page) {
        Plan plan = audit.plan();
        if (plan.stages().isEmpty()) {
            return;
        }
        page.heading("Plan, a month: only what counts, each amount once");
        page.faint(line("", "saving", "with those above", "", page).stripTrailing());
        for (Plan.Stage stage : plan.stages()) {
            String count = TerminalReporter.counted(stage.findings().size(), "finding");
            page.line(line(
                    PlanView.word(stage.step()),
                    stage.saving() == null
                            ? Amounts.UNKNOWN
                            : amounts.plain(stage.saving().likely()),
                    stage.cumulative() == null
                            ? Amounts.UNKNOWN
                            : amounts.plain(stage.cumulative().likely()),
                    count,
                    page));
            page.faintSentence(INDENT, PlanView.MEANINGS.get(stage.step()));
        }
        apart(audit, page);
        page.line("First:");
        List<PlannedFinding> order = plan.inOrder();
        order.subList(0, Math.min(FIRST, order.size())).forEach(planned -> first(planned, page));
    }

    private static String line(String step, String saving, String cumulative, String count, TerminalPage page) {
        String start = DisplayText.left("  " + step, STEP)
                + DisplayText.right(saving, AMOUNT)
                + DisplayText.right(cumulative, AMOUNT + 3)
                + "   ";
        return start + DisplayText.cut(count, page.width() - start.length());
    }

    private static void apart(Audit audit, TerminalPage page) {
        StringBuilder words = new StringBuilder();
        for (Status status : List.of(Status.UNCONFIRMED, Status.BLOCKED, Status.ACCEPTED, Status.UNPRICED)) {
            long count = Findings.count(audit, status);
            if (count > 0) {
                words.append(words.isEmpty() ? "In no sum here: " : ", ")
                        .append(Amounts.count(count))
                        .append(' ')
                        .append(Glossary.word(status).toLowerCase(java.util.Locale.ROOT));
            }
        }
        if (!words.isEmpty()) {
            page.faintSentence("  ", words + ".");
        }
    }

    /** Half a list of commands, or half a line, cannot be pasted: they are here whole or not at all. */
    private static void first(PlannedFinding planned, TerminalPage page) {
        var remedy = planned.finding().remedy();
        String action = remedy == null ? planned.finding().reason() : remedy.action();
        int width = page.width() - 2;
        page.sentence(
                "  ", DisplayText.cut(Findings.name(planned.finding()) + ": " + Findings.orUnknown(action), 3 * width));
        if (remedy == null || remedy.commands().isEmpty()) {
            return;
        }
        List<String> commands = remedy.commands().stream().map(VisibleText::of).toList();
        boolean fit = commands.size() <= COMMANDS
                && commands.stream().allMatch(command -> DisplayText.width(command) <= page.width() - INDENT.length());
        if (fit) {
            commands.forEach(command -> page.line(INDENT + command));
        } else {
            page.faintSentence(INDENT, "Its commands are too long for here; html and json have them.");
        }
    }
}
