package io.aiaudit.store;

import io.aiaudit.model.FileSet;
import io.aiaudit.model.LeafCost;
import io.aiaudit.model.Offer;
import io.aiaudit.model.OfferBuilder;
import io.aiaudit.model.Window;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** A store made from a few files in one go, the way a scan makes it. */
final class TestStore implements AutoCloseable {
    static final Window JUNE = Window.parse("2026-06-01/2026-07-01");

    private final LockedStore locked;
    private final StoredScan scan;
    private List<LeafCost> leaves;

    private TestStore(LockedStore locked) {
        this.locked = locked;
        this.scan = new StoredScan(locked);
    }

    static StoreLimits limits(Path folder) {
        try {
            return new StoreLimits(512, 2, Files.createDirectories(folder.resolve("spill")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Without discounts and prices of the user's own. */
    static IngestSettings settings(
            String currency,
            List<ExchangeRate> exchangeRates,
            List<Map.Entry<String, String>> aiTags,
            List<String> aiAccounts) {
        return settings(currency, exchangeRates, Map.of(), List.of(), aiTags, aiAccounts);
    }

    /** Without the positions of the entries. */
    static IngestSettings settings(
            String currency,
            List<ExchangeRate> exchangeRates,
            Map<String, BigDecimal> discounts,
            List<PriceFile> prices,
            List<Map.Entry<String, String>> aiTags,
            List<String> aiAccounts) {
        return new IngestSettings(currency, exchangeRates, discounts, prices, aiTags, aiAccounts, Map.of());
    }

    static ScanFacts facts() {
        return new ScanFacts(
                "test", JUNE, null, List.of("files"), Instant.parse("2026-07-01T08:00:00Z"), false, false, Map.of());
    }

    /** Everything that {@code fill} stages lands, the store is finished and opened again, locked. */
    static TestStore of(Path folder, IngestSettings settings, Consumer<Staging> fill) {
        return of(folder, settings, List.of(fill));
    }

    /** Each slice lands by itself. */
    private static TestStore of(Path folder, IngestSettings settings, List<Consumer<Staging>> slices) {
        Path file = folder.resolve("store-" + System.nanoTime() + ".duckdb");
        StoreLimits limits = limits(folder);
        try (Store store = Store.create(file, limits)) {
            for (Consumer<Staging> slice : slices) {
                Staging staging = store.begin("files", "test");
                try {
                    slice.accept(staging);
                } catch (RuntimeException e) {
                    store.discard(staging);
                    throw e;
                }
                store.commit(staging);
            }
            store.finish(facts(), settings);
        }
        return new TestStore(LockedStore.open(file, limits));
    }

    /** Files that are no parts of one export. */
    static TestStore ofSets(Path folder, List<FileSet> sets) {
        return of(
                folder,
                IngestSettings.NONE,
                sets.stream()
                        .<Consumer<Staging>>map(set -> staging -> staging.files(set))
                        .toList());
    }

    static TestStore ofBills(Path folder, Path... bills) {
        return of(folder, IngestSettings.NONE, staging -> staging.files(set(FileSet.Content.BILLING, bills)));
    }

    static FileSet set(FileSet.Content content, Path... files) {
        return new FileSet(content, "test", List.of(files), Set.of());
    }

    static Path file(Path folder, String name, String... lines) {
        try {
            return Files.write(folder.resolve(name), new ArrayList<>(List.of(lines)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path bytes(Path folder, String name, byte[] contents) {
        try {
            return Files.write(folder.resolve(name), contents);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    LockedStore locked() {
        return locked;
    }

    StoredScan scan() {
        return scan;
    }

    static Offer offer(String type, String onDemand, String spot) {
        return OfferBuilder.builder()
                .provider("azure")
                .region("westeurope")
                .machineType(type)
                .accelerator("A100")
                .acceleratorCount(BigDecimal.ONE)
                .acceleratorMemoryGib(new BigDecimal("80"))
                .vcpus(new BigDecimal("24"))
                .memoryGib(new BigDecimal("220"))
                .onDemand(onDemand == null ? null : new BigDecimal(onDemand))
                .spot(new BigDecimal(spot))
                .currency("USD")
                .asOf(LocalDate.parse("2026-06-30"))
                .build();
    }

    /** The cost of one leaf in June. */
    LeafCost leaf(String id) {
        List<LeafCost> found = leaves().stream()
                .filter(leaf -> leaf.resource().resourceId().equals(id))
                .toList();
        if (found.size() != 1) {
            throw new IllegalStateException(found.size() + " leaves of " + id);
        }
        return found.get(0);
    }

    /** The costs of all leaves in June, which take most of a second. */
    private List<LeafCost> leaves() {
        if (leaves == null) {
            leaves = scan().leafCosts(JUNE);
        }
        return leaves;
    }

    @Override
    public void close() {
        locked.close();
    }
}
