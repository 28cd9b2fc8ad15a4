package io.aiaudit.report.paper;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.PDPageContentStream.AppendMode;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.graphics.image.LosslessFactory;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationLink;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.destination.PDPageXYZDestination;

/**
 * A page of A4 that is being drawn. Distances are points from its top left corner. Everything on it is under a tag, or
 * is decoration.
 */
public final class Sheet implements AutoCloseable {
    static final float WIDTH = PDRectangle.A4.getWidth();
    static final float HEIGHT = PDRectangle.A4.getHeight();

    /** How far below the top of a line its letters are, as a share of its height. */
    private static final float BASELINE = 0.76f;

    private final PDDocument document;
    private final PDPage page;
    private final PDPageContentStream content;
    private final Typefaces faces;
    private final int accent;
    private final COSArray marks = new COSArray();
    private final List<Link> links = new ArrayList<>();

    /** A link on the page and the element that holds it. */
    record Link(COSDictionary annotation, Tag tag) {}

    Sheet(PDDocument document, PDPage page, Typefaces faces, int accent) throws IOException {
        this.page = page;
        this.accent = accent;
        this.document = document;
        this.faces = faces;
        this.content = new PDPageContentStream(document, page, AppendMode.OVERWRITE, true);
    }

    PDPage page() {
        return page;
    }

    PDPageContentStream content() {
        return content;
    }

    /** Of each mark on the page its element. */
    COSArray marks() {
        return marks;
    }

    List<Link> links() {
        return links;
    }

    /** Makes a box lead to {@code target}. */
    void link(Tag tag, Target target, String description, float left, float top, float width, float height)
            throws IOException {
        PDPageXYZDestination destination = new PDPageXYZDestination();
        destination.setPage(target.page());
        destination.setTop((int) (HEIGHT - target.top() + 4));
        PDAnnotationLink annotation = new PDAnnotationLink();
        annotation.setRectangle(new PDRectangle(left, HEIGHT - top - height, width, height));
        annotation.setDestination(destination);
        annotation.setContents(description);
        annotation.setPrinted(true);
        COSArray border = new COSArray();
        border.setFloatArray(new float[] {0, 0, 0});
        annotation.setBorder(border);
        page.getAnnotations().add(annotation);
        tag.holdsObject(page.getCOSObject(), annotation.getCOSObject());
        links.add(new Link(annotation.getCOSObject(), tag));
    }

    void tagged(Tag tag, Drawing drawing) throws IOException {
        int mark = marks.size();
        marks.add((COSBase) tag.element());
        tag.holds(page.getCOSObject(), mark);
        content.beginMarkedContent(COSName.getPDFName(tag.type()), mark);
        drawing.draw();
        content.endMarkedContent();
    }

    /** Decoration, which screen readers leave out. */
    void untagged(Drawing drawing) throws IOException {
        content.beginMarkedContent(COSName.ARTIFACT);
        drawing.draw();
        content.endMarkedContent();
    }

    /** One line of printable text in a line box that begins at {@code top}. */
    void text(String text, TextStyle style, Shade shade, float left, float top) throws IOException {
        text(text, style.bold(), style.size(), shade.rgb(), left, top + style.leading() * BASELINE);
    }

    void text(String text, TextStyle style, float left, float top) throws IOException {
        text(text, style, style.shade(), left, top);
    }

    /** With its letters standing at {@code baseline}. */
    void text(String text, boolean bold, float size, int rgb, float left, float baseline) throws IOException {
        if (text.isEmpty()) {
            return;
        }
        Typeface face = bold ? faces.bold() : faces.regular();
        content.beginText();
        content.setFont(face.font(), size);
        fill(rgb);
        content.newLineAtOffset(left, HEIGHT - baseline);
        content.showText(face.printable(text));
        content.endText();
    }

    float width(String text, TextStyle style) {
        return faces.width(text, style);
    }

    void rectangle(int rgb, float left, float top, float width, float height) throws IOException {
        fill(rgb);
        content.addRect(left, HEIGHT - top - height, width, height);
        content.fill();
    }

    void line(int rgb, float thickness, float left, float top, float right, float bottom) throws IOException {
        stroke(rgb);
        content.setLineWidth(thickness);
        content.moveTo(left, HEIGHT - top);
        content.lineTo(right, HEIGHT - bottom);
        content.stroke();
    }

    /** The colour of rules and bars. */
    int accent() {
        return accent;
    }

    public void picture(BufferedImage picture, float left, float top, float width, float height) throws IOException {
        content.drawImage(
                LosslessFactory.createFromImage(document, picture), left, HEIGHT - top - height, width, height);
    }

    void fill(int rgb) throws IOException {
        content.setNonStrokingColor(part(rgb, 16), part(rgb, 8), part(rgb, 0));
    }

    void stroke(int rgb) throws IOException {
        content.setStrokingColor(part(rgb, 16), part(rgb, 8), part(rgb, 0));
    }

    private static float part(int rgb, int shift) {
        return (rgb >> shift & 0xff) / 255f;
    }

    @Override
    public void close() throws IOException {
        content.close();
    }
}
