package io.aiaudit.collect;

import io.aiaudit.disk.FileMode;
import io.aiaudit.disk.NotWritten;
import io.aiaudit.disk.WrittenSet;
import io.aiaudit.model.Offer;
import io.aiaudit.model.OfferBuilder;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;

/**
 * Price lists that were read today, on disk for all scans of this user: they are large and seldom move. A list that
 * cannot be kept or found is requested again, which is no failure.
 */
public final class OfferCache {
    /** A row is an offer in the order of its components, the day that it was read last. */
    private static final int COLUMNS = 14;

    private static final String CACHES = "aiaudit.caches";

    private final Path folder;

    public OfferCache(Path folder) {
        this.folder = folder;
    }

    /**
     * Where this user's programs keep what they can get again. {@code -Daiaudit.caches=FOLDER} names another folder,
     * since a program cannot change its own environment.
     */
    public static OfferCache ofUser() {
        String named = System.getProperty(CACHES);
        Path caches = named == null ? caches(System.getenv(), System.getProperty("user.home")) : Path.of(named);
        return new OfferCache(caches.resolve("aiaudit").resolve("prices"));
    }

    /**
     * XDG_CACHE_HOME, else .cache in HOME, else in the home folder that the system knows: a container or a CI job sets
     * HOME and has no other.
     */
    static Path caches(Map<String, String> environment, String homeOfSystem) {
        String xdg = environment.get("XDG_CACHE_HOME");
        if (isAbsolute(xdg)) {
            return Path.of(xdg);
        }
        String home = environment.get("HOME");
        return Path.of(isAbsolute(home) ? home : homeOfSystem, ".cache");
    }

    private static boolean isAbsolute(String folder) {
        return folder != null && Path.of(folder).isAbsolute();
    }

    /**
     * The name of a list that was read at an address of its own, such as that of a proxy or of a test: its prices are
     * not those of the cloud. Null = the cloud's own address.
     */
    public static String name(String name, String endpoint) {
        return endpoint == null ? name : name + "-" + fingerprint(endpoint);
    }

    private static String fingerprint(String endpoint) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(endpoint.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The list of this name, if it was read on this day; else empty. */
    public List<Offer> find(String name, LocalDate day) {
        List<Offer> offers = new ArrayList<>();
        try (Reader text = Files.newBufferedReader(file(name));
                CSVParser parser = CSVParser.parse(text, CSVFormat.RFC4180)) {
            for (CSVRecord row : parser) {
                offers.add(offer(row));
            }
        } catch (IOException | RuntimeException e) {
            return List.of(); // none, or one of another user
        }
        return offers.stream().allMatch(offer -> day.equals(offer.asOf())) ? List.copyOf(offers) : List.of();
    }

    /** Keeps a list. It is there whole or not at all, whatever other scans do at the same time. */
    public void keep(String name, List<Offer> offers) {
        try (WrittenSet written = WrittenSet.in("the price list", folder, FileMode.PRIVATE)) {
            try (Writer out = Files.newBufferedWriter(
                            written.file(file(name).getFileName().toString()));
                    CSVPrinter csv = new CSVPrinter(out, CSVFormat.RFC4180)) {
                for (Offer offer : offers) {
                    print(csv, offer);
                }
            }
            written.publish();
        } catch (IOException | NotWritten e) {
            return; // requested again next time
        }
    }

    private Path file(String name) {
        return folder.resolve(name + ".csv");
    }

    private static void print(CSVPrinter csv, Offer offer) throws IOException {
        csv.printRecord(
                offer.provider(),
                offer.region(),
                offer.machineType(),
                offer.accelerator(),
                plain(offer.acceleratorCount()),
                plain(offer.acceleratorMemoryGib()),
                plain(offer.vcpus()),
                plain(offer.memoryGib()),
                plain(offer.onDemand()),
                plain(offer.spot()),
                plain(offer.committed1y()),
                plain(offer.committed3y()),
                offer.currency(),
                offer.asOf());
    }

    private static String plain(BigDecimal number) {
        return number == null ? null : number.toPlainString();
    }

    private static Offer offer(CSVRecord row) {
        if (row.size() != COLUMNS) {
            throw new IllegalArgumentException("no list of offers");
        }
        return OfferBuilder.builder()
                .provider(text(row, 0))
                .region(text(row, 1))
                .machineType(text(row, 2))
                .accelerator(text(row, 3))
                .acceleratorCount(number(row, 4))
                .acceleratorMemoryGib(number(row, 5))
                .vcpus(number(row, 6))
                .memoryGib(number(row, 7))
                .onDemand(number(row, 8))
                .spot(number(row, 9))
                .committed1y(number(row, 10))
                .committed3y(number(row, 11))
                .currency(text(row, 12))
                .asOf(LocalDate.parse(row.get(13)))
                .build();
    }

    private static String text(CSVRecord row, int column) {
        return row.get(column).isEmpty() ? null : row.get(column);
    }

    private static BigDecimal number(CSVRecord row, int column) {
        return row.get(column).isEmpty() ? null : new BigDecimal(row.get(column));
    }
}
