package io.aiaudit.report.paper;

import java.util.ArrayList;
import java.util.List;

/** A list, numbered or with dots. */
public record Bullets(List<String> items, boolean numbered, TextStyle style) implements Block {
    public Bullets {
        items = List.copyOf(items);
    }

    public static Bullets of(List<String> items) {
        return new Bullets(items, false, TextStyle.BODY);
    }

    @Override
    public List<Piece> pieces(Typefaces faces, float left, float width, Tag parent) {
        Tag list = parent.child("L");
        float indent = numbered ? 20 : 12;
        List<Piece> pieces = new ArrayList<>();
        for (int number = 0; number < items.size(); number++) {
            String label = numbered ? number + 1 + "." : "•";
            Tag item = list.child("LI");
            Tag head = item.child("Lbl");
            List<Piece> lines = new Paragraph(items.get(number), style, numbered ? 7 : 4, false)
                    .lines(faces, left + indent, width - indent, item.child("LBody"));
            Piece first = lines.get(0);
            pieces.add(new Piece(
                    first.before(),
                    first.height(),
                    first.together(),
                    (sheet, top) -> {
                        sheet.tagged(head, () -> sheet.text(label, style, Shade.MUTED, left, top));
                        first.paint().on(sheet, top);
                    },
                    null));
            pieces.addAll(lines.subList(1, lines.size()));
        }
        return pieces;
    }
}
