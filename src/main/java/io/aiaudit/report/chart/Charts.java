package io.aiaudit.report.chart;

import io.aiaudit.report.text.Amounts;
import java.awt.Paint;
import java.math.BigDecimal;
import java.text.DateFormat;
import java.text.SimpleDateFormat;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.AxisLocation;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.CategoryLabelPositions;
import org.jfree.chart.axis.DateAxis;
import org.jfree.chart.axis.DateTickUnit;
import org.jfree.chart.axis.DateTickUnitType;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.labels.ItemLabelAnchor;
import org.jfree.chart.labels.ItemLabelPosition;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.category.StackedBarRenderer;
import org.jfree.chart.renderer.xy.StackedXYBarRenderer;
import org.jfree.chart.renderer.xy.StandardXYBarPainter;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.category.DefaultCategoryDataset;
import org.jfree.data.time.Day;
import org.jfree.data.time.TimeTableXYDataset;

/** The charts of the HTML report, each drawn twice: wide for a desk and paper, narrow for a telephone. */
public final class Charts {
    private static final TimeZone UTC = TimeZone.getTimeZone("UTC");
    private static final int WIDE = 960;
    private static final int NARROW = 380;

    private Charts() {}

    /** Bars in their order; upright where there is room, lying where there is not. */
    public static List<String> columns(List<Bar> bars, String label) {
        return List.of(
                SvgDrawing.of(bars(bars, false), WIDE, 300, "wide", label), lying(bars, NARROW, "narrow", label));
    }

    /** Lying bars, each as thick as the others. */
    public static List<String> rows(List<Bar> bars, String label) {
        return List.of(lying(bars, WIDE, "wide", label), lying(bars, NARROW, "narrow", label));
    }

    /** Stacked columns by day: series in their order, each with its ink and its amounts. */
    public static List<String> days(Map<Ink, Map<LocalDate, BigDecimal>> series, Amounts amounts, String label) {
        return List.of(
                SvgDrawing.of(days(series, amounts, WIDE), WIDE, 300, "wide", label),
                SvgDrawing.of(days(series, amounts, NARROW), NARROW, 260, "narrow", label));
    }

    /** Upright bars, one an hour, with a scale beside them: no bar says its amount. */
    public static List<String> hours(List<Bar> bars, String label) {
        return List.of(
                SvgDrawing.of(hours(bars), WIDE, 180, "wide", label),
                SvgDrawing.of(hours(bars), NARROW, 180, "narrow", label));
    }

    public static JFreeChart hours(List<Bar> bars) {
        JFreeChart chart = bars(bars, false);
        CategoryPlot plot = chart.getCategoryPlot();
        plot.getRangeAxis().setTickLabelsVisible(true);
        plot.setRangeGridlinesVisible(true);
        plot.getDomainAxis().setMaximumCategoryLabelLines(1);
        return chart;
    }

    private static String lying(List<Bar> bars, int width, String cssClass, String label) {
        JFreeChart chart = bars(bars, true);
        return SvgDrawing.of(chart, width, 40 + 34 * bars.size(), cssClass, label);
    }

    public static JFreeChart bars(List<Bar> bars, boolean lying) {
        DefaultCategoryDataset dataset = new DefaultCategoryDataset();
        for (Bar bar : bars) {
            for (int part = 0; part < bar.parts().size(); part++) {
                dataset.addValue(bar.parts().get(part).amount(), part, bar.name());
            }
        }
        CategoryAxis names = new CategoryAxis();
        names.setCategoryMargin(0.3);
        names.setLowerMargin(0.02);
        names.setUpperMargin(0.02);
        names.setMaximumCategoryLabelLines(2);
        names.setMaximumCategoryLabelWidthRatio(lying ? 0.4f : 0.95f);
        names.setCategoryLabelPositions(CategoryLabelPositions.STANDARD);
        NumberAxis axis = new NumberAxis();
        axis.setUpperMargin(lying ? 0.28 : 0.12);
        // Every bar says its amount.
        axis.setTickLabelsVisible(false);
        CategoryPlot plot = new CategoryPlot(dataset, names, axis, new PartRenderer(bars, lying));
        plot.setOrientation(lying ? PlotOrientation.HORIZONTAL : PlotOrientation.VERTICAL);
        plot.setRangeAxisLocation(AxisLocation.BOTTOM_OR_LEFT);
        ChartStyle.calm(plot);
        plot.setRangeGridlinesVisible(false);
        return ChartStyle.frameless(plot);
    }

    public static JFreeChart days(Map<Ink, Map<LocalDate, BigDecimal>> series, Amounts amounts, int width) {
        TimeTableXYDataset dataset = new TimeTableXYDataset(UTC, Locale.ROOT);
        StackedXYBarRenderer renderer = new StackedXYBarRenderer(0.15);
        renderer.setBarPainter(new StandardXYBarPainter());
        renderer.setShadowVisible(false);
        renderer.setDrawBarOutline(false);
        List<Ink> inks = new ArrayList<>(series.keySet());
        for (int i = 0; i < inks.size(); i++) {
            String name = inks.get(i).css();
            series.get(inks.get(i))
                    .forEach((day, amount) -> dataset.add(
                            new Day(day.getDayOfMonth(), day.getMonthValue(), day.getYear()), amount, name, false));
            renderer.setSeriesPaint(i, inks.get(i).colour());
        }
        DateAxis axis = new DateAxis(null, UTC, Locale.ROOT);
        axis.setTickUnit(tick(series, width), false, true);
        axis.setLowerMargin(0.01);
        axis.setUpperMargin(0.01);
        XYPlot plot = new XYPlot(dataset, axis, amountAxis(highest(series), amounts), renderer);
        ChartStyle.calm(plot);
        return ChartStyle.frameless(plot);
    }

    /** Days between two labels, so that each has some 80 units of room. */
    private static DateTickUnit tick(Map<Ink, Map<LocalDate, BigDecimal>> series, int width) {
        long days = series.values().stream()
                .flatMap(amounts -> amounts.keySet().stream())
                .distinct()
                .count();
        int apart = (int) Math.max(1, (days * 80 + width - 1) / width);
        DateFormat format = new SimpleDateFormat("yyyy-MM-dd", Locale.ROOT);
        format.setTimeZone(UTC);
        return new DateTickUnit(DateTickUnitType.DAY, apart <= 2 ? apart : (apart + 6) / 7 * 7, format);
    }

    private static BigDecimal highest(Map<Ink, Map<LocalDate, BigDecimal>> series) {
        Map<LocalDate, BigDecimal> sums = new HashMap<>();
        series.values().forEach(days -> days.forEach((day, amount) -> sums.merge(day, amount, BigDecimal::add)));
        return sums.values().stream().max(Comparator.naturalOrder()).orElse(BigDecimal.ONE);
    }

    private static NumberAxis amountAxis(BigDecimal highest, Amounts amounts) {
        NumberAxis axis = new NumberAxis();
        axis.setNumberFormatOverride(ChartStyle.ticks(amounts));
        axis.setTickUnit(new NumberTickUnit(step(highest).doubleValue()));
        return axis;
    }

    /**
     * A round distance (1, 2 or 5 times a power of ten) with at most five of them up to {@code highest}, and whole
     * amounts on the axis.
     */
    private static BigDecimal step(BigDecimal highest) {
        BigDecimal step = BigDecimal.ONE;
        int[] factors = {2, 5, 10};
        for (int power = 0; step.multiply(BigDecimal.valueOf(5)).compareTo(highest) < 0; power++) {
            step = BigDecimal.valueOf(factors[power % 3]).movePointRight(power / 3);
        }
        return step;
    }

    /** Paints each part with its own ink and writes its label beside it. */
    private static final class PartRenderer extends StackedBarRenderer {
        private static final long serialVersionUID = 1L;
        private final transient List<Bar> bars;

        PartRenderer(List<Bar> bars, boolean lying) {
            this.bars = bars;
            ChartStyle.calm(this);
            setMaximumBarWidth(0.12);
            setItemLabelInsets(new RectangleInsets(5, 5, 5, 5));
            setDefaultItemLabelsVisible(true);
            setDefaultItemLabelFont(new ChartFont(ChartStyle.TEXT_SIZE));
            setDefaultItemLabelPaint(Ink.TEXT.colour());
            setDefaultItemLabelGenerator(new PartLabels(bars));
            setDefaultPositiveItemLabelPosition(
                    lying
                            ? new ItemLabelPosition(ItemLabelAnchor.OUTSIDE3, TextAnchor.CENTER_LEFT)
                            : new ItemLabelPosition(ItemLabelAnchor.OUTSIDE12, TextAnchor.BOTTOM_CENTER));
        }

        @Override
        public Paint getItemPaint(int row, int column) {
            List<Bar.Part> parts = bars.get(column).parts();
            return (row < parts.size() ? parts.get(row).ink() : Ink.CLEAR).colour();
        }
    }
}
