package io.aiaudit.report.paper;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A part of a block that no page break goes through.
 *
 * @param before room above it, left out at the top of a page
 * @param together whether it has to be on the same page as the next piece
 * @param repeated what is drawn again when this piece comes first on a page: the head of a table; null for nothing
 */
public record Piece(float before, float height, boolean together, Paint paint, Piece repeated) {
    /** Draws a piece where it was placed. */
    @FunctionalInterface
    interface Paint {
        void on(Sheet sheet, float top) throws IOException;
    }

    static Piece of(float before, float height, Paint paint) {
        return new Piece(before, height, false, paint, null);
    }

    Piece below(float room) {
        return new Piece(room, height, together, paint, repeated);
    }

    Piece withNext() {
        return new Piece(before, height, true, paint, repeated);
    }

    /** Lines of one text: no first line alone at the foot of a page, no last line alone at the top of the next. */
    static List<Piece> withoutOrphans(List<Piece> lines) {
        int last = lines.size() - 1;
        return IntStream.rangeClosed(0, last)
                .mapToObj(number -> number < last && (number == 0 || number == last - 1)
                        ? lines.get(number).withNext()
                        : lines.get(number))
                .toList();
    }
}
