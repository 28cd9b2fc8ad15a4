package io.aiaudit.report.chart;

import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics;
import java.awt.font.FontRenderContext;
import java.awt.font.LineMetrics;
import java.awt.font.TextAttribute;
import java.awt.geom.Rectangle2D;
import java.text.AttributedCharacterIterator;
import java.util.Map;

/**
 * Helvetica by its published widths (Adobe font metrics; Arial and Liberation Sans share them), without the fonts of
 * the machine: charts come out the same everywhere, also on a server that has no font at all.
 */
final class ChartFont extends Font {
    private static final long serialVersionUID = 1L;

    /** Thousandths of the size, from space to tilde. */
    private static final int[] WIDTHS = {
        278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556,
        556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667,
        556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556,
        556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722,
        500, 500, 500, 334, 260, 334, 584
    };

    private static final int OTHER_WIDTH = 600;
    private static final float ASCENT = 0.905f;
    private static final float DESCENT = 0.212f;

    ChartFont(int size) {
        super("Helvetica", PLAIN, size);
    }

    @Override
    public String getFamily() {
        return "Helvetica";
    }

    /** The same in another size; nothing else of a font is used here. */
    @Override
    public Font deriveFont(Map<? extends AttributedCharacterIterator.Attribute, ?> attributes) {
        return attributes.get(TextAttribute.SIZE) instanceof Number size ? new ChartFont(size.intValue()) : this;
    }

    @Override
    public LineMetrics getLineMetrics(String text, FontRenderContext context) {
        return new Lines(text.length(), getSize());
    }

    @Override
    public Rectangle2D getStringBounds(String text, FontRenderContext context) {
        return bounds(text);
    }

    FontMetrics metrics() {
        return new Metrics(this);
    }

    private Rectangle2D bounds(String text) {
        return new Rectangle2D.Float(0, -ASCENT * getSize(), width(text), (ASCENT + DESCENT) * getSize());
    }

    private float width(String text) {
        int thousandths = text.codePoints().map(ChartFont::thousandths).sum();
        return thousandths * getSize() / 1000f;
    }

    private static int thousandths(int character) {
        int index = character - ' ';
        return index >= 0 && index < WIDTHS.length ? WIDTHS[index] : OTHER_WIDTH;
    }

    private static final class Metrics extends FontMetrics {
        private static final long serialVersionUID = 1L;
        private final ChartFont chartFont;

        Metrics(ChartFont font) {
            super(font);
            this.chartFont = font;
        }

        @Override
        public int stringWidth(String text) {
            return Math.round(chartFont.width(text));
        }

        @Override
        public int getAscent() {
            return Math.round(ASCENT * chartFont.getSize());
        }

        @Override
        public int getDescent() {
            return Math.round(DESCENT * chartFont.getSize());
        }

        @Override
        public Rectangle2D getStringBounds(String text, Graphics context) {
            return chartFont.bounds(text);
        }

        @Override
        public LineMetrics getLineMetrics(String text, Graphics context) {
            return new Lines(text.length(), chartFont.getSize());
        }
    }

    private static final class Lines extends LineMetrics {
        private final int characters;
        private final int size;

        Lines(int characters, int size) {
            this.characters = characters;
            this.size = size;
        }

        @Override
        public int getNumChars() {
            return characters;
        }

        @Override
        public float getAscent() {
            return ASCENT * size;
        }

        @Override
        public float getDescent() {
            return DESCENT * size;
        }

        @Override
        public float getLeading() {
            return 0;
        }

        @Override
        public float getHeight() {
            return (ASCENT + DESCENT) * size;
        }

        @Override
        public int getBaselineIndex() {
            return Font.ROMAN_BASELINE;
        }

        @Override
        public float[] getBaselineOffsets() {
            return new float[] {0, 0, 0};
        }

        @Override
        public float getStrikethroughOffset() {
            return -ASCENT * size / 3;
        }

        @Override
        public float getStrikethroughThickness() {
            return 1;
        }

        @Override
        public float getUnderlineOffset() {
            return DESCENT * size / 2;
        }

        @Override
        public float getUnderlineThickness() {
            return 1;
        }
    }
}
