package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.aiaudit.model.FileSet;
import io.aiaudit.model.Gap;
import io.aiaudit.model.MetricHour;
import io.aiaudit.model.Resource;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a scan of ours saves is read again, however much a source sends. */
class SavedLimitsTest {
    private static final String BILL = """
            BilledCost,BillingCurrency,ChargePeriodStart,ChargePeriodEnd,ChargeCategory,ServiceName,ProviderName,\
            EffectiveCost,ResourceId
            1,USD,2026-06-01T00:00:00Z,2026-06-02T00:00:00Z,Usage,Amazon SageMaker,AWS,1,a
            2,USD,2026-06-01T00:00:00Z,2026-06-02T00:00:00Z,Usage,Amazon SageMaker,AWS,2,b
            4,USD,2026-06-01T00:00:00Z,2026-06-02T00:00:00Z,Usage,Amazon SageMaker,AWS,4,c
            """;

    private static final ScanFacts FACTS = new ScanFacts(
            "test",
            TestStore.JUNE,
            "USD",
            List.of("files"),
            Instant.parse("2026-07-01T08:00:00Z"),
            false,
            false,
            Map.of());

    @TempDir
    private Path folder;

    @Test
    void a_gap_of_forty_thousand_objects_names_the_first_and_how_many_there_are() {
        List<String> objects = IntStream.range(0, 40_000)
                .mapToObj(i -> "arn:aws:sagemaker:eu-west-1:111122223333:endpoint/a-long-name-of-an-endpoint-"
                        + "of-the-platform-team-in-europe-" + i)
                .toList();
        try (StoredFile saved = save(store ->
                store.gap(new Gap("aws", "endpoints", "denied", "Add it.", null, null, "inventory", objects)))) {
            Gap gap = saved.scan().gaps().get(0);
            assertThat(gap.objects()).hasSizeBetween(8_000, 10_000);
            assertThat(gap.scope())
                    .isEqualTo("endpoints, of which the first " + gap.objects().size() + " of 40000 are named");
            assertThat(gap.in("1", "2", "inventory").scope()).isEqualTo(gap.scope());
        }
    }

    @Test
    void a_gap_of_ten_thousand_objects_names_all() {
        List<String> objects =
                IntStream.range(0, 10_000).mapToObj(i -> "endpoint-" + i).toList();
        Gap gap = new Gap("aws", "endpoints", "denied", "Add it.", null, null, "inventory", objects);
        assertThat(gap.objects()).hasSize(10_000);
        assertThat(gap.scope()).isEqualTo("endpoints");
    }

    @Test
    void a_message_of_more_than_four_megabytes_is_cut_and_reported() {
        String message = "no ".repeat(SavedValues.LONGEST_TEXT / 3 + 1);
        try (StoredFile saved = save(store -> {
            store.warning(message);
            store.gap(new Gap("aws", "endpoints", message, "Add it."));
        })) {
            assertThat(saved.scan().gaps().get(0).problem()).hasSize(65_536);
            assertThat(saved.scan().warnings())
                    .contains("1 text of more than 4 MB in problem of gaps cut to 65,536 characters.");
        }
    }

    @Test
    void a_row_of_a_parquet_bill_with_a_text_of_five_megabytes_is_rejected_as_one_of_csv_is() {
        Path csv = FocusCsv.text(folder, "bill.csv", BILL);
        Path parquet = folder.resolve("bill.parquet");
        try (Sql sql = Sql.open("", new Properties())) {
            sql.execute("COPY (SELECT *, if(ResourceId = 'b', repeat('x', 5000000), 'y') AS ChargeDescription,"
                    + " if(ResourceId = 'c', repeat('x', 1000000), 'y') AS SkuMeter FROM "
                    + Sql.literal(csv.toString()) + ") TO " + Sql.literal(parquet.toString()));
        }
        try (StoredFile saved = saveBill(parquet)) {
            assertThat(saved.scan().rejects())
                    .extracting(Reject::problem)
                    .containsExactly("the row is longer than 2 MB");
            assertThat(saved.scan().resources()).extracting(r -> r.resourceId()).containsExactly("a", "c");
        }
    }

    @Test
    void so_is_a_row_of_json_lines() {
        String row = "{\"BilledCost\":1,\"BillingCurrency\":\"USD\",\"ChargePeriodStart\":\"2026-06-01T00:00:00Z\","
                + "\"ChargePeriodEnd\":\"2026-06-02T00:00:00Z\",\"ChargeCategory\":\"Usage\","
                + "\"ServiceName\":\"Amazon SageMaker\",\"ProviderName\":\"AWS\",\"EffectiveCost\":1,"
                + "\"ResourceId\":\"%s\",\"ChargeDescription\":\"%s\"}\n";
        Path bill = FocusCsv.text(
                folder, "bill.jsonl", row.formatted("a", "x") + row.formatted("b", "x".repeat(5_000_000)));
        try (StoredFile saved = saveBill(bill)) {
            assertThat(saved.scan().rejects())
                    .extracting(Reject::problem)
                    .containsExactly("the row is longer than 2 MB");
            assertThat(saved.scan().resources()).extracting(r -> r.resourceId()).containsExactly("a");
        }
    }

    @Test
    void a_sum_that_is_no_number_of_a_saved_scan_is_left_out_and_reported() {
        try (StoredFile saved = save(store -> {
            Staging staging = store.begin("aws", "test");
            staging.resource(Resource.builder("a", "inference_endpoint", "aws").build());
            Instant hour = Instant.parse("2026-06-01T00:00:00Z");
            staging.metric(new MetricHour("a", "requests", hour, 7.0, Double.NaN, 1e31, null));
            store.commit(staging);
        })) {
            assertThat(saved.scan().warnings())
                    .contains(
                            "1 value that is no number below 1e30 in maximum of metrics left out.",
                            "1 value that is no number below 1e30 in total of metrics left out.");
        }
    }

    @Test
    void a_scan_with_more_rows_than_can_be_read_again_is_refused_before_it_is_saved() {
        Path file = folder.resolve("june.aiaudit");
        save(store -> {}).close();
        assertThat(SavedCatalog.refusal(file, TestStore.limits(folder))).isEmpty();
        try (Sql sql = Sql.open(file, new Properties())) {
            sql.execute("INSERT INTO warnings SELECT range FROM range(2000001)");
        }
        assertThat(SavedCatalog.refusal(file, TestStore.limits(folder)))
                .contains("the table warnings has 2000001 rows, more than 2000000");
    }

    private StoredFile saveBill(Path bill) {
        return save(store -> {
            Staging staging = store.begin("files", "test");
            staging.files(TestStore.set(FileSet.Content.BILLING, bill));
            store.commit(staging);
        });
    }

    private StoredFile save(Consumer<Store> fill) {
        Path file = folder.resolve("june.aiaudit");
        try (Store store = Store.create(file, TestStore.limits(folder))) {
            fill.accept(store);
            store.finish(FACTS, IngestSettings.NONE);
        }
        SavedCatalog.check(file, TestStore.limits(folder));
        LockedStore locked = LockedStore.openForeign(file, TestStore.limits(folder));
        assertThatCode(() -> SavedValues.check(file, locked)).doesNotThrowAnyException();
        return new StoredFile(locked);
    }

    private record StoredFile(LockedStore store) implements AutoCloseable {
        StoredScan scan() {
            return new StoredScan(store);
        }

        @Override
        public void close() {
            store.close();
        }
    }
}
