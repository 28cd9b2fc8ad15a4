package io.aiaudit.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.FileSet;
import io.aiaudit.model.Gap;
import io.aiaudit.store.ReadFile;
import io.aiaudit.store.Reject;
import java.util.List;
import org.junit.jupiter.api.Test;

class RejectionsTest {
    private static final ReadFile BILL =
            new ReadFile(FileSet.Content.BILLING, "bill.csv", "bill.csv", "FOCUS", 996, 5, "0123456789abcdef");

    @Test
    void rows_with_the_same_fault_are_one_gap_that_names_each_of_them() {
        List<Gap> gaps = Rejections.gaps(
                List.of(BILL),
                List.of(
                        cost(12, "n/a"),
                        new Reject("bill.csv", 13, 15L, null, null, "the row is not UTF-8", null),
                        cost(14, "-"),
                        cost(20, "?"),
                        new Reject("bill.csv", 21, null, null, null, "the row is not UTF-8", null)));

        assertThat(gaps)
                .extracting(gap -> gap.scope() + ": " + gap.problem())
                .containsExactly(
                        "bill.csv record 12: BilledCost is \"n/a\". Records 14 and 20 have a bad BilledCost, too. 5 "
                                + "of 1,001 rows are not in the totals.",
                        "bill.csv record 13 (line 15): the row is not UTF-8. Record 21 is the same. 5 of 1,001 rows "
                                + "are not in the totals.");
    }

    @Test
    void rows_that_are_not_named_are_counted() {
        List<Gap> gaps = Rejections.gaps(List.of(BILL), List.of(cost(12, "n/a")));

        assertThat(gaps).extracting(Gap::problem).last().isEqualTo("4 more rows could not be read.");
    }

    @Test
    void a_decimal_comma_is_for_the_export_to_mend() {
        assertThat(Rejections.gaps(List.of(BILL), List.of(cost(12, "0,4"))))
                .first()
                .extracting(Gap::fix)
                .isEqualTo("Export again with '.' as the decimal separator. Or accept it with --allow-gaps.");
    }

    @Test
    void the_resources_that_rejected_rows_name_are_named_and_hours_of_a_usage_file_are_not_measured() {
        ReadFile usage = new ReadFile(FileSet.Content.USAGE, "u.csv", "u.csv", "usage", 96, 4, "0123456789abcdef");

        assertThat(Rejections.gaps(List.of(usage), List.of(total(12, "i-1"))))
                .first()
                .extracting(Gap::problem)
                .isEqualTo("total is \"n/a\". It is of i-1, whose hour is not measured. 4 of 100 rows are not in the"
                        + " totals.");
        assertThat(Rejections.gaps(
                        List.of(usage), List.of(total(12, "i-1"), total(13, "i-1"), total(14, null), total(15, "i-2"))))
                .extracting(Gap::problem)
                .containsExactly("total is \"n/a\". Records 13, 14 and 15 have a bad total, too. They are of i-1, i-2,"
                        + " whose hours are not measured. 4 of 100 rows are not in the totals.");
        assertThat(Rejections.gaps(
                        List.of(BILL),
                        List.of(new Reject("bill.csv", 3, null, "BilledCost", "?", "BilledCost is \"?\"", "vol-1"))))
                .first()
                .extracting(Gap::problem)
                .isEqualTo("BilledCost is \"?\". It is of vol-1. 5 of 1,001 rows are not in the totals.");
    }

    private static Reject total(long record, String resource) {
        return new Reject("u.csv", record, null, "total", "n/a", "total is \"n/a\"", resource);
    }

    private static Reject cost(long record, String value) {
        return new Reject("bill.csv", record, null, "BilledCost", value, "BilledCost is \"" + value + "\"", null);
    }
}
