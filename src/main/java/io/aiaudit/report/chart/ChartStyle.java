package io.aiaudit.report.chart;

import io.aiaudit.report.text.Amounts;
import java.awt.BasicStroke;
import java.math.BigDecimal;
import java.text.FieldPosition;
import java.text.NumberFormat;
import java.text.ParsePosition;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.Axis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.Plot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.category.BarRenderer;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.chart.ui.RectangleInsets;

/** The look that all charts share: no frame, no background, thin lines that stay behind the data. */
final class ChartStyle {
    static final int TEXT_SIZE = 12;
    private static final BasicStroke HAIRLINE = new BasicStroke(1);

    private ChartStyle() {}

    static JFreeChart frameless(Plot plot) {
        plot.setBackgroundPaint(null);
        plot.setOutlineVisible(false);
        plot.setInsets(new RectangleInsets(4, 2, 2, 8));
        JFreeChart chart = new JFreeChart(null, new ChartFont(TEXT_SIZE), plot, false);
        chart.setBackgroundPaint(null);
        chart.setBorderVisible(false);
        chart.setPadding(RectangleInsets.ZERO_INSETS);
        return chart;
    }

    static void calm(CategoryPlot plot) {
        plot.setRangeGridlinePaint(Ink.GRID.colour());
        plot.setRangeGridlineStroke(HAIRLINE);
        plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
        calm(plot.getDomainAxis());
        calm(plot.getRangeAxis());
    }

    static void calm(XYPlot plot) {
        plot.setRangeGridlinePaint(Ink.GRID.colour());
        plot.setRangeGridlineStroke(HAIRLINE);
        plot.setDomainGridlinesVisible(false);
        plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
        calm(plot.getDomainAxis());
        calm(plot.getRangeAxis());
    }

    static void calm(BarRenderer renderer) {
        renderer.setBarPainter(new StandardBarPainter());
        renderer.setShadowVisible(false);
        renderer.setDrawBarOutline(false);
        renderer.setItemMargin(0);
    }

    private static void calm(Axis axis) {
        axis.setLabel(null);
        axis.setTickLabelFont(new ChartFont(TEXT_SIZE));
        axis.setTickLabelPaint(Ink.TEXT.colour());
        axis.setAxisLinePaint(Ink.AXIS.colour());
        axis.setAxisLineVisible(!(axis instanceof NumberAxis));
        axis.setTickMarkPaint(Ink.AXIS.colour());
        axis.setTickMarksVisible(false);
    }

    /** Whole amounts with their currency, for the ticks of an axis. */
    static NumberFormat ticks(Amounts amounts) {
        return new NumberFormat() {
            private static final long serialVersionUID = 1L;

            @Override
            public StringBuffer format(double number, StringBuffer out, FieldPosition position) {
                return out.append(amounts.whole(BigDecimal.valueOf(number)));
            }

            @Override
            public StringBuffer format(long number, StringBuffer out, FieldPosition position) {
                return out.append(amounts.whole(BigDecimal.valueOf(number)));
            }

            @Override
            public Number parse(String text, ParsePosition position) {
                throw new UnsupportedOperationException("ticks are only written");
            }
        };
    }
}
