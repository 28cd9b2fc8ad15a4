package io.aiaudit.store;

import io.aiaudit.model.UserError;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a saved scan consists of. A file may come from anybody, so its catalog is compared with that of our own files
 * before anything in it is run: a view, a macro or a column that is computed is SQL of a stranger. It is read in an
 * instance of its own, in which names of the file have no meaning.
 */
public final class SavedCatalog {
    /** The catalog of files that this version writes; its test renews it. */
    static final String KNOWN = "saved-catalog.txt";

    static final String ANOTHER_FILE = "Use a file written by 'aiaudit scan --save FILE.aiaudit' of this version.";

    /**
     * Of tables that are read row by row into memory; metrics, charges and what they are made of stay in the database.
     */
    private static final long MOST_ROWS = 2_000_000;

    private static final long MOST_ROWS_IN_DATABASE = 2_000_000_000L;
    private static final Set<String> IN_DATABASE =
            Set.of("charge_lines", "charge_parts", "charge_texts", "metrics", "partial_hours", "offers", "models");

    /** One of them is enough; another one would be a second opinion on what the scan was. */
    private static final Map<String, Long> EXACTLY = Map.of("scan", 1L);

    private static final Map<String, Long> AT_MOST = Map.of("finished_audit", 1L);

    private SavedCatalog() {}

    /** A thing in a file, such as the table resources. */
    private record Entry(String kind, String name, String definition, Long rows) {
        String key() {
            return kind + " " + name;
        }

        String line() {
            return key() + ": " + definition;
        }

        long countedRows() {
            return rows == null ? 0 : rows;
        }

        private long most() {
            return IN_DATABASE.contains(name) ? MOST_ROWS_IN_DATABASE : AT_MOST.getOrDefault(name, MOST_ROWS);
        }

        boolean isTooLong() {
            return kind.equals("table") && countedRows() > most();
        }

        String tooLong() {
            return "the " + key() + " has " + countedRows() + " rows, more than " + most();
        }
    }

    /**
     * The database would apply a log of changes that lies beside a file, also one of an earlier file of this name; none
     * of our runs leaves one.
     */
    private static void refuseOpenChanges(Path file) {
        Path changes = Path.of(file + ".wal");
        if (Files.exists(changes, LinkOption.NOFOLLOW_LINKS)) {
            throw new UserError(
                    changes + " has changes to " + file.getFileName() + " that another program did not finish.",
                    "If that program has ended, remove " + changes + " and run this again.");
        }
    }

    /**
     * Looks at the catalog of a file, not at its rows.
     *
     * @throws UserError when anything is in it that a scan of this version does not save, or too much of it
     * @throws StoreException when it is no database, or damaged
     */
    public static void check(Path file, StoreLimits limits) {
        refuseOpenChanges(file);
        Map<String, String> known = known();
        List<Entry> entries = entries(file, limits);
        for (Entry entry : entries) {
            if (!known.containsKey(entry.key())) {
                throw new UserError(
                        file + " has the " + entry.kind() + " \"" + entry.name() + "\", which no saved scan has.",
                        ANOTHER_FILE);
            }
            if (!known.get(entry.key()).equals(entry.line())) {
                throw new UserError(
                        file + ": the " + entry.key() + " is not defined as in a scan saved by this version.",
                        ANOTHER_FILE);
            }
            checkRows(file, entry);
        }
        Set<String> present = entries.stream().map(Entry::key).collect(Collectors.toSet());
        known.keySet().stream()
                .filter(key -> !present.contains(key))
                .findFirst()
                .ifPresent(missing -> {
                    throw new UserError(
                            file + " was saved by another version of aiaudit, or is no saved scan: it lacks the "
                                    + missing + ".",
                            ANOTHER_FILE);
                });
    }

    private static void checkRows(Path file, Entry entry) {
        if (!entry.kind().equals("table")) {
            return;
        }
        long rows = entry.countedRows();
        Long exactly = EXACTLY.get(entry.name());
        if (exactly != null && rows != exactly) {
            throw new UserError(
                    file + ": the " + entry.key() + " has " + rows + " rows, expected " + exactly + ".", ANOTHER_FILE);
        }
        if (entry.isTooLong()) {
            throw new UserError(file + ": " + entry.tooLong() + ".", ANOTHER_FILE);
        }
    }

    /** Why a scan of ours cannot be saved: what is in it could not be read again. Empty where it can. */
    public static Optional<String> refusal(Path file, StoreLimits limits) {
        return entries(file, limits).stream()
                .filter(Entry::isTooLong)
                .map(Entry::tooLong)
                .findFirst();
    }

    /** The catalog of a file, one line for each thing in it. */
    static String of(Path file, StoreLimits limits) {
        return entries(file, limits).stream().map(entry -> entry.line() + "\n").collect(Collectors.joining());
    }

    private static List<Entry> entries(Path file, StoreLimits limits) {
        try (Sql sql = Sql.open("", limits.properties(0))) {
            sql.execute("ATTACH " + Sql.database(file) + " AS foreign_scan (TYPE duckdb, READ_ONLY)");
            sql.execute("SET enable_external_access=false");
            return sql.select(Sql.resource("read/saved-catalog.sql")).rows().stream()
                    .map(row ->
                            new Entry((String) row.get(0), (String) row.get(1), (String) row.get(2), (Long) row.get(3)))
                    .toList();
        }
    }

    /** By kind and name. */
    private static Map<String, String> known() {
        return Sql.resource(KNOWN)
                .lines()
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.indexOf(": ")),
                        line -> line,
                        (first, second) -> first,
                        LinkedHashMap::new));
    }
}
