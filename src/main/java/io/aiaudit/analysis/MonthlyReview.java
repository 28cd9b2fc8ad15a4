package io.aiaudit.analysis;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.ChecklistItem;
import io.aiaudit.model.ChecklistItemBuilder;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Answers whether costs are reviewed every month by the dates of earlier audits: nothing else shows it. */
public final class MonthlyReview {
    static final String NO_HISTORY =
            "Keep the JSON of each audit in one folder. --history DIR then shows whether it is repeated every month.";

    /** A month and a few days: an audit on the first Monday of each month is regular. */
    private static final long MOST_DAYS = 35;

    /** This one and two before it. */
    private static final int REGULAR = 3;

    /** Two of the shortest months: audits of a few days show no month. */
    private static final long LEAST_DAYS = 56;

    private MonthlyReview() {}

    /** The same audit with its checklist answered by earlier ones; without any it stays as it is. */
    public static Audit with(Audit audit, List<Audit> earlier) {
        List<LocalDate> days = days(audit, earlier);
        if (days.size() < 2) {
            return audit;
        }
        Set<String> reviewed = Checklist.own().stream()
                .filter(Checklist.Line::reviewed)
                .map(Checklist.Line::item)
                .collect(Collectors.toSet());
        return audit.withChecklist(audit.checklist().stream()
                .map(item -> reviewed.contains(item.item()) ? answered(item, days) : item)
                .toList());
    }

    /**
     * Of this audit and of those before it, the latest first. Audits of the demo are no history of a company, nor are
     * those of other accounts only. One that looks at no later day than another reviews nothing new.
     */
    private static List<LocalDate> days(Audit audit, List<Audit> earlier) {
        List<LocalDate> days = new ArrayList<>();
        days.add(day(audit));
        Instant seenUntil = audit.window().end();
        List<Audit> before = earlier.stream()
                .filter(other -> other.demo() == audit.demo() && other.scannedAt() != null)
                .filter(other -> shareAnAccount(audit, other))
                .filter(other -> day(other).isBefore(day(audit)))
                .sorted(Comparator.comparing(Audit::scannedAt).reversed())
                .toList();
        for (Audit other : before) {
            if (other.window().end().isBefore(seenUntil) && day(other).isBefore(days.get(days.size() - 1))) {
                days.add(day(other));
                seenUntil = other.window().end();
            }
        }
        return days;
    }

    /** Where the accounts of one are unknown, or called otherwise, they may be the same. */
    private static boolean shareAnAccount(Audit one, Audit other) {
        Set<String> accounts = accounts(one);
        Set<String> others = accounts(other);
        return one.redacted()
                || other.redacted()
                || accounts.isEmpty()
                || others.isEmpty()
                || !Collections.disjoint(accounts, others);
    }

    private static Set<String> accounts(Audit audit) {
        return audit.resources().stream()
                .filter(resource -> resource.accountId() != null)
                .map(resource -> resource.provider() + ":" + resource.accountId())
                .collect(Collectors.toSet());
    }

    private static LocalDate day(Audit audit) {
        return LocalDate.ofInstant(audit.scannedAt(), ZoneOffset.UTC);
    }

    private static ChecklistItem answered(ChecklistItem item, List<LocalDate> days) {
        int regular = 1;
        long longest = 0;
        while (regular < days.size()) {
            long gap = ChronoUnit.DAYS.between(days.get(regular), days.get(regular - 1));
            if (gap > MOST_DAYS) {
                break;
            }
            longest = Math.max(longest, gap);
            regular++;
        }
        boolean isRegular =
                regular >= REGULAR && ChronoUnit.DAYS.between(days.get(regular - 1), days.get(0)) >= LEAST_DAYS;
        String fact = regular > 1
                ? regular + " audits at most " + longest + (longest == 1 ? " day" : " days") + " apart, since "
                        + days.get(regular - 1)
                : "no audit for " + ChronoUnit.DAYS.between(days.get(1), days.get(0)) + " days before this one";
        return ChecklistItemBuilder.builder(item)
                .state(state(item, regular, isRegular))
                .fact(fact)
                .nextStep(next(item, isRegular))
                .audits(days.subList(0, Math.max(2, regular)).stream().sorted().toList())
                .build();
    }

    /** What to do where no audits were given, before what else there is to do. */
    static String before(String step) {
        return (NO_HISTORY + " " + step).strip();
    }

    private static String state(ChecklistItem item, int regular, boolean isRegular) {
        if (regular == 1) {
            return Checklist.NO;
        }
        boolean leavesNothing = item.findings().isEmpty() && item.shown() != null && item.shown() > 0;
        boolean all = item.notExamined() != null && item.notExamined() == 0;
        return isRegular && leavesNothing && all ? Checklist.YES : Checklist.PARTLY;
    }

    private static String next(ChecklistItem item, boolean isRegular) {
        if (!item.findings().isEmpty()) {
            return item.nextStep().startsWith(NO_HISTORY)
                    ? item.nextStep().substring(NO_HISTORY.length()).strip()
                    : item.nextStep();
        }
        return !isRegular
                ? "Repeat the audit at least every " + MOST_DAYS + " days, and keep the JSON of each."
                : "Keep repeating it every month.";
    }
}
