package io.aiaudit.report.paper;

/** How a line of text looks. Sizes are points; {@code leading} is the distance from line to line. */
public enum TextStyle {
    TITLE(true, 28, 34, Shade.TEXT),
    SUBTITLE(false, 14, 19, Shade.MUTED),
    CHAPTER(true, 17, 21, Shade.TEXT),
    SECTION(true, 12, 15.5f, Shade.TEXT),
    ITEM(true, 10.5f, 13.5f, Shade.TEXT),
    LEAD(false, 11, 15.5f, Shade.TEXT),
    BODY(false, 9.5f, 13, Shade.TEXT),
    STRONG(true, 9.5f, 13, Shade.TEXT),
    NOTE(false, 8.5f, 11.5f, Shade.MUTED),
    CELL(false, 8.8f, 11.6f, Shade.TEXT),
    CELL_STRONG(true, 8.8f, 11.6f, Shade.TEXT),
    FACT(false, 8, 10, Shade.TEXT),
    CELL_NAME(false, 8, 10, Shade.MUTED),
    CELL_HEAD(true, 8.2f, 10.8f, Shade.MUTED),
    FIGURE(true, 23, 28, Shade.SAVING),
    BANNER(true, 10, 13, Shade.WHITE);

    private final boolean bold;
    private final float size;
    private final float leading;
    private final Shade shade;

    TextStyle(boolean bold, float size, float leading, Shade shade) {
        this.bold = bold;
        this.size = size;
        this.leading = leading;
        this.shade = shade;
    }

    boolean bold() {
        return bold;
    }

    float size() {
        return size;
    }

    float leading() {
        return leading;
    }

    Shade shade() {
        return shade;
    }
}
