package io.aiaudit.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.store.BilledDay;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BillHolesTest {
    private static final LocalDate FIRST = LocalDate.of(2026, 6, 1);

    private static Stream<BilledDay> june(String account, Predicate<LocalDate> billed) {
        return FIRST.datesUntil(FIRST.plusMonths(1)).filter(billed).map(day -> new BilledDay("aws", account, day));
    }

    private static boolean isBetween(LocalDate day, int from, int to) {
        return day.getDayOfMonth() >= from && day.getDayOfMonth() <= to;
    }

    @Test
    void days_without_any_charge_between_days_with_some_are_reported() {
        assertThat(BillHoles.warnings(june("1", day -> !isBetween(day, 10, 12) && day.getDayOfMonth() != 20)
                        .toList()))
                .containsExactly("The bill of aws has no charge for account 1 on 2026-06-10 to 2026-06-12, 2026-06-20,"
                        + " only before and after. If the export lacks these days, export it again: spend is"
                        + " too low by what they cost; run rates leave them out.");
        assertThat(BillHoles.warnings(june(null, day -> !isBetween(day, 11, 19)).toList()))
                .singleElement()
                .asString()
                .startsWith("The bill of aws has no charge on 2026-06-11 to 2026-06-19, only");
    }

    @Test
    void accounts_that_lack_the_same_days_are_one_warning() {
        assertThat(BillHoles.warnings(Stream.of("1", "2", "3")
                        .flatMap(account -> june(account, day -> account.equals("3") || !isBetween(day, 10, 12)))
                        .toList()))
                .singleElement()
                .asString()
                .startsWith("The bill of aws has no charge for 2 accounts on 2026-06-10 to 2026-06-12, only");
    }

    @Test
    void what_rests_on_weekends_or_comes_and_goes_lacks_nothing() {
        Set<DayOfWeek> weekend = EnumSet.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY);

        assertThat(BillHoles.warnings(june("1", day -> true).toList())).isEmpty();
        assertThat(BillHoles.warnings(
                        june("1", day -> !weekend.contains(day.getDayOfWeek())).toList()))
                .isEmpty();
        assertThat(BillHoles.warnings(
                        june("1", day -> day.getDayOfMonth() % 2 == 1).toList()))
                .as("jobs")
                .isEmpty();
        assertThat(BillHoles.warnings(june("1", day -> isBetween(day, 3, 9) && day.getDayOfMonth() != 6)
                        .toList()))
                .as("one week says nothing of a Saturday")
                .isEmpty();
        assertThat(BillHoles.warnings(List.of())).isEmpty();
    }
}
