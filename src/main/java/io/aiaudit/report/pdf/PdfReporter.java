package io.aiaudit.report.pdf;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Brand;
import io.aiaudit.report.format.Reporter;
import io.aiaudit.report.paper.Block;
import io.aiaudit.report.paper.Book;
import io.aiaudit.report.paper.Heading;
import io.aiaudit.report.paper.Imprint;
import io.aiaudit.report.paper.Paragraph;
import io.aiaudit.report.section.Findings;
import io.aiaudit.report.section.PrintText;
import io.aiaudit.report.text.Amounts;
import io.aiaudit.report.text.Times;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The report for a client: at most twelve pages of A4 and an appendix, with bookmarks and tags for screen readers. */
public final class PdfReporter implements Reporter {
    /** Pages before the appendix. */
    static final int MOST_PAGES = 12;

    /** Pages of the appendix. */
    static final int MOST_APPENDIX = 40;

    /**
     * How many cards the appendix has, and how long a text from a cloud may be there, until it fits. Its tables have
     * limits of their own, so that only texts longer than any honest one need the last.
     */
    private static final List<Appended> APPENDED = Stream.concat(
                    Stream.of(PdfCards.MOST, 80, 70, 60, 50, 40, 30, 20, 10).map(cards -> new Appended(cards, 2_000)),
                    Stream.of(400, 200).map(longest -> new Appended(10, longest)))
            .toList();

    /**
     * How much the tables of the body list, and how long a text may be, until the body fits. A reader misses a row of
     * a table less than half a sentence, so rows go first: honest sentences are shorter than the first three limits.
     */
    private static final List<Limit> LIMITS = List.of(
            new Limit(12, 400),
            new Limit(10, 400),
            new Limit(8, 400),
            new Limit(6, 400),
            new Limit(5, 300),
            new Limit(4, 200),
            new Limit(3, 120),
            new Limit(2, 60));

    /** Findings in full, before the appendix. */
    private static final int MOST_LARGEST = 10;

    /** Two lines in the head of a page. */
    private static final int LONGEST_CLIENT = 120;

    private final Brand brand;
    private final Audit baseline;

    /** Of a company whose name is not known. */
    public PdfReporter() {
        this(Brand.NONE, null);
    }

    private PdfReporter(Brand brand, Audit baseline) {
        this.brand = brand;
        this.baseline = baseline;
    }

    @Override
    public Reporter branded(Brand given) {
        return new PdfReporter(given, baseline);
    }

    @Override
    public Reporter since(Audit earlier) {
        return new PdfReporter(brand, earlier);
    }

    private record Appended(int cards, int longest) {}

    /**
     * How much the report lists.
     *
     * @param largest findings in full
     * @param decisions beside the signature
     * @param appended how much the appendix has
     */
    private record Limit(int rows, int longest, int largest, int decisions, Appended appended) {
        Limit(int rows, int longest) {
            this(rows, longest, Math.min(MOST_LARGEST, rows), Math.min(PdfDecisions.ROWS, rows), APPENDED.get(0));
        }

        Limit withLargest(int findings) {
            return new Limit(rows, longest, findings, decisions, appended);
        }

        Limit withDecisions(int rowsOfDecisions) {
            return new Limit(rows, longest, largest, rowsOfDecisions, appended);
        }

        Limit with(Appended given) {
            return new Limit(rows, longest, largest, decisions, given);
        }
    }

    @Override
    public String format() {
        return "pdf";
    }

    @Override
    public boolean isBinary() {
        return true;
    }

    @Override
    public List<Reporter> beside() {
        return List.of(new CommandScript());
    }

    @Override
    public void write(Audit audit, OutputStream out) throws IOException {
        try (Book book = new Book(imprint(audit))) {
            OutputStream buffered = new BufferedOutputStream(out);
            book.write(parts(audit, book), buffered);
            buffered.flush();
        }
    }

    /** A line of the brand as the page can print it; a dash where there is none. */
    private static String printed(String line) {
        return new PrintText(new Amounts(null), LONGEST_CLIENT).of(line);
    }

    private Imprint imprint(Audit audit) {
        String client = printed(brand.client());
        String day =
                audit.scannedAt() == null ? "" : Times.minute(audit.scannedAt()).substring(0, "2026-06-30".length());
        boolean known = !client.equals(Amounts.UNKNOWN);
        return new Imprint(
                (known ? client + ": " : "") + PdfCover.TITLE + ", " + Times.window(audit.window()),
                "aiaudit " + audit.tool().version(),
                (known ? client + " · " : "") + PdfCover.TITLE + (audit.demo() ? " · demo data" : ""),
                day,
                (brand.confidentiality().isEmpty() ? Times.window(audit.window()) : printed(brand.confidentiality()))
                        + " · amounts in " + Findings.orUnknown(audit.currency()),
                brand.accent() == null ? null : brand.accent().rgb(),
                audit.scannedAt());
    }

    private List<List<Block>> parts(Audit audit, Book book) {
        Limit limit = LIMITS.get(LIMITS.size() - 1);
        for (Limit each : LIMITS) {
            int pages = pages(audit, each, book);
            if (pages <= MOST_PAGES) {
                limit = filled(audit, each, pages, book);
                break;
            }
        }
        return parts(audit, appended(audit, limit, book));
    }

    /** With as many cards as the pages of the appendix have room for. */
    private Limit appended(Audit audit, Limit limit, Book book) {
        int first = 0;
        int last = APPENDED.size() - 1;
        for (int next = 0; first < last; next = (first + last) / 2) { // what fits most companies, then by halves
            if (book.pages(parts(audit, limit.with(APPENDED.get(next))).get(1)) <= MOST_APPENDIX) {
                last = next;
            } else {
                first = next + 1;
            }
        }
        return limit.with(APPENDED.get(last));
    }

    /** With more decisions, then more findings in full: as many as the pages have room for that it has already. */
    private Limit filled(Audit audit, Limit limit, int pages, Book book) {
        Limit decided = IntStream.range(limit.decisions(), PdfDecisions.ROWS)
                .mapToObj(less -> limit.withDecisions(PdfDecisions.ROWS + limit.decisions() - less))
                .filter(fuller -> pages(audit, fuller, book) <= pages)
                .findFirst()
                .orElse(limit);
        return IntStream.range(limit.largest(), MOST_LARGEST)
                .mapToObj(less -> decided.withLargest(MOST_LARGEST + limit.largest() - less))
                .filter(fuller -> pages(audit, fuller, book) <= pages)
                .findFirst()
                .orElse(decided);
    }

    private int pages(Audit audit, Limit limit, Book book) {
        return book.pages(parts(audit, limit).get(0));
    }

    /** The body and the appendix, to whose headings the contents of the body lead. */
    private List<List<Block>> parts(Audit audit, Limit limit) {
        Map<AppendixPart, PdfChapter.Writer> parts = appendix(audit, limit);
        Appendices appendices = new Appendices(List.copyOf(parts.keySet()));
        List<Block> appendix = chapters(
                PdfChapter.of(audit, Integer.MAX_VALUE, limit.appended().longest(), appendices),
                parts.values().toArray(PdfChapter.Writer[]::new));
        return List.of(
                body(PdfChapter.of(audit, limit.rows(), limit.longest(), appendices), limit, appendix), appendix);
    }

    private List<Block> body(PdfChapter chapter, Limit limit, List<Block> appendix) {
        List<Block> chapters = chapters(
                chapter,
                withText(Brand.Part.SUMMARY, PdfSummary::of),
                PdfSpend::of,
                PdfRoadmap::of,
                withText(Brand.Part.FINDINGS, each -> PdfLargest.of(each, limit.largest())),
                withText(Brand.Part.DECISIONS, each -> PdfDecisions.of(each, limit.decisions())),
                PdfComparison.with(baseline),
                PdfUnits::of,
                PdfCoverage::of,
                withText(Brand.Part.METHOD, PdfMethod::of));
        List<Block> body = new ArrayList<>(PdfCover.of(
                chapter,
                brand,
                Stream.concat(chapters.stream(), appendix.stream()).toList()));
        body.addAll(chapters);
        return body;
    }

    /** A chapter whose heading a text of the author follows. */
    private PdfChapter.Writer withText(Brand.Part part, PdfChapter.Writer writer) {
        return chapter -> {
            List<Block> blocks = new ArrayList<>(writer.of(chapter));
            for (int index = 0; index < blocks.size(); index++) {
                if (blocks.get(index) instanceof Heading) {
                    blocks.addAll(index + 1, texts(part));
                    break;
                }
            }
            return blocks;
        };
    }

    private List<Paragraph> texts(Brand.Part part) {
        return PdfCover.paragraphs(brand.text(part));
    }

    /** The parts that have something to say; the decisions are those that the body does not list. */
    private static Map<AppendixPart, PdfChapter.Writer> appendix(Audit audit, Limit limit) {
        Map<AppendixPart, PdfChapter.Writer> parts = new EnumMap<>(AppendixPart.class);
        if (!audit.findings().isEmpty()) {
            parts.put(
                    AppendixPart.CARDS,
                    chapter -> PdfCards.of(chapter, limit.appended().cards()));
        }
        if (!audit.rules().isEmpty()) {
            parts.put(AppendixPart.RULES, PdfAppendix::rules);
        }
        if (!audit.checklist().isEmpty()) {
            parts.put(AppendixPart.CHECKLIST, PdfAppendix::checklist);
        }
        parts.put(AppendixPart.PATTERNS, PdfPatterns::of);
        parts.put(AppendixPart.GLOSSARY, PdfAppendix::glossary);
        if (PdfDecisions.count(audit) > limit.decisions()) {
            parts.put(AppendixPart.DECISIONS, chapter -> PdfDecisions.smaller(chapter, limit.decisions()));
        }
        return parts;
    }

    private static List<Block> chapters(PdfChapter chapter, PdfChapter.Writer... writers) {
        return Stream.of(writers).flatMap(writer -> writer.of(chapter).stream()).toList();
    }
}
