package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.aiaudit.model.Component;
import io.aiaudit.model.LeafCost;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is paid for a term is not saved by a stop, and silence that comes each night is not the end of a bill. */
class ContractsAndNightsTest {
    @TempDir
    private Path folder;

    @Test
    void software_under_a_contract_is_paid_until_that_ends_and_what_is_metered_ends_with_the_hours() {
        String[] contract = {"ResourceId=i-0su", "PublisherName=A vendor", "ServiceName=Model server"};
        FocusCsv bill = new FocusCsv()
                .row(with(contract, "ChargeCategory=Purchase", "EffectiveCost=744", "ChargePeriodEnd=2026-07-01"))
                .row(with(contract, "ChargeCategory=Purchase", "EffectiveCost=3"))
                .row(with(contract, "ChargeFrequency=Recurring", "EffectiveCost=20"))
                .row(with(contract, "ChargeCategory=Usage", "EffectiveCost=100", "ChargePeriodEnd=2026-07-01"))
                .row(with(contract, "ChargeCategory=Usage", "EffectiveCost=5"));
        try (TestStore store = TestStore.ofBills(folder, bill.write(folder, "b.csv"))) {
            assertThat(store.scan().leafCosts(TestStore.JUNE).get(0).parts())
                    .extracting(LeafCost.Part::component, part -> part.cost().intValueExact())
                    .containsExactlyInAnyOrder(
                            tuple(Component.COMMITMENT, 864),
                            tuple(Component.COMMITMENT, 3),
                            tuple(Component.LICENCE, 5));
            assertThat(store.locked()
                            .select("SELECT DISTINCT component FROM charges")
                            .rows())
                    .containsExactly(List.of("licence"));
        }
    }

    private static String[] with(String[] columns, String... more) {
        return Stream.concat(Stream.of(columns), Stream.of(more)).toArray(String[]::new);
    }

    @Test
    void a_job_of_each_night_ends_before_the_billing_period_and_what_runs_on_shows_where_the_file_is_cut() {
        FocusCsv nightly = new FocusCsv();
        FocusCsv steady = new FocusCsv();
        for (int day = 1; day <= 24; day++) {
            String[] row = with(onDay(day, "2026-06-25T00:00:00Z"), "BillingPeriodStart=2026-06-01T00:00:00Z");
            nightly.row(with(row, hours(day, 2, 6)));
            steady.row(with(row, hours(day, day == 1 ? 2 : 0, day == 24 ? 6 : 24)));
        }
        try (TestStore store = TestStore.ofBills(folder, nightly.write(folder, "n.csv"))) {
            assertThat(store.scan().windowCosts(TestStore.JUNE))
                    .singleElement()
                    .satisfies(cost -> assertThat(cost.hours()).isEqualByComparingTo("576"));
        }
        try (TestStore store = TestStore.ofBills(folder, steady.write(folder, "s.csv"))) {
            assertThat(store.scan().windowCosts(TestStore.JUNE))
                    .singleElement()
                    .satisfies(cost -> assertThat(cost.hours()).isEqualByComparingTo("556"));
        }
    }

    private static String[] hours(int day, int from, int to) {
        Instant midnight = Instant.parse("2026-06-01T00:00:00Z").plus(Duration.ofDays(day - 1));
        return new String[] {
            "ChargePeriodStart=" + midnight.plus(Duration.ofHours(from)),
            "ChargePeriodEnd=" + midnight.plus(Duration.ofHours(to))
        };
    }

    private static String[] onDay(int day, String periodEnd) {
        return new String[] {
            "ChargePeriodStart=2026-06-%02dT00:00:00Z".formatted(day),
            "ChargePeriodEnd=2026-06-%02dT00:00:00Z".formatted(day + 1),
            "BillingPeriodStart=2026-05-25T00:00:00Z",
            "BillingPeriodEnd=" + periodEnd
        };
    }
}
