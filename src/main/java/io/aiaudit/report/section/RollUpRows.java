package io.aiaudit.report.section;

import io.aiaudit.model.Audit;
import io.aiaudit.model.RollUp;
import io.aiaudit.report.text.Amounts;
import io.aiaudit.report.text.MarkdownText;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Cost and savings by owner, team, environment and account, as the reports list them. Workloads have a table of their
 * own.
 */
public final class RollUpRows {
    private static final int MOST = 10;
    private static final String UNASSIGNED = "(none)";

    private RollUpRows() {}

    /** Those with at least one known name. */
    public static List<RollUp> shown(Audit audit) {
        return audit.rollUps().stream()
                .filter(rollUp -> !rollUp.by().equals("workload")
                        && rollUp.groups().stream().anyMatch(group -> group.name() != null))
                .toList();
    }

    /** Such as {@code By owner: 12 % of all scanned cost has no owner}. */
    public static String heading(RollUp rollUp) {
        String share = Amounts.share(rollUp.unassignedShare(), BigDecimal.ONE);
        return "By " + rollUp.by()
                + (rollUp.unassignedShare() == null || rollUp.unassignedShare().signum() == 0
                        ? ""
                        : ": " + share + " of all scanned cost has no " + rollUp.by());
    }

    public static String name(RollUp.Group group) {
        return group.name() == null ? UNASSIGNED : group.name();
    }

    static List<RollUp.Group> groups(RollUp rollUp) {
        return rollUp.groups().subList(0, Math.min(MOST, rollUp.groups().size()));
    }

    /** Empty where all are listed. */
    static String more(RollUp rollUp) {
        int more = rollUp.groups().size() - MOST;
        return more <= 0 ? "" : Amounts.count(more) + " more: JSON report.";
    }

    static List<Object> view(Audit audit, Amounts amounts) {
        List<Object> views = new ArrayList<>();
        for (RollUp rollUp : shown(audit)) {
            List<Map<String, Object>> rows = groups(rollUp).stream()
                    .map(group -> View.of(
                            "name", name(group),
                            "resources", Amounts.count(group.resources()),
                            "cost", amounts.money(group.monthlyCost()),
                            "saving", amounts.money(group.netSaving()),
                            "decision", amounts.money(group.needsDecision())))
                    .toList();
            views.add(View.of(
                    "heading",
                    heading(rollUp),
                    "column",
                    rollUp.by().substring(0, 1).toUpperCase(Locale.ROOT)
                            + rollUp.by().substring(1),
                    "rows",
                    rows,
                    "more",
                    more(rollUp)));
        }
        return views;
    }

    public static String markdown(Audit audit, Amounts amounts) {
        StringBuilder text = new StringBuilder();
        for (RollUp rollUp : shown(audit)) {
            text.append(MarkdownText.sentence(heading(rollUp)))
                    .append(".\n\n")
                    .append(MarkdownText.head(3, "cost per month", "net saving", "needs decision", rollUp.by()));
            groups(rollUp)
                    .forEach(group -> text.append(MarkdownText.row(
                            amounts.whole(group.monthlyCost()),
                            amounts.whole(group.netSaving()),
                            amounts.whole(group.needsDecision()),
                            MarkdownText.sentence(name(group)))));
            text.append(more(rollUp).isEmpty() ? "\n" : "\n" + more(rollUp) + "\n\n");
        }
        return text.toString();
    }
}
