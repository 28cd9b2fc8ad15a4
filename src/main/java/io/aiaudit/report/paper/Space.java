package io.aiaudit.report.paper;

import java.util.List;

/** Room that stays also at the top of a page. */
public record Space(float height) implements Block {
    @Override
    public List<Piece> pieces(Typefaces faces, float left, float width, Tag parent) {
        return List.of(Piece.of(0, height, (sheet, top) -> {}));
    }
}
