package io.aiaudit.report.chart;

import java.math.BigDecimal;
import java.util.List;

/** One bar of a chart with its parts from the axis outwards. */
public record Bar(String name, List<Part> parts) {
    /** A part in one ink; {@code label} is beside it, null for none. */
    public record Part(BigDecimal amount, Ink ink, String label) {}
}
