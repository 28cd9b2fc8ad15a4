package io.aiaudit.report.paper;

import java.io.IOException;
import java.util.List;

/**
 * One bar of parts side by side that fill it whole; each part wide enough to see, with its share where there is room
 * for it.
 */
public record BarArt(List<Part> parts) implements Figure.Art {
    public static final float HEIGHT = 30;
    private static final float NARROWEST = 1.5f;

    /** A part of the bar; {@code share} of all of it. */
    public record Part(float share, int rgb, String label) {}

    public BarArt {
        parts = List.copyOf(parts);
    }

    @Override
    public void on(Sheet sheet, float left, float top, float width) throws IOException {
        float sum = 0;
        for (Part part : parts) {
            sum += wide(part, width);
        }
        float x = left;
        for (Part part : parts) {
            float own = wide(part, width) * width / sum;
            sheet.rectangle(part.rgb(), x, top, own, HEIGHT - 4);
            sheet.rectangle(Shade.WHITE.rgb(), x + own - 0.5f, top, 0.5f, HEIGHT - 4);
            if (sheet.width(part.label(), TextStyle.STRONG) + 6 < own) {
                sheet.text(part.label(), TextStyle.STRONG, ink(part.rgb()), x + 4, top + 6.5f);
            }
            x += own;
        }
    }

    private static float wide(Part part, float width) {
        return Math.max(NARROWEST, part.share() * width);
    }

    /** Black on light colours, white on dark ones. */
    private static Shade ink(int rgb) {
        float light = 0.3f * (rgb >> 16 & 0xff) + 0.59f * (rgb >> 8 & 0xff) + 0.11f * (rgb & 0xff);
        return light > 130 ? Shade.TEXT : Shade.WHITE;
    }
}
