package io.aiaudit.model;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** A colour of a brand as red, green and blue, which can be made dark or light enough to be read. */
public record BrandColour(int rgb) {
    private static final Pattern FORM = Pattern.compile("#[0-9a-fA-F]{6}");
    private static final int WHITE = 0xffffff;

    /** Of text and its ground, by WCAG 2.2, success criterion 1.4.3. */
    private static final double LEAST_CONTRAST = 4.5;

    private static final int STEPS = 20;

    /** A colour as {@code #1a5a96}; empty for anything else. */
    public static Optional<BrandColour> of(String text) {
        return FORM.matcher(text).matches()
                ? Optional.of(new BrandColour(Integer.parseInt(text.substring(1), 16)))
                : Optional.empty();
    }

    /** As it is where it can be read on {@code ground}; else as near to it as can be read, towards black or white. */
    public BrandColour readableOn(int ground) {
        int end = luminance(ground) > 0.18 ? 0 : WHITE;
        for (int step = 0; step < STEPS; step++) {
            int mixed = mixed(end, step);
            if (contrast(mixed, ground) >= LEAST_CONTRAST) {
                return new BrandColour(mixed);
            }
        }
        return new BrandColour(end);
    }

    /** Such as {@code #1a5a96}. */
    public String css() {
        return String.format(Locale.ROOT, "#%06x", rgb);
    }

    /** The ratio of WCAG, from 1 to 21. */
    public static double contrast(int one, int other) {
        double lighter = Math.max(luminance(one), luminance(other));
        double darker = Math.min(luminance(one), luminance(other));
        return (lighter + 0.05) / (darker + 0.05);
    }

    private int mixed(int end, int step) {
        int mixed = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int from = rgb >> shift & 0xff;
            int to = end >> shift & 0xff;
            mixed |= (from + (to - from) * step / STEPS) << shift;
        }
        return mixed;
    }

    private static double luminance(int rgb) {
        return 0.2126 * linear(rgb >> 16 & 0xff) + 0.7152 * linear(rgb >> 8 & 0xff) + 0.0722 * linear(rgb & 0xff);
    }

    private static double linear(int part) {
        double share = part / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
    }
}
