package io.aiaudit.report.terminal;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Plan;
import io.aiaudit.model.PlannedFinding;
import io.aiaudit.model.Status;
import io.aiaudit.report.section.Findings;
import io.aiaudit.report.section.Glossary;
import io.aiaudit.report.section.PlanGroup;
import io.aiaudit.report.section.PlanView;
import io.aiaudit.report.text.Amounts;
import io.aiaudit.report.text.CountedNoun;
import io.aiaudit.report.text.DisplayText;
import io.aiaudit.report.text.Instructions;
import io.aiaudit.report.text.VisibleText;
import io.aiaudit.report.text.WrappedCommand;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The part of the terminal report that says what to do first, and what is saved after each step. */
final class TerminalPlan {
    private static final int STEP = 8;
    private static final int AMOUNT = 15;
    private static final int FIRST = 3;
    private static final int LINES = 12;
    private static final int LARGEST = 3;
    private static final String INDENT = "      ";

    private TerminalPlan() {}

    static void write(Audit audit, Amounts amounts, TerminalPage page) {
        Plan plan = audit.plan();
        if (plan.stages().isEmpty()) {
            return;
        }
        page.heading("Plan, a month: counted findings, no double counting");
        page.faint(line("", "saving", "cumulative", "", page).stripTrailing());
        for (Plan.Stage stage : plan.stages()) {
            long order = PlanView.order(stage);
            String count = CountedNoun.of(PlanView.saving(stage), "finding")
                    + (order == 0 ? "" : ", " + CountedNoun.of(order, "governance finding"));
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
            sure(stage, amounts, page);
            largest(stage, amounts, page);
            PlanGroup.onlyFreeing(stage, amounts).ifPresent(words -> page.sentence(INDENT, words));
        }
        apart(audit, page);
        List<PlannedFinding> order =
                plan.inOrder().stream().filter(planned -> !planned.waits()).toList();
        if (order.isEmpty()) {
            PlanGroup.afterDecisions(audit, amounts).ifPresent(words -> page.sentence("", words));
            return;
        }
        page.line("First:");
        boolean whole = true;
        for (PlannedFinding planned : order.subList(0, Math.min(FIRST, order.size()))) {
            whole &= first(planned, page);
        }
        if (!whole) {
            page.faintSentence("  ", "The commands for these are in: " + TerminalNext.html(audit, page));
        }
    }

    private static void sure(Plan.Stage stage, Amounts amounts, TerminalPage page) {
        String confidence = PlanView.confidence(stage, amounts);
        if (!confidence.isEmpty()) {
            String range = PlanView.range(stage.saving(), amounts);
            page.sentence(INDENT, (range.isEmpty() ? "" : range + "; ") + "confidence: " + confidence);
        }
    }

    private static void largest(Plan.Stage stage, Amounts amounts, TerminalPage page) {
        List<PlannedFinding> counted = stage.findings().stream()
                .filter(planned -> PlanView.amount(planned).signum() > 0)
                .toList();
        if (stage.saving() == null || counted.isEmpty()) {
            return;
        }
        List<PlannedFinding> largest = PlanView.largest(counted, LARGEST);
        String names = largest.stream()
                .map(planned -> Findings.name(planned.finding()) + " " + amounts.plain(PlanView.amount(planned)))
                .collect(Collectors.joining(", "));
        int rest = counted.size() - largest.size();
        BigDecimal amount = PlanView.sum(counted).subtract(PlanView.sum(largest));
        page.sentence(
                INDENT,
                "largest: " + names
                        + (rest == 0 ? "" : "; " + Amounts.count(rest) + " more, " + amounts.plain(amount)));
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
                words.append(words.isEmpty() ? "Excluded from totals: " : ", ")
                        .append(Glossary.word(status).toLowerCase(java.util.Locale.ROOT))
                        .append(' ')
                        .append(Amounts.count(count));
            }
        }
        if (!words.isEmpty()) {
            page.faintSentence("  ", words + ".");
        }
    }

    /**
     * Half a list of commands, or half a line, cannot be pasted: they are here whole, or not at all.
     *
     * @return whether all that carries it out is here
     */
    private static boolean first(PlannedFinding planned, TerminalPage page) {
        var remedy = planned.finding().remedy();
        String action = remedy == null ? planned.finding().reason() : remedy.action();
        int width = page.width() - 2;
        page.sentence(
                "  ",
                DisplayText.cutBehindWord(
                        Findings.name(planned.finding()) + ": " + Findings.orUnknown(action), 3 * width));
        Instructions instructions = Instructions.of(remedy);
        if (instructions.lines().isEmpty()) {
            boolean byHand = !instructions.byHand().isEmpty();
            if (byHand) {
                page.faintSentence(INDENT, DisplayText.cutBehindWord("By hand: " + instructions.byHand(), 3 * width));
            }
            return byHand; // else it is a Terraform snippet
        }
        List<Optional<List<String>>> commands = instructions.lines().stream()
                .map(command -> WrappedCommand.lines(VisibleText.of(command), INDENT, page.width()))
                .toList();
        List<String> lines = commands.stream()
                .flatMap(Optional::stream)
                .flatMap(List::stream)
                .toList();
        boolean whole = commands.stream().allMatch(Optional::isPresent) && lines.size() <= LINES;
        if (whole) {
            lines.forEach(page::line);
        }
        return whole;
    }
}
