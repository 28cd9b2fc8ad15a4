package io.aiaudit.report.table;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.dhatim.fastexcel.Workbook;

/** Writes a workbook without the time at which it was made, so that the same audit gives the same bytes. */
final class SameBook {
    private static final String APPLICATION = "aiaudit";
    private static final String APPLICATION_VERSION = "1.0";
    private static final String PROPERTIES = "docProps/core.xml";
    private static final String CREATED = "(<dcterms:created[^>]*>)[^<]*";

    /** The first time that a zip can hold. */
    static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private SameBook() {}

    /**
     * Writes the sheets that {@code sheets} makes; the properties say that the book was made at {@code created}. Leaves
     * {@code out} open.
     */
    static void write(Instant created, OutputStream out, Consumer<Workbook> sheets) throws IOException {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        Workbook book = new Workbook(whole, APPLICATION, APPLICATION_VERSION);
        sheets.accept(book);
        book.finish();
        pack(whole.toByteArray(), created, out);
    }

    private static void pack(byte[] zip, Instant created, OutputStream out) throws IOException {
        ZipOutputStream packed = new ZipOutputStream(out);
        // Not as a stream: its entries have their sizes only in the directory at the end.
        try (ZipFile from = ZipFile.builder()
                .setSeekableByteChannel(new SeekableInMemoryByteChannel(zip))
                .get()) {
            for (ZipArchiveEntry entry : Collections.list(from.getEntries())) {
                byte[] content = from.getInputStream(entry).readAllBytes();
                if (entry.getName().equals(PROPERTIES)) {
                    content = new String(content, StandardCharsets.UTF_8)
                            .replaceAll(CREATED, "$1" + Matcher.quoteReplacement(String.valueOf(created)))
                            .getBytes(StandardCharsets.UTF_8);
                }
                ZipEntry same = new ZipEntry(entry.getName());
                same.setTimeLocal(NO_TIME);
                packed.putNextEntry(same);
                packed.write(content);
                packed.closeEntry();
            }
        }
        packed.finish();
        packed.flush();
    }
}
