package io.aiaudit.report.chart;

import java.util.List;
import org.jfree.chart.labels.CategoryItemLabelGenerator;
import org.jfree.data.category.CategoryDataset;

/** The labels of the parts of bars, as the bars name them. */
final class PartLabels implements CategoryItemLabelGenerator {
    private final List<Bar> bars;

    PartLabels(List<Bar> bars) {
        this.bars = bars;
    }

    @Override
    public String generateLabel(CategoryDataset dataset, int row, int column) {
        List<Bar.Part> parts = bars.get(column).parts();
        return row < parts.size() ? parts.get(row).label() : null;
    }

    @Override
    public String generateRowLabel(CategoryDataset dataset, int row) {
        return String.valueOf(dataset.getRowKey(row));
    }

    @Override
    public String generateColumnLabel(CategoryDataset dataset, int column) {
        return String.valueOf(dataset.getColumnKey(column));
    }
}
