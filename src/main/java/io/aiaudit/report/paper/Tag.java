package io.aiaudit.report.paper;

import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSInteger;
import org.apache.pdfbox.cos.COSName;

/** An element of the structure tree, which screen readers follow: a paragraph, a table, a cell. */
public final class Tag {
    private static final COSName STRUCTURE = COSName.getPDFName("StructElem");
    private static final COSName MARKED = COSName.getPDFName("MCR");
    private static final COSName OBJECT = COSName.getPDFName("OBJR");
    private static final COSName ATTRIBUTES = COSName.getPDFName("A");
    private static final COSName MARK = COSName.getPDFName("MCID");
    private static final COSName PAGE = COSName.getPDFName("Pg");

    private final COSDictionary element = new COSDictionary();
    private final COSArray kids = new COSArray();

    /** The root of a tree. */
    Tag(COSDictionary parent, String type) {
        element.setItem(COSName.TYPE, STRUCTURE);
        element.setName(COSName.S, type);
        element.setItem(COSName.P, parent);
        element.setItem(COSName.K, kids);
        element.setDirect(false);
    }

    COSDictionary element() {
        return element;
    }

    String type() {
        return element.getNameAsString(COSName.S);
    }

    Tag child(String type) {
        Tag child = new Tag(element, type);
        kids.add(child.element);
        return child;
    }

    /** What is read instead of the drawing that it holds. */
    Tag described(String text) {
        element.setString(COSName.ALT, text);
        return this;
    }

    /** A cell that heads its {@code Column} or {@code Row}. */
    Tag heads(String what) {
        COSDictionary scope = new COSDictionary();
        scope.setName(COSName.O, "Table");
        scope.setName(COSName.getPDFName("Scope"), what);
        element.setItem(ATTRIBUTES, scope);
        return this;
    }

    /** The position of a figure on its page: left, bottom, right, top. */
    void box(float left, float bottom, float right, float top) {
        COSArray box = new COSArray();
        box.setFloatArray(new float[] {left, bottom, right, top});
        COSDictionary layout = new COSDictionary();
        layout.setName(COSName.O, "Layout");
        layout.setItem(COSName.getPDFName("BBox"), box);
        layout.setName(COSName.getPDFName("Placement"), "Block");
        element.setItem(ATTRIBUTES, layout);
    }

    /** Takes in what is drawn on a page under this mark. */
    void holds(COSDictionary page, int mark) {
        COSDictionary reference = new COSDictionary();
        reference.setItem(COSName.TYPE, MARKED);
        reference.setItem(PAGE, page);
        reference.setItem(MARK, COSInteger.get(mark));
        kids.add(reference);
    }

    /** Takes in a link. */
    void holdsObject(COSDictionary page, COSDictionary object) {
        COSDictionary reference = new COSDictionary();
        reference.setItem(COSName.TYPE, OBJECT);
        reference.setItem(PAGE, page);
        reference.setItem(COSName.OBJ, object);
        kids.add(reference);
    }
}
