package io.aiaudit.report;

import io.aiaudit.model.Audit;
import io.aiaudit.report.format.Reporter;
import io.aiaudit.report.pdf.PdfReporter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDOutlineItem;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;

/**
 * The PDF of an audit as a reader finds it: its text page by page, its bookmarks, how full its pages are, and what
 * veraPDF says.
 */
public final class Printed {
    /** Between the line below the head of a page and the line above its foot, in points from the top. */
    private static final float TOP = 64;

    private static final float BOTTOM = 842 - 58;

    /** A heading, not a sentence that names an appendix. */
    private static final Pattern APPENDIX = Pattern.compile("(?m)^Appendix [A-Z]: ");

    private final byte[] bytes;
    private final List<String> pages;
    private final List<Float> white;
    private final List<String> bookmarks;

    private Printed(byte[] bytes, List<String> pages, List<Float> white, List<String> bookmarks) {
        this.bytes = bytes;
        this.pages = pages;
        this.white = white;
        this.bookmarks = bookmarks;
    }

    public static Printed of(Audit audit) throws IOException {
        return of(new PdfReporter(), audit);
    }

    public static Printed of(Reporter reporter, Audit audit) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        reporter.write(audit, out);
        return of(out.toByteArray());
    }

    public static Printed of(byte[] bytes) throws IOException {
        try (PDDocument document = Loader.loadPDF(bytes)) {
            List<String> pages = new ArrayList<>();
            List<Float> white = new ArrayList<>();
            for (int page = 1; page <= document.getNumberOfPages(); page++) {
                LowestText text = new LowestText();
                text.setStartPage(page);
                text.setEndPage(page);
                pages.add(text.getText(document));
                white.add(1 - (text.lowest - TOP) / (BOTTOM - TOP));
            }
            List<String> bookmarks = new ArrayList<>();
            for (PDOutlineItem item :
                    document.getDocumentCatalog().getDocumentOutline().children()) {
                bookmarks.add(item.getTitle());
            }
            return new Printed(bytes, pages, white, bookmarks);
        }
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    public List<String> pages() {
        return pages;
    }

    /** Of each page the share that is empty below its last line. */
    public List<Float> white() {
        return white;
    }

    /** Those of the first level. */
    public List<String> bookmarks() {
        return bookmarks;
    }

    public String text() {
        return String.join("\n", pages);
    }

    /** The pages before the appendix. */
    public int bodyPages() {
        for (int page = 1; page < pages.size(); page++) {
            if (APPENDIX.matcher(pages.get(page)).find()) {
                return page;
            }
        }
        return pages.size();
    }

    /** What veraPDF finds against PDF/UA-1; empty where it keeps to it. */
    public List<String> against() {
        VeraGreenfieldFoundryProvider.initialise();
        try (PDFAParser parser =
                        Foundries.defaultInstance().createParser(new ByteArrayInputStream(bytes), PDFAFlavour.PDFUA_1);
                PDFAValidator validator = Foundries.defaultInstance().createValidator(PDFAFlavour.PDFUA_1, false)) {
            return validator.validate(parser).getTestAssertions().stream()
                    .map(assertion -> assertion.getRuleId().getClause() + " " + assertion.getMessage())
                    .distinct()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            throw new IllegalStateException("veraPDF cannot read it", e);
        }
    }

    private static final class LowestText extends PDFTextStripper {
        private float lowest;

        @Override
        protected void processTextPosition(TextPosition text) {
            if (text.getYDirAdj() < BOTTOM) {
                lowest = Math.max(lowest, text.getYDirAdj());
            }
            super.processTextPosition(text);
        }
    }
}
