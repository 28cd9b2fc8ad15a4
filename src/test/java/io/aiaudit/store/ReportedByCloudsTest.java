package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Advice;
import io.aiaudit.model.Commitment;
import io.aiaudit.model.FileSet;
import io.aiaudit.testing.Slow;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What clouds report of commitments and of their own advice, beside the bill. */
@Slow
class ReportedByCloudsTest {
    private static final String ORDER = "/providers/Microsoft.Capacity/reservationOrders/11111111-AAAA";
    private static final Instant END = Instant.parse("2027-01-01T00:00:00Z");
    private static final ExchangeRate RATE =
            new ExchangeRate("EUR", "USD", new BigDecimal("1.1"), LocalDate.parse("2026-06-30"));

    @TempDir
    private Path folder;

    private static Commitment reservation(String id, String hourly, String used) {
        return new Commitment(
                "azure",
                id,
                "reservation",
                "Shared",
                null,
                END,
                hourly == null ? null : new BigDecimal(hourly),
                used == null ? null : new BigDecimal(used));
    }

    /** A bill in which a commitment of this id costs 48 in two days, of which 36 are used. */
    private TestStore store(String billed, IngestSettings settings, Consumer<Staging> reported) {
        String row = "%s,%s,USD,2026-06-01T00:00:00Z,2026-06-03T00:00:00Z,Usage,Virtual Machines,Microsoft,%s,%s";
        Path bill = TestStore.file(
                folder,
                "bill.csv",
                "BilledCost,EffectiveCost,BillingCurrency,ChargePeriodStart,ChargePeriodEnd,ChargeCategory,"
                        + "ServiceName,ProviderName,CommitmentDiscountId,CommitmentDiscountStatus",
                row.formatted("0", "36", billed, "Used"),
                row.formatted("0", "12", billed, "Unused"));
        return TestStore.of(folder, settings, staging -> {
            staging.files(TestStore.set(FileSet.Content.BILLING, bill));
            reported.accept(staging);
        });
    }

    private List<Commitment> commitments(String billed, Commitment... reported) {
        try (TestStore store =
                store(billed, IngestSettings.NONE, staging -> List.of(reported).forEach(staging::commitment))) {
            return store.scan().commitments();
        }
    }

    @Test
    void a_commitment_of_the_bill_is_that_which_the_cloud_shows_whatever_the_case_of_its_id() {
        assertThat(commitments(
                        ORDER.toLowerCase(Locale.ROOT) + "/reservations/r",
                        reservation(ORDER + "/reservations/R", null, null)))
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.commitmentId()).isEqualTo(ORDER + "/reservations/R");
                    assertThat(one.end()).isEqualTo(END);
                    assertThat(one.hourlyCommitment()).as("48 in 48 hours").isEqualByComparingTo("1");
                    assertThat(one.usedShare()).isEqualByComparingTo("0.75");
                });
    }

    /** Of 1 an hour, ten of the thirty days are not in the bill. */
    @Test
    void days_that_the_bill_lacks_are_not_in_the_price_of_a_commitment() {
        FocusCsv used = new FocusCsv();
        FocusCsv inPart = new FocusCsv();
        for (int day = 1; day <= 30; day++) {
            String[] ofDay = {
                "ChargePeriodStart=2026-06-%02dT00:00:00Z".formatted(day),
                "ChargePeriodEnd=2026-06-%02dT23:59:59Z".formatted(day),
                "CommitmentDiscountStatus=Used",
                "CommitmentDiscountId=plan",
                "BilledCost=0",
                ""
            };
            if (day <= 10 || day > 20) {
                ofDay[5] = "EffectiveCost=24";
                used.row(ofDay);
                ofDay[5] = "EffectiveCost=6";
                inPart.row(ofDay);
            }
        }
        inPart.row(
                "ChargePeriodEnd=2026-07-01T00:00:00Z",
                "CommitmentDiscountStatus=Unused",
                "CommitmentDiscountId=PLAN",
                "ResourceId=plan",
                "BilledCost=720",
                "EffectiveCost=540");
        for (FocusCsv bill : List.of(used, inPart)) {
            try (TestStore store = TestStore.ofBills(folder, bill.write(folder, "plan.csv"))) {
                assertThat(store.scan().commitments())
                        .singleElement()
                        .satisfies(one -> assertThat(one.hourlyCommitment()).isEqualByComparingTo("1"));
            }
        }
    }

    /**
     * As a bill of Google Cloud names it: by its number, or by nothing that the inventory has, as one that is flexible.
     */
    @Test
    void a_commitment_of_google_is_joined_by_its_number_and_one_that_is_flexible_is_alone() {
        String header = "billing_account_id,service.id,service.description,sku.id,sku.description,usage_start_time,"
                + "usage_end_time,project.id,cost,currency,cost_type,subscription.instance_id,credits\n";
        String row =
                "A,6F81,Compute Engine,S,%s,2026-06-01 00:00:00 UTC,2026-06-01 10:00:00 UTC,p,%s,USD,regular,%s,%s\n";
        Path bill = TestStore.file(
                folder,
                "gcp.csv",
                (header
                                + row.formatted(
                                        "Commitment v1: Nvidia A100 GPU in Americas for 1 Year", "30", "8001", "[]")
                                + row.formatted(
                                        "Commitment - dollar based v1: Compute Flexible for 1 year",
                                        "8",
                                        "flex-1",
                                        "\"[{\"\"type\"\":\"\"FEE_UTILIZATION_OFFSET\"\",\"\"name\"\":\"\"Fee "
                                                + "utilization offset\"\",\"\"amount\"\":-6}]\""))
                        .strip()
                        .split("\n"));
        Commitment reported = new Commitment(
                "gcp",
                "//compute.googleapis.com/projects/1/regions/us-central1/commitments/8001",
                "committed use",
                "p/us-central1",
                null,
                END,
                null,
                null);
        try (TestStore store = TestStore.of(folder, IngestSettings.NONE, staging -> {
            staging.files(TestStore.set(FileSet.Content.BILLING, bill));
            staging.commitment(reported, null);
        })) {
            assertThat(store.scan().commitments()).hasSize(2);
            assertThat(store.scan().commitments())
                    .filteredOn(one -> one.commitmentId().endsWith("/8001"))
                    .singleElement()
                    .satisfies(one -> {
                        assertThat(one.end()).isEqualTo(END);
                        assertThat(one.hourlyCommitment()).isEqualByComparingTo("3");
                        assertThat(one.usedShare()).as("nobody says").isNull();
                    });
            assertThat(store.scan().commitments())
                    .filteredOn(one -> one.commitmentId().equals("flex-1"))
                    .singleElement()
                    .satisfies(one -> assertThat(one.end()).isNull());
        }
    }

    @Test
    void a_bill_may_name_the_order_that_a_reservation_is_of() {
        assertThat(commitments(ORDER.toLowerCase(Locale.ROOT), reservation(ORDER + "/reservations/R", null, "0.5")))
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.hourlyCommitment()).isEqualByComparingTo("1");
                    assertThat(one.usedShare()).as("what the cloud reports").isEqualByComparingTo("0.5");
                });
    }

    @Test
    void what_an_order_costs_is_not_reported_of_each_of_its_reservations() {
        assertThat(commitments(
                        ORDER,
                        reservation(ORDER + "/reservations/a", null, null),
                        reservation(ORDER + "/reservations/b", null, null)))
                .hasSize(2)
                .allSatisfy(one -> assertThat(one.hourlyCommitment()).isNull());
    }

    @Test
    void another_one_of_the_same_order_and_of_an_order_that_begins_alike_stays() {
        assertThat(commitments(ORDER + "/reservations/b", reservation(ORDER + "/reservations/a", null, null)))
                .hasSize(2);
        assertThat(commitments(ORDER + "0", reservation(ORDER, null, null))).hasSize(2);
    }

    @Test
    void an_amount_in_another_currency_is_converted_or_none() {
        Commitment plan = reservation("plan", "2", null);
        IngestSettings rates = TestStore.settings(null, List.of(RATE), List.of(), List.of());
        try (TestStore store = store("other", rates, staging -> staging.commitment(plan, "EUR"))) {
            assertThat(store.scan().commitments().get(1).hourlyCommitment()).isEqualByComparingTo("2.2");
        }
        try (TestStore store = store("other", IngestSettings.NONE, staging -> staging.commitment(plan, "EUR"))) {
            assertThat(store.scan().commitments().get(1).hourlyCommitment()).isNull();
        }
    }

    private Advice advice(IngestSettings settings, String currency) {
        Advice reported = new Advice("/subscriptions/s/vm", "Azure Advisor", "Shut it down", new BigDecimal("12.5"));
        try (TestStore store = store("other", settings, staging -> staging.advice(reported, currency))) {
            return store.scan().advice().get(0);
        }
    }

    @Test
    void advice_in_another_currency_is_converted_else_it_says_its_amount_in_words() {
        IngestSettings rates = TestStore.settings(null, List.of(RATE), List.of(), List.of());
        assertThat(advice(rates, "eur").monthlySaving()).isEqualByComparingTo("13.75");
        assertThat(advice(rates, "eur").recommendation()).isEqualTo("Shut it down");
        Advice kept = advice(IngestSettings.NONE, "EUR");
        assertThat(kept.monthlySaving()).isNull();
        assertThat(kept.recommendation()).isEqualTo("Shut it down, 12.50 EUR a month");
        assertThat(advice(IngestSettings.NONE, "USD").monthlySaving()).isEqualByComparingTo("12.5");
        assertThat(advice(IngestSettings.NONE, null).monthlySaving()).isEqualByComparingTo("12.5");
    }
}
