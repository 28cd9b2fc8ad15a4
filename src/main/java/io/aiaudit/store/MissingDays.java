package io.aiaudit.store;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Days within the bill of an account on which nothing at all was charged, though on most days, and on the same day of
 * most weeks, something was: an export that lacks them looks the same, and what it lacks is no saving.
 */
public final class MissingDays {
    /** Of the days from first to last charge; a bill with fewer is of work that comes and goes. */
    private static final double MOST = 2.0 / 3;

    private MissingDays() {}

    /** Those between days on which something was charged. */
    public static List<LocalDate> of(NavigableSet<LocalDate> days) {
        List<LocalDate> span = days.first().datesUntil(days.last().plusDays(1)).toList();
        if (days.size() < span.size() * MOST) {
            return List.of();
        }
        return span.stream()
                .filter(day -> !days.contains(day) && isUsual(days, span, day))
                .toList();
    }

    private static boolean isUsual(NavigableSet<LocalDate> days, List<LocalDate> span, LocalDate day) {
        List<LocalDate> sameDays = span.stream()
                .filter(other -> other.getDayOfWeek() == day.getDayOfWeek())
                .toList();
        long billed = sameDays.stream().filter(days::contains).count();
        return billed > 0 && billed >= sameDays.size() - billed;
    }

    /** Of each leaf that is billed itself, the days that the bill of its account lacks; none where it lacks none. */
    static Map<String, Set<LocalDate>> byLeaf(LockedStore store) {
        Map<String, NavigableSet<LocalDate>> billed = new TreeMap<>();
        billed(store)
                .forEach(day -> billed.computeIfAbsent(
                                account(day.provider(), day.account()), account -> new TreeSet<>())
                        .add(day.day()));
        Map<String, Set<LocalDate>> missing = new TreeMap<>();
        billed.forEach((account, days) -> {
            List<LocalDate> holes = of(days);
            if (!holes.isEmpty()) {
                missing.put(account, Set.copyOf(holes));
            }
        });
        Map<String, Set<LocalDate>> byLeaf = new HashMap<>();
        if (!missing.isEmpty()) {
            store.select("SELECT resource_id, provider, min(SubAccountId) AS account FROM charges"
                            + " WHERE resource_id IS NOT NULL AND charge_kind = 'cost' GROUP BY ALL")
                    .as(Leaf.class)
                    .forEach(leaf -> byLeaf.put(
                            leaf.resourceId, missing.getOrDefault(account(leaf.provider, leaf.account), Set.of())));
        }
        return byLeaf;
    }

    /** On which days the bill charges something of an account; fees of a whole month are on their first day. */
    static List<BilledDay> billed(LockedStore store) {
        return store.once("SELECT provider, SubAccountId AS account, ChargePeriodStart::DATE AS day FROM charges"
                        + " WHERE charge_kind = 'cost' GROUP BY ALL ORDER BY ALL")
                .as(BilledDay.class);
    }

    private record Leaf(String resourceId, String provider, String account) {}

    private static String account(String provider, String account) {
        return provider + "\n" + account;
    }
}
