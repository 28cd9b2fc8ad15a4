package io.aiaudit.benchmark;

import io.aiaudit.cli.Main;
import io.aiaudit.model.FileSet;
import io.aiaudit.model.Window;
import io.aiaudit.store.IngestSettings;
import io.aiaudit.store.InputFiles;
import io.aiaudit.store.LockedStore;
import io.aiaudit.store.ScanFacts;
import io.aiaudit.store.Staging;
import io.aiaudit.store.Store;
import io.aiaudit.store.StoreLimits;
import io.aiaudit.store.StoredScan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/**
 * One piece of work in a process of its own, which reports at its end what it took: the last line of standard error is
 * "measured", processor seconds and peak MiB.
 */
final class Measured {
    private static final int THREADS = 2;
    private static final int MEMORY_MIB = 1024;

    private Measured() {}

    /**
     * Arguments: {@code bare}, {@code load} or {@code make} with a folder and a file, or {@code aiaudit} with those of
     * the command.
     */
    public static void main(String[] args) throws Exception {
        Runtime.getRuntime().addShutdownHook(new Thread(Measured::report));
        switch (args[0]) {
            case "bare" -> bare(Path.of(args[1]), args[2]);
            case "load" -> load(Path.of(args[1]), args[2]);
            case "sql" -> sql(Path.of(args[1]), Files.readString(Path.of(args[2])));
            default -> Main.main(Arrays.copyOfRange(args, 1, args.length));
        }
    }

    private static void report() {
        long nanos = ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
        System.err.println("measured " + nanos / 1e9 + " " + peakMib());
    }

    private static long peakMib() {
        try {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .map(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What DuckDB itself needs to read the file into a table of a file. */
    private static void bare(Path folder, String file) throws SQLException {
        sql(folder.resolve("bare.duckdb"), "CREATE TABLE bill AS FROM read_parquet('" + file + "')");
    }

    private static void sql(Path database, String script) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("memory_limit", MEMORY_MIB + "MiB");
        properties.setProperty("threads", Integer.toString(THREADS));
        properties.setProperty("preserve_insertion_order", "false");
        properties.setProperty("temp_directory", database.getParent().toString());
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + database, properties);
                Statement statement = connection.createStatement()) {
            statement.execute(script);
        }
    }

    /** The way of a bill through aiaudit up to its totals. */
    private static void load(Path folder, String file) {
        Path database = folder.resolve("store.duckdb");
        StoreLimits limits = new StoreLimits(MEMORY_MIB, THREADS, folder);
        try (Store store = Store.create(database, limits)) {
            Staging staging = store.begin("files", "bill");
            staging.files(InputFiles.find(FileSet.Content.BILLING, file, Set.of()));
            store.commit(staging);
            store.finish(facts(), IngestSettings.NONE);
        }
        try (LockedStore store = LockedStore.open(database, limits)) {
            new StoredScan(store)
                    .bill()
                    .providers()
                    .forEach(bill -> System.out.println(
                            bill.rows() + " " + bill.billedCost().toPlainString()));
        }
    }

    private static ScanFacts facts() {
        return new ScanFacts(
                "benchmark",
                Window.parse("2026-06-01/2026-07-01"),
                null,
                List.of("files"),
                Instant.EPOCH,
                false,
                false,
                Map.of());
    }
}
