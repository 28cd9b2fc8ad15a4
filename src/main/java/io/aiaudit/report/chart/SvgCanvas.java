package io.aiaudit.report.chart;

import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics;
import org.apache.batik.dom.GenericDOMImplementation;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGeneratorContext.GraphicContextDefaults;
import org.apache.batik.svggen.SVGGraphics2D;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Batik's SVG graphics, measuring text by {@link ChartFont}. */
public final class SvgCanvas extends SVGGraphics2D {
    private static final String SVG = "http://www.w3.org/2000/svg";
    private static final int DECIMALS = 2;

    private SvgCanvas(SVGGeneratorContext context) {
        super(context, false);
    }

    private SvgCanvas(SvgCanvas parent) {
        super(parent);
    }

    public static SvgCanvas blank() {
        Document document = GenericDOMImplementation.getDOMImplementation().createDocument(SVG, "svg", null);
        SVGGeneratorContext context = SVGGeneratorContext.createDefault(document);
        context.setPrecision(DECIMALS);
        // A font of Java's own would ask for those of the machine.
        GraphicContextDefaults defaults = new GraphicContextDefaults();
        defaults.setFont(new ChartFont(12));
        context.setGraphicContextDefaults(defaults);
        return new SvgCanvas(context);
    }

    /** What was drawn so far. */
    public Element drawing() {
        return getRoot();
    }

    @Override
    public Graphics create() {
        return new SvgCanvas(this);
    }

    @Override
    public FontMetrics getFontMetrics(Font font) {
        return font instanceof ChartFont chartFont ? chartFont.metrics() : super.getFontMetrics(font);
    }
}
