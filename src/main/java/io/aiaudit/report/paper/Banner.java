package io.aiaudit.report.paper;

import java.util.List;

/** A warning that a reader has to see first. */
public record Banner(String text, Shade ground) implements Block {
    private static final float PADDING = 8;

    @Override
    public List<Piece> pieces(Typefaces faces, float left, float width, Tag parent) {
        Tag tag = parent.child("P");
        List<String> lines = faces.wrap(text, TextStyle.BANNER, width - 2 * PADDING);
        float height = lines.size() * TextStyle.BANNER.leading() + 2 * PADDING;
        return List.of(Piece.of(14, height, (sheet, top) -> {
            sheet.untagged(() -> sheet.rectangle(ground.rgb(), left, top, width, height));
            sheet.tagged(tag, () -> {
                for (int number = 0; number < lines.size(); number++) {
                    sheet.text(
                            lines.get(number),
                            TextStyle.BANNER,
                            left + PADDING,
                            top + PADDING + number * TextStyle.BANNER.leading());
                }
            });
        }));
    }
}
