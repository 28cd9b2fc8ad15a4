package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.FileSet;
import io.aiaudit.model.Window;
import io.aiaudit.testing.Slow;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long a leaf existed, and how far its bill goes. */
@Slow
class LeafLifetimesTest {
    @TempDir
    private Path folder;

    private TestStore store(FocusCsv bill) {
        return TestStore.ofBills(folder, bill.write(folder, "b.csv"));
    }

    /** Of i-0a, charged from June 1 on for so many days, and of what else the inventory lists. */
    private TestStore existed(int days, String life, String usage, String... correction) {
        FocusCsv bill = new FocusCsv();
        for (int day = 1; day <= days; day++) {
            bill.row(
                    "ChargePeriodStart=2026-06-%02dT00:00:00Z".formatted(day),
                    "ChargePeriodEnd=2026-06-%02dT00:00:00Z".formatted(day + 1));
        }
        if (correction.length > 0) {
            bill.row(correction);
        }
        String inventory = "resource_id,kind,provider,account_id,region,parent_id,created_at,ended_at\n"
                + "i-0a,instance,aws,123456789012,us-east-1,," + life
                + "\nep,inference_endpoint,aws,123456789012,us-east-1,," + life
                + "\nep/v,inference_endpoint,aws,123456789012,us-east-1,ep," + life + "\n";
        return TestStore.of(folder, IngestSettings.NONE, staging -> {
            staging.files(TestStore.set(FileSet.Content.BILLING, bill.write(folder, "b.csv")));
            staging.files(TestStore.set(FileSet.Content.INVENTORY, FocusCsv.text(folder, "inventory.csv", inventory)));
            staging.files(TestStore.set(
                    FileSet.Content.USAGE,
                    FocusCsv.text(folder, "usage.csv", "resource_id,metric,hour,total\n" + usage)));
        });
    }

    private static List<Object> life(TestStore store, String id) {
        return store.locked()
                .select("SELECT created_at::DATE::VARCHAR, ended_at::DATE::VARCHAR FROM resources WHERE resource_id = '"
                        + id + "'")
                .rows()
                .get(0);
    }

    /** What an inventory of another day says of a life is wrong where the bill charges before or after it. */
    @Test
    void a_life_lasts_as_long_as_the_bill_charges_it() {
        String quiet = "ep/v,requests,2026-06-05T00:00:00Z,0\n";
        try (TestStore store = existed(29, "2026-06-10,2026-06-20", quiet)) {
            assertThat(life(store, "i-0a")).containsExactly("2026-06-01", null);
            assertThat(store.leaf("i-0a").resource().createdAt()).isEqualTo("2026-06-01T00:00:00Z");
            assertThat(life(store, "ep/v")).containsExactly("2026-06-10", "2026-06-20");
            assertThat(store.scan().warnings())
                    .contains(
                            "1 resource was charged or in use more than a day before its creation or after its end in "
                                    + "the inventory (i-0a); the bill and the metrics count. Bring an inventory of "
                                    + "the same time.");
        }
        try (TestStore store = existed(29, "2026-06-02,2026-06-29", quiet)) {
            assertThat(life(store, "i-0a")).containsExactly("2026-06-02", "2026-06-29");
            assertThat(store.scan().warnings()).noneMatch(warning -> warning.contains("before its creation"));
        }
    }

    @Test
    void what_is_corrected_after_its_end_ended_all_the_same() {
        String[] correction = {
            "ChargePeriodStart=2026-06-25T00:00:00Z", "ChargePeriodEnd=2026-06-26T00:00:00Z", "ChargeClass=Correction"
        };
        try (TestStore store =
                existed(9, "2026-01-10,2026-06-10", "i-0a,requests,2026-06-05T00:00:00Z,1\n", correction)) {
            assertThat(life(store, "i-0a")).containsExactly("2026-01-10", "2026-06-10");
        }
    }

    /** A bill without an inventory says since when something exists only by what may come back. */
    @Test
    void no_life_begins_with_what_is_given_back() {
        String given = "ChargeClass=Correction";
        String begin = "ChargePeriodStart=2026-06-12T00:00:00Z";
        String end = "ChargePeriodEnd=2026-06-13T00:00:00Z";
        FocusCsv bill = new FocusCsv()
                .row("ResourceId=i-0b", begin, end, given)
                .row("ResourceId=i-0c", begin, end, given)
                .row(
                        "ResourceId=i-0c",
                        "ChargePeriodStart=2026-06-20T00:00:00Z",
                        "ChargePeriodEnd=2026-06-21T00:00:00Z");
        try (TestStore store = store(bill)) {
            assertThat(store.leaf("i-0b").firstCharge()).isNull();
            assertThat(store.leaf("i-0c").firstCharge()).isEqualTo("2026-06-20T00:00:00Z");
        }
    }

    /** Nor did it end before it worked; a part works for what holds it. Zeros show nothing. */
    @Test
    void a_life_lasts_as_long_as_metrics_show_work() {
        String busy = "ep/v,requests,2026-06-05T00:00:00Z,4\nep/v,requests,2026-06-25T00:00:00Z,4\n";
        try (TestStore store = existed(9, "2026-06-08,2026-06-20", busy)) {
            assertThat(life(store, "ep/v")).containsExactly("2026-06-05", null);
            assertThat(life(store, "ep")).containsExactly("2026-06-05", null);
        }
        try (TestStore store = existed(9, "2026-06-08,2026-06-20", busy.replace(",4", ",0"))) {
            assertThat(life(store, "ep/v")).containsExactly("2026-06-08", "2026-06-20");
        }
        try (TestStore store = existed(9, "2026-06-05,2026-06-25", busy)) {
            assertThat(life(store, "ep")).containsExactly("2026-06-05", "2026-06-25");
        }
    }

    private static String[] onDay(int day, String periodEnd) {
        return new String[] {
            "ChargePeriodStart=2026-06-%02dT00:00:00Z".formatted(day),
            "ChargePeriodEnd=2026-06-%02dT00:00:00Z".formatted(day + 1),
            "BillingPeriodStart=2026-05-25T00:00:00Z",
            "BillingPeriodEnd=" + periodEnd
        };
    }

    @Test
    void a_billing_period_that_is_over_says_how_far_the_bill_goes() {
        String over = "2026-06-25T00:00:00Z";
        try (TestStore store = store(new FocusCsv().row(onDay(5, over)).row(onDay(9, over)))) {
            assertThat(store.leaf("i-0a").billed()).isEqualTo(Window.parse("2026-06-01/2026-06-25"));
            assertThat(store.scan().billPeriods()).containsEntry("aws", Window.parse("2026-05-25/2026-06-25"));
        }
        String running = "2026-06-29T00:00:00Z";
        try (TestStore store = store(new FocusCsv().row(onDay(5, running)).row(onDay(9, running)))) {
            assertThat(store.leaf("i-0a").billed()).isEqualTo(Window.parse("2026-06-05/2026-06-10"));
        }
    }

    @Test
    void unless_something_that_is_charged_every_day_shows_that_the_file_is_cut() {
        FocusCsv bill = new FocusCsv();
        for (int day = 5; day < 12; day++) {
            bill.row(onDay(day, "2026-06-25T00:00:00Z"));
        }
        try (TestStore store = store(bill)) {
            assertThat(store.leaf("i-0a").billed()).isEqualTo(Window.parse("2026-06-05/2026-06-12"));
        }
    }

    @Test
    void what_a_resource_cost_is_known_from_the_day_on_which_the_bill_names_resources() {
        FocusCsv bill = new FocusCsv();
        for (int day = 1; day <= 30; day++) {
            String from = "ChargePeriodStart=2026-06-%02dT00:00:00Z".formatted(day);
            String to = "ChargePeriodEnd="
                    + Instant.parse("2026-06-%02dT00:00:00Z".formatted(day)).plusSeconds(86_400);
            bill.row(from, to, "SkuMeter=BoxUsage:g5.xlarge", day < 17 ? "ResourceId=" : "ResourceId=i-0a");
            bill.row(from, to, "SkuMeter=Host:ml.g5.xlarge", "ServiceName=Amazon SageMaker", "ResourceId=e-1");
        }
        bill.row(
                "ChargePeriodStart=2026-06-20T00:00:00Z",
                "ChargePeriodEnd=2026-06-21T00:00:00Z",
                "SkuMeter=BoxUsage:g5.xlarge",
                "ResourceId=");
        try (TestStore store = store(bill)) {
            assertThat(store.leaf("i-0a").billed()).isEqualTo(Window.parse("2026-06-17/2026-07-01"));
            assertThat(store.leaf("e-1").billed()).isEqualTo(TestStore.JUNE);
            assertThat(store.leaf("aws:123456789012/Amazon Elastic Compute Cloud")
                            .billed())
                    .as("what no resource explains is of the whole bill")
                    .isEqualTo(TestStore.JUNE);
        }
    }

    @Test
    void a_resource_that_appears_late_in_a_bill_that_always_named_them_is_no_such_case() {
        FocusCsv bill = new FocusCsv()
                .row(
                        "SkuMeter=BoxUsage:g5.xlarge",
                        "ChargePeriodStart=2026-06-01T00:00:00Z",
                        "ChargePeriodEnd=2026-07-01T00:00:00Z")
                .row(
                        "SkuMeter=BoxUsage:p5.48xlarge",
                        "ChargePeriodStart=2026-06-02T00:00:00Z",
                        "ChargePeriodEnd=2026-06-03T00:00:00Z",
                        "ResourceId=")
                .row(
                        "SkuMeter=BoxUsage:p5.48xlarge",
                        "ChargePeriodStart=2026-06-20T00:00:00Z",
                        "ChargePeriodEnd=2026-06-21T00:00:00Z",
                        "ResourceId=i-0b");
        try (TestStore store = store(bill)) {
            assertThat(store.leaf("i-0a").billed()).isEqualTo(TestStore.JUNE);
            assertThat(store.leaf("i-0b").billed()).isEqualTo(TestStore.JUNE);
        }
    }
}
