package io.aiaudit.report;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.regex.Matcher;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Packs a workbook again without the time at which it was made, so that the same audit gives the same bytes. */
final class SameZip {
    private static final String PROPERTIES = "docProps/core.xml";
    private static final String CREATED = "(<dcterms:created[^>]*>)[^<]*";

    /** The first that a zip can say. */
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private SameZip() {}

    /** Writes {@code zip} to {@code out}; its properties say that it was made at {@code created}. */
    static void write(Path zip, Instant created, OutputStream out) throws IOException {
        ZipOutputStream packed = new ZipOutputStream(out);
        // Not as a stream: its entries tell their sizes only in the directory at the end.
        try (ZipFile from = new ZipFile(zip.toFile())) {
            for (ZipEntry entry : from.stream().toList()) {
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
