package io.aiaudit.report.pdf;

import io.aiaudit.report.chart.Ink;
import io.aiaudit.report.chart.SvgCanvas;
import io.aiaudit.report.paper.Chart;
import io.aiaudit.report.paper.Figure;
import java.awt.Rectangle;
import org.jfree.chart.JFreeChart;

/** The inks of a chart in the colours of print. */
final class PrintInk {
    /** The width of a chart in its own units, so that its letters are those of the text around it. */
    static final int WIDE = 640;

    private static final float TEXT_WIDTH = 495;

    private PrintInk() {}

    static int rgb(Ink ink) {
        return switch (ink) {
            case TEXT -> 0x565d65;
            case AXIS -> 0x9aa1a9;
            case GRID, OTHER -> 0xd5d9de;
            case CLEAR -> 0xffffff;
            case TOTAL -> 0x8b95a3;
            case OVERLAP -> 0xb9c1cb;
            case COUNTED -> 0x12855f;
            case UNCONFIRMED -> 0xd69019;
            case BLOCKED -> 0xc0463d;
            case ACCEPTED -> 0x6c7a8c;
            case FREED -> 0x7d62c0;
            case SERIES_1 -> 0x2f6db3;
            case SERIES_2 -> 0xe0873a;
            case SERIES_3 -> 0x2b9c8d;
            case SERIES_4 -> 0x8562ad;
            case SERIES_5 -> 0xc45a86;
            case SERIES_6 -> 0x93a33a;
            case SERIES_7 -> 0xa67c52;
            case UNTOLD -> 0xe6e2d5;
        };
    }

    /** A chart as wide as the text. */
    static Figure figure(JFreeChart chart, int unitsHigh, String description) {
        SvgCanvas canvas = SvgCanvas.blank();
        chart.draw(canvas, new Rectangle(WIDE, unitsHigh));
        Chart drawn = new Chart(canvas.drawing(), WIDE, PrintInk::colour);
        return new Figure(unitsHigh * TEXT_WIDTH / WIDE, description, drawn::on);
    }

    /** As red, green and blue; null where nothing is painted. */
    private static Integer colour(String paint) {
        return Ink.of(paint).filter(ink -> ink != Ink.CLEAR).map(PrintInk::rgb).orElse(null);
    }
}
