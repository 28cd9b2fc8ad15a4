package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Advice;
import io.aiaudit.model.Commitment;
import io.aiaudit.model.FileSet;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What clouds report in a currency of their own, beside a bill in euros. */
class CurrenciesTest {
    private static final BigDecimal TEN = new BigDecimal("10");

    @TempDir
    private Path folder;

    private static Commitment plan(String id) {
        return new Commitment("aws", id, "savings_plan", null, null, null, TEN, null);
    }

    private TestStore reported(ExchangeRate... rates) {
        Path bill = new FocusCsv().row("BillingCurrency=EUR").write(folder, "bill.csv");
        return TestStore.of(folder, TestStore.settings(null, List.of(rates), List.of(), List.of()), staging -> {
            staging.files(TestStore.set(FileSet.Content.BILLING, bill));
            staging.commitment(plan("of-dollars"), "usd ");
            staging.commitment(plan("of-the-bill"));
            staging.advice(new Advice("i-1", "Compute Optimizer", "stop it", TEN), "USD");
            staging.advice(new Advice("i-2", "Compute Optimizer", "keep it", null), "JPY");
        });
    }

    @Test
    void commitments_and_advice_of_another_currency_are_converted_by_the_rate_of_the_configuration() {
        try (TestStore store =
                reported(new ExchangeRate("USD", "EUR", new BigDecimal("0.92"), LocalDate.parse("2026-06-30")))) {
            assertThat(store.scan().commitments())
                    .extracting(plan -> plan.commitmentId() + " "
                            + plan.hourlyCommitment().stripTrailingZeros().toPlainString())
                    .containsExactlyInAnyOrder("of-dollars 9.2", "of-the-bill 10");
            assertThat(store.scan().advice().get(0).monthlySaving()).isEqualByComparingTo("9.2");
            assertThat(store.scan().warnings())
                    .contains(
                            "What commitments cost was converted from USD to EUR at 0.92, the rate of 2026-06-30.",
                            "Savings of the clouds' recommendations was converted from USD to EUR at 0.92, the rate "
                                    + "of 2026-06-30.")
                    .noneMatch(warning -> warning.contains("JPY"));
        }
    }

    /** Found by hand: the database gave up at a rate of 10,000, which many currencies have to the dollar. */
    @Test
    void a_rate_may_be_as_large_as_that_of_a_dollar_in_rupiah() {
        try (TestStore store =
                reported(new ExchangeRate("USD", "EUR", new BigDecimal("16300.5"), LocalDate.parse("2026-06-30")))) {
            assertThat(store.scan().advice().get(0).monthlySaving()).isEqualByComparingTo("163005");
        }
        Path bill = new FocusCsv().row("BillingCurrency=USD", "BilledCost=10").write(folder, "dollars.csv");
        ExchangeRate rupiah = new ExchangeRate("USD", "IDR", new BigDecimal("99999999"), LocalDate.parse("2026-06-30"));
        try (TestStore store = TestStore.of(
                folder,
                TestStore.settings("IDR", List.of(rupiah), List.of(), List.of()),
                staging -> staging.files(TestStore.set(FileSet.Content.BILLING, bill)))) {
            assertThat(store.locked()
                            .select("SELECT sum(BilledCost)::BIGINT, (SELECT rate::BIGINT FROM conversions WHERE what "
                                    + "= 'bill') FROM charges")
                            .rows())
                    .isEqualTo(List.of(List.of(999_999_990L, 99_999_999L)));
        }
    }

    @Test
    void without_a_rate_what_a_commitment_costs_is_unknown_and_the_commitment_stays() {
        try (TestStore store = reported()) {
            assertThat(store.scan().commitments())
                    .filteredOn(plan -> plan.commitmentId().equals("of-dollars"))
                    .singleElement()
                    .satisfies(plan -> assertThat(plan.hourlyCommitment()).isNull());
            assertThat(store.scan().advice())
                    .hasSize(2)
                    .allSatisfy(one -> assertThat(one.monthlySaving()).isNull());
            assertThat(store.scan().warnings())
                    .contains(
                            "What commitments cost in USD is excluded from totals: exchange_rates in aiaudit.yaml has "
                                    + "no rate from USD to EUR.");
        }
    }
}
