package io.aiaudit.store;

import io.aiaudit.model.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.CheckedInputStream;

/** A file of JSON lines, read once to its end, which finds a gzip file that is cut off or has a wrong checksum and a line that is too long. */
record JsonText(SourceFile file, String fingerprint) implements ReadableText {
    /** Bytes; an object that is longer is no row of a bill. */
    static final int LONGEST_LINE = 16 << 20;

    static JsonText prepare(SourceFile file) {
        Fingerprint fingerprint = new Fingerprint();
        try (InputStream stream = new CheckedInputStream(file.unpacked(), fingerprint)) {
            byte[] buffer = new byte[1 << 16];
            long line = 1;
            long length = 0;
            for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
                for (int i = 0; i < read; i++) {
                    length = buffer[i] == '\n' ? 0 : length + 1;
                    line += buffer[i] == '\n' ? 1 : 0;
                    if (length >= LONGEST_LINE) {
                        throw tooLong(file, line);
                    }
                }
            }
        } catch (IOException e) {
            throw SourceFile.unreadable(file.path(), file.gzip(), e);
        }
        return new JsonText(file, fingerprint.text());
    }

    private static UserError tooLong(SourceFile file, long line) {
        return new UserError(
                file.name() + ": line " + line + " is longer than 16 MB.",
                "Export it as newline-delimited JSON, one object a line.");
    }

    @Override
    public String warning() {
        return null;
    }

    /** Blank lines are no records. */
    @Override
    public Map<Long, Long> lines(Set<Long> records) {
        Map<Long, Long> lines = new HashMap<>();
        try (InputStream stream = file.unpacked()) {
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
        // nothing was copied
    }
}
