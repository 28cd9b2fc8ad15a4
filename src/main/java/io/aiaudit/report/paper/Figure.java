package io.aiaudit.report.paper;

import java.io.IOException;
import java.util.List;

/**
 * A drawing.
 *
 * @param description what it shows, for those who do not see it
 */
public record Figure(float height, String description, Art art) implements Block {
    /** Draws in a box of the given width. */
    @FunctionalInterface
    public interface Art {
        void on(Sheet sheet, float left, float top, float width) throws IOException;
    }

    @Override
    public List<Piece> pieces(Typefaces faces, float left, float width, Tag parent) {
        Tag tag = parent.child("Figure").described(description);
        return List.of(Piece.of(8, height, (sheet, top) -> {
            tag.box(left, Sheet.HEIGHT - top - height, left + width, Sheet.HEIGHT - top);
            sheet.tagged(tag, () -> art.on(sheet, left, top, width));
        }));
    }
}
