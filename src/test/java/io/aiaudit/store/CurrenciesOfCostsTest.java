package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.aiaudit.model.Audit;
import io.aiaudit.model.FileSet;
import io.aiaudit.model.UserError;
import io.aiaudit.testing.Slow;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Costs and list prices in several currencies, and costs that a bill rounds. */
@Slow
class CurrenciesOfCostsTest {
    @TempDir
    private Path folder;

    private TestStore store(FocusCsv bill) {
        return TestStore.ofBills(folder, bill.write(folder, "b.csv"));
    }

    @Test
    void only_the_rates_that_are_missing_are_named() {
        Path file = new FocusCsv()
                .row("BillingCurrency=EUR")
                .row("BillingCurrency=JPY")
                .row("BillingCurrency=USD")
                .write(folder, "b.csv");
        ExchangeRate rate = new ExchangeRate("JPY", "EUR", new BigDecimal("0.006"), LocalDate.parse("2026-06-30"));
        IngestSettings settings = TestStore.settings("EUR", List.of(rate), List.of(), List.of());
        assertThatThrownBy(() -> TestStore.of(
                        folder, settings, staging -> staging.files(TestStore.set(FileSet.Content.BILLING, file))))
                .isInstanceOfSatisfying(UserError.class, error -> {
                    assertThat(error.problem()).endsWith("exchange_rates in aiaudit.yaml has no rate from USD to EUR.");
                    assertThat(error.fix())
                            .isEqualTo("Add to aiaudit.yaml: currency: EUR and exchange_rates: [{from: USD, to: EUR, "
                                    + "rate: ..., date: ...}]");
                });
    }

    @Test
    void two_currencies_without_a_rate_are_refused_and_with_one_converted() {
        FocusCsv bill = new FocusCsv().row("EffectiveCost=1").row("EffectiveCost=2", "BillingCurrency=EUR");
        Path file = bill.write(folder, "b.csv");
        assertThatThrownBy(() -> TestStore.ofBills(folder, file)).isInstanceOfSatisfying(UserError.class, error -> {
            assertThat(error.problem())
                    .isEqualTo("The bills are in EUR and USD, the audit is in one currency, and exchange_rates in "
                            + "aiaudit.yaml has no rate to USD.");
            assertThat(error.fix())
                    .isEqualTo(
                            "Add to aiaudit.yaml: currency: USD and exchange_rates: [{from: EUR, to: USD, rate: ..., "
                                    + "date: ...}]");
        });
        ExchangeRate rate = new ExchangeRate("EUR", "USD", new BigDecimal("1.0834"), LocalDate.parse("2026-06-30"));
        IngestSettings settings = TestStore.settings(null, List.of(rate), List.of(), List.of());
        try (TestStore store = TestStore.of(
                folder, settings, staging -> staging.files(TestStore.set(FileSet.Content.BILLING, file)))) {
            assertThat(store.scan().bill().providers().get(0).effectiveCost()).isEqualByComparingTo("3.1668");
            assertThat(store.scan().facts().currency()).isEqualTo("USD");
            assertThat(store.scan().conversions()).singleElement().satisfies(conversion -> {
                assertThat(conversion.what() + " " + conversion.provider() + " " + conversion.currency())
                        .isEqualTo("bill aws EUR");
                assertThat(conversion.rate()).isEqualByComparingTo("1.0834");
                assertThat(conversion.rateDate()).isEqualTo("2026-06-30");
                assertThat(conversion.effectiveCost())
                        .as("as the invoice has it")
                        .isEqualByComparingTo("2");
            });
        }
    }

    @Test
    void list_prices_in_another_currency_are_reported_with_their_rate() {
        ExchangeRate rate = new ExchangeRate("USD", "EUR", new BigDecimal("0.92"), LocalDate.parse("2026-06-30"));
        IngestSettings settings = TestStore.settings(null, List.of(rate), List.of(), List.of());
        Path file = new FocusCsv().row("BillingCurrency=EUR").write(folder, "bill.csv");
        try (TestStore store = TestStore.of(
                folder, settings, staging -> staging.files(TestStore.set(FileSet.Content.BILLING, file)))) {
            assertThat(store.scan().conversions())
                    .containsExactly(new Audit.Conversion(
                            "list_prices",
                            null,
                            "USD",
                            new BigDecimal("0.92"),
                            LocalDate.parse("2026-06-30"),
                            null,
                            null));
        }
    }

    @Test
    void usage_that_costs_nothing_effectively_and_is_billed_is_reported_and_stays_as_it_is() {
        FocusCsv bill = new FocusCsv()
                .row("BilledCost=0.25", "EffectiveCost=0", "ProviderName=Oracle")
                .row("BilledCost=0", "EffectiveCost=0", "ProviderName=Oracle")
                .row("BilledCost=9", "EffectiveCost=0", "ProviderName=Oracle", "ChargeCategory=Adjustment")
                .row("BilledCost=7", "EffectiveCost=0", "ProviderName=Microsoft", "ChargeCategory=Purchase")
                .row("BilledCost=7", "EffectiveCost=7", "ProviderName=Microsoft")
                .row("BilledCost=3", "EffectiveCost=0")
                .row("BilledCost=3", "EffectiveCost=3");
        try (TestStore store = store(bill)) {
            assertThat(store.scan().warnings())
                    .containsExactly(
                            "other: EffectiveCost is 0 in all 2 rows of usage, which are billed at 0.25 USD. It is "
                                    + "used as is; check whether the export omits it.");
        }
    }

    /** No saved scan with it could be read. */
    @ParameterizedTest
    @ValueSource(strings = {"<b>USD</b>", "US DOLLARS THAT ARE NAMED IN MORE THAN FORTY LETTERS", "' '"})
    void a_currency_that_is_no_code_is_refused(String currency) {
        FocusCsv bill = new FocusCsv().row("BillingCurrency=" + currency.replace("'", ""));
        assertThatThrownBy(() -> store(bill).close())
                .isInstanceOf(UserError.class)
                .hasMessageContaining("in the column BillingCurrency of a bill is no code of a currency.");
    }

    @Test
    void a_currency_code_in_small_letters_is_the_same_currency() {
        FocusCsv bill = new FocusCsv()
                .row("EffectiveCost=1")
                .row("EffectiveCost=2", "BillingCurrency=usd")
                .row("EffectiveCost=4", "BillingCurrency= Usd ");
        try (TestStore store = store(bill)) {
            assertThat(store.scan().facts().currency()).isEqualTo("USD");
            assertThat(store.scan().bill().providers().get(0).effectiveCost()).isEqualByComparingTo("7");
            assertThat(store.locked()
                            .select("SELECT DISTINCT BillingCurrency FROM charges")
                            .rows())
                    .containsExactly(List.of("USD"));
        }
    }

    @Test
    void list_prices_in_another_currency_are_unknown() {
        Path file = new FocusCsv().row("BillingCurrency=EUR").write(folder, "b.csv");
        try (TestStore store = TestStore.ofBills(folder, file)) {
            assertThat(store.scan().facts().currency()).isEqualTo("EUR");
            assertThat(store.locked()
                            .select("SELECT count(*) > 100, count(on_demand) FILTER (currency = 'EUR'), "
                                    + "count(vcpus) > 100 FROM offers")
                            .rows())
                    .containsExactly(List.of(true, 0L, true));
            assertThat(store.scan().warnings())
                    .containsExactly("List prices in USD are not used as costs: "
                            + "exchange_rates in aiaudit.yaml has no rate from USD to "
                            + "EUR.");
        }
    }

    @Test
    void a_rounded_effective_cost_is_recognized_in_the_currency_of_the_bill() {
        FocusCsv bill = new FocusCsv();
        for (int i = 0; i < 100; i++) {
            bill.row("BilledCost=32.77", "EffectiveCost=3", "BillingCurrency=EUR");
        }
        ExchangeRate rate = new ExchangeRate("EUR", "USD", new BigDecimal("1.137"), LocalDate.parse("2026-06-30"));
        IngestSettings settings = TestStore.settings("USD", List.of(rate), List.of(), List.of());
        Path file = bill.write(folder, "b.csv");
        try (TestStore store = TestStore.of(
                folder, settings, staging -> staging.files(TestStore.set(FileSet.Content.BILLING, file)))) {
            assertThat(store.scan().bill().providers().get(0).effectiveCost()).isEqualByComparingTo("3725.949");
            assertThat(store.scan().warnings())
                    .contains("aws: EffectiveCost is a whole number in all 100 rows (341.10 USD together) while"
                            + " BilledCost is not (3725.95 USD); BilledCost is used instead.");
        }
    }

    /** A g5.xlarge is 1.006 an hour: 3.40 holds more than its time, whatever a rounded effective cost says. */
    @ParameterizedTest
    @CsvSource({"3.40, 1, true", "1.02, 3, false"})
    void what_holds_more_than_time_is_seen_by_what_was_billed(String billed, String effective, boolean isMore) {
        FocusCsv bill = new FocusCsv();
        for (int i = 0; i < 120; i++) {
            bill.row(
                    "BilledCost=" + billed,
                    "EffectiveCost=" + effective,
                    "ChargePeriodStart=2026-06-0" + (1 + i / 24) + "T" + (i % 24 / 10) + i % 24 % 10 + ":00:00Z",
                    "ChargePeriodEnd=2026-06-0" + (1 + i / 24) + "T" + (i % 24 / 10) + i % 24 % 10 + ":59:59Z",
                    "RegionId=us-east-1",
                    "SkuPriceDetails={\"InstanceType\": \"g5.xlarge\"}",
                    "ConsumedUnit=");
        }
        try (TestStore store = store(bill)) {
            assertThat(store.scan().warnings().stream().anyMatch(warning -> warning.contains("charged for (i-0a)")))
                    .isEqualTo(isMore);
        }
    }

    @Test
    void whole_amounts_of_one_currency_show_nothing_of_the_fractions_of_another() {
        FocusCsv bill = new FocusCsv();
        for (int i = 0; i < 100; i++) {
            bill.row("BilledCost=0", "EffectiveCost=900", "BillingCurrency=JPY", "CommitmentDiscountStatus=Used");
        }
        bill.row("BilledCost=1.004", "EffectiveCost=1");
        ExchangeRate rate = new ExchangeRate("JPY", "USD", new BigDecimal("0.0064"), LocalDate.parse("2026-06-30"));
        IngestSettings settings = TestStore.settings("USD", List.of(rate), List.of(), List.of());
        Path file = bill.write(folder, "b.csv");
        try (TestStore store = TestStore.of(
                folder, settings, staging -> staging.files(TestStore.set(FileSet.Content.BILLING, file)))) {
            assertThat(store.scan().bill().providers().get(0).effectiveCost()).isEqualByComparingTo("577");
        }
    }

    @Test
    void a_provider_with_rounded_effective_cost_counts_as_billed_and_the_others_do_not() {
        FocusCsv bill = new FocusCsv();
        for (int i = 0; i < 100; i++) {
            bill.row("BilledCost=1.6", "EffectiveCost=2");
            bill.row("BilledCost=1.6", "EffectiveCost=1.5", "ProviderName=Microsoft");
        }
        for (int i = 0; i < 99; i++) {
            bill.row("BilledCost=1.6", "EffectiveCost=2", "ProviderName=Google Cloud");
        }
        try (TestStore store = store(bill)) {
            assertThat(store.scan().bill().providers())
                    .extracting(
                            Audit.ProviderBill::provider,
                            provider -> provider.effectiveCost().toPlainString())
                    .containsExactly(tuple("aws", "160.00"), tuple("azure", "150.00"), tuple("gcp", "198.00"));
            assertThat(store.scan().warnings())
                    .containsExactly("aws: EffectiveCost is a whole number in all 100 rows (200.00 USD together) while "
                            + "BilledCost is not (160.00 USD); BilledCost is used instead.");
        }
    }
}
