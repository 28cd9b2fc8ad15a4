package io.aiaudit.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CheckedInputStream;

/**
 * A bill as CSV text in two files that are read in a fraction of the time: {@code lines} has a row's number, the number
 * of its text and the columns that differ from row to row; {@code texts} has the whole first record of each text. Made
 * in the one reading that finds a gzip file that is cut off or has a wrong checksum.
 */
record PartedText(SourceFile file, Path lines, Path texts, ReadColumns columns, String fingerprint)
        implements ReadableText {
    /** Nothing where the file is not that plain: {@link CsvText} takes it then. */
    static Optional<PartedText> prepare(SourceFile file, ReadColumns columns, Path spillFolder) {
        if (file.charset().equals(StandardCharsets.UTF_16)
                || columns.differing().isEmpty()) {
            return Optional.empty();
        }
        Fingerprint fingerprint = new Fingerprint();
        Path lines = null;
        Path texts = null;
        boolean parted = false;
        try (InputStream in = new CheckedInputStream(file.unpacked(), fingerprint)) {
            lines = Files.createTempFile(spillFolder, "lines-", ".csv");
            texts = Files.createTempFile(spillFolder, "texts-", ".csv");
            parted = part(in, file, columns, lines, texts);
            return parted
                    ? Optional.of(new PartedText(file, lines, texts, columns, fingerprint.text()))
                    : Optional.empty();
        } catch (IOException e) {
            throw StoreFull.isMeantBy(e) ? new StoreFull(e) : SourceFile.unreadable(file.path(), file.gzip(), e);
        } finally {
            if (!parted) {
                CsvText.delete(lines);
                CsvText.delete(texts);
            }
        }
    }

    private static boolean part(InputStream in, SourceFile file, ReadColumns columns, Path lines, Path texts)
            throws IOException {
        try (OutputStream toLines = Files.newOutputStream(lines);
                OutputStream toTexts = Files.newOutputStream(texts)) {
            return new TextParts(
                            file.delimiter(),
                            file.columns().size(),
                            columns.differing(),
                            columns.repeated(),
                            toLines,
                            toTexts)
                    .part(in);
        }
    }

    @Override
    public String warning() {
        return null;
    }

    @Override
    public Map<Long, Long> lines(Set<Long> records) {
        return CsvText.lines(file, records);
    }

    /** Such a file is not parted. */
    @Override
    public Set<Long> tooLong() {
        return Set.of();
    }

    @Override
    public void remove() {
        CsvText.delete(lines);
        CsvText.delete(texts);
    }
}
