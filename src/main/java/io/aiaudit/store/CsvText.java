package io.aiaudit.store;

import io.aiaudit.model.UserError;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.zip.CheckedInputStream;

/**
 * A CSV file made fit for DuckDB: read once to its end, which finds a gzip file that is cut off or has a wrong
 * checksum, and copied as UTF-8 with one kind of line end where it has another form.
 *
 * @param readable the file itself, or the copy
 * @param copied true when {@code readable} is a copy to be deleted
 * @param warning what was unusual, or null
 * @param tooLong records that the copy has in a short form, which is a broken row
 */
record CsvText(
        SourceFile file,
        Path readable,
        boolean copied,
        long records,
        String fingerprint,
        String warning,
        Set<Long> tooLong)
        implements ReadableText {

    static CsvText prepare(SourceFile file, Path spillFolder) {
        CsvText text = withOneForm(file, spillFolder);
        return text.tooLong().isEmpty() ? text : text.shortened(spillFolder);
    }

    private static CsvText withOneForm(SourceFile file, Path spillFolder) {
        Fingerprint fingerprint = new Fingerprint();
        CsvRecords records = new CsvRecords(file.delimiter(), Set.of());
        try (InputStream stream = new CheckedInputStream(file.unpacked(), fingerprint)) {
            records.read(stream);
        } catch (IOException e) {
            throw SourceFile.unreadable(file.path(), file.gzip(), e);
        }
        refuseEndless(file, records);
        if (records.hasTooManyBlankLines()) {
            throw file.mostlyBlank();
        }
        String hash = fingerprint.text();
        if (file.charset().equals(StandardCharsets.UTF_16)) {
            return copy(file, StandardCharsets.UTF_16, spillFolder, hash, null);
        }
        if (records.openQuoteLine() > 0) {
            throw openQuote(file, records.openQuoteLine());
        }
        if (!records.isUtf8()) {
            String warning = file.name() + " is not UTF-8; it was read as Latin-1, so some names may look odd.";
            return copy(file, Charset.forName("windows-1252"), spillFolder, hash, warning);
        }
        if (records.mixedLineEnds() || records.hasBlankLines()) {
            return copy(file, StandardCharsets.UTF_8, spillFolder, hash, null);
        }
        return new CsvText(file, file.path(), false, records.records(), hash, null, records.tooLong());
    }

    /**
     * A copy with a single value instead of each record that is too long: a row that is none, where the rows
     * around it stay what they are.
     */
    private CsvText shortened(Path spillFolder) {
        try {
            Path copy = Files.createTempFile(spillFolder, "copy-", ".csv");
            try (InputStream in = copied ? new BufferedInputStream(Files.newInputStream(readable)) : file.unpacked();
                    OutputStream out = new BufferedOutputStream(Files.newOutputStream(copy))) {
                shorten(in, out);
            }
            remove();
            return new CsvText(file, copy, true, records, fingerprint, warning, tooLong);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private void shorten(InputStream in, OutputStream out) throws IOException {
        CsvRecords walk = new CsvRecords(file.delimiter(), Set.of());
        long shortened = 0;
        int before = 0;
        for (int b = in.read(); b >= 0; b = in.read()) {
            walk.next((byte) b);
            boolean ended = !walk.isInRecord();
            boolean isTooLong = tooLong.contains(walk.records());
            if (ended && isTooLong && before == '\r') {
                out.write(before);
            }
            before = b;
            if (ended || !isTooLong) {
                out.write(b);
            } else if (shortened != walk.records()) {
                shortened = walk.records();
                out.write('x');
            }
        }
    }

    private static RuntimeException unreadable(SourceFile file, IOException e) {
        return StoreFull.isMeantBy(e) ? new StoreFull(e) : SourceFile.unreadable(file.path(), file.gzip(), e);
    }

    private static void refuseEndless(SourceFile file, CsvRecords records) {
        if (records.endlessLine() > 0) {
            if (records.openQuoteLine() > 0) {
                throw openQuote(file, records.openQuoteLine());
            }
            throw new UserError(
                    file.name() + ": the row in line " + records.endlessLine() + " is longer than 64 MB.",
                    "Remove the row, or export the file again.");
        }
    }

    private static UserError openQuote(SourceFile file, long line) {
        return new UserError(
                file.name() + ": the quote (\") that opens in line " + line
                        + " is never closed, so no later row can be read.",
                "Close the quote, or export the file again.");
    }

    private static CsvText copy(
            SourceFile file, Charset charset, Path spillFolder, String fingerprint, String warning) {
        try {
            Path copy = Files.createTempFile(spillFolder, "copy-", ".csv");
            try (Reader reader = new BufferedReader(new InputStreamReader(file.unpacked(), charset));
                    Writer writer = Files.newBufferedWriter(copy, StandardCharsets.UTF_8)) {
                copyLines(file, reader, writer);
            }
            CsvRecords records = new CsvRecords(file.delimiter(), Set.of());
            try (InputStream stream = Files.newInputStream(copy)) {
                records.read(stream);
            }
            refuseEndless(file, records);
            if (records.openQuoteLine() > 0) {
                throw openQuote(file, records.openQuoteLine());
            }
            return new CsvText(file, copy, true, records.records(), fingerprint, warning, records.tooLong());
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** Copies without the carriage return of a line end, without blank lines and without a byte order mark. */
    private static void copyLines(SourceFile file, Reader reader, Writer writer) throws IOException {
        boolean quoted = false;
        boolean lineStart = true;
        long blanks = 0;
        int held = -1;
        for (int c = reader.read(); c >= 0; c = reader.read()) {
            if (c == '\uFEFF' && lineStart && !quoted) {
                continue;
            }
            if (held == '\r' && c != '\n') {
                writer.write('\r');
            }
            held = c == '\r' ? c : -1;
            boolean blank = c == '\n' && lineStart && !quoted;
            blanks += blank ? 1 : 0;
            if (blanks > SourceFile.MOST_BLANK) {
                throw file.mostlyBlank();
            }
            if (c != '\r' && !blank) {
                writer.write(c);
            }
            quoted ^= c == '"';
            lineStart = c == '\n' || (lineStart && c == '\r');
        }
    }

    @Override
    public Map<Long, Long> lines(Set<Long> wanted) {
        return lines(file, wanted);
    }

    /**
     * The lines of the user's own text, not of a copy, where these records start. Empty when it cannot be read that
     * way.
     */
    static Map<Long, Long> lines(SourceFile file, Set<Long> wanted) {
        if (file.charset().equals(StandardCharsets.UTF_16)) {
            return Map.of();
        }
        try (InputStream stream = file.unpacked()) {
            return new CsvRecords(file.delimiter(), wanted).read(stream).lines();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void remove() {
        if (copied) {
            delete(readable);
        }
    }

    /** Nothing for null. */
    static void delete(Path copy) {
        try {
            if (copy != null) {
                Files.deleteIfExists(copy);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
