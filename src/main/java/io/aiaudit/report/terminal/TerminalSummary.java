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
import io.aiaudit.report.section.MissingData;
import io.aiaudit.report.section.PlanGroup;
import io.aiaudit.report.section.SummaryView;
import io.aiaudit.report.text.Amounts;
import io.aiaudit.report.text.CountedNoun;
import io.aiaudit.report.text.DisplayText;
import io.aiaudit.report.text.VisibleText;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
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

    /**
     * What the screen has room for.
     *
     * @param members lines of the largest resources of an action
     * @param decisions how many
     * @param lines of each title, question and note
     * @param unassessed how many reasons, a line each: their sum is above
     * @param unread how many gaps, or warnings
     * @param everything whether what no total has is complete, and the next commands too
     * @param blanks whether a blank line is above each of the last lists
     */
    private record Room(
            int members, int decisions, int lines, int unassessed, int unread, boolean everything, boolean blanks) {}

    /** The widest first. Decisions give way before what is not known: all of them are under --details. */
    private static final List<Room> ROOMS = List.of(
            new Room(2, 8, 3, 5, 3, true, true),
            new Room(2, 5, 3, 5, 3, true, true),
            new Room(1, 5, 3, 4, 3, true, true),
            new Room(0, 5, 3, 4, 2, true, true),
            new Room(0, 5, 2, 4, 2, true, true),
            new Room(0, 5, 2, 4, 2, false, true),
            new Room(0, 5, 2, 4, 2, false, false),
            new Room(0, 5, 1, 4, 2, false, false),
            new Room(0, 4, 1, 4, 2, false, false),
            new Room(0, 3, 1, 4, 2, false, false),
            new Room(0, 3, 1, 3, 2, false, false),
            new Room(0, 2, 1, 3, 2, false, false),
            new Room(0, 2, 1, 2, 2, false, false),
            new Room(0, 2, 1, 2, 1, false, false),
            new Room(0, 1, 1, 1, 1, false, false));

    private static final int LABEL = 21;
    static final int AMOUNT = 11;
    private static final int CONFIDENCE = 6;
    private static final int COMMAND = 54;
    private static final String GAP = "  ";

    private static final int ACCOUNT = 8;

    private static final Pattern DENIED = Pattern.compile("access denied for (\\S+?)\\.?(?: .*)?");

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
        String listed = AtListPrice.allCost(audit, amounts);
        boolean isList = listed.equals(AtListPrice.WITHOUT_BILL);
        figure(
                page,
                "AI spend",
                amounts.whole(totals.monthlyAiCost()),
                spend(audit, amounts, isList ? " " + listed : ""));
        if (!listed.isEmpty() && !isList) {
            page.faintSentence(GAP, "All cost: " + listed + ", without a bill");
        }
        String credits = SummaryView.credits(audit, amounts);
        if (!credits.isEmpty() && room.everything()) {
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
            figure(page, "Not assessed", amounts.whole(unknown), unknown(audit, room));
        } else if (unknown == null && audit.filter() != null) {
            figure(page, "Not assessed", Amounts.UNKNOWN, CoverageView.whyUnknown(audit));
        }
        partly(audit, amounts, page);
        bar(audit, amounts, page);
    }

    private static String unknown(Audit audit, Room room) {
        String share = Amounts.share(
                CoverageView.notAssessedCost(audit), audit.totals().windowAiCost());
        long resources = CoverageView.countNotAssessed(audit);
        return room.everything()
                ? "in the window, " + share + " of AI spend"
                        + (resources == 0 ? "" : ", " + CountedNoun.of(resources, "resource"))
                : share + " of spend";
    }

    /** Also where no amount was: what further rules lacked is as open as what no rule assessed. */
    private static void partly(Audit audit, Amounts amounts, TerminalPage page) {
        BigDecimal partly = CoverageView.partly(audit);
        String checks = CoverageView.checksLacking(audit);
        String share = Amounts.share(partly, audit.totals().windowAiCost());
        if (partly.signum() > 0 && !share.equals(Amounts.UNKNOWN)) {
            figure(
                    page,
                    "Checked only in part",
                    amounts.whole(partly),
                    share + " of spend" + (checks.isEmpty() ? "" : ": " + checks));
        } else if (!checks.isEmpty()) {
            figure(page, "Rule checks", "", checks);
        }
    }

    private static void bar(Audit audit, Amounts amounts, TerminalPage page) {
        String bar = TerminalBar.of(audit, page.width() - LABEL - AMOUNT - GAP.length());
        if (!bar.isEmpty()) {
            figure(page, "Spend of the window", amounts.whole(audit.totals().windowAiCost()), bar);
            TerminalBar.legend(audit, amounts, page.width() - GAP.length()).forEach(line -> page.faint(GAP + line));
        }
    }

    /** @param basis that of all of it; empty where its share of all cost says more */
    private static String spend(Audit audit, Amounts amounts, String basis) {
        Totals totals = audit.totals();
        String share = Amounts.share(totals.monthlyAiCost(), totals.monthlyCost());
        boolean isPart = basis.isEmpty() && !share.equals(Amounts.UNKNOWN);
        String month = isPart ? "a month, " + share + " of all cost" : "a month" + basis;
        return totals.needsRunRate() ? month + "; all cost now runs at " + amounts.whole(totals.runRate()) : month;
    }

    private static String ofIt(Audit audit, Amounts amounts) {
        String listed = AtListPrice.saving(audit, amounts);
        return listed.isEmpty() ? "" : "; " + listed;
    }

    /** What no total has; where there is little room without what the bar has, and with the credits. */
    private static void rest(Audit audit, Amounts amounts, TerminalPage page, Room room) {
        Totals totals = audit.totals();
        long unpriced = totals.unpricedFindings();
        long governance = Findings.count(audit, Status.GOVERN);
        boolean all = room.everything();
        Set<String> inBar = all
                ? Set.of()
                : CoverageView.lines(audit).stream().map(CoverageView.Line::ink).collect(Collectors.toSet());
        String parts = Stream.of(
                        inBar.contains("blocked") ? "" : part(totals.blockedSaving(), "blocked by policy", amounts),
                        inBar.contains("accepted") ? "" : part(totals.acceptedSaving(), "accepted", amounts),
                        inBar.contains("freed")
                                ? ""
                                : part(
                                        totals.freedCommitment(),
                                        all ? "unused commitments until they expire" : "unused commitments",
                                        amounts),
                        all && unpriced > 0 ? CountedNoun.of(unpriced, "unpriced finding") : "",
                        all && governance > 0 ? CountedNoun.of(governance, "governance finding") : "")
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(", "));
        String credits = all ? "" : SummaryView.credits(audit, amounts);
        String notes = Stream.of(
                        parts.isEmpty() ? "" : "Left out: " + parts,
                        credits.isEmpty() ? "" : "Credits paid " + credits + "; savings may cut these")
                .filter(note -> !note.isEmpty())
                .collect(Collectors.joining(". "));
        if (!notes.isEmpty()) {
            page.faintSentence(GAP, notes);
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
        List<NotAssessed> things = CoverageView.open(audit);
        if (things.isEmpty()) {
            missing(audit, amounts, page, room);
            return;
        }
        page.heading("Not assessed in the window, largest first" + of(things.size(), most, " reasons"), room.blanks());
        List<String> costs = CoverageView.notAssessed(audit, amounts);
        for (int index = 0; index < Math.min(most, things.size()); index++) {
            String start = DisplayText.right(costs.get(index), AMOUNT) + GAP;
            page.line(start + oneLine(unassessed(audit, things.get(index)), page.width() - start.length()));
        }
    }

    /** What further rules lacked, where each amount was assessed by one. */
    private static void missing(Audit audit, Amounts amounts, TerminalPage page, Room room) {
        int most = room.unassessed();
        List<MissingData> things = MissingData.of(audit).stream()
                .filter(thing -> thing.cost().signum() > 0)
                .toList();
        if (things.isEmpty()) {
            return;
        }
        page.heading(
                "Missing data, by the cost a month that a rule could not check without it"
                        + of(things.size(), most, ""),
                room.blanks());
        for (MissingData thing : things.subList(0, Math.min(most, things.size()))) {
            String start = DisplayText.right(amounts.whole(thing.cost()), AMOUNT) + GAP;
            String checks = " (" + CountedNoun.of(thing.checks(), "check") + ")";
            page.line(start + oneLine(List.of(thing.title() + checks, thing.title()), page.width() - start.length()));
        }
    }

    /** The first of these that fits; else the last, cut behind a word. */
    private static String oneLine(List<String> words, int width) {
        return words.stream()
                .map(VisibleText::of)
                .filter(text -> DisplayText.width(text) <= width)
                .findFirst()
                .orElseGet(() -> DisplayText.cutBehindWord(words.get(words.size() - 1), width));
    }

    /**
     * The resource first where it is one, with whom to ask where no data helps; else what is missing, since the names
     * are what can be left out. The most complete first.
     */
    private static List<String> unassessed(Audit audit, NotAssessed thing) {
        String names = CoverageView.largest(audit, thing);
        String missing = CoverageView.missing(thing).replace(" whether this kind of resource is used: ", " its use: ");
        if (thing.resources() == 1 && !names.isEmpty()) {
            String owner = names + ": no metric shows its needs; check with its owner";
            return thing.needsOwner()
                    ? List.of(
                            names + ": " + thing.fix(),
                            owner,
                            "No metric shows its needs; check with its owner: " + names)
                    : List.of(names + ": " + missing, missing + ", 1 resource", missing);
        }
        String counted = missing + ", " + CountedNoun.of(thing.resources(), "resource");
        return names.isEmpty() ? List.of(counted, missing) : List.of(counted + ": " + names, counted, missing);
    }

    private static void notRead(Audit audit, TerminalPage page, Room room) {
        List<Gap> gaps = audit.gaps();
        List<String> warnings = audit.warnings().stream()
                .filter(warning -> !Audit.isAsConfigured(warning) && !Audit.isAboutCredits(warning)) // above
                .toList();
        if (!gaps.isEmpty()) {
            int shown = room.unread();
            page.heading("Not read" + of(gaps.size(), shown) + fix(gaps), room.blanks());
            gaps.stream().limit(shown).forEach(gap -> gap(gap, page, room));
        }
        int shown = gaps.isEmpty() ? Math.min(2, room.unread()) : 1; // one screen has room for two of both
        List<String> first = warnings.stream().limit(shown).toList();
        if (!first.isEmpty()) {
            page.heading("Warnings" + of(warnings.size(), shown), room.blanks());
            first.forEach(warning -> page.lines(GAP, warning, room.lines()));
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

    /** A line where it fits: a missing permission names what it is for, and a long account is known by its start. */
    private static void gap(Gap gap, TerminalPage page, Room room) {
        String scope = Findings.orUnknown(gap.scope());
        String problem = gap.problem();
        Matcher denied = DENIED.matcher(problem);
        if (denied.matches()) {
            problem = "no permission for " + denied.group(1);
            scope = gap.dataset() == null ? scope : scope.replaceFirst(" " + Pattern.quote(gap.dataset()) + "$", "");
        }
        String source = CloudName.of(gap.source()) + " ";
        String whole = source + scope + ": " + problem;
        String account = gap.accountId();
        boolean isLong = DisplayText.width(whole) > page.width() - GAP.length();
        if (isLong && account != null && account.length() > ACCOUNT && scope.contains(account)) {
            whole = source + scope.replace(account, account.substring(0, ACCOUNT) + "…") + ": " + problem;
        }
        page.lines(GAP, whole, room.lines());
    }

    private static void next(Audit audit, TerminalPage page, Room room) {
        page.heading(room.everything() ? "Next" : "Next (--details: full lists, as text)", room.blanks());
        if (!audit.examinedAnything() && page.check() != null) {
            page.line(GAP + VisibleText.of(page.check())); // never cut: it is there to be pasted
            page.faintSentence(
                    GAP + GAP,
                    MissingData.isUsage(audit)
                            ? "what is missing, most of all a usage file (--usage), and how to export it"
                            : "what is missing, and how to export it");
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
