package io.aiaudit.report.paper;

import java.util.ArrayList;
import java.util.List;

/** The figures that matter most, side by side. */
public record KeyFigures(List<KeyFigure> figures) implements Block {
    private static final float GAP = 14;
    private static final float PADDING = 8;

    /** One figure with its name and its explanation. */
    public record KeyFigure(String label, String figure, String note) {}

    public KeyFigures {
        figures = List.copyOf(figures);
    }

    @Override
    public List<Piece> pieces(Typefaces faces, float left, float width, Tag parent) {
        float box = (width - GAP * (figures.size() - 1)) / figures.size();
        float inner = box - 2 * PADDING;
        List<Tag> tags = new ArrayList<>();
        List<List<String>> notes = new ArrayList<>();
        int longest = 0;
        for (KeyFigure figure : figures) {
            tags.add(parent.child("P"));
            notes.add(faces.wrap(figure.note(), TextStyle.NOTE, inner));
            longest = Math.max(longest, notes.get(notes.size() - 1).size());
        }
        float height = 2 * PADDING
                + TextStyle.NOTE.leading()
                + TextStyle.FIGURE.leading()
                + longest * TextStyle.NOTE.leading();
        return List.of(Piece.of(10, height, (sheet, top) -> {
            for (int number = 0; number < figures.size(); number++) {
                float at = left + number * (box + GAP);
                KeyFigure figure = figures.get(number);
                List<String> lines = notes.get(number);
                sheet.untagged(() -> {
                    sheet.rectangle(Shade.GROUND.rgb(), at, top, box, height);
                    sheet.rectangle(sheet.accent(), at, top, 3, height);
                });
                sheet.tagged(tags.get(number), () -> {
                    float y = top + PADDING;
                    sheet.text(figure.label(), TextStyle.NOTE, at + PADDING, y);
                    y += TextStyle.NOTE.leading();
                    sheet.text(figure.figure(), TextStyle.FIGURE, at + PADDING, y);
                    y += TextStyle.FIGURE.leading();
                    for (String line : lines) {
                        sheet.text(line, TextStyle.NOTE, at + PADDING, y);
                        y += TextStyle.NOTE.leading();
                    }
                });
            }
        }));
    }
}
