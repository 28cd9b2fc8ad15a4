package io.aiaudit.store;

import io.aiaudit.model.UserError;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * A file that somebody brought, as far as its first record shows.
 *
 * @param name for messages and all that is kept
 * @param charset of the text, by its first bytes; null in a Parquet file
 * @param delimiter between the values of a CSV file; 0 elsewhere
 * @param columns in their order; the fields of a nested column follow it as columns of their own, as {@code service.id}
 */
record SourceFile(
        Path path, String name, Form form, boolean gzip, Charset charset, char delimiter, List<Column> columns) {
    SourceFile(Path path, Form form, boolean gzip, Charset charset, char delimiter, List<Column> columns) {
        this(path, path.toString(), form, gzip, charset, delimiter, columns);
    }

    /**
     * A column of the file.
     *
     * @param type SQL type in a Parquet file, else VARCHAR
     * @param access SQL expression in a Parquet file, path in a JSON object; not needed in a CSV file
     */
    record Column(String name, String type, String access) {}

    /** Bytes of blank lines in one file; what has more is packed nothing, which takes long to read. */
    static final long MOST_BLANK = 64 << 20;

    /** How much larger plain text is taken to be than the same as gzip or Parquet: assumed. */
    private static final int PACKED = 10;

    private static final int BUFFER = 1 << 16;
    private static final int SHORT_BYTES = 200_000;

    enum Form {
        CSV,
        PARQUET,
        /** One object a line. */
        JSON
    }

    List<String> header() {
        return columns.stream().map(Column::name).toList();
    }

    /**
     * With these columns, too: an object leaves out what it has no value for, so that the first ones do not show all.
     */
    SourceFile including(List<String> names) {
        List<Column> all = new ArrayList<>(columns);
        names.stream().filter(name -> !header().contains(name)).forEach(name -> all.add(JsonHeader.column(name)));
        return new SourceFile(path, name, form, gzip, charset, delimiter, all);
    }

    SourceFile called(String name) {
        return new SourceFile(path, name, form, gzip, charset, delimiter, columns);
    }

    /** Whether it is so short that planning what is done with its rows takes longer than doing it. */
    boolean isShort() {
        try {
            return Files.size(path) <= SHORT_BYTES;
        } catch (IOException e) {
            throw unreadable(path, false, e);
        }
    }

    /** About the bytes that it has, or would have, as plain text. */
    long plainBytes() {
        return path.toFile().length() * (gzip || form == Form.PARQUET ? PACKED : 1);
    }

    InputStream unpacked() throws IOException {
        return unpacked(path, gzip);
    }

    static InputStream unpacked(Path path, boolean gzip) throws IOException {
        InputStream raw = new BufferedInputStream(Files.newInputStream(path), BUFFER);
        return gzip ? new BufferedInputStream(new GZIPInputStream(raw, BUFFER), BUFFER) : raw;
    }

    UserError mostlyBlank() {
        return new UserError(
                name + " has more than 64 MB of blank lines.", "Remove them, or export the file again without them.");
    }

    /** What an I/O failure means to the person who brought the file. */
    static UserError unreadable(Path path, boolean gzip, IOException e) {
        if (gzip) {
            return new UserError(
                    path + " is a broken gzip file: " + e.getMessage() + ".",
                    "Copy or export it again; 'gzip -t " + path + "' checks it.",
                    e);
        }
        return new UserError(path + " cannot be read: " + e.getMessage() + ".", "Check the file and its disk.", e);
    }
}
