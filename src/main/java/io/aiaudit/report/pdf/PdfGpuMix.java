package io.aiaudit.report.pdf;

import io.aiaudit.model.GpuMix;
import io.aiaudit.report.chart.Charts;
import io.aiaudit.report.chart.Ink;
import io.aiaudit.report.paper.Block;
import io.aiaudit.report.paper.Cell;
import io.aiaudit.report.paper.Heading;
import io.aiaudit.report.paper.Paragraph;
import io.aiaudit.report.paper.Table;
import io.aiaudit.report.paper.Table.Column;
import io.aiaudit.report.paper.TextStyle;
import io.aiaudit.report.section.ChartCaptions;
import io.aiaudit.report.section.GpuMixView;
import io.aiaudit.report.text.Amounts;
import java.util.ArrayList;
import java.util.List;

/** How the hours of accelerators are bought, now and as proposed, on paper. */
final class PdfGpuMix {
    private static final int CHART_HIGH = 80;

    private PdfGpuMix() {}

    static List<Block> of(PdfChapter chapter) {
        List<GpuMix> mixes = chapter.audit().gpuMix();
        List<Block> blocks = new ArrayList<>();
        blocks.add(Heading.section(GpuMixView.TITLE));
        blocks.add(Paragraph.before(GpuMixView.EXPLAINED + " " + GpuMixView.saving(chapter.audit(), chapter.amounts())
                + " Shares are reserved / spot / on demand, rounded."));
        Table table = new Table(
                Column.text("Accelerator", 0.22f),
                Column.number("Now", 0.24f),
                Column.number("Price per GPU hour", 0.15f),
                Column.number("Proposed", 0.24f),
                Column.number("Price per GPU hour", 0.15f));
        mixes.stream()
                .limit(chapter.rows())
                .forEach(mix -> table.row(
                        Cell.of(chapter.text().of(GpuMixView.family(mix))),
                        Cell.of(GpuMixView.shares(mix.now())),
                        Cell.of(GpuMixView.price(mix.now(), chapter.amounts())),
                        Cell.of(GpuMixView.shares(mix.proposed())),
                        Cell.of(GpuMixView.price(mix.proposed(), chapter.amounts()))));
        if (mixes.size() > chapter.rows()) {
            table.row(Amounts.count(mixes.size() - chapter.rows()) + " more", "", "", "", "");
        }
        blocks.add(table);
        blocks.add(Paragraph.note((GpuMixView.steps(mixes.get(0), chapter.amounts()) + " "
                        + GpuMixView.unused(mixes.get(0), chapter.amounts()))
                .strip()));
        blocks.add(Paragraph.note(GpuMixView.BASIS));
        if (GpuMixView.varies(mixes.get(0))) {
            blocks.add(new Paragraph(GpuMixView.CHART + ":", TextStyle.BODY, 4, true));
            blocks.add(legend().withNext());
            blocks.add(PrintInk.figure(Charts.hours(GpuMixView.bars(mixes.get(0))), CHART_HIGH, GpuMixView.LABEL));
        }
        blocks.add(Paragraph.note(ChartCaptions.hours(mixes.get(0))));
        return blocks;
    }

    /** From the axis upwards. */
    private static Table legend() {
        Table legend =
                new Table(Column.text("Reserved", 0.33f), Column.text("Spot", 0.33f), Column.text("On demand", 0.34f));
        return legend.row(
                Cell.coloured("bottom of each bar", PrintInk.rgb(Ink.SERIES_1)),
                Cell.coloured("middle", PrintInk.rgb(Ink.SERIES_3)),
                Cell.coloured("top", PrintInk.rgb(Ink.SERIES_2)));
    }
}
