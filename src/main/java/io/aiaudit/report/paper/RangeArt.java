package io.aiaudit.report.paper;

import java.io.IOException;

/**
 * A range from low to high on a line that begins at zero, with what is likely marked on it.
 *
 * @param low as a share of high
 * @param likely as a share of high
 */
public record RangeArt(float low, float likely, String lowLabel, String likelyLabel, String highLabel)
        implements Figure.Art {
    public static final float HEIGHT = 54;
    private static final float BAR = 14;
    private static final float BAR_TOP = 20;

    @Override
    public void on(Sheet sheet, float left, float top, float width) throws IOException {
        float from = left + low * width;
        float mark = left + likely * width;
        sheet.rectangle(Shade.GROUND.rgb(), left, top + BAR_TOP, width, BAR);
        sheet.rectangle(0x7cc4a9, from, top + BAR_TOP, width - low * width, BAR);
        sheet.rectangle(Shade.SAVING.rgb(), Math.min(mark, left + width - 3) - 1, top + BAR_TOP - 4, 4, BAR + 8);
        sheet.text("0", TextStyle.NOTE, left, top + BAR_TOP + BAR + 3);
        float likelyWidth = sheet.width(likelyLabel, TextStyle.STRONG);
        float at = Math.max(left, Math.min(mark - likelyWidth / 2, left + width - likelyWidth));
        sheet.text(likelyLabel, TextStyle.STRONG, at, top);
        float highWidth = sheet.width(highLabel, TextStyle.NOTE);
        float lowWidth = sheet.width(lowLabel, TextStyle.NOTE);
        float highAt = left + width - highWidth;
        float lowAt = Math.max(left + 14, Math.min(from - lowWidth / 2, highAt - lowWidth - 10));
        sheet.text(lowLabel, TextStyle.NOTE, lowAt, top + BAR_TOP + BAR + 3);
        sheet.text(highLabel, TextStyle.NOTE, highAt, top + BAR_TOP + BAR + 3);
    }
}
