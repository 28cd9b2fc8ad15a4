package io.aiaudit.report.paper;

import java.util.ArrayList;
import java.util.List;

/**
 * A heading: a chapter, a section of one, or an item such as a finding, which is a section that looks smaller.
 *
 * @param level 1 or 2
 * @param aside the text at its right end, such as an amount; empty for nothing
 * @param roomBelow how much of a page has to be free for it, as a share; 1 = it begins a page
 */
public record Heading(int level, TextStyle style, String text, String aside, float roomBelow) implements Block {
    /** A chapter that begins where a quarter of a page is free. */
    public static Heading chapter(String text) {
        return new Heading(1, TextStyle.CHAPTER, text, "", 0.25f);
    }

    /** A chapter that is better not parted: it begins a page unless nearly half of the present one is free. */
    public static Heading roomy(String text) {
        return new Heading(1, TextStyle.CHAPTER, text, "", 0.44f);
    }

    /** A chapter that begins a page. */
    public static Heading page(String text) {
        return new Heading(1, TextStyle.CHAPTER, text, "", 1);
    }

    public static Heading section(String text) {
        return new Heading(2, TextStyle.SECTION, text, "", 0);
    }

    public static Heading item(String text, String aside) {
        return new Heading(2, TextStyle.ITEM, text, aside, 0);
    }

    @Override
    public List<Piece> pieces(Typefaces faces, float left, float width, Tag parent) {
        float asideWidth = aside.isEmpty() ? 0 : faces.width(aside, style) + 14;
        List<String> lines = faces.wrap(text, style, width - asideWidth);
        float before = level == 1 ? 26 : 14;
        float rule = level == 1 ? 9 : 0;
        float below = level == 1 ? 7 : 2;
        Tag tag = parent.child("H" + level);
        List<Piece> pieces = new ArrayList<>();
        float height = rule + lines.size() * style.leading() + below;
        pieces.add(Piece.of(before, height, (sheet, top) -> {
                    if (rule > 0) {
                        sheet.untagged(() -> sheet.rectangle(sheet.accent(), left, top, 36, 3));
                    }
                    sheet.tagged(tag, () -> {
                        for (int number = 0; number < lines.size(); number++) {
                            sheet.text(lines.get(number), style, left, top + rule + number * style.leading());
                        }
                        if (!aside.isEmpty()) {
                            sheet.text(aside, style, Shade.SAVING, left + width - asideWidth + 14, top + rule);
                        }
                    });
                })
                .withNext());
        return pieces;
    }
}
