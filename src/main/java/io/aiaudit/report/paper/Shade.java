package io.aiaudit.report.paper;

/** The colours of print: dark enough to be read on white, light enough to carry text where they are a ground. */
public enum Shade {
    TEXT(0x1c1f23),
    MUTED(0x565d65),
    ACCENT(0x1a5a96),
    SAVING(0x0a6e4f),
    LINE(0xc4c9cf),
    GROUND(0xf1f4f7),
    DEMO(0x5b3fa0),
    ALERT(0x96291f),
    WHITE(0xffffff);

    private final int rgb;

    Shade(int rgb) {
        this.rgb = rgb;
    }

    public int rgb() {
        return rgb;
    }
}
