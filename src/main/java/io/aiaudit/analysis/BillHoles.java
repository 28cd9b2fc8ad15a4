package io.aiaudit.analysis;

import io.aiaudit.store.BilledDay;
import io.aiaudit.store.MissingDays;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Warns of the days that the bill of an account lacks. */
final class BillHoles {
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
                List<LocalDate> holes = MissingDays.of(days);
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
                + ", only before and after. If the export lacks these days, export it again: spend is too"
                + " low by what they cost; run rates leave them out.";
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
