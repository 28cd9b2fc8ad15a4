package io.aiaudit.store;

import io.aiaudit.model.UserError;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.CheckedInputStream;

/**
 * A file of JSON lines, read once to its end, which finds a gzip file that is cut off or has a wrong checksum and a
 * line that is too long; and copied as plain UTF-8 where it begins with a byte order mark, which DuckDB takes for a
 * part of the first line.
 *
 * @param readable the file itself, or the copy
 */
record JsonText(SourceFile file, Path readable, String fingerprint) implements ReadableText {
    /** Bytes; an object that is longer is no row of a bill. */
    static final int LONGEST_LINE = 16 << 20;

    private static final byte[] MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    static JsonText prepare(SourceFile file, Path spillFolder) {
        Fingerprint fingerprint = new Fingerprint();
        boolean marked = !file.charset().equals(StandardCharsets.UTF_8);
        try (InputStream stream = new CheckedInputStream(file.unpacked(), fingerprint)) {
            byte[] buffer = new byte[1 << 16];
            long line = 1;
            long length = 0;
            boolean blank = true;
            long blankBytes = 0;
            boolean first = true;
            for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
                marked |= first && read >= MARK.length && Arrays.equals(buffer, 0, MARK.length, MARK, 0, MARK.length);
                first = false;
                for (int i = 0; i < read; i++) {
                    boolean end = buffer[i] == '\n';
                    blank &= buffer[i] >= 0 && buffer[i] <= ' ';
                    blankBytes += blank ? 1 : 0;
                    blank |= end;
                    length = end ? 0 : length + 1;
                    line += end ? 1 : 0;
                    if (length >= LONGEST_LINE) {
                        throw tooLong(file, line);
                    }
                }
                if (blankBytes > SourceFile.MOST_BLANK) {
                    throw file.mostlyBlank();
                }
            }
        } catch (IOException e) {
            throw SourceFile.unreadable(file.path(), file.gzip(), e);
        }
        return new JsonText(file, marked ? copy(file, spillFolder) : file.path(), fingerprint.text());
    }

    private static UserError tooLong(SourceFile file, long line) {
        return new UserError(
                file.name() + ": line " + line + " is longer than 16 MB.",
                "Export it as newline-delimited JSON, one object a line.");
    }

    private static Path copy(SourceFile file, Path spillFolder) {
        try {
            Path copy = Files.createTempFile(spillFolder, "copy-", ".jsonl");
            try (Reader reader = new BufferedReader(new InputStreamReader(file.unpacked(), file.charset()));
                    Writer writer = Files.newBufferedWriter(copy, StandardCharsets.UTF_8)) {
                int first = reader.read();
                if (first != '\uFEFF') {
                    writer.write(first);
                }
                reader.transferTo(writer);
            }
            return copy;
        } catch (IOException e) {
            throw StoreFull.isMeantBy(e) ? new StoreFull(e) : SourceFile.unreadable(file.path(), file.gzip(), e);
        }
    }

    /** True when {@code readable} is a copy to be deleted, and plain text. */
    boolean copied() {
        return !readable.equals(file.path());
    }

    @Override
    public String warning() {
        return null;
    }

    /** Blank lines are no records. */
    @Override
    public Map<Long, Long> lines(Set<Long> records) {
        Map<Long, Long> lines = new HashMap<>();
        try (InputStream stream = SourceFile.unpacked(readable, file.gzip() && !copied())) {
            byte[] buffer = new byte[1 << 16];
            long line = 1;
            long record = 0;
            boolean blank = true;
            for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
                for (int i = 0; i < read; i++) {
                    if (buffer[i] == '\n') {
                        line++;
                        blank = true;
                    } else if (blank && buffer[i] > ' ') {
                        blank = false;
                        record++;
                        if (records.contains(record)) {
                            lines.put(record, line);
                        }
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return lines;
    }

    /** Such a file is refused. */
    @Override
    public Set<Long> tooLong() {
        return Set.of();
    }

    @Override
    public void remove() {
        if (copied()) {
            CsvText.delete(readable);
        }
    }
}
