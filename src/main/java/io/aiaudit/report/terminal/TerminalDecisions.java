package io.aiaudit.report.terminal;

import io.aiaudit.model.Audit;
import io.aiaudit.report.section.DecisionGroup;
import io.aiaudit.report.section.Exclusions;
import io.aiaudit.report.section.Findings;
import io.aiaudit.report.text.Amounts;
import io.aiaudit.report.text.DisplayText;
import io.aiaudit.report.text.WrappedEntry;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The largest decisions: each question above what it is about, with the lines that answer yes and the amount that these
 * lines bring.
 */
final class TerminalDecisions {
    private static final int NAMES = 3;
    private static final String GAP = "  ";

    private final Audit audit;
    private final Amounts amounts;
    private final TerminalPage page;
    private final Exclusions exclusions;
    private final List<DecisionGroup> groups;

    TerminalDecisions(Audit audit, Amounts amounts, TerminalPage page) {
        this.audit = audit;
        this.amounts = amounts;
        this.page = page;
        exclusions = Exclusions.of(audit, amounts);
        groups = DecisionGroup.of(audit);
    }

    /**
     * Writes them.
     *
     * @param most how many
     * @param lines of a question, of the answer for several resources, and of what an approval replaces
     */
    void write(int most, int lines) {
        if (groups.isEmpty()) {
            return;
        }
        List<DecisionGroup> shown = groups.subList(0, Math.min(most, groups.size()));
        page.heading("Decisions"
                + (groups.size() > most ? " (" + most + " of " + Amounts.count(groups.size()) + ")" : "")
                + (shown.stream().anyMatch(group -> entry(group).isPresent())
                        ? "; '-' lines go under 'policy:' in aiaudit.yaml"
                        : ""));
        List<String> above = List.of();
        for (DecisionGroup group : shown) {
            if (!group.questions().equals(above)) {
                above = group.questions();
                wrapped(GAP, String.join(" ", above), lines);
            }
            write(group, lines);
        }
    }

    private void write(DecisionGroup group, int lines) {
        String start = DisplayText.right(amounts.whole(group.amount()), TerminalSummary.AMOUNT) + GAP;
        String indent = " ".repeat(start.length());
        Optional<String> entry = entry(group);
        boolean several = group.decisions().size() > 1;
        if (several || entry.isEmpty()) {
            wrapped(start, names(group) + (entry.isPresent() ? "" : ": " + open(group)), lines);
        }
        // Never cut: it is there to be pasted.
        entry.ifPresent(line ->
                WrappedEntry.lines(line, several ? indent : start, page.width()).forEach(page::line));
        String note = Stream.of(
                        several && entry.isPresent()
                                ? "all " + Amounts.count(group.decisions().size()) + " resources with this tag"
                                : "",
                        group.needsCheck() && entry.isPresent()
                                ? "counts once it is listed under 'verified' too (--details)"
                                : "",
                        excluded(group))
                .filter(words -> !words.isEmpty())
                .collect(Collectors.joining("; "));
        if (!note.isEmpty()) {
            page.faintLines(indent + "# ", note, lines);
        }
    }

    /** The line of YAML that answers it; empty where something else comes first, or no single line does. */
    private Optional<String> entry(DecisionGroup group) {
        return group.isApproval() || group.isCommitment() ? group.entry(audit) : Optional.empty();
    }

    /** What is left to say of what has no line here. */
    private String open(DecisionGroup group) {
        return group.isApproval()
                ? group.answer() + " for each (-f html has the lines)"
                : group.titles(audit) + (group.needsCheck() ? " (--details)" : "");
    }

    private String names(DecisionGroup group) {
        int all = group.decisions().size();
        String owner = group.owner();
        String names = group.decisions().stream()
                .limit(NAMES)
                .map(decision -> Findings.distinctName(audit, decision.largest()))
                .collect(Collectors.joining(", "));
        return names
                + (all > NAMES ? " and " + Amounts.count(all - NAMES) + " more" : "")
                + (owner.equals(Amounts.UNKNOWN) || all == 1 ? "" : " (owner " + owner + ")");
    }

    private String excluded(DecisionGroup group) {
        return group.findings().stream()
                .map(exclusions::beside)
                .filter(words -> !words.isEmpty())
                .findFirst()
                .orElse("");
    }

    private void wrapped(String start, String text, int most) {
        List<String> lines = DisplayText.wrapAtMost(text, page.width() - start.length(), most);
        page.line(start + lines.get(0));
        lines.stream().skip(1).forEach(line -> page.line(" ".repeat(start.length()) + line));
    }
}
