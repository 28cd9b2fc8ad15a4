package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aiaudit.model.FileSet;
import io.aiaudit.model.UserError;
import io.aiaudit.testing.Slow;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Parts of an export that was fetched, one of which is no bill. */
@Slow
class BrokenPartTest {
    @TempDir
    private Path folder;

    private Path good(String name) {
        return new BillText(
                        "ProviderName", "Microsoft",
                        "ServiceName", "s",
                        "ChargeCategory", "Usage",
                        "BillingCurrency", "USD",
                        "BilledCost", "1",
                        "ChargePeriodStart", "2026-06-01",
                        "ChargePeriodEnd", "2026-06-02")
                .row("ResourceId", name)
                .csv(folder, name);
    }

    private byte[] broken(String how) throws IOException {
        byte[] bytes = Files.readAllBytes(good("whole.csv"));
        return switch (how) {
            case "bytes" -> new byte[] {0, 1, 2, (byte) 200, 0, 3, 10, 0, 7};
            case "page" -> "<html><body>log in</body></html>\n".getBytes(StandardCharsets.UTF_8);
            case "other" -> "a,b,c\n1,2,3\n".getBytes(StandardCharsets.UTF_8);
            case "cut gzip" -> {
                ByteArrayOutputStream gzip = new ByteArrayOutputStream();
                try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
                    out.write(bytes);
                }
                yield Arrays.copyOf(gzip.toByteArray(), gzip.size() / 2);
            }
            default -> "PAR1 and nothing of it".getBytes(StandardCharsets.UTF_8);
        };
    }

    private static FileSet export(Path... parts) {
        Map<Path, String> runs = new LinkedHashMap<>();
        Map<Path, String> names = new LinkedHashMap<>();
        for (Path part : parts) {
            runs.put(part, "manifest.json");
            names.put(part, "account/exports/" + part.getFileName());
        }
        return FileSet.fetched("account/exports", runs, names);
    }

    @ParameterizedTest
    @CsvSource({"bytes, part.csv", "page, part.csv", "other, part.csv", "cut gzip, part.csv.gz", "parquet, part.parquet"
    })
    void it_is_a_gap_and_the_others_are_the_bill(String how, String name) throws Exception {
        Path broken = Files.write(folder.resolve(name), broken(how));
        Path file = folder.resolve("s.duckdb");
        try (Store store = Store.create(file, TestStore.limits(folder))) {
            Staging staging = store.begin("azure", "x");
            staging.files(export(good("one.csv"), broken, good("two.csv")));
            store.commit(staging);
            store.finish(TestStore.facts(), IngestSettings.NONE);
        }
        try (LockedStore locked = LockedStore.open(file, TestStore.limits(folder))) {
            assertThat(locked.select("SELECT count(*), sum(BilledCost)::BIGINT FROM charges")
                            .rows())
                    .containsExactly(List.of(2L, 2L));
            assertThat(locked.select("SELECT scope, problem FROM gaps").rows())
                    .singleElement()
                    .satisfies(gap -> assertThat(gap.toString())
                            .contains("account/exports/" + name, "the part can't be read: it ")
                            .doesNotContain(folder.toString()));
        }
    }

    @Test
    void where_all_are_broken_nothing_was_read() throws Exception {
        Path one = Files.write(folder.resolve("one.csv"), broken("bytes"));
        Path two = Files.write(folder.resolve("two.csv"), broken("page"));
        try (Store store = Store.create(folder.resolve("s.duckdb"), TestStore.limits(folder))) {
            Staging staging = store.begin("azure", "x");
            assertThatThrownBy(() -> staging.files(export(one, two))).isInstanceOf(UserError.class);
            staging.drop();
        }
    }
}
