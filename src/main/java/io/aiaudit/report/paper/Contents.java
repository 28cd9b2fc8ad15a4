package io.aiaudit.report.paper;

import java.util.IdentityHashMap;
import java.util.List;

/** The headings with the pages on which they are, each a link. */
public final class Contents implements Block {
    private static final float LINE = 18;

    private final List<Heading> headings;
    private final IdentityHashMap<Heading, Target> targets = new IdentityHashMap<>();

    public Contents(List<Heading> headings) {
        this.headings = List.copyOf(headings);
    }

    /** Known as soon as everything has its page. */
    void know(IdentityHashMap<Heading, Target> found) {
        targets.putAll(found);
    }

    @Override
    public List<Piece> pieces(Typefaces faces, float left, float width, Tag parent) {
        Tag contents = parent.child("TOC");
        return headings.stream()
                .map(heading -> line(
                        heading,
                        faces,
                        left,
                        width,
                        contents.child("TOCI").child("Reference").child("Link")))
                .toList();
    }

    private Piece line(Heading heading, Typefaces faces, float left, float width, Tag link) {
        return Piece.of(0, LINE, (sheet, top) -> {
            Target target = targets.get(heading);
            String number = String.valueOf(target.number());
            String title =
                    faces.wrap(heading.text(), TextStyle.BODY, width - 60).get(0);
            float end = left + width - faces.width(number, TextStyle.BODY);
            float from = left + faces.width(title, TextStyle.BODY) + 6;
            sheet.tagged(link, () -> {
                sheet.text(title, TextStyle.BODY, left, top);
                sheet.text(number, TextStyle.BODY, end, top);
            });
            sheet.untagged(() -> sheet.line(Shade.LINE.rgb(), 0.5f, from, top + 10.5f, end - 6, top + 10.5f));
            sheet.link(link, target, heading.text() + ", page " + number, left, top, width, LINE);
        });
    }
}
