package io.aiaudit.report.paper;

import java.util.List;

/** Lines to write on, each with what is written there below it. */
public record Signatures(List<String> labels) implements Block {
    private static final float ROOM = 34;
    private static final float GAP = 16;

    public Signatures {
        labels = List.copyOf(labels);
    }

    @Override
    public List<Piece> pieces(Typefaces faces, float left, float width, Tag parent) {
        float each = (width - GAP * (labels.size() - 1)) / labels.size();
        List<Tag> tags = labels.stream().map(label -> parent.child("P")).toList();
        return List.of(Piece.of(6, ROOM + TextStyle.NOTE.leading() + 2, (sheet, top) -> {
            for (int number = 0; number < labels.size(); number++) {
                float at = left + number * (each + GAP);
                String label = labels.get(number);
                sheet.untagged(() -> sheet.line(Shade.MUTED.rgb(), 0.6f, at, top + ROOM, at + each, top + ROOM));
                sheet.tagged(tags.get(number), () -> sheet.text(label, TextStyle.NOTE, at, top + ROOM + 2));
            }
        }));
    }
}
