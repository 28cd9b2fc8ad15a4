package io.aiaudit.store;

import io.aiaudit.model.FileSet;
import io.aiaudit.model.Gap;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Tokens;
import io.aiaudit.model.Unmeasured;
import io.aiaudit.model.UserError;
import io.aiaudit.model.Window;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Takes in what collectors and files say and turns it into the normalized model of one file. Slices are staged in a
 * private second database, several at a time;
 * {@link #finish} puts them together. Safe for several threads; each {@link Staging} belongs to one.
 */
public final class Store implements AutoCloseable {
    private final Sql sql;
    private final Path file;
    private final StoreLimits limits;
    private final Map<String, String> filesByFingerprint = new ConcurrentHashMap<>();
    private Path work;
    private long lastFileId;
    private long expectedBytes;
    private volatile boolean isLeavingBytes;
    private boolean isKept = true;

    private Store(Sql sql, Path file, StoreLimits limits) {
        this.sql = sql;
        this.file = file;
        this.limits = limits;
    }

    /**
     * Makes the store in {@code file}, which must not exist, in the storage version that older DuckDB clients read
     * too.
     */
    public static Store create(Path file, StoreLimits limits) {
        if (Files.exists(file)) {
            throw new UserError(file + " exists already.", "Choose another name, or remove that file first.");
        }
        Properties properties = limits.properties(0);
        properties.setProperty("preserve_insertion_order", "false");
        properties.setProperty("storage_compatibility_version", PreparedStore.VERSION);
        PreparedStore.STORE.copy(file, limits.spillFolder());
        Sql sql = Sql.open("", properties);
        try {
            sql.execute("SET TimeZone='UTC'");
            // Under a name of ours: the one that DuckDB takes from the file could be that of the staging tables or a
            // word of SQL.
            attach(sql, file, "store");
            sql.execute("USE store");
            // Nobody reads the staging tables again: closing must not tidy them up first. The store itself is
            // checkpointed.
            sql.execute("PRAGMA disable_checkpoint_on_shutdown");
            return new Store(sql, file, limits);
        } catch (RuntimeException e) {
            sql.close();
            throw e;
        }
    }

    /**
     * Without a log of writes: a file that was not finished is thrown away, and a log could come back after an
     * interrupted run has tidied up.
     */
    static void attach(Sql sql, Path file, String name) {
        sql.execute("ATTACH " + Sql.database(file) + " AS " + name + " (RECOVERY_MODE no_wal_writes)");
    }

    /** Opens a slice: what is put into it is seen by nobody until {@link #commit}. */
    public synchronized Staging begin(String source, String scope) {
        openWork();
        return new Staging(this, sql.another(), source, scope);
    }

    /** The slice lands, whole. */
    public void commit(Staging staging) {
        staging.land();
    }

    /** Nothing of the slice stays. */
    public void discard(Staging staging) {
        staging.drop();
    }

    /** The resources of one kind that landed so far. */
    public synchronized List<Resource> resources(String kind) {
        openWork();
        return sql.select("FROM work.known_resources WHERE kind = ? ORDER BY resource_id", kind)
                .as(Resource.class);
    }

    /** True when a slice of this source that landed had any resource; facts of an account are none. */
    public synchronized boolean hasResourcesOf(String source) {
        openWork();
        return !sql.select("FROM work.resources WHERE source = ? AND kind <> 'account' LIMIT 1", source)
                .rows()
                .isEmpty();
    }

    /** Something that a reader of the report has to know. */
    public synchronized void warning(String message) {
        sql.update("INSERT INTO warnings VALUES (?)", Tokens.hide(message));
    }

    public synchronized void gap(Gap gap) {
        GapRow.insert(sql, "gaps", gap);
    }

    /** Rules that take resources away judge none of which it leaves a sign of work unknown. */
    public synchronized void unmeasured(Unmeasured some) {
        openWork();
        some.metrics()
                .forEach((kind, metrics) -> metrics.forEach(metric -> sql.update(
                        "INSERT INTO work.unmeasured VALUES (?, ?, ?, ?, ?, ?)",
                        some.source(),
                        some.accountId(),
                        some.region(),
                        some.isOfUnlisted(),
                        kind,
                        metric)));
    }

    /** All full days that the committed files of this content cover. */
    public synchronized Optional<Window> covered(FileSet.Content content) {
        return work == null ? Optional.empty() : Coverage.of(sql, content);
    }

    /**
     * Puts together what landed: resources merged, charges classified and laid on leaves, in one currency. The file
     * is complete afterwards; only {@link #close} is
     * left to do.
     *
     * @throws UserError when the bills are in several currencies and the configuration has no rates
     */
    public synchronized void finish(ScanFacts facts, IngestSettings settings) {
        String billed = settings.currency() == null ? facts.currency() : settings.currency();
        boolean nothingLanded = work == null;
        openWork();
        Macros.use(sql);
        String converted = new Completion(sql, settings, facts, limits.spillFolder()).run(billed);
        String currency = nothingLanded ? billed : converted;
        hideTokensInWarnings();
        sql.execute("USE store");
        sql.execute("DETACH work");
        removeWork();
        ScanRow.write(sql, facts, currency);
        SavableValues.keep(sql);
        sql.execute("CHECKPOINT store");
        if (isLeavingBytes && isKept) {
            writeAfresh();
        }
    }

    /** The file is thrown away after this run, so that nobody reads its free blocks. */
    public void isForThisRun() {
        isKept = false;
    }

    /** Something was written to the file that nobody may read there: free blocks keep what they had. */
    void leavesBytes() {
        isLeavingBytes = true;
    }

    /** Only what the tables have now gets into the new file. Rows keep their order, in which some of them are read. */
    private void writeAfresh() {
        Path fresh = file.resolveSibling(file.getFileName() + ".fresh");
        attach(sql, fresh, "fresh");
        sql.execute("SET preserve_insertion_order = true");
        sql.execute("COPY FROM DATABASE store TO fresh");
        sql.execute("USE memory");
        sql.execute("CHECKPOINT fresh");
        sql.execute("DETACH fresh");
        sql.execute("DETACH store");
        try {
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw StoreLimits.unwritable(fresh.toAbsolutePath().getParent(), e);
        }
    }

    /** In Java, since the database takes as long to plan this as for a large query, and there are few. */
    private void hideTokensInWarnings() {
        for (List<Object> row :
                sql.select("SELECT rowid, message FROM warnings").rows()) {
            String message = (String) row.get(1);
            String hidden = Tokens.hide(message);
            if (!Objects.equals(hidden, message)) {
                leavesBytes();
                sql.update("UPDATE warnings SET message = ? WHERE rowid = ?", hidden, row.get(0));
            }
        }
    }

    /** True when no other file with these contents was read; the other one's name is in {@link #readerOf}. */
    boolean claim(String fingerprint, String file) {
        return filesByFingerprint.putIfAbsent(fingerprint, file) == null;
    }

    String readerOf(String fingerprint) {
        return filesByFingerprint.get(fingerprint);
    }

    void release(String fingerprint) {
        filesByFingerprint.remove(fingerprint);
    }

    /** Call it before more is read: {@code bytes} of it, as they would be in a file of plain text. */
    synchronized void expect(long bytes) {
        int before = limits.threadsFor(expectedBytes);
        expectedBytes += bytes;
        if (limits.threadsFor(expectedBytes) != before) {
            sql.execute("SET GLOBAL threads = " + limits.threadsFor(expectedBytes));
        }
    }

    synchronized long nextFileId() {
        return ++lastFileId;
    }

    Path spillFolder() {
        return limits.spillFolder();
    }

    private void openWork() {
        if (work == null) {
            try {
                work = Files.createTempDirectory(limits.spillFolder(), "work-").resolve("work.duckdb");
            } catch (IOException e) {
                throw StoreLimits.unwritable(limits.spillFolder(), e);
            }
            PreparedStore.WORK.copy(work, limits.spillFolder());
            attach(sql, work, "work");
        }
    }

    private void removeWork() {
        try {
            Files.deleteIfExists(work);
            Files.deleteIfExists(work.getParent());
            work = null;
        } catch (IOException e) {
            throw new StoreException("cannot remove " + work, e);
        }
    }

    @Override
    public synchronized void close() {
        sql.close();
        if (work != null) {
            removeWork();
        }
    }
}
