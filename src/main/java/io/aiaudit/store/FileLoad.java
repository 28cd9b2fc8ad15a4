package io.aiaudit.store;

import io.aiaudit.model.DidYouMean;
import io.aiaudit.model.FileSet;
import io.aiaudit.model.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CheckedInputStream;

/** Reads the files of one set into the staging tables, inside the transaction of its slice. */
final class FileLoad {
    private final Sql sql;
    private final Sql reader;
    private final Store store;
    private final String source;
    private final String scope;
    private final List<String> claimed;
    private Path current;

    /**
     * Adds to {@code claimed} the checksums of the files that it read, to be given back if the slice does not land.
     *
     * @param reader takes the rows: for bills another connection than that of the other staging tables, since a
     * transaction writes to one database only
     */
    FileLoad(Sql sql, Sql reader, Store store, String source, String scope, List<String> claimed) {
        this.sql = sql;
        this.reader = reader;
        this.store = store;
        this.source = source;
        this.scope = scope;
        this.claimed = claimed;
    }

    /** The file that is read; null = none yet. After a failure it is the one that cannot be read. */
    Path current() {
        return current;
    }

    void read(FileSet files) {
        // Those come last of which the others show what their amounts are.
        List<Path> open = readAll(files, files.files(), files.files().size() > 1);
        readAll(files, open, false);
        switch (files.content()) {
            case USAGE -> reader.script("files/take-usage.sql");
            case INVENTORY -> reader.script("files/take-inventory.sql");
            case BILLING -> BillRows.removeBad(reader);
        }
    }

    /** Those of them that were left for later. */
    private List<Path> readAll(FileSet files, List<Path> paths, boolean mayWait) {
        List<Path> open = new ArrayList<>();
        for (Path path : paths) {
            current = path;
            try {
                if (!readOne(files, path, mayWait)) {
                    open.add(path);
                }
            } catch (UserError e) {
                throw called(files.name(path), path, e);
            }
        }
        return open;
    }

    /** What a reader says of a file, which knows its path alone. */
    private static UserError called(String name, Path path, UserError error) {
        String there = path.toString();
        return name.equals(there)
                ? error
                : new UserError(
                        error.problem().replace(there, name), error.fix().replace(there, name), error);
    }

    private boolean readOne(FileSet files, Path path, boolean mayWait) {
        SourceFile found = FileHeader.read(path).called(files.name(path));
        Dialect dialect = InputFiles.dialect(files.content(), found);
        DialectScript script = DialectScript.read(reader, dialect);
        SourceFile file = script.complete(found);
        ReadColumns columns = ReadColumns.of(file, dialect, script.wanted());
        WrittenForms forms = WrittenForms.of(file, script.wanted(), columns);
        ReadableText text = text(file, columns);
        try {
            String fingerprint = text == null ? fingerprint(path) : text.fingerprint();
            if (claim(fingerprint, file)) {
                store.expect(found.plainBytes());
                if (!load(files, file, dialect, script, columns, forms, text, fingerprint, mayWait)) {
                    store.release(fingerprint);
                    claimed.remove(fingerprint);
                    return false;
                }
            }
            return true;
        } finally {
            if (text != null) {
                text.remove();
            }
        }
    }

    /** Null for a Parquet file. */
    private ReadableText text(SourceFile file, ReadColumns columns) {
        return switch (file.form()) {
            case PARQUET -> null;
            case JSON -> JsonText.prepare(file, store.spillFolder());
            case CSV -> {
                Optional<PartedText> parted = PartedText.prepare(file, columns, store.spillFolder());
                yield parted.isPresent() ? parted.get() : CsvText.prepare(file, store.spillFolder());
            }
        };
    }

    private boolean claim(String fingerprint, SourceFile file) {
        if (store.claim(fingerprint, file.name())) {
            claimed.add(fingerprint);
            return true;
        }
        // Which of the two was first depends on the threads; the sentence does not.
        String names =
                Stream.of(file.name(), store.readerOf(fingerprint)).sorted().collect(Collectors.joining(" and "));
        warn(names + " have the same contents; they were counted once.");
        return false;
    }

    /** False where the file was left for later. */
    private boolean load(
            FileSet files,
            SourceFile file,
            Dialect dialect,
            DialectScript script,
            ReadColumns columns,
            WrittenForms forms,
            ReadableText text,
            String fingerprint,
            boolean mayWait) {
        long fileId = store.nextFileId();
        String rejects = "rejects_" + fileId;
        TypedView view = new TypedView(reader, file, dialect, script, columns, text, fileId, forms);
        Loaded loaded = new Loaded(reader, file, text, fileId, rejects);
        try {
            reader.execute("SET VARIABLE is_open = false");
            view.create(rejects);
            if (mayWait && isOpen()) {
                return false;
            }
            if (text != null && text.warning() != null) {
                warn(text.warning());
            }
            insert(files.content(), file, dialect, script, view, fileId);
            loaded.judge(table(files.content()));
            if (files.content() == FileSet.Content.BILLING
                    && loaded.rejectedRows() > 0
                    && BillRows.hasTokenInBad(reader, fileId)) {
                store.leavesBytes();
            }
        } catch (StoreFull e) {
            throw e;
        } catch (StoreException e) {
            throw new UserError(
                    file.name() + " cannot be read: " + e.getMessage(), "Export it again as plain CSV or Parquet.", e);
        }
        // Of a bill in the transaction of its rows, so that none is there without the other.
        String schema = files.content() == FileSet.Content.BILLING ? "staged" : "work";
        reader.update(
                "INSERT INTO " + schema + ".files VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                fileId,
                source,
                scope,
                files.content().key(),
                files.label(),
                file.name(),
                dialect.name(),
                loaded.rows(),
                loaded.rejectedRows(),
                fingerprint,
                loaded.rows());
        loaded.named().stream()
                .map(Reject::withoutTokens)
                .forEach(reject -> reader.update(
                        "INSERT INTO " + schema + ".rejects VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                        source,
                        scope,
                        reject.file(),
                        reject.record(),
                        reject.line(),
                        reject.column(),
                        reject.value(),
                        reject.problem(),
                        reject.resourceId()));
        if (files.content() == FileSet.Content.BILLING) {
            Set<String> names = new TreeSet<>();
            file.header().forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
            reader.update(
                    "INSERT INTO staged.bill_paths VALUES (?, ?, ?, ?, ?, hash(?), ?, ?)",
                    fileId,
                    files.argument(),
                    file.path().toAbsolutePath().toString(),
                    file.form().name(),
                    files.runs().get(file.path()),
                    String.join(",", names),
                    names.size(),
                    FormRelease.of(dialect.name(), names));
            loaded.byProvider()
                    .forEach(row -> reader.update(
                            "INSERT INTO staged.bill_rows VALUES (?, ?, ?, ?)",
                            file.name(),
                            row.get(0),
                            row.get(1),
                            row.get(2)));
        }
        if (files.content() == FileSet.Content.INVENTORY) {
            misspelt(file);
        }
        files.absentIsZero()
                .forEach(metric -> sql.update("INSERT INTO work.absent_is_zero VALUES (?, lower(?))", fileId, metric));
        return true;
    }

    /** Whether other files of the set may still show what the amounts of this one are; a dialect says so. */
    private boolean isOpen() {
        return Boolean.TRUE.equals(reader.value("SELECT getvariable('is_open')"));
    }

    /** Any other column is kept as an attribute, which is what a misspelt one would become without a word. */
    private void misspelt(SourceFile file) {
        List<String> known = sql.select("SELECT column_name FROM (DESCRIBE work.resources)").rows().stream()
                .map(row -> (String) row.get(0))
                .toList();
        List<String> header = file.header();
        for (String name : header) {
            DidYouMean.closest(name, known)
                    .filter(near -> !known.contains(name.toLowerCase(Locale.ROOT)) && !header.contains(near))
                    .ifPresent(near -> warn(file.name() + ": the column " + Loaded.shortened(name)
                            + " is kept as an attribute; if " + near + " is meant, rename it."));
        }
    }

    static String table(FileSet.Content content) {
        return switch (content) {
            case BILLING -> "charge_lines";
            case INVENTORY -> "work.inventory_rows";
            case USAGE -> "work.usage_rows";
        };
    }

    private void insert(
            FileSet.Content content,
            SourceFile file,
            Dialect dialect,
            DialectScript script,
            TypedView view,
            long fileId) {
        if (content == FileSet.Content.BILLING) {
            if (new BillRows(reader, view, script.select(), dialect.rows().decided(), fileId, file.isShort())
                    .insert()) {
                store.leavesBytes();
            }
        } else {
            reader.update("INSERT INTO " + table(content) + " BY NAME SELECT " + Sql.literal(source) + " AS source, "
                    + Sql.literal(scope) + " AS scope, * FROM (" + script.select() + ")");
        }
    }

    private void warn(String message) {
        sql.update("INSERT INTO work.warnings VALUES (?, ?, ?)", source, scope, message);
    }

    private static String fingerprint(Path path) {
        Fingerprint fingerprint = new Fingerprint();
        try (InputStream stream = new CheckedInputStream(Files.newInputStream(path), fingerprint)) {
            stream.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw SourceFile.unreadable(path, false, e);
        }
        return fingerprint.text();
    }
}
