package io.aiaudit.report;

import io.aiaudit.model.Audit;
import io.aiaudit.report.paper.Block;
import io.aiaudit.report.paper.Book;
import io.aiaudit.report.paper.Imprint;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The report for a client: at most twelve pages of A4 and an appendix, with bookmarks and tags for screen readers. */
final class PdfReporter implements Reporter {
    /** Pages before the appendix. */
    static final int MOST_PAGES = 12;

    /** How much the tables of the body list, and how long a text from a cloud may be, until the body fits. */
    private static final List<Limit> LIMITS =
            List.of(new Limit(10, 300), new Limit(8, 200), new Limit(6, 120), new Limit(4, 80), new Limit(2, 60));

    /** A text from a cloud in the appendix. */
    private static final int LONGEST = 2_000;

    /** Two lines in the head of a page. */
    private static final int LONGEST_CLIENT = 120;

    private final String client;
    private final Audit baseline;

    /** Of a company whose name is not known. */
    PdfReporter() {
        this("", null);
    }

    private PdfReporter(String client, Audit baseline) {
        this.client = client;
        this.baseline = baseline;
    }

    @Override
    public Reporter forClient(String name) {
        return new PdfReporter(name, baseline);
    }

    @Override
    public Reporter since(Audit earlier) {
        return new PdfReporter(client, earlier);
    }

    private record Limit(int rows, int longest) {}

    @Override
    public String format() {
        return "pdf";
    }

    @Override
    public List<Reporter> beside() {
        return List.of(new CommandScript());
    }

    @Override
    public void write(Audit audit, OutputStream out) throws IOException {
        try (Book book = new Book(imprint(audit, client()))) {
            OutputStream buffered = new BufferedOutputStream(out);
            book.write(parts(audit, book), buffered);
            buffered.flush();
        }
    }

    private String client() {
        return new PrintText(new Amounts(null), LONGEST_CLIENT).of(client);
    }

    private static Imprint imprint(Audit audit, String client) {
        String day =
                audit.scannedAt() == null ? "" : Times.minute(audit.scannedAt()).substring(0, "2026-06-30".length());
        boolean known = !client.equals(Amounts.UNKNOWN);
        return new Imprint(
                (known ? client + ": " : "") + PdfCover.TITLE + ", " + Times.window(audit.window()),
                "aiaudit " + audit.tool().version(),
                (known ? client + " · " : "") + PdfCover.TITLE + (audit.demo() ? " · demo data" : ""),
                day,
                Times.window(audit.window()) + " · amounts in " + Findings.orUnknown(audit.currency()),
                audit.scannedAt());
    }

    private List<List<Block>> parts(Audit audit, Book book) {
        List<Block> appendix = appendix(PdfChapter.of(audit, Integer.MAX_VALUE, LONGEST));
        List<Block> body = List.of();
        for (Limit limit : LIMITS) {
            body = body(PdfChapter.of(audit, limit.rows(), limit.longest()), appendix);
            if (book.pages(body) <= MOST_PAGES) {
                break;
            }
        }
        return List.of(body, appendix);
    }

    private List<Block> body(PdfChapter chapter, List<Block> appendix) {
        List<Block> chapters = chapters(
                chapter,
                PdfSummary::of,
                PdfSpend::of,
                PdfRoadmap::of,
                PdfLargest::of,
                PdfDecisions::of,
                PdfComparison.with(baseline),
                PdfUnits::of,
                PdfCoverage::of,
                PdfMethod::of);
        List<Block> body = new ArrayList<>(PdfCover.of(
                chapter,
                client(),
                Stream.concat(chapters.stream(), appendix.stream()).toList()));
        body.addAll(chapters);
        return body;
    }

    private static List<Block> appendix(PdfChapter chapter) {
        return chapters(
                chapter,
                PdfCards::of,
                PdfAppendix::rules,
                PdfAppendix::checklist,
                PdfPatterns::of,
                each -> PdfAppendix.glossary());
    }

    private static List<Block> chapters(PdfChapter chapter, PdfChapter.Writer... writers) {
        return Stream.of(writers).flatMap(writer -> writer.of(chapter).stream()).toList();
    }
}
