package io.aiaudit.savings;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Course;
import io.aiaudit.model.LeafCost;
import io.aiaudit.model.Money;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Window;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Four units at 1 an hour each until 29 June; the scan is on 2 July, so what is since then may be incomplete. */
class LateChangeTest {
    private static final Window JUNE = Window.parse("2026-06-01/2026-07-01");
    private static final Instant SCANNED = Instant.parse("2026-07-02T08:00:00Z");

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            one unit, of which none is listed | NUMBER | 1  | 1 | -  | 2920.00
            one of four that are listed     | NUMBER | 1    | 1 | 4  | 2920.00
            one, as the inventory lists     | NUMBER | 1    | 1 | 1  | 730.00
            one, of which only hours came   | NUMBER | 1    | 1 | 1  | 730.00
            rows of some units only         | NUMBER | 3.25 | 3.25 | 4 | 2920.00
            some units, and then their rows | NUMBER | 1    | 0.5  | 1 | 730.00
            more units                      | NUMBER | 8    | 8 | 8  | 2920.00
            perhaps a load, for two days    | LOAD   | 1    | 1 | 1  | 730.00
            perhaps a load, for one day     | LOAD   | 4    | 1 | 1  | 2920.00
            a price of an hour, no quantity | PRICE  | 1    | 1 | 1  | 2920.00
            """)
    void fewer_units_count_where_no_missing_row_explains_them(
            String what, Course.Kind kind, String onThe29th, String onThe30th, Integer listed, String rate) {
        Resource units = Resource.builder("units", "provisioned_throughput", "aws")
                .createdAt(Instant.EPOCH)
                .replicas(listed)
                .build();
        String hours = what.contains("hours") ? " 00-10" : "";
        String rows =
                "06-01..06-29 4; 06-29..06-30 %s%s; 06-30..07-01 %s%s".formatted(onThe29th, hours, onThe30th, hours);
        LeafCost cost = BilledLeaf.of(units, JUNE, JUNE, BilledLeaf.rows(rows), null);
        List<Course.Term> terms = new ArrayList<>(cost.course().terms());
        for (LocalDate day = LocalDate.of(2026, 6, 1); day.isBefore(LocalDate.of(2026, 7, 1)); day = day.plusDays(1)) {
            String number = day.getDayOfMonth() < 29 ? "4" : day.getDayOfMonth() == 29 ? onThe29th : onThe30th;
            terms.add(new Course.Term(kind, number, day, start(day), start(day.plusDays(1))));
        }
        LeafCost counted = cost.withCourse(new Course(cost.course().days(), terms, null, null));
        assertThat(Money.toCents(RunRate.of(counted, JUNE, SCANNED).monthlyRunRate()))
                .as(what)
                .isEqualTo(rate);
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay().toInstant(ZoneOffset.UTC);
    }
}
