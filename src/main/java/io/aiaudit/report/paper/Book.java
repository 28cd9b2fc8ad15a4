package io.aiaudit.report.paper;

import java.io.IOException;
import java.io.OutputStream;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.GregorianCalendar;
import java.util.IdentityHashMap;
import java.util.List;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSInteger;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDMetadata;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.destination.PDPageXYZDestination;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDDocumentOutline;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDOutlineItem;
import org.apache.pdfbox.pdmodel.interactive.viewerpreferences.PDViewerPreferences;

/** A document of A4 pages, tagged for screen readers (PDF/UA-1). The same blocks give the same bytes. */
public final class Book implements AutoCloseable {
    private static final float LEFT = 50;
    private static final float TOP = 64;
    private static final float BOTTOM = 58;
    private static final float TEXT_WIDTH = Sheet.WIDTH - 2 * LEFT;
    /** What a page has room for between head and foot. */
    static final float TEXT_HEIGHT = Sheet.HEIGHT - TOP - BOTTOM;

    private final PDDocument document = new PDDocument();
    private final Typefaces faces;
    private final Imprint imprint;

    public Book(Imprint imprint) throws IOException {
        this.imprint = imprint;
        this.faces = Typefaces.load(document);
    }

    /** How many pages a part takes. */
    public int pages(List<Block> part) {
        return lay(part, pieces(part, new Tag(null, "Document"))).size();
    }

    private static List<Layout.Page> lay(List<Block> part, List<List<Piece>> pieces) {
        return new Layout(TEXT_HEIGHT).best(pieces, rooms(part));
    }

    private List<List<Piece>> pieces(List<Block> blocks, Tag root) {
        return blocks.stream()
                .map(block -> block.pieces(faces, LEFT, TEXT_WIDTH, root))
                .toList();
    }

    private static List<Float> rooms(List<Block> blocks) {
        return blocks.stream()
                .map(block -> block instanceof Heading heading ? heading.roomBelow() : 0f)
                .toList();
    }

    /** Draws the parts, each of which begins a page, and writes the document; leaves {@code out} open. */
    public void write(List<List<Block>> parts, OutputStream out) throws IOException {
        COSDictionary tree = new COSDictionary();
        Tag root = new Tag(tree, "Document");
        List<Block> blocks = new ArrayList<>();
        List<List<Piece>> pieces = new ArrayList<>();
        List<Layout.Page> laid = new ArrayList<>();
        for (List<Block> part : parts) {
            List<List<Piece>> own = pieces(part, root);
            blocks.addAll(part);
            pieces.addAll(own);
            laid.addAll(lay(part, own));
        }
        List<Sheet> sheets = new ArrayList<>();
        int accent = imprint.accent() == null ? Shade.ACCENT.rgb() : imprint.accent();
        for (int number = 0; number < laid.size(); number++) {
            PDPage page = new PDPage(PDRectangle.A4);
            document.addPage(page);
            sheets.add(new Sheet(document, page, faces, accent));
        }
        IdentityHashMap<Heading, Target> targets = targets(blocks, pieces, laid, sheets);
        blocks.stream()
                .filter(Contents.class::isInstance)
                .map(Contents.class::cast)
                .forEach(contents -> contents.know(targets));
        for (int number = 0; number < laid.size(); number++) {
            draw(laid.get(number), sheets.get(number), number + 1, laid.size());
        }
        structure(tree, root, sheets);
        outline(blocks, targets);
        describe();
        document.save(out);
    }

    private IdentityHashMap<Heading, Target> targets(
            List<Block> blocks, List<List<Piece>> pieces, List<Layout.Page> laid, List<Sheet> sheets) {
        IdentityHashMap<Piece, Target> byPiece = new IdentityHashMap<>();
        for (int number = 0; number < laid.size(); number++) {
            for (Layout.Placed placed : laid.get(number).placed()) {
                byPiece.put(placed.piece(), new Target(sheets.get(number).page(), number + 1, TOP + placed.top()));
            }
        }
        IdentityHashMap<Heading, Target> targets = new IdentityHashMap<>();
        for (int number = 0; number < blocks.size(); number++) {
            if (blocks.get(number) instanceof Heading heading) {
                targets.put(heading, byPiece.get(pieces.get(number).get(0)));
            }
        }
        return targets;
    }

    private void draw(Layout.Page page, Sheet sheet, int number, int all) throws IOException {
        try (sheet) {
            for (Layout.Placed placed : page.placed()) {
                placed.piece().paint().on(sheet, TOP + placed.top());
            }
            sheet.untagged(() -> {
                TextStyle style = TextStyle.NOTE;
                float right = LEFT + TEXT_WIDTH;
                float foot = Sheet.HEIGHT - BOTTOM + 20;
                String count = "Page " + number + " of " + all;
                List<String> head = faces.wrap(imprint.head(), style, TEXT_WIDTH * 0.8f);
                for (int line = 0; line < head.size(); line++) {
                    sheet.text(head.get(line), style, LEFT, 32 - (head.size() - 1 - line) * style.leading());
                }
                sheet.text(imprint.headRight(), style, right - faces.width(imprint.headRight(), style), 32);
                sheet.line(Shade.LINE.rgb(), 0.5f, LEFT, 48, right, 48);
                sheet.line(Shade.LINE.rgb(), 0.5f, LEFT, foot - 4, right, foot - 4);
                sheet.text(faces.wrap(imprint.foot(), style, TEXT_WIDTH * 0.8f).get(0), style, LEFT, foot);
                sheet.text(count, style, right - faces.width(count, style), foot);
            });
        }
    }

    /** The tree of tags, and for each mark and each link the element that it belongs to. */
    private void structure(COSDictionary tree, Tag root, List<Sheet> sheets) {
        COSArray numbers = new COSArray();
        int key = 0;
        for (Sheet sheet : sheets) {
            sheet.page().setStructParents(key);
            sheet.page().getCOSObject().setName(COSName.getPDFName("Tabs"), "S");
            numbers.add(COSInteger.get(key++));
            numbers.add(sheet.marks());
        }
        for (Sheet sheet : sheets) {
            for (Sheet.Link link : sheet.links()) {
                link.annotation().setInt(COSName.STRUCT_PARENT, key);
                numbers.add(COSInteger.get(key++));
                numbers.add((COSBase) link.tag().element());
            }
        }
        COSDictionary parents = new COSDictionary();
        parents.setItem(COSName.NUMS, numbers);
        tree.setItem(COSName.TYPE, COSName.getPDFName("StructTreeRoot"));
        tree.setItem(COSName.K, root.element());
        tree.setItem(COSName.PARENT_TREE, parents);
        tree.setInt(COSName.PARENT_TREE_NEXT_KEY, key);
        COSDictionary catalog = document.getDocumentCatalog().getCOSObject();
        catalog.setItem(COSName.STRUCT_TREE_ROOT, tree);
        COSDictionary marked = new COSDictionary();
        marked.setBoolean(COSName.getPDFName("Marked"), true);
        catalog.setItem(COSName.getPDFName("MarkInfo"), marked);
        catalog.setString(COSName.LANG, "en");
    }

    private void outline(List<Block> blocks, IdentityHashMap<Heading, Target> targets) {
        PDDocumentOutline outline = new PDDocumentOutline();
        PDOutlineItem chapter = null;
        for (Block block : blocks) {
            if (block instanceof Heading heading) {
                PDOutlineItem item = item(heading, targets.get(heading));
                if (heading.level() == 1 || chapter == null) {
                    outline.addLast(item);
                    chapter = item;
                } else {
                    chapter.addLast(item);
                }
            }
        }
        outline.openNode();
        document.getDocumentCatalog().setDocumentOutline(outline);
    }

    private static PDOutlineItem item(Heading heading, Target target) {
        PDPageXYZDestination destination = new PDPageXYZDestination();
        destination.setPage(target.page());
        destination.setTop((int) (Sheet.HEIGHT - target.top() + 4));
        PDOutlineItem item = new PDOutlineItem();
        item.setTitle(heading.text());
        item.setDestination(destination);
        return item;
    }

    private void describe() throws IOException {
        PDDocumentInformation information = document.getDocumentInformation();
        information.setTitle(imprint.title());
        information.setProducer(imprint.producer());
        if (imprint.made() != null) {
            information.setCreationDate(GregorianCalendar.from(imprint.made().atZone(ZoneOffset.UTC)));
        }
        PDMetadata metadata = new PDMetadata(document);
        metadata.importXMPMetadata(Metadata.of(imprint));
        document.getDocumentCatalog().setMetadata(metadata);
        PDViewerPreferences preferences = new PDViewerPreferences(new COSDictionary());
        preferences.setDisplayDocTitle(true);
        document.getDocumentCatalog().setViewerPreferences(preferences);
        // Else its id is made of the hour of printing.
        document.setDocumentId(imprint.made() == null ? 0L : imprint.made().getEpochSecond());
    }

    @Override
    public void close() throws IOException {
        document.close();
    }
}
