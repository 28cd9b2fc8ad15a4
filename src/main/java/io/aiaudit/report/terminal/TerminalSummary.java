package io.aiaudit.report.terminal;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Audit.NotAssessed;
import io.aiaudit.model.Audit.Totals;
import io.aiaudit.model.CloudName;
import io.aiaudit.model.Gap;
import io.aiaudit.model.PlannedFinding;
import io.aiaudit.model.Status;
import io.aiaudit.report.section.AtListPrice;
import io.aiaudit.report.section.CoverageView;
import io.aiaudit.report.section.Decision;
import io.aiaudit.report.section.EndedWork;
import io.aiaudit.report.section.FindingWords;
import io.aiaudit.report.section.Findings;
import io.aiaudit.report.section.PlanGroup;
import io.aiaudit.report.section.SummaryView;
import io.aiaudit.report.text.Amounts;
import io.aiaudit.report.text.CountedNoun;
import io.aiaudit.report.text.DisplayText;
import io.aiaudit.report.text.VisibleText;
import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One screen of at most 40 lines: what is spent, what can be saved, what to decide, what is not known, what to type
 * next.
 */
final class TerminalSummary {
    private static final int LINES = 40;
    private static final int LARGEST = 5;
    private static final int MEMBERS = 3;
    private static final int UNREAD = 2;
    private static final int LINES_EACH = 2;

    /**
     * What the screen has room for.
     *
     * @param members lines of the largest resources of an action
     * @param decisions how many
     * @param lines of each title, question and note
     * @param unassessed of what was not assessed: their sum is above
     * @param unread lines of each that could not be read, and of each warning
     * @param everything whether what no total has is complete, and the next commands too
     * @param blanks whether a blank line is above each of the last lists
     */
    private record Room(
            int members, int decisions, int lines, int unassessed, int unread, boolean everything, boolean blanks) {}

    /** The widest first. */
    private static final List<Room> ROOMS = List.of(
            new Room(2, 8, 3, 5, 3, true, true),
            new Room(2, 5, 3, 5, 3, true, true),
            new Room(1, 5, 3, 3, 3, true, true),
            new Room(0, 5, 3, 3, 3, true, true),
            new Room(0, 5, 2, 2, 3, true, true),
            new Room(0, 5, 2, 2, 2, false, true),
            new Room(0, 5, 2, 1, 2, false, true),
            new Room(0, 5, 2, 1, 2, false, false),
            new Room(0, 5, 1, 1, 2, false, false),
            new Room(0, 5, 1, 1, 1, false, false),
            new Room(0, 4, 1, 1, 2, false, false),
            new Room(0, 4, 1, 1, 1, false, false),
            new Room(0, 3, 1, 1, 1, false, false));

    private static final int LABEL = 21;
    static final int AMOUNT = 11;
    private static final int CONFIDENCE = 6;
    private static final int COMMAND = 54;
    private static final String GAP = "  ";

    private static final Pattern CHECK = Pattern.compile("'(aiaudit sources check [a-z]+)'");

    private TerminalSummary() {}

    static void write(Audit audit, Amounts amounts, TerminalPage page) {
        TerminalDecisions decisions = new TerminalDecisions(audit, amounts, page);
        int end = page.end();
        for (Room room : ROOMS) {
            page.backTo(end);
            money(audit, amounts, page, room);
            findings(audit, amounts, page, room);
            decisions.write(room.decisions(), room.lines());
            notAssessed(audit, amounts, page, room);
            notRead(audit, page, room);
            next(audit, page, room);
            if (page.lines() <= LINES) {
                return;
            }
        }
    }

    private static void money(Audit audit, Amounts amounts, TerminalPage page, Room room) {
        Totals totals = audit.totals();
        page.blank();
        figure(page, "AI spend", amounts.whole(totals.monthlyAiCost()), spend(audit, amounts));
        String credits = SummaryView.credits(audit, amounts);
        if (!credits.isEmpty()) {
            page.faintSentence(
                    GAP, credits + " was paid by credits: savings may reduce credits used, not cash you pay");
        }
        if (totals.saving() == null) {
            String why = audit.examinedAnything() ? "no finding has a price" : "no resource could be checked";
            figure(page, "Net saving", Amounts.UNKNOWN, why);
        } else {
            String range = amounts.wholeRange(totals.saving());
            String likely = amounts.likely(totals.saving());
            String note = totals.saving().high().signum() == 0 ? "a month: no finding counts" : "a month, " + range;
            figure(page, "Net saving", likely, note + ofIt(audit, amounts));
        }
        long open = Findings.count(audit, Status.UNCONFIRMED);
        if (open > 0) {
            String note = "if all approved: " + Decision.count(audit);
            figure(page, "Needs your decision", amounts.whole(totals.toDecide()), note);
        }
        String ended = EndedWork.both(audit, amounts);
        if (!ended.isEmpty()) {
            page.faintSentence(GAP, ended);
        }
        rest(audit, amounts, page, room);
        BigDecimal unknown = CoverageView.notAssessedCost(audit);
        if (unknown != null && unknown.signum() > 0) {
            figure(page, "Not assessed", amounts.whole(unknown), unknown(audit, amounts, room));
        }
        bar(audit, amounts, page);
    }

    private static String unknown(Audit audit, Amounts amounts, Room room) {
        String share = Amounts.share(
                CoverageView.notAssessedCost(audit), audit.totals().windowAiCost());
        String partly = CoverageView.partlyChecked(audit, amounts);
        if (!room.everything()) {
            return share + " of spend"
                    + (partly.isEmpty()
                            ? ""
                            : "; " + amounts.whole(audit.totals().inUsePartlyChecked()) + " more checked in part");
        }
        String resources = CoverageView.countNotAssessed(audit) == 0
                ? ""
                : ", " + CountedNoun.of(CoverageView.countNotAssessed(audit), "resource");
        return "in the window, " + share + " of AI spend" + resources + (partly.isEmpty() ? "" : "; " + partly);
    }

    private static void bar(Audit audit, Amounts amounts, TerminalPage page) {
        String bar = TerminalBar.of(audit, page.width() - LABEL - AMOUNT - GAP.length());
        if (!bar.isEmpty()) {
            figure(page, "Spend of the window", amounts.whole(audit.totals().windowAiCost()), bar);
            TerminalBar.legend(audit, amounts, page.width() - GAP.length()).forEach(line -> page.faint(GAP + line));
        }
    }

    private static String spend(Audit audit, Amounts amounts) {
        Totals totals = audit.totals();
        String share = Amounts.share(totals.monthlyAiCost(), totals.monthlyCost());
        String month = share.equals(Amounts.UNKNOWN) ? "a month" : "a month, " + share + " of all cost";
        return totals.needsRunRate() ? month + "; all cost now runs at " + amounts.whole(totals.runRate()) : month;
    }

    private static String ofIt(Audit audit, Amounts amounts) {
        String listed = AtListPrice.saving(audit, amounts);
        return listed.isEmpty() ? "" : "; " + listed;
    }

    /** What no total has; all of it where there is room. */
    private static void rest(Audit audit, Amounts amounts, TerminalPage page, Room room) {
        Totals totals = audit.totals();
        long unpriced = totals.unpricedFindings();
        long governance = Findings.count(audit, Status.GOVERN);
        boolean all = room.everything();
        String parts = Stream.of(
                        part(totals.blockedSaving(), "blocked by policy", amounts),
                        part(totals.acceptedSaving(), "accepted", amounts),
                        part(
                                totals.freedCommitment(),
                                all ? "unused commitments until they expire" : "unused commitments",
                                amounts),
                        all && unpriced > 0 ? CountedNoun.of(unpriced, "unpriced finding") : "",
                        all && governance > 0 ? CountedNoun.of(governance, "governance finding") : "")
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(", "));
        if (!parts.isEmpty()) {
            page.faintSentence(GAP, "Left out: " + parts);
        }
    }

    private static String part(BigDecimal amount, String what, Amounts amounts) {
        return amount == null || amount.signum() <= 0 ? "" : amounts.whole(amount) + " " + what;
    }

    private static void figure(TerminalPage page, String label, String amount, String note) {
        String start = DisplayText.left(label, LABEL) + DisplayText.right(amount, AMOUNT) + GAP;
        List<String> lines = DisplayText.wrap(note, page.width() - start.length());
        page.line(start + (lines.isEmpty() ? "" : lines.get(0)));
        lines.stream().skip(1).forEach(line -> page.line(" ".repeat(start.length()) + line));
    }

    private static void findings(Audit audit, Amounts amounts, TerminalPage page, Room room) {
        List<AuditedFinding> counted = Findings.saving(audit);
        if (counted.isEmpty()) {
            page.heading(audit.findings().isEmpty() ? "No findings" : "No finding counts");
            savingNothingYet(audit, amounts, page);
            return;
        }
        List<PlanGroup> actions = PlanGroup.largest(audit);
        page.heading("Savings counted, per month (" + CountedNoun.of(counted.size(), "finding")
                + (actions.size() > LARGEST
                        ? "; the " + LARGEST + " largest of " + Amounts.count(actions.size()) + " actions)"
                        : ")"));
        int free = page.width() - AMOUNT - CONFIDENCE - 3 * GAP.length();
        int name = free * 2 / 5;
        for (PlanGroup action : actions.subList(0, Math.min(LARGEST, actions.size()))) {
            List<String> lines = DisplayText.wrapAtMost(action.title(), free - name, room.lines());
            page.line(DisplayText.right(amounts.whole(action.saving().likely()), AMOUNT)
                    + GAP
                    + names(audit, action, name)
                    + GAP
                    + DisplayText.left(lines.get(0), free - name)
                    + GAP
                    + DisplayText.right(action.leastConfidence(), CONFIDENCE));
            String indent = " ".repeat(AMOUNT + name + 2 * GAP.length());
            lines.stream().skip(1).forEach(line -> page.line(indent + line));
            String below = " ".repeat(AMOUNT) + GAP;
            if (room.members() > 0 && action.findings().size() > 1) {
                page.faintLines(below, members(audit, action, amounts), room.members());
            }
        }
        PlanGroup.afterDecisions(audit, amounts).ifPresent(words -> page.faintSentence(GAP, words));
    }

    private static String members(Audit audit, PlanGroup action, Amounts amounts) {
        int rest = action.findings().size() - MEMBERS;
        String largest = action.findings().stream()
                .limit(MEMBERS)
                .map(PlannedFinding::finding)
                .map(finding -> Findings.distinctName(audit, finding) + " "
                        + amounts.whole(finding.counted().likely()))
                .collect(Collectors.joining(", "));
        return "including " + largest + (rest > 0 ? " and " + Amounts.count(rest) + " more" : "");
    }

    /** The largest, and how many more the action is about. */
    private static String names(Audit audit, PlanGroup action, int width) {
        int others = action.findings().size() - 1;
        String more = others == 0 ? "" : " +" + Amounts.count(others);
        String largest = DisplayText.name(Findings.distinctName(audit, action.largest()), width - more.length());
        return DisplayText.left(largest.stripTrailing() + more, width);
    }

    private static void savingNothingYet(Audit audit, Amounts amounts, TerminalPage page) {
        FindingWords.savingNothingYet(audit, amounts).ifPresent(words -> page.faintSentence("", words));
    }

    private static void notAssessed(Audit audit, Amounts amounts, TerminalPage page, Room room) {
        int most = room.unassessed();
        List<NotAssessed> things = audit.notAssessed();
        if (things.isEmpty()) {
            return;
        }
        page.heading("Not assessed in the window, largest first" + of(things.size(), most, " reasons"), room.blanks());
        List<String> costs = CoverageView.notAssessed(audit, amounts);
        for (int index = 0; index < Math.min(most, things.size()); index++) {
            NotAssessed thing = things.get(index);
            String start = DisplayText.right(costs.get(index), AMOUNT) + GAP;
            int width = page.width() - start.length();
            int rows = index == 0 ? Math.min(LINES_EACH, room.lines()) : 1;
            List<String> lines = DisplayText.wrapAtMost(unassessed(audit, thing), width, rows);
            for (int line = 0; line < lines.size(); line++) {
                page.line((line == 0 ? start : " ".repeat(start.length())) + lines.get(line));
            }
        }
    }

    /**
     * The resource first where it is one, with whom to ask where no data helps; else what is missing, since the names
     * are what can be cut.
     */
    private static String unassessed(Audit audit, NotAssessed thing) {
        String names = CoverageView.largest(audit, thing);
        String missing = CoverageView.missing(thing);
        if (thing.resources() == 1 && !names.isEmpty()) {
            return names + ": " + (thing.needsOwner() ? thing.fix() : missing);
        }
        return missing + ", " + CountedNoun.of(thing.resources(), "resource") + (names.isEmpty() ? "" : ": " + names);
    }

    private static void notRead(Audit audit, TerminalPage page, Room room) {
        List<Gap> gaps = audit.gaps();
        List<String> warnings = audit.warnings().stream()
                .filter(warning -> !Audit.isAsConfigured(warning) && !Audit.isAboutCredits(warning)) // above
                .toList();
        if (!gaps.isEmpty()) {
            int shown =
                    warnings.isEmpty() && room.blanks() ? UNREAD : UNREAD - 1; // one screen has room for two of both
            page.heading("Not read" + of(gaps.size(), shown) + fix(gaps), room.blanks());
            gaps.stream().limit(shown).forEach(gap -> page.lines(GAP, gap(gap), room.unread()));
        }
        int shown = gaps.isEmpty() ? UNREAD : UNREAD - 1;
        List<String> first = warnings.stream().limit(shown).toList();
        if (!first.isEmpty()) {
            page.heading("Warnings" + of(warnings.size(), shown), room.blanks());
            first.forEach(warning -> page.lines(GAP, warning, room.unread()));
        }
    }

    /** The first command that a fix names; empty where none does. */
    private static String fix(List<Gap> gaps) {
        return gaps.stream()
                .map(gap -> CHECK.matcher(Findings.orUnknown(gap.fix())))
                .filter(Matcher::find)
                .findFirst()
                .map(check -> ": '" + check.group(1) + "' shows what is missing")
                .orElse("");
    }

    private static String gap(Gap gap) {
        return CloudName.of(gap.source()) + " " + Findings.orUnknown(gap.scope()) + ": " + gap.problem();
    }

    private static void next(Audit audit, TerminalPage page, Room room) {
        page.heading(room.everything() ? "Next" : "Next (--details: full lists, as text)");
        if (!audit.examinedAnything() && page.check() != null) {
            page.line(GAP + VisibleText.of(page.check())); // never cut: it is there to be pasted
        }
        if (page.save() != null) {
            next(page, page.save(), "keeps what was read");
        }
        String again = page.again(audit.demo());
        if (room.everything()) {
            next(page, again + " --details", "full lists, as text");
        }
        next(page, again + " -f html -o report", "charts and commands");
        if (room.everything() && !audit.findings().isEmpty()) {
            next(page, "aiaudit rules show " + audit.findings().get(0).rule(), "how it is found");
        }
        if (audit.demo()) {
            next(page, "aiaudit scan FOLDER", "your own files");
        }
    }

    private static void next(TerminalPage page, String command, String purpose) {
        String shown = VisibleText.of(command); // never cut: it is there to be pasted
        String line = GAP + shown + " ".repeat(Math.max(0, COMMAND - DisplayText.width(shown))) + GAP + purpose;
        page.line(DisplayText.width(line) > page.width() ? GAP + shown : line);
    }

    private static String of(int all, int shown) {
        return of(all, shown, "");
    }

    private static String of(int all, int shown, String what) {
        return all > shown ? " (" + shown + " of " + Amounts.count(all) + what + ")" : "";
    }
}
