package io.aiaudit.report.paper;

import java.util.ArrayList;
import java.util.List;

/** A list with dots. */
public record Bullets(List<String> items) implements Block {
    private static final float INDENT = 12;

    public Bullets {
        items = List.copyOf(items);
    }

    public static Bullets of(List<String> items) {
        return new Bullets(items);
    }

    @Override
    public List<Piece> pieces(Typefaces faces, float left, float width, Tag parent) {
        Tag list = parent.child("L");
        List<Piece> pieces = new ArrayList<>();
        for (String text : items) {
            Tag item = list.child("LI");
            Tag head = item.child("Lbl");
            List<Piece> lines = new Paragraph(text, TextStyle.BODY, 4, false)
                    .lines(faces, left + INDENT, width - INDENT, item.child("LBody"));
            Piece first = lines.get(0);
            pieces.add(new Piece(
                    first.before(),
                    first.height(),
                    first.together(),
                    (sheet, top) -> {
                        sheet.tagged(head, () -> sheet.text("•", TextStyle.BODY, Shade.MUTED, left, top));
                        first.paint().on(sheet, top);
                    },
                    null));
            pieces.addAll(lines.subList(1, lines.size()));
        }
        return pieces;
    }
}
