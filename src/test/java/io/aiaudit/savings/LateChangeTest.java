package io.aiaudit.savings;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Course;
import io.aiaudit.model.LeafCost;
import io.aiaudit.model.Money;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Spend;
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

    /** Each meter of an instance is a term of its own where the bill does not name the type (no system label). */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            a smaller type for two days | 06-01..06-29 3 a2.xlarge; 06-29..07-01 1 g2.xlarge | 730.00 | 2026-06-29
            a smaller type for one day | 06-01..06-30 3 a2.xlarge; 06-30..07-01 1 g2.xlarge | 730.00 | 2026-06-30
            a larger type | 06-01..06-29 1 g2.xlarge; 06-29..07-01 3 a2.xlarge | 730.00 | -
            to Spot, of which hours came | 06-01..06-29 3; 06-29..07-01 1 spot 00-10 | 730.00 | 2026-06-29
            a commitment covers it | 06-01..06-29 3; 06-29..07-01 1 covered | 730.00 | 2026-06-29
            nothing | 06-01..07-01 3 | 2190.00 | -
            two meters to two others | 06-01..06-29 2 a2core.xlarge; 06-01..06-29 1 a2ram.xlarge; \
            06-29..07-01 0.75 g2core.xlarge; 06-29..07-01 0.25 g2ram.xlarge | 730.00 | 2026-06-29
            rows of one of two meters | 06-01..07-01 2 core.xlarge; 06-01..06-29 1 ram.xlarge | 2190.00 | -
            another type, and one meter of it | 06-01..06-29 2 a2core.xlarge; 06-01..06-29 1 a2ram.xlarge; \
            06-29..07-01 0.75 g2core.xlarge; 06-29..06-30 0.25 g2ram.xlarge | 547.50 | 2026-06-29
            """)
    void an_instance_of_google_cloud_is_changed_as_those_of_other_clouds(
            String what, String rows, String rate, String changed) {
        for (String cloud : List.of("aws", "azure", "gcp")) {
            Resource machine = Resource.builder("machine", "instance", cloud)
                    .createdAt(Instant.EPOCH)
                    .build();
            LeafCost cost = BilledLeaf.of(machine, JUNE, JUNE, BilledLeaf.rows(rows), null);
            Spend spend = RunRate.of(cost, JUNE, SCANNED);
            assertThat(Money.toCents(spend.monthlyRunRate())).as(cloud).isEqualTo(rate);
            assertThat(String.valueOf(spend.changedAt())).as(cloud).isEqualTo(changed.equals("-") ? "null" : changed);
        }
    }

    /** Core, memory and accelerator in units of their own: what they add up to is no number of instances. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            another type, of fewer cores | a2.xlarge | g2.xlarge | 1 | LOAD  | 98 | 21 | 730.00
            the same type, fewer rows    | a2.xlarge | a2.xlarge | 1 | LOAD  | 98 | 21 | 2190.00
            the same, as an endpoint     | a2.xlarge | a2.xlarge | 1 | NUMBER | 98 | 21 | 2190.00
            rows of some meters of a type | a2.xlarge | a2.xlarge | 1 | PRICE | a2 0.03 | a2 0.01 | 2190.00
            one meter at another price   | a2.xlarge | a2.xlarge | 1 | PRICE | A2 Instance Core 0.03 | \
            A2 Instance Core 0.01 | 730.00
            """)
    void what_the_meters_of_google_cloud_add_up_to_is_no_number(
            String what,
            String before,
            String after,
            String price,
            Course.Kind kind,
            String until,
            String lately,
            String rate) {
        Resource machine = Resource.builder("machine", "instance", "gcp")
                .createdAt(Instant.EPOCH)
                .build();
        String rows = "06-01..06-29 3 %s; 06-29..07-01 %s %s".formatted(before, price, after);
        LeafCost cost = BilledLeaf.of(machine, JUNE, JUNE, BilledLeaf.rows(rows), null);
        List<Course.Term> terms = new ArrayList<>(cost.course().terms());
        for (LocalDate day = LocalDate.of(2026, 6, 1); day.isBefore(LocalDate.of(2026, 7, 1)); day = day.plusDays(1)) {
            terms.add(new Course.Term(
                    kind, day.getDayOfMonth() < 29 ? until : lately, day, start(day), start(day.plusDays(1))));
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
