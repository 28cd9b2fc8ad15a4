package io.aiaudit.report.paper;

import java.awt.geom.AffineTransform;
import java.awt.geom.Point2D;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Draws the shapes of an SVG drawing, as Batik writes them, on a sheet. Colours are translated; paints that have none
 * leave no mark.
 */
public final class Chart {
    /** The size in which charts are drawn, in their own units. */
    private static final float TEXT_SIZE = 12;

    private static final Pattern NUMBER = Pattern.compile("-?\\d*\\.?\\d+(?:[eE]-?\\d+)?");
    private static final Pattern STEP = Pattern.compile("([A-Za-z])([^A-Za-z]*)");
    private static final Pattern MOVE = Pattern.compile("(\\w+)\\(([^)]*)\\)");

    private final Element drawing;
    private final float unitsWide;
    private final Function<String, Integer> colours;

    /** {@code colours} gives for a paint of the drawing that of print, null for no mark. */
    public Chart(Element drawing, float unitsWide, Function<String, Integer> colours) {
        this.drawing = drawing;
        this.unitsWide = unitsWide;
        this.colours = colours;
    }

    /** In a box of this width, as high as its own proportions make it. */
    public void on(Sheet sheet, float left, float top, float width) throws IOException {
        float scale = width / unitsWide;
        AffineTransform toSheet = new AffineTransform(scale, 0, 0, scale, left, top);
        children(drawing, toSheet, "#000000", "none", sheet);
    }

    private void children(Element parent, AffineTransform position, String fill, String stroke, Sheet sheet)
            throws IOException {
        String ownFill = or(parent.getAttribute("fill"), fill);
        String ownStroke = or(parent.getAttribute("stroke"), stroke);
        AffineTransform own = new AffineTransform(position);
        own.concatenate(transform(parent.getAttribute("transform")));
        for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element element) {
                element(element, own, ownFill, ownStroke, sheet);
            }
        }
    }

    private void element(Element element, AffineTransform position, String fill, String stroke, Sheet sheet)
            throws IOException {
        AffineTransform own = new AffineTransform(position);
        own.concatenate(transform(element.getAttribute("transform")));
        String ownFill = or(element.getAttribute("fill"), fill);
        String ownStroke = or(element.getAttribute("stroke"), stroke);
        switch (element.getTagName()) {
            case "svg", "g" -> children(element, position, fill, stroke, sheet);
            case "text" -> text(element, own, ownFill, sheet);
            case "rect" -> shape(rectangle(element), own, ownFill, ownStroke, sheet);
            case "line" -> shape(line(element), own, "none", ownStroke, sheet);
            case "path" -> shape(element.getAttribute("d"), own, ownFill, ownStroke, sheet);
            case "polygon" -> shape("M" + element.getAttribute("points") + "Z", own, ownFill, ownStroke, sheet);
            case "polyline" -> shape("M" + element.getAttribute("points"), own, ownFill, ownStroke, sheet);
            // Definitions hold clips, which a plot that keeps inside its axes does not need.
            default -> {}
        }
    }

    private void text(Element element, AffineTransform position, String fill, Sheet sheet) throws IOException {
        Integer colour = colours.apply(fill);
        if (colour != null) {
            Point2D at = position.transform(new Point2D.Float(number(element, "x"), number(element, "y")), null);
            float size = (float) (TEXT_SIZE * position.getScaleY());
            sheet.text(element.getTextContent(), false, size, colour, (float) at.getX(), (float) at.getY());
        }
    }

    private void shape(String path, AffineTransform position, String fill, String stroke, Sheet sheet)
            throws IOException {
        boolean filled = !fill.equals("none");
        Integer colour = colours.apply(filled ? fill : stroke);
        if (colour == null) {
            return;
        }
        PDPageContentStream content = sheet.content();
        if (filled) {
            sheet.fill(colour);
        } else {
            sheet.stroke(colour);
            content.setLineWidth(0.5f);
        }
        if (trace(path, position, content)) {
            if (filled) {
                content.fill();
            } else {
                content.stroke();
            }
        }
    }

    private static boolean trace(String path, AffineTransform position, PDPageContentStream content)
            throws IOException {
        boolean any = false;
        for (MatchResult step : STEP.matcher(path).results().toList()) {
            List<Float> numbers = numbers(step.group(2));
            float[] points = new float[numbers.size()];
            for (int i = 0; i + 1 < numbers.size(); i += 2) {
                Point2D point = position.transform(new Point2D.Float(numbers.get(i), numbers.get(i + 1)), null);
                points[i] = (float) point.getX();
                points[i + 1] = Sheet.HEIGHT - (float) point.getY();
            }
            switch (step.group(1)) {
                case "M", "L" -> {
                    for (int i = 0; i + 1 < points.length; i += 2) {
                        if (step.group(1).equals("M") && i == 0) {
                            content.moveTo(points[i], points[i + 1]);
                        } else {
                            content.lineTo(points[i], points[i + 1]);
                        }
                    }
                    any = true;
                }
                case "C" -> content.curveTo(points[0], points[1], points[2], points[3], points[4], points[5]);
                case "Z", "z" -> content.closePath();
                default -> throw new IllegalStateException("no chart draws " + step.group(1));
            }
        }
        return any;
    }

    private static String rectangle(Element element) {
        float x = number(element, "x");
        float y = number(element, "y");
        float right = x + number(element, "width");
        float bottom = y + number(element, "height");
        return "M" + x + " " + y + "L" + right + " " + y + "L" + right + " " + bottom + "L" + x + " " + bottom + "Z";
    }

    private static String line(Element element) {
        return "M" + number(element, "x1") + " " + number(element, "y1") + "L" + number(element, "x2") + " "
                + number(element, "y2");
    }

    private static AffineTransform transform(String text) {
        AffineTransform all = new AffineTransform();
        for (MatchResult move : MOVE.matcher(text).results().toList()) {
            List<Float> n = numbers(move.group(2));
            all.concatenate(
                    switch (move.group(1)) {
                        case "translate" -> AffineTransform.getTranslateInstance(n.get(0), n.size() > 1 ? n.get(1) : 0);
                        case "scale" -> AffineTransform.getScaleInstance(n.get(0), n.get(n.size() - 1));
                        case "rotate" -> AffineTransform.getRotateInstance(Math.toRadians(n.get(0)));
                        case "matrix" ->
                            new AffineTransform(n.get(0), n.get(1), n.get(2), n.get(3), n.get(4), n.get(5));
                        default -> throw new IllegalStateException("no chart is moved by " + move.group(1));
                    });
        }
        return all;
    }

    private static List<Float> numbers(String text) {
        List<Float> numbers = new ArrayList<>();
        NUMBER.matcher(text).results().forEach(number -> numbers.add(Float.valueOf(number.group())));
        return numbers;
    }

    private static float number(Element element, String attribute) {
        String text = element.getAttribute(attribute);
        return text.isEmpty() ? 0 : Float.parseFloat(text);
    }

    private static String or(String own, String inherited) {
        return own.isEmpty() ? inherited : own;
    }
}
