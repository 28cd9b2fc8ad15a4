package io.aiaudit.report.html;

import io.aiaudit.report.section.FindingsView;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * Packs the details of most findings of a large page: a browser takes seconds to read what nobody has opened. The
 * script of the page unpacks a block when a row of it is opened.
 */
final class PackedDetails {
    /** Details of a block, which are unpacked together. */
    private static final int BLOCK = 100;

    private static final String START = "<noscript><div class=\"detail\">";
    private static final String END = "</noscript>";

    /** Between the details of a block; every value on the page is escaped, so none of them has it. */
    private static final String SEAM = "<!--next-->";

    /** What follows the findings on the page. */
    private static final String SCRIPT = "<script>";

    private PackedDetails() {}

    /** The page itself when no script of ours follows the findings, which templates of a user may leave out or move. */
    static String in(String page) {
        int script = page.lastIndexOf(SCRIPT);
        StringBuilder packed = new StringBuilder(page.length() / 2);
        List<String> details = new ArrayList<>();
        int from = 0;
        int seen = 0;
        for (int start = page.indexOf(START); start >= 0; start = page.indexOf(START, from)) {
            int end = page.indexOf(END, start);
            if (end < 0 || end > script) {
                return page;
            }
            seen++;
            if (seen > FindingsView.MOST_PLAIN) {
                packed.append(page, from, start).append(mark(details.size()));
                details.add(page.substring(start + "<noscript>".length(), end));
            } else {
                packed.append(page, from, end + END.length());
            }
            from = end + END.length();
        }
        if (details.isEmpty()) {
            return page;
        }
        packed.append(page, from, script);
        for (int first = 0; first < details.size(); first += BLOCK) {
            packed.append("<script type=\"text/plain\" class=\"packed\">")
                    .append(deflated(
                            String.join(SEAM, details.subList(first, Math.min(first + BLOCK, details.size())))))
                    .append("</script>\n");
        }
        return packed.append(page, script, page.length()).toString();
    }

    /** In a row: the number of the block and the position in it. No browser shows a template. */
    private static String mark(int number) {
        return "<template data-packed=\"" + number / BLOCK + "/" + number % BLOCK + "\"></template>";
    }

    private static String deflated(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Deflater raw = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        try (DeflaterOutputStream out = new DeflaterOutputStream(bytes, raw)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("memory is not full", e);
        } finally {
            raw.end();
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }
}
