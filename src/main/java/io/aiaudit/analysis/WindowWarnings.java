package io.aiaudit.analysis;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Window;
import io.aiaudit.store.CutBill;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Says where a bill and the window do not meet: no data is never clean, and totals of a bill are of its whole files.
 */
final class WindowWarnings {
    private WindowWarnings() {}

    /**
     * For each bill, by provider.
     *
     * @param names of those that are none of the three clouds, as their bill has them
     * @param listOverBilled how many times of what the bill charges list prices are, where that is known
     */
    static List<String> of(
            Map<String, Window> bills,
            Map<String, String> names,
            Window window,
            Supplier<Map<String, Double>> listOverBilled) {
        List<String> warnings = new ArrayList<>();
        bills.forEach((provider, bill) -> {
            String days = "The bill of " + names.getOrDefault(provider, provider) + ", " + period(bill) + ", ";
            if (isOutside(bill, window)) {
                warnings.add(days
                        + "is outside the window: list prices stand in for the cost of its resources, where "
                        + "they are known." + compared(listOverBilled.get().get(provider)));
            } else if (bill.start().isAfter(window.start()) || bill.end().isBefore(window.end())) {
                warnings.add(days + "covers only part of the window; monthly costs are scaled from that part.");
            } else if (bill.start().isBefore(window.start()) || bill.end().isAfter(window.end())) {
                warnings.add(days
                        + "extends beyond the window: totals are of the whole files, monthly costs of the window.");
            }
        });
        return warnings;
    }

    static boolean isOutside(Window bill, Window window) {
        return !bill.start().isBefore(window.end()) || !bill.end().isAfter(window.start());
    }

    /** A contract, a plan or a reservation that it shows may go on: list prices would then say too much. */
    private static String compared(Double times) {
        return times == null
                ? ""
                : String.format(
                        Locale.ROOT, " They are %.2f times what this bill charges for the same instance hours.", times);
    }

    /** An account whose bill begins late or ends early is hidden by the others of its provider. */
    static List<String> ofAccounts(List<CutBill> cut, Map<String, Window> bills) {
        List<String> warnings = new ArrayList<>();
        for (CutBill bill : cut) {
            Window others = bills.get(bill.provider());
            String which = "The bill of " + bill.provider() + " for account " + bill.account();
            if (bill.coveredFrom() != null) {
                warnings.add(which + " begins on " + day(bill.coveredFrom()) + ", that of other accounts on "
                        + day(others.start()) + ", and its resources were measured before: what it cost earlier is not"
                        + " known, and its monthly costs are scaled from the part that is.");
            }
            if (bill.coveredTo() != null) {
                warnings.add(which + " ends on " + lastDay(bill.coveredTo()) + ", that of other accounts on "
                        + lastDay(others.end())
                        + ": what it cost later is not known, and its monthly costs are scaled from the part that is.");
            }
        }
        return warnings;
    }

    /** Taxes, refunds and credits alone are no bill of what was used: no cost is not the same as none that is known. */
    static List<String> withoutUsage(List<Audit.ProviderBill> bills) {
        return bills.stream()
                .filter(bill -> Stream.of(bill.billedCost(), bill.tax(), bill.promotionalCredit())
                        .anyMatch(amount -> amount != null && amount.signum() != 0))
                .filter(bill -> Stream.of(bill.effectiveCost(), bill.aiCost(), bill.otherCost(), bill.untoldCost())
                        .allMatch(cost -> cost != null && cost.signum() == 0))
                .map(bill -> "The bill of " + bill.provider()
                        + " has no cost of usage, only taxes, refunds, credits or payments: what its resources cost is "
                        + "unknown.")
                .toList();
    }

    /** In whole days, or to the minute: a bill that ends within the last day of a window would seem to cover it. */
    private static String period(Window bill) {
        return day(bill.start()).atStartOfDay().toInstant(ZoneOffset.UTC).equals(bill.start())
                        && day(bill.end())
                                .atStartOfDay()
                                .toInstant(ZoneOffset.UTC)
                                .equals(bill.end())
                ? day(bill.start()) + " to " + lastDay(bill.end())
                : minute(bill.start()) + " to " + minute(bill.end()) + " UTC";
    }

    private static String minute(Instant instant) {
        return day(instant) + " " + LocalTime.ofInstant(instant, ZoneOffset.UTC).truncatedTo(ChronoUnit.MINUTES);
    }

    private static LocalDate lastDay(Instant end) {
        return day(end.minusNanos(1));
    }

    private static LocalDate day(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }
}
