package io.aiaudit.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Component;
import io.aiaudit.model.Confidence;
import io.aiaudit.model.CostBasis;
import io.aiaudit.model.FileSet;
import io.aiaudit.model.Finding;
import io.aiaudit.model.FindingBuilder;
import io.aiaudit.model.Lever;
import io.aiaudit.model.Proof;
import io.aiaudit.model.Spend;
import io.aiaudit.model.WeeklySchedule;
import io.aiaudit.model.Window;
import io.aiaudit.store.IngestSettings;
import io.aiaudit.store.LockedStore;
import io.aiaudit.store.ScanFacts;
import io.aiaudit.store.Staging;
import io.aiaudit.store.Store;
import io.aiaudit.store.StoreLimits;
import io.aiaudit.store.StoredScan;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A week of machine hours at 4.00 and a plan that covers weekdays from 8 to 18 h UTC whole, and a quarter of each other
 * hour.
 */
class HoursOffTest {
    private static final Window WEEK = Window.parse("2026-06-01/2026-06-08");
    private static final Instant THURSDAY = Instant.parse("2026-06-04T00:00:00Z");
    private static final Offset<BigDecimal> DIGITS = Offset.offset(new BigDecimal("1e-8"));

    @TempDir
    private Path folder;

    private Map<String, BigDecimal> committedShareOff(Duration period, String committedShare, String... targets)
            throws IOException {
        return committedShareOff(bill(period), committedShare, null, targets);
    }

    private Map<String, BigDecimal> committedShareOff(
            Path bill, String committedShare, Instant runRateFrom, String... targets) throws IOException {
        Path file = folder.resolve("store.aiaudit");
        StoreLimits limits = new StoreLimits(512, 2, Files.createDirectories(folder.resolve("spill")));
        try (Store store = Store.create(file, limits)) {
            Staging staging = store.begin("files", "bill");
            staging.files(new FileSet(FileSet.Content.BILLING, "bill", List.of(bill), Set.of()));
            store.commit(staging);
            store.finish(
                    new ScanFacts("test", WEEK, null, List.of("files"), WEEK.end(), false, false, Map.of()),
                    IngestSettings.NONE);
        }
        Map<String, Spend> spend = new HashMap<>();
        spend.put(
                "i-0a",
                new Spend(
                        "i-0a",
                        Map.of(Component.TIME, new BigDecimal("2920")),
                        CostBasis.EFFECTIVE,
                        null,
                        new BigDecimal(committedShare),
                        false));
        spend.computeIfPresent(
                "i-0a", (id, cost) -> cost.withRunRate(cost.runRate(), cost.committedShare(), null, runRateFrom));
        List<Finding> findings = new ArrayList<>();
        for (String target : targets) {
            findings.add(finding(target));
        }
        try (LockedStore locked = LockedStore.open(file, limits)) {
            new HoursOff(new StoredScan(locked), WEEK).addTo(spend, findings);
        }
        return spend.get("i-0a").committedShareOff();
    }

    private Path bill(Duration period) throws IOException {
        StringBuilder rows = new StringBuilder(
                "BilledCost,EffectiveCost,BillingCurrency,ChargePeriodStart,ChargePeriodEnd,ChargeCategory,"
                        + "ServiceName,ProviderName,ResourceId,ConsumedUnit,CommitmentDiscountId,"
                        + "CommitmentDiscountStatus\n");
        WeeklySchedule office = WeeklySchedule.parse("Mon-Fri 08-18 UTC").orElseThrow();
        for (Instant hour = WEEK.start(); hour.isBefore(WEEK.end()); hour = hour.plus(period)) {
            String start = "USD," + hour + "," + hour.plus(period) + ",Usage,EC2,AWS,i-0a,Hours,";
            int covered = office.isOn(hour) ? 4 : 1;
            rows.append(covered + "," + covered + "," + start + "sp-1,Used\n");
            rows.append((4 - covered) + "," + (4 - covered) + "," + start + ",\n");
        }
        return Files.writeString(folder.resolve("bill.csv"), rows);
    }

    /** A plan covers half of each hour since Thursday; some bills have no cost of that. */
    private Path sinceThursday(String effectiveCost) throws IOException {
        StringBuilder rows = new StringBuilder(
                "BilledCost,EffectiveCost,ListCost,BillingCurrency,ChargePeriodStart,ChargePeriodEnd,ChargeCategory,"
                        + "ServiceName,ProviderName,ResourceId,ConsumedUnit,CommitmentDiscountId,"
                        + "CommitmentDiscountStatus\n");
        for (Instant hour = WEEK.start(); hour.isBefore(WEEK.end()); hour = hour.plus(Duration.ofHours(1))) {
            String start = ",USD," + hour + "," + hour.plus(Duration.ofHours(1)) + ",Usage,EC2,AWS,i-0a,Hours,";
            if (hour.isBefore(THURSDAY)) {
                rows.append("4,4,4" + start + ",\n");
            } else {
                rows.append("2,2,2" + start + ",\n");
                rows.append("0," + effectiveCost + ",2" + start + "sp-1,Used\n");
            }
        }
        return Files.writeString(folder.resolve("since-thursday.csv"), rows);
    }

    private static Finding finding(String target) {
        return FindingBuilder.builder()
                .rule("instance-always-on")
                .resourceId("i-0a")
                .lever(Lever.SCHEDULE)
                .proof(Proof.BACKTEST)
                .saves(Set.of(Component.TIME))
                .asks(Set.of())
                .remaining(new BigDecimal("0.3"))
                .confidence(Confidence.HIGH)
                .reason("Idle at night.")
                .target(target)
                .evidence(Map.of())
                .build();
    }

    @Test
    void hours_that_a_plan_covers_less_free_less_of_it() throws IOException {
        assertThat(committedShareOff(
                        Duration.ofHours(1),
                        "0.473214285714285714",
                        "Mon-Fri 08-18 UTC",
                        "daily 00-08,18-24 UTC",
                        "stop it at night"))
                .hasSize(2)
                .hasEntrySatisfying(
                        "Mon-Fri 08-18 UTC", share -> assertThat(share).isCloseTo(new BigDecimal("0.25"), DIGITS))
                // The other way round: ten hours on each of seven days, of which five are covered whole.
                .hasEntrySatisfying(
                        "daily 00-08,18-24 UTC",
                        share -> assertThat(share).isCloseTo(new BigDecimal("0.785714286"), DIGITS));
    }

    @Test
    void hours_before_the_last_change_say_nothing_of_what_a_schedule_frees() throws IOException {
        assertThat(committedShareOff(sinceThursday("1"), "0.333333333333333333", THURSDAY, "Mon-Fri 08-18 UTC"))
                .hasEntrySatisfying(
                        "Mon-Fri 08-18 UTC",
                        share -> assertThat(share).isCloseTo(new BigDecimal("0.333333333"), DIGITS));
    }

    @Test
    void what_is_covered_at_no_cost_of_the_bill_is_worth_what_the_spend_has_it_at() throws IOException {
        assertThat(committedShareOff(sinceThursday(""), "0.333333333333333333", THURSDAY, "Mon-Fri 08-18 UTC"))
                .hasEntrySatisfying(
                        "Mon-Fri 08-18 UTC",
                        share -> assertThat(share).isCloseTo(new BigDecimal("0.333333333"), DIGITS));
    }

    @Test
    void a_bill_by_the_day_shows_no_hours() throws IOException {
        assertThat(committedShareOff(Duration.ofDays(1), "0.5", "Mon-Fri 08-18 UTC"))
                .isEmpty();
    }

    @Test
    void what_is_committed_whole_or_not_at_all_needs_no_hours() throws IOException {
        assertThat(committedShareOff(Duration.ofHours(1), "1", "Mon-Fri 08-18 UTC"))
                .isEmpty();
    }
}
