package io.aiaudit.report.chart;

import java.awt.Color;
import java.util.Locale;
import java.util.Optional;

/**
 * The inks of a chart. Java paints each with a stand-in colour; {@link SvgDrawing} writes its name as a CSS class
 * instead, so that one drawing is light, dark or printed as the page is.
 */
public enum Ink {
    TEXT(0),
    AXIS(1),
    GRID(2),
    /** Leaves no mark. */
    CLEAR(3),
    TOTAL(4),
    OVERLAP(5),
    COUNTED(6),
    UNCONFIRMED(7),
    BLOCKED(8),
    ACCEPTED(9),
    FREED(10),
    SERIES_1(11),
    SERIES_2(12),
    SERIES_3(13),
    SERIES_4(14),
    SERIES_5(15),
    SERIES_6(16),
    SERIES_7(17),
    OTHER(18),
    UNTOLD(19);

    private static final int RED = 250;

    private final int blue;

    Ink(int blue) {
        this.blue = blue;
    }

    /** Replaces it while Java draws. */
    Color colour() {
        return new Color(RED, 1, blue);
    }

    /** The last part of its CSS class, such as {@code series-1}. */
    public String css() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The ink of a colour as Batik writes it; empty for any other paint. */
    public static Optional<Ink> of(String paint) {
        for (Ink ink : values()) {
            if (paint.equals("rgb(" + RED + ",1," + ink.blue + ")")) {
                return Optional.of(ink);
            }
        }
        return Optional.empty();
    }
}
