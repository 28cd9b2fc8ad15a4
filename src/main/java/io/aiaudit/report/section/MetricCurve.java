package io.aiaudit.report.section;

import io.aiaudit.model.Audit.DailyUse;
import io.aiaudit.report.text.MetricNumber;
import io.aiaudit.report.text.PlainNumber;
import io.pebbletemplates.pebble.extension.escaper.SafeString;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A metric over the days of the window, its highest values behind its averages, with the line that the finding was
 * decided by.
 */
final class MetricCurve {
    private static final int HEIGHT = 100;

    /** Room above the highest value. */
    private static final double ROOM = 1.08;

    private static final DateTimeFormatter DAY = DateTimeFormatter.ISO_LOCAL_DATE;

    private final List<Double> average;
    private final List<Double> highest;
    private final MetricNumber number;
    private final Optional<DecisionMark> mark;
    private final double top;

    private MetricCurve(String metric, DailyUse use, Optional<DecisionMark> mark) {
        this.average = use.average().stream().map(MetricNumber::asWritten).toList();
        this.highest = use.highest().stream().map(MetricNumber::asWritten).toList();
        this.number = MetricNumber.of(metric);
        this.mark = mark;
        double measured =
                Math.max(largest(highest), mark.map(DecisionMark::value).orElse(0.0));
        // A share is read against the whole, so that an idle machine stays low.
        this.top = number.ratio() ? Math.max(1, measured) : measured * ROOM;
    }

    /** null when there is no point on any day. */
    static Map<String, Object> of(String metric, DailyUse use, LocalDate firstDay, Optional<DecisionMark> mark) {
        boolean known = use != null
                && use.average() != null
                && use.highest() != null
                && use.average().size() == use.highest().size()
                && use.highest().stream().map(MetricNumber::asWritten).anyMatch(Objects::nonNull);
        if (!known) {
            return null;
        }
        MetricCurve curve = new MetricCurve(metric, use, mark);
        return View.of(
                "metric", MetricNumber.name(metric),
                "flat", largest(curve.highest) <= 0,
                "words", curve.words(firstDay),
                "peak", curve.highest().toLowerCase(Locale.ROOT),
                "line", mark.map(DecisionMark::words).orElse(""),
                "lines", curve.drawing(),
                "top", curve.top <= 0 ? "" : curve.number.text(curve.top / (curve.number.ratio() ? 1 : ROOM)),
                "first", DAY.format(firstDay),
                "last", DAY.format(firstDay.plusDays(curve.average.size() - 1L)));
    }

    private static double largest(List<Double> values) {
        return values.stream()
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(0);
    }

    private String words(LocalDate firstDay) {
        double most = largest(highest);
        long missing = highest.stream().filter(Objects::isNull).count();
        String unknown = missing == 0 ? "" : " No data on " + missing + (missing == 1 ? " day." : " days.");
        if (most <= 0) {
            return "Zero on every day that was measured." + unknown;
        }
        double mean = average.stream()
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .average()
                .orElse(0);
        return highest() + " " + number.text(most) + ", on " + DAY.format(firstDay.plusDays(highest.indexOf(most)))
                + "; average " + number.text(mean) + "." + unknown;
    }

    /** The maximum of a gauge is that of a moment; of what adds up, such as requests, it is that of an hour. */
    private String highest() {
        return number.addsUp() ? "Busiest hour" : "Peak";
    }

    private SafeString drawing() {
        StringBuilder svg = new StringBuilder("<svg viewBox=\"0 0 ")
                .append(average.size())
                .append(" 100\" preserveAspectRatio=\"none\" aria-hidden=\"true\">")
                .append("<path class=\"peak\" d=\"")
                .append(steps(highest))
                .append("\"/><path class=\"mean\" d=\"")
                .append(steps(average))
                .append("\"/>");
        mark.ifPresent(line -> svg.append("<path class=\"mark\" d=\"M0 ")
                .append(height(line.value()))
                .append('h')
                .append(average.size())
                .append("\"/>"));
        return View.markup(svg.append("</svg>").toString());
    }

    /** One step a day; a day without a point is a gap. */
    private String steps(List<Double> values) {
        StringBuilder path = new StringBuilder();
        for (int day = 0; day < values.size(); day++) {
            if (values.get(day) != null) {
                path.append('M')
                        .append(day)
                        .append(" 100V")
                        .append(height(values.get(day)))
                        .append("h1V100z");
            }
        }
        return path.toString();
    }

    /** From the top, to a tenth: finer than a screen shows. */
    private String height(double value) {
        double share = top <= 0 ? 0 : Math.max(0, Math.min(1, value / top));
        return PlainNumber.of(Math.round((1 - share) * HEIGHT * 10) / 10.0);
    }
}
