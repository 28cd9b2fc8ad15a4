package io.aiaudit.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The built-in list prices of machine types, of disks and of model tokens (docs/prices.md), put beside the offers of a
 * live source or a bill: their own offer for a provider, region and machine type wins, and gets the facts of the
 * hardware that it does not name. Machine types are compared without case, since Azure ML writes them in capitals.
 */
final class ReferenceFacts {
    private static final List<String> OFFERS =
            List.of("offers-aws.csv", "offers-azure.csv", "offers-gcp.csv", "offers-volumes.csv");
    private static final List<String> MODELS = List.of("models.csv");

    private static final String OFFER_COLUMNS = """
            {provider: 'VARCHAR', region: 'VARCHAR', machine_type: 'VARCHAR', accelerator: 'VARCHAR', \
            accelerator_count: 'DOUBLE',
             accelerator_memory_gib: 'DOUBLE', vcpus: 'DOUBLE', memory_gib: 'DOUBLE', on_demand: 'DECIMAL(28,12)', \
            spot: 'DECIMAL(28,12)',
             committed_1y: 'DECIMAL(28,12)', committed_3y: 'DECIMAL(28,12)', currency: 'VARCHAR', as_of: 'DATE'}""";
    private static final String MODEL_COLUMNS = """
            {provider: 'VARCHAR', model: 'VARCHAR', tier: 'VARCHAR', input: 'DECIMAL(28,12)', output: \
            'DECIMAL(28,12)', cache_read: 'DECIMAL(28,12)',
             cache_write: 'DECIMAL(28,12)', batch_input: 'DECIMAL(28,12)', batch_output: 'DECIMAL(28,12)', currency: \
            'VARCHAR', as_of: 'DATE'}""";

    private static final String SAME_OFFER = """
            own.provider = built_in.provider AND own.region = built_in.region AND lower(own.machine_type) = \
            lower(built_in.machine_type)""";
    private static final String SAME_MODEL = """
            own.provider = built_in.provider AND lower(own.model) = lower(built_in.model) AND own.tier = \
            built_in.tier""";

    private static final String COMPLETE_OFFERS = """
            UPDATE offers AS own
            SET accelerator = coalesce(own.accelerator, built_in.accelerator),
                accelerator_count = coalesce(own.accelerator_count, built_in.accelerator_count),
                accelerator_memory_gib = coalesce(own.accelerator_memory_gib, built_in.accelerator_memory_gib),
                vcpus = coalesce(own.vcpus, built_in.vcpus),
                memory_gib = coalesce(own.memory_gib, built_in.memory_gib)
            FROM %s AS built_in
            WHERE %s""";
    /** A part is missing in it, or it is that of something else. */
    private static final String UNLIKELY = """
            own.origin = 'price list that was read'
              AND (SELECT own.on_demand < median(built_in.on_demand) / 2
                OR own.on_demand > median(built_in.on_demand) * 3 FROM %s AS built_in
                   WHERE built_in.provider = own.provider AND built_in.currency = own.currency AND \
            lower(built_in.machine_type) = lower(own.machine_type))""";

    private static final String SAY_UNLIKELY = """
            INSERT INTO warnings
            SELECT 'The price list of ' || provider || ' has ' || on_demand::DOUBLE || ' for ' || machine_type || ' in '
              || region
              || ', which is below half or above three times what that costs elsewhere: it is not used.'
            FROM offers AS own WHERE %s ORDER BY ALL""";
    private static final String ADD = """
            INSERT INTO %1$s BY NAME
            SELECT *, 'built-in' AS origin FROM %2$s AS built_in
            WHERE NOT EXISTS (FROM %1$s AS own WHERE %3$s)""";

    private ReferenceFacts() {}

    /**
     * Adds what the files of the build say to the tables {@code offers} and {@code models}.
     *
     * @param execute runs one statement on a connection that may read files
     * @param priceListsWereRead prices of a source are in {@code offers}: those that cannot be right go
     * @param folder private to this scan; DuckDB cannot read inside a jar, so the files are unpacked there for a moment
     */
    static void load(Consumer<String> execute, boolean priceListsWereRead, Path folder) {
        List<Path> unpacked = new ArrayList<>();
        try {
            String offers = source(unpack(OFFERS, folder, unpacked), OFFER_COLUMNS);
            String models = source(unpack(MODELS, folder, unpacked), MODEL_COLUMNS);
            add(execute, priceListsWereRead, offers, models);
            for (Path file : unpacked) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw StoreLimits.unwritable(folder, e);
        }
    }

    /** Takes the built-in prices out of the tables, so that others can be put in before {@link #putBack}. */
    static void setAside(Consumer<String> execute) {
        for (String table : List.of("offers", "models")) {
            execute.accept("CREATE TEMP TABLE built_in_" + table + " AS SELECT * EXCLUDE (origin) FROM " + table);
            execute.accept("DELETE FROM " + table);
        }
    }

    /** Adds them again, beside what is there now. */
    static void putBack(Consumer<String> execute, boolean priceListsWereRead) {
        add(execute, priceListsWereRead, "built_in_offers", "built_in_models");
    }

    private static void add(Consumer<String> execute, boolean priceListsWereRead, String offers, String models) {
        if (priceListsWereRead) {
            String unlikely = UNLIKELY.formatted(offers);
            execute.accept(SAY_UNLIKELY.formatted(unlikely));
            execute.accept("DELETE FROM offers AS own WHERE " + unlikely);
        }
        execute.accept(COMPLETE_OFFERS.formatted(offers, SAME_OFFER));
        execute.accept(ADD.formatted("offers", offers, SAME_OFFER));
        execute.accept(ADD.formatted("models", models, SAME_MODEL));
    }

    private static List<Path> unpack(List<String> names, Path folder, List<Path> unpacked) throws IOException {
        List<Path> files = new ArrayList<>();
        for (String name : names) {
            Path file = Files.createTempFile(folder, "reference-", ".csv");
            unpacked.add(file);
            files.add(file);
            try (InputStream stream = ReferenceFacts.class.getResourceAsStream("reference/" + name)) {
                Files.write(file, stream.readAllBytes());
            }
        }
        return files;
    }

    private static String source(List<Path> files, String columns) {
        String names = files.stream()
                .map(file -> "'" + file.toString().replace("'", "''") + "'")
                .collect(Collectors.joining(", ", "[", "]"));
        return "read_csv(" + names
                + ", header = true, auto_detect = false, delim = ',', quote = '\"', escape = '\"', columns = " + columns
                + ")";
    }
}
