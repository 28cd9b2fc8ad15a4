package io.aiaudit.scan;

import io.aiaudit.config.Config;
import io.aiaudit.config.ConfigFile;
import io.aiaudit.disk.RunFolder;
import io.aiaudit.model.Audit;
import io.aiaudit.model.Pseudonyms;
import io.aiaudit.model.QueryResult;
import io.aiaudit.model.RuleOutcome;
import io.aiaudit.model.UserError;
import io.aiaudit.rules.TableQuery;
import io.aiaudit.store.LockedStore;
import io.aiaudit.store.RedactedCopy;
import io.aiaudit.store.SavedCatalog;
import io.aiaudit.store.SavedValues;
import io.aiaudit.store.ScanFacts;
import io.aiaudit.store.StoreException;
import io.aiaudit.store.StoreFull;
import io.aiaudit.store.StoreLimits;
import io.aiaudit.store.StoreTimeout;
import io.aiaudit.store.StoredScan;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/** A scan that was kept with {@code --save}; it may come from somebody else, so it is opened read-only and locked. */
public final class SavedScan implements AutoCloseable {
    /** Where a DuckDB file has its mark. */
    private static final int MARK_OFFSET = 8;

    private static final byte[] MARK = "DUCK".getBytes(StandardCharsets.US_ASCII);

    private final Path file;
    private final LockedStore store;
    private final RunFolder scratch;
    private final ScanFacts facts;

    private SavedScan(Path file, LockedStore store, RunFolder scratch, ScanFacts facts) {
        this.file = file;
        this.store = store;
        this.scratch = scratch;
        this.facts = facts;
    }

    /** True for a file that is meant as a saved scan, by its first bytes or by its name. */
    public static boolean isOne(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] start = in.readNBytes(MARK_OFFSET + MARK.length);
            boolean marked =
                    start.length > MARK_OFFSET && Arrays.equals(start, MARK_OFFSET, start.length, MARK, 0, MARK.length);
            return marked || file.toString().endsWith(".aiaudit");
        } catch (IOException e) {
            throw new UserError(file + " cannot be read.", "Check its permissions: ls -l " + file, e);
        }
    }

    /**
     * Opens a saved scan.
     *
     * @throws UserError when the file is none
     */
    public static SavedScan open(Path file, Config.Machine machine) {
        RunFolder scratch = RunFolder.temporary(machine.spillFolder());
        LockedStore store = null;
        try {
            StoreLimits limits = new StoreLimits(
                    machine.memoryMib(), Runtime.getRuntime().availableProcessors(), scratch.folder(Scan.SPILL));
            SavedCatalog.check(file, limits);
            store = LockedStore.openForeign(file, limits);
            SavedValues.check(file, store);
            return new SavedScan(file, store, scratch, new StoredScan(store).facts());
        } catch (RuntimeException e) {
            if (store != null) {
                store.close();
            }
            scratch.close();
            throw e instanceof StoreException failure ? damaged(file, failure) : e;
        }
    }

    private static UserError damaged(Path file, StoreException failure) {
        return new UserError(
                file + " is not a saved scan, or it is damaged: " + reason(file, failure),
                "Use a file written by aiaudit scan --save FILE.aiaudit; if it was copied, copy it again.",
                failure);
    }

    /** The user knows the file by the name that he gave. */
    private static String reason(Path file, StoreException failure) {
        return failure.getMessage().replace(file.toAbsolutePath().toString(), file.toString());
    }

    public boolean demo() {
        return facts.demo();
    }

    /** The policy, ignores and thresholds that the scan was made with. */
    public ConfigFile configuration() {
        return ConfigFile.ofSaved(facts.config());
    }

    /**
     * The audit of a redacted scan, as JSON, which can't be evaluated again: rules and policy go by names. Empty for
     * any other scan.
     *
     * @throws UserError when the scan is marked as redacted and has no audit
     */
    public Optional<String> finishedAudit() {
        StoredScan stored = new StoredScan(store);
        Optional<String> audit = stored.finishedAudit();
        if (audit.isEmpty() && stored.redacted()) {
            throw new UserError(
                    file + " says that it is redacted, but has no audit.",
                    "Use a file written by aiaudit scan --redact --save FILE.aiaudit.");
        }
        return audit;
    }

    /**
     * Writes a copy with the names back in it.
     *
     * @param target must not exist
     */
    public void restore(Pseudonyms names, Path target) {
        RedactedCopy.write(file, target, store.limits(), names, null);
    }

    /**
     * Evaluates it again.
     *
     * @param outcomes is shown what became of each rule
     */
    public Audit evaluate(Scan scan, Config config, Consumer<RuleOutcome> outcomes) {
        try {
            return scan.evaluate(store, config, outcomes);
        } catch (StoreTimeout | StoreFull e) {
            throw ScanFailed.of(e, config);
        } catch (StoreException e) {
            throw damaged(file, e);
        }
    }

    /** Runs a query of the user, see {@link TableQuery#run}. */
    public QueryResult query(String sql, int rows, Duration limit) {
        return TableQuery.run(store, file, sql, rows, limit);
    }

    /** The tables that a query may read. */
    public QueryResult tables() {
        return TableQuery.tables(store);
    }

    @Override
    public void close() {
        store.close();
        scratch.close();
    }
}
