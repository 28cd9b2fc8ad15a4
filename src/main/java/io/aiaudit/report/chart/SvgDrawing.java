package io.aiaudit.report.chart;

import io.aiaudit.report.text.Markup;
import java.util.List;
import org.jfree.chart.JFreeChart;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Draws a chart and writes it as the smallest SVG that a page can hold: shapes and text with CSS classes for their
 * inks, no ids, no styles, so that several fit on a page and follow its theme.
 */
final class SvgDrawing {
    private static final List<String> GEOMETRY =
            List.of("x", "y", "x1", "y1", "x2", "y2", "width", "height", "d", "points", "cx", "cy", "r");

    private final StringBuilder svg = new StringBuilder();

    private SvgDrawing() {}

    /** The chart in a box of {@code width} x {@code height}, described by {@code label} for those who do not see it. */
    static String of(JFreeChart chart, int width, int height, String cssClass, String label) {
        SvgCanvas canvas = SvgCanvas.blank();
        chart.draw(canvas, new java.awt.Rectangle(width, height));
        SvgDrawing drawing = new SvgDrawing();
        drawing.svg
                .append("<svg class=\"chart ")
                .append(cssClass)
                .append("\" viewBox=\"0 0 ")
                .append(width)
                .append(' ')
                .append(height);
        drawing.svg
                .append("\" role=\"img\" aria-label=\"")
                .append(Markup.escaped(label))
                .append("\">");
        drawing.children(canvas.drawing(), new Style("", "", "", ""));
        return drawing.svg.append("</svg>").toString();
    }

    /** What a group hands down to its shapes. */
    private record Style(String fill, String stroke, String transform, String dashes) {
        Style inside(Element element) {
            String moved = element.getAttribute("transform");
            return new Style(
                    or(element.getAttribute("fill"), fill),
                    or(element.getAttribute("stroke"), stroke),
                    (transform + " " + moved).strip(),
                    or(element.getAttribute("stroke-dasharray"), dashes));
        }

        private static String or(String own, String inherited) {
            return own.isEmpty() ? inherited : own;
        }
    }

    private void children(Element parent, Style inherited) {
        for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element element) {
                write(element, inherited.inside(element));
            }
        }
    }

    private void write(Element element, Style style) {
        switch (element.getTagName()) {
            case "svg", "g" -> children(element, style);
            case "text" -> text(element, style);
            case "rect", "path", "line", "polygon", "polyline", "circle", "ellipse" -> shape(element, style);
            // Definitions hold clips, which a plot that keeps inside its axes does not need.
            default -> {}
        }
    }

    private void shape(Element element, Style style) {
        boolean filled = !style.fill().equals("none");
        Ink ink = Ink.of(filled ? style.fill() : style.stroke()).orElse(Ink.CLEAR);
        if (ink == Ink.CLEAR) {
            return;
        }
        svg.append('<').append(element.getTagName());
        svg.append(" class=\"")
                .append(filled ? "fill-" : "line-")
                .append(ink.css())
                .append('"');
        attributes(element, style);
        svg.append("/>");
    }

    private void text(Element element, Style style) {
        svg.append("<text class=\"fill-")
                .append(Ink.of(style.fill()).orElse(Ink.TEXT).css())
                .append('"');
        attributes(element, style);
        svg.append('>').append(Markup.escaped(element.getTextContent())).append("</text>");
    }

    private void attributes(Element element, Style style) {
        for (String name : GEOMETRY) {
            String value = element.getAttribute(name);
            if (!value.isEmpty()) {
                svg.append(' ')
                        .append(name)
                        .append("=\"")
                        .append(Markup.escaped(value))
                        .append('"');
            }
        }
        if (!style.transform().isEmpty()) {
            svg.append(" transform=\"")
                    .append(Markup.escaped(style.transform()))
                    .append('"');
        }
    }
}
