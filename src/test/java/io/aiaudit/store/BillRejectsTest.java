package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aiaudit.model.Audit;
import io.aiaudit.model.UserError;
import io.aiaudit.testing.Slow;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

@Slow
class BillRejectsTest {
    @TempDir
    private Path folder;

    private List<Reject> rejects(Path bill) {
        return read(bill, store -> store.scan().rejects());
    }

    private <T> T read(Path bill, Function<TestStore, T> question) {
        try (TestStore store = TestStore.ofBills(folder, bill)) {
            return question.apply(store);
        }
    }

    private static void refused(ThrowingCallable reading, String problem, String fix) {
        assertThatThrownBy(reading).isInstanceOfSatisfying(UserError.class, error -> {
            assertThat(error.problem()).isEqualTo(problem);
            assertThat(error.fix()).isEqualTo(fix);
        });
    }

    @Test
    void a_file_whose_decimals_are_not_written_alike_is_refused_with_the_words_of_the_contract() {
        Path bill = new FocusCsv()
                .row("EffectiveCost=12,5", "BilledCost=1.5")
                .row("EffectiveCost=3,25", "BilledCost=1.5")
                .write(folder, "cur-2026-06.csv");
        refused(
                () -> TestStore.ofBills(folder, bill),
                bill
                        + ": none of its 2 rows could be read; the first, record 2: EffectiveCost is \"12,5\", "
                        + "expected a number such as 12.5.",
                "Export again with '.' as the decimal separator.");
    }

    private static final List<Arguments> NO_VALUES = Cases.of("""
            EffectiveCost | n/a
            EffectiveCost | 1_000
            EffectiveCost | NaN
            EffectiveCost | inf
            EffectiveCost | 0x10
            EffectiveCost | $5
            EffectiveCost | 1 000.00
            EffectiveCost | 99999999999999999
            BilledCost | -
            ListCost | free
            ChargePeriodStart | 06/01/2026
            ChargePeriodStart | infinity
            ChargePeriodStart | epoch
            ChargePeriodStart | 2026-13-01
            ChargePeriodEnd | tomorrow
            """);
    private static final Once<List<Reject>> WITHOUT_VALUE = new Once<>();
    private static Path bad;

    /** A good row follows each of them. */
    private List<Reject> withoutValue() {
        FocusCsv bill = new FocusCsv().row();
        NO_VALUES.forEach(
                row -> bill.row(Cases.text(row, 0) + "=" + Cases.text(row, 1)).row());
        bad = bill.write(folder, "b.csv");
        return rejects(bad);
    }

    @ParameterizedTest
    @FieldSource("NO_VALUES")
    void a_value_that_is_none_rejects_its_row_and_is_named(String column, String value) {
        int before = IntStream.range(0, NO_VALUES.size())
                .filter(row -> Cases.text(NO_VALUES.get(row), 0).equals(column)
                        && Cases.text(NO_VALUES.get(row), 1).equals(value))
                .findFirst()
                .orElseThrow();
        long record = 3L + 2L * before;
        List<Reject> rejects = WITHOUT_VALUE.get(this::withoutValue);
        assertThat(rejects)
                .hasSize(NO_VALUES.size())
                .filteredOn(reject -> reject.record() == record)
                .containsExactly(new Reject(
                        bad.toString(), record, record, column, value, column + " is \"" + value + "\"", "i-0a"));
    }

    @ParameterizedTest
    @CsvSource({"BilledCost", "BillingCurrency", "ChargePeriodStart", "ChargePeriodEnd"})
    void an_empty_cell_where_a_value_must_be_rejects_its_row(String column) {
        Path bill = new FocusCsv().row().row(column + "=").row(column + "=NULL").write(folder, "b.csv");
        assertThat(rejects(bill))
                .extracting(Reject::problem)
                .containsExactly(column + " is empty", column + " is empty");
    }

    @Test
    void an_odd_quantity_is_unknown_and_loses_no_money() {
        Path bill =
                new FocusCsv().row("ConsumedQuantity=lots", "ListUnitPrice=1_0").write(folder, "b.csv");
        List<Object> row = read(
                bill,
                store -> store.locked()
                        .select("SELECT ConsumedQuantity, ListUnitPrice, cost FROM charges")
                        .rows()
                        .get(0));
        assertThat(row).containsExactly(null, null, new BigDecimal("1.000000000000"));
    }

    @Test
    void a_charge_that_ends_before_it_starts_is_rejected() {
        Path bill =
                new FocusCsv().row().row("ChargePeriodEnd=2026-05-01T00:00:00Z").write(folder, "b.csv");
        assertThat(rejects(bill)).extracting(Reject::column).containsExactly("ChargePeriodEnd");
    }

    @Test
    void records_and_lines_are_distinguished_after_line_breaks_inside_values_and_broken_rows() {
        String good = "1,1,USD,2026-06-01,2026-06-02,Usage,EC2,AWS,";
        String text = "BilledCost,EffectiveCost,BillingCurrency,ChargePeriodStart,ChargePeriodEnd,ChargeCategory,"
                + "ServiceName,ProviderName,ChargeDescription\n"
                + good + "\"two\nlines\"\n" // record 2, lines 2 and 3
                + "1,1\n" // record 3, line 4
                + good + "x,one too many\n" // record 4, line 5
                + good + "\"three\nmore\nlines\"\n" // record 5, line 6
                + "n/a,1,USD,2026-06-01,2026-06-02,Usage,EC2,AWS,x\n" // record 6, line 9
                + good + "\"quote\" inside\"\n" // record 7, line 10
                + good + "x\n" // record 8
                + "1,?,USD,2026-06-01,2026-06-02,Usage,EC2,AWS,x\n" // record 9, line 12
                + good + "\"cut in the mid"; // record 10, line 13
        Path bill = FocusCsv.text(folder, "b.csv", text);
        try (TestStore store = TestStore.ofBills(folder, bill)) {
            assertThat(store.scan().rejects())
                    .extracting(Reject::record, Reject::line, Reject::problem)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple(
                                    3L, 4L, "the row has fewer values than the 9 columns of the header"),
                            org.assertj.core.groups.Tuple.tuple(
                                    4L, 5L, "the row has more values than the 9 columns of the header"),
                            org.assertj.core.groups.Tuple.tuple(6L, 9L, "BilledCost is \"n/a\""),
                            org.assertj.core.groups.Tuple.tuple(
                                    7L, 10L, "a quote (\") in it is not closed, or is inside a value"),
                            org.assertj.core.groups.Tuple.tuple(9L, 12L, "EffectiveCost is \"?\""),
                            org.assertj.core.groups.Tuple.tuple(
                                    10L, 13L, "a quote (\") in it is not closed, or is inside a value"));
            Audit.ProviderBill aws = store.scan().bill().providers().get(0);
            assertThat(aws.rows()).isEqualTo(3);
            assertThat(aws.rejectedRows()).isEqualTo(6);
            assertThat(aws.billedCost()).isEqualByComparingTo("3");
            assertThat(store.scan().files().get(0).rejectedRows()).isEqualTo(6);
        }
    }

    @Test
    void a_line_cut_in_the_middle_is_one_rejected_row() {
        String text = new FocusCsv().row().row().text();
        Path bill = FocusCsv.text(folder, "b.csv", text.substring(0, text.length() - 40));
        assertThat(rejects(bill)).singleElement().satisfies(reject -> {
            assertThat(reject.record()).isEqualTo(3);
            assertThat(reject.problem()).contains("fewer values");
        });
    }

    @Test
    void a_quote_that_swallows_the_rest_of_the_file_is_no_bill() {
        String text =
                new FocusCsv().row().row("ResourceId=X").row().row().text().replace("X", "\"X");
        Path bill = FocusCsv.text(folder, "b.csv", text);
        refused(
                () -> TestStore.ofBills(folder, bill),
                bill + ": the quote (\") that opens in line 3 is never closed, so no later row can be read.",
                "Close the quote, or export the file again.");
    }

    @Test
    void more_than_a_hundred_rejected_rows_are_counted_and_not_all_named() {
        FocusCsv csv = new FocusCsv().row();
        for (int i = 0; i < 250; i++) {
            csv.row("EffectiveCost=n/a");
        }
        Path bill = csv.write(folder, "b.csv");
        try (TestStore store = TestStore.ofBills(folder, bill)) {
            assertThat(store.scan().rejects()).hasSize(100);
            assertThat(store.scan().files()).extracting(ReadFile::rejectedRows).containsExactly(250L);
            assertThat(store.scan().bill().providers())
                    .extracting(Audit.ProviderBill::rejectedRows)
                    .containsExactly(250L);
        }
    }
}
