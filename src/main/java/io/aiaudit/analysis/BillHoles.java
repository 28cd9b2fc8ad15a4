package io.aiaudit.analysis;

import io.aiaudit.store.BilledDay;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Days within the bill of an account on which nothing at all was charged, though on most days, and on the same day of
 * most weeks, something was: an export that lacks them looks the same, and what it lacks is no saving.
 */
final class BillHoles {
    /** Of the days from first to last charge; a bill with fewer is of work that comes and goes. */
    private static final double MOST = 2.0 / 3;

    private BillHoles() {}

    static List<String> warnings(List<BilledDay> billed) {
        Map<String, Map<String, NavigableSet<LocalDate>>> byProvider = new TreeMap<>();
        for (BilledDay day : billed) {
            byProvider
                    .computeIfAbsent(day.provider(), provider -> new TreeMap<>())
                    .computeIfAbsent(day.account() == null ? "" : day.account(), account -> new TreeSet<>())
                    .add(day.day());
        }
        List<String> warnings = new ArrayList<>();
        byProvider.forEach((provider, accounts) -> {
            Map<String, List<String>> lacking = new TreeMap<>();
            accounts.forEach((account, days) -> {
                List<LocalDate> holes = holes(days);
                if (!holes.isEmpty()) {
                    lacking.computeIfAbsent(periods(holes), period -> new ArrayList<>())
                            .add(account);
                }
            });
            lacking.forEach((periods, of) -> warnings.add(warning(provider, of, periods)));
        });
        return warnings;
    }

    private static String warning(String provider, List<String> accounts, String periods) {
        String whose = accounts.size() > 1
                ? " for " + accounts.size() + " accounts"
                : accounts.get(0).isEmpty() ? "" : " for account " + accounts.get(0);
        return "The bill of " + provider + " has no charge" + whose + " on " + periods
                + ", only before and after. If the export lacks these days, export it again: spend and savings are too"
                + " low by what they cost.";
    }

    private static List<LocalDate> holes(NavigableSet<LocalDate> days) {
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

    /** Such as {@code 2026-06-03, 2026-06-10 to 2026-06-12}. */
    private static String periods(List<LocalDate> days) {
        List<List<LocalDate>> runs = new ArrayList<>();
        for (LocalDate day : days) {
            List<LocalDate> last = runs.isEmpty() ? List.of() : runs.get(runs.size() - 1);
            if (!last.isEmpty() && last.get(last.size() - 1).plusDays(1).equals(day)) {
                last.add(day);
            } else {
                runs.add(new ArrayList<>(List.of(day)));
            }
        }
        return runs.stream()
                .map(run -> run.size() == 1 ? "" + run.get(0) : run.get(0) + " to " + run.get(run.size() - 1))
                .collect(Collectors.joining(", "));
    }
}
