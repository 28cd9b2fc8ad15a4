package io.aiaudit.report.paper;

import java.util.List;

/** A part of a document: a heading, a paragraph, a table, a drawing. */
public interface Block {
    /** Its pieces from top to bottom, set in {@code width}. What they draw goes under a new child of {@code parent}. */
    List<Piece> pieces(Typefaces faces, float left, float width, Tag parent);
}
