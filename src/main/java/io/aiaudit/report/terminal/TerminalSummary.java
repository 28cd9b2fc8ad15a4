package io.aiaudit.report.terminal;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Audit.NotAssessed;
import io.aiaudit.model.Audit.Totals;
import io.aiaudit.model.CloudName;
import io.aiaudit.model.Gap;
import io.aiaudit.model.Status;
import io.aiaudit.report.section.AtListPrice;
import io.aiaudit.report.section.CoverageView;
import io.aiaudit.report.section.Decision;
import io.aiaudit.report.section.EndedWork;
import io.aiaudit.report.section.Exclusions;
import io.aiaudit.report.section.FindingWords;
import io.aiaudit.report.section.Findings;
import io.aiaudit.report.section.PlanGroup;
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
    private static final int UNREAD = 2;
    private static final int LINES_EACH = 2;

    /**
     * What the screen has room for, the widest first.
     *
     * @param titles lines of the title of a finding
     * @param unassessed of what was not assessed: their sum is above
     * @param gap lines of each that could not be read
     * @param warning lines of each warning
     * @param rule whether how a rule finds is among the next commands
     * @param details whether the full lists have a line among them; else they are in the heading
     */
    private record Room(int titles, int unassessed, int gap, int warning, boolean rule, boolean details) {}

    private static final List<Room> ROOMS = List.of(
            new Room(2, 3, 2, 2, true, true),
            new Room(2, 3, 2, 2, false, true),
            new Room(2, 2, 2, 1, false, true),
            new Room(2, 2, 2, 1, false, false),
            new Room(2, 1, 2, 1, false, false),
            new Room(2, 1, 1, 1, false, false),
            new Room(1, 1, 1, 1, false, false));

    private static final int LABEL = 21;
    private static final int AMOUNT = 11;
    private static final int CONFIDENCE = 6;
    private static final int COMMAND = 54;
    private static final String GAP = "  ";

    private static final Pattern CHECK = Pattern.compile("'(aiaudit sources check [a-z]+)'");

    private TerminalSummary() {}

    static void write(Audit audit, Amounts amounts, TerminalPage page) {
        money(audit, amounts, page);
        int end = page.end();
        for (Room room : ROOMS) {
            page.backTo(end);
            findings(audit, amounts, page, room.titles());
            decisions(audit, amounts, page);
            notAssessed(audit, amounts, page, room.unassessed());
            notRead(audit, page, room);
            next(audit, page, room);
            if (page.lines() <= LINES) {
                return;
            }
        }
    }

    private static void money(Audit audit, Amounts amounts, TerminalPage page) {
        Totals totals = audit.totals();
        page.blank();
        figure(page, "AI spend", amounts.whole(totals.monthlyAiCost()), spend(audit, amounts));
        if (totals.saving() == null) {
            String why = audit.examinedAnything() ? "no finding has a price" : "no resource could be checked";
            figure(page, "Net saving", Amounts.UNKNOWN, why);
        } else {
            String range = amounts.wholeRange(totals.saving());
            String likely = amounts.whole(totals.saving().likely());
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
        rest(audit, amounts, page);
        BigDecimal unknown = CoverageView.notAssessedCost(audit);
        if (unknown != null && unknown.signum() > 0) {
            String share = Amounts.share(unknown, totals.windowAiCost());
            String resources = CoverageView.countNotAssessed(audit) == 0
                    ? ""
                    : ", " + CountedNoun.of(CoverageView.countNotAssessed(audit), "resource");
            String partly = CoverageView.partlyChecked(audit, amounts);
            figure(
                    page,
                    "Not assessed",
                    amounts.whole(unknown),
                    "in the window, " + share + " of AI spend" + resources + (partly.isEmpty() ? "" : "; " + partly));
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

    /** What no total has, in one line. */
    private static void rest(Audit audit, Amounts amounts, TerminalPage page) {
        Totals totals = audit.totals();
        long unpriced = totals.unpricedFindings();
        long governance = Findings.count(audit, Status.GOVERN);
        List<String> parts = Stream.of(
                        gross(totals, amounts),
                        part(totals.freedCommitment(), "unused commitments until they expire", amounts),
                        unpriced > 0 ? CountedNoun.of(unpriced, "unpriced finding") : "",
                        governance > 0 ? CountedNoun.of(governance, "governance finding") : "")
                .filter(part -> !part.isEmpty())
                .toList();
        if (!parts.isEmpty()) {
            page.faintSentence(GAP, "In neither figure above: " + String.join(", ", parts));
        }
    }

    private static String gross(Totals totals, Amounts amounts) {
        String parts = Stream.of(
                        part(totals.blockedSaving(), "blocked", amounts),
                        part(totals.acceptedSaving(), "accepted", amounts))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(", "));
        return parts.isEmpty() ? "" : parts + " (gross)";
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

    private static void findings(Audit audit, Amounts amounts, TerminalPage page, int titles) {
        List<AuditedFinding> counted = Findings.saving(audit);
        if (counted.isEmpty()) {
            page.heading(audit.findings().isEmpty() ? "No findings" : "No finding counts");
            savingNothingYet(audit, amounts, page);
            return;
        }
        List<PlanGroup> actions = PlanGroup.largest(audit);
        page.heading("Counted, net saving a month (" + CountedNoun.of(counted.size(), "finding")
                + (actions.size() > LARGEST
                        ? "; the " + LARGEST + " largest of " + Amounts.count(actions.size()) + " actions)"
                        : ")"));
        int free = page.width() - AMOUNT - CONFIDENCE - 3 * GAP.length();
        int name = free * 2 / 5;
        Exclusions exclusions = Exclusions.of(audit, amounts);
        for (PlanGroup action : actions.subList(0, Math.min(LARGEST, actions.size()))) {
            String title = (action.excluded(exclusions).isPresent() ? "Decide first: " : "") + action.title();
            List<String> lines = titles == 1
                    ? List.of(DisplayText.cutBehindWord(title, free - name))
                    : DisplayText.wrap(title, free - name);
            page.line(DisplayText.right(amounts.whole(action.saving().likely()), AMOUNT)
                    + GAP
                    + names(audit, action, name)
                    + GAP
                    + DisplayText.left(lines.get(0), free - name)
                    + GAP
                    + DisplayText.right(action.leastConfidence(), CONFIDENCE));
            String indent = " ".repeat(AMOUNT + name + 2 * GAP.length());
            lines.stream().skip(1).forEach(line -> page.line(indent + line));
        }
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

    private static void decisions(Audit audit, Amounts amounts, TerminalPage page) {
        List<Decision> open = Decision.of(audit).stream()
                .filter(decision -> decision.amount().signum() > 0)
                .toList();
        if (open.isEmpty()) {
            return;
        }
        page.heading("Decisions"
                + (open.size() > LARGEST
                        ? " (" + LARGEST + " of " + Amounts.count(open.size())
                                + " resources); '-' lines go under 'policy:' in aiaudit.yaml"
                        : "; '-' lines go under 'policy:' in aiaudit.yaml"));
        Exclusions exclusions = Exclusions.of(audit, amounts);
        boolean noted = false;
        for (Decision decision : open.subList(0, Math.min(LARGEST, open.size()))) {
            AuditedFinding finding = decision.largest();
            String question = Findings.openQuestion(audit, finding);
            boolean isApproval = Findings.isPolicyLine(question);
            BigDecimal amount = isApproval ? decision.approvalAmount() : decision.amount();
            String start = DisplayText.right(amounts.whole(amount), AMOUNT) + GAP;
            String entry = VisibleText.of(isApproval ? Findings.policyEntry(audit, decision) : "");
            boolean canBePasted = isApproval && DisplayText.width(start + entry) <= page.width();
            String name = Findings.distinctName(audit, finding);
            String words = isApproval
                    ? question + " for " + name
                    : name + ": "
                            + (Decision.check(finding).isEmpty() ? question : Decision.check(finding) + " (--details)");
            String text = canBePasted ? entry : words;
            page.line(start + DisplayText.cutBehindWord(text, page.width() - start.length()));
            String excluded = exclusions.beside(finding);
            if (!excluded.isEmpty() && !noted) {
                String note = " ".repeat(start.length()) + "# " + excluded;
                page.faint(DisplayText.cutBehindWord(note, page.width()));
                noted = true; // one line only: with details all have it
            }
        }
    }

    private static void notAssessed(Audit audit, Amounts amounts, TerminalPage page, int most) {
        List<NotAssessed> things = audit.notAssessed();
        if (things.isEmpty()) {
            return;
        }
        page.heading("Not assessed in the window, largest first" + of(things.size(), most, " reasons"));
        List<String> costs = CoverageView.notAssessed(audit, amounts);
        for (int index = 0; index < Math.min(most, things.size()); index++) {
            NotAssessed thing = things.get(index);
            String start = DisplayText.right(costs.get(index), AMOUNT) + GAP;
            int width = page.width() - start.length();
            List<String> lines = lines(unassessed(audit, thing), index == 0 ? LINES_EACH : 1, width);
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
                .filter(warning -> !Audit.isAsConfigured(warning))
                .toList();
        int shown = warnings.isEmpty() ? UNREAD : UNREAD - 1; // one screen has room for two of both together
        if (!gaps.isEmpty()) {
            page.heading("Not read" + of(gaps.size(), shown) + fix(gaps));
            gaps.stream().limit(shown).forEach(gap -> cut(gap(gap), page, room.gap()));
        }
        if (gaps.isEmpty() && !warnings.isEmpty()) {
            page.heading("Warnings" + of(warnings.size(), UNREAD));
            warnings.stream().limit(UNREAD).forEach(warning -> cut(warning, page, room.warning()));
        } else {
            warnings.stream()
                    .limit(1)
                    .forEach(warning -> cut("Warning" + of(warnings.size(), 1) + ": " + warning, page, room.warning()));
        }
    }

    private static void cut(String line, TerminalPage page, int lines) {
        lines(line, lines, page.width() - GAP.length()).forEach(each -> page.line(GAP + each));
    }

    /** At most so many lines, the last one cut behind a word. */
    private static List<String> lines(String text, int most, int width) {
        List<String> lines = DisplayText.wrap(text, width);
        if (lines.size() <= most) {
            return lines;
        }
        String rest = String.join(" ", lines.subList(most - 1, lines.size()));
        return Stream.concat(lines.stream().limit(most - 1L), Stream.of(DisplayText.cutBehindWord(rest, width)))
                .toList();
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
        page.heading(room.details() ? "Next" : "Next (--details: full lists, as text)");
        if (!audit.examinedAnything() && page.check() != null) {
            page.line(GAP + VisibleText.of(page.check())); // never cut: it is there to be pasted
        }
        if (page.save() != null) {
            next(page, page.save(), "keeps what was read");
        }
        String again = page.again(audit.demo());
        if (room.details()) {
            next(page, again + " --details", "full lists, as text");
        }
        next(page, again + " -f html -o report", "charts and commands");
        if (room.rule() && !audit.findings().isEmpty()) {
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
