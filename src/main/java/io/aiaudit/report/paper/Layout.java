package io.aiaudit.report.paper;

import java.util.ArrayList;
import java.util.List;

/** Lays out pieces on pages, from top to bottom. */
final class Layout {
    /**
     * How far the room between blocks may be stretched or pressed so that no page stays half empty, what is usual
     * first.
     */
    private static final float[] STRETCHES = {1, 0.9f, 1.1f, 1.2f, 0.8f, 1.35f, 0.7f, 1.5f};

    private static final float ENOUGH = 0.6f;

    /** How much the room above a block may grow, as a share of it, to fill a page. */
    private static final float MOST_SPREAD = 1.1f;

    /** A piece on its page. */
    record Placed(Piece piece, float top) {}

    /** One page from top to bottom; {@code end} is where its last piece ends. */
    record Page(List<Placed> placed, float end) {}

    private final float height;

    /** Of pages on which this much can be filled. */
    Layout(float height) {
        this.height = height;
    }

    /** With the room between blocks that fills the last page best. */
    List<Page> best(List<List<Piece>> blocks, List<Float> roomBelow) {
        List<Page> best = null;
        float fullest = -1;
        for (float stretch : STRETCHES) {
            List<Page> pages = new Filling(stretch).of(blocks, roomBelow);
            float full = emptiest(pages);
            if (full >= ENOUGH) {
                return pages;
            }
            if (full > fullest) {
                best = pages;
                fullest = full;
            }
        }
        return best;
    }

    private float emptiest(List<Page> pages) {
        float emptiest = 1;
        for (Page page : pages) {
            emptiest = Math.min(emptiest, page.end() / height);
        }
        return emptiest;
    }

    private final class Filling {
        private final float stretch;
        private final List<Page> pages = new ArrayList<>();
        private List<Placed> placed = new ArrayList<>();
        private float y;

        Filling(float stretch) {
            this.stretch = stretch;
        }

        List<Page> of(List<List<Piece>> blocks, List<Float> roomBelow) {
            List<Piece> pieces = new ArrayList<>();
            List<Float> rooms = new ArrayList<>();
            for (int block = 0; block < blocks.size(); block++) {
                for (int number = 0; number < blocks.get(block).size(); number++) {
                    pieces.add(blocks.get(block).get(number));
                    rooms.add(number == 0 ? roomBelow.get(block) : 0f);
                }
            }
            for (int from = 0; from < pieces.size(); ) {
                int to = from;
                while (to < pieces.size() - 1 && pieces.get(to).together()) {
                    to++;
                }
                List<Piece> group = pieces.subList(from, to + 1);
                boolean room = height - y >= rooms.get(from) * height - 0.01f;
                if (y > 0 && (!room || y + heightOf(group) > height)) {
                    turn();
                }
                group.forEach(this::put);
                from = to + 1;
            }
            turn();
            for (int number = 0; number < pages.size() - 1; number++) {
                pages.set(number, spread(pages.get(number)));
            }
            return pages;
        }

        /** A page that another follows, with what is left at its foot shared out among the room between its blocks. */
        private Page spread(Page page) {
            float gaps = 0;
            for (Placed each : page.placed()) {
                gaps += each.top() == 0 ? 0 : each.piece().before();
            }
            if (gaps == 0) {
                return page;
            }
            float more = Math.min((height - page.end()) / gaps, MOST_SPREAD);
            List<Placed> moved = new ArrayList<>();
            float shift = 0;
            for (Placed each : page.placed()) {
                shift += each.top() == 0 ? 0 : each.piece().before() * more;
                moved.add(new Placed(each.piece(), each.top() + shift));
            }
            return new Page(moved, page.end() + shift);
        }

        private float heightOf(List<Piece> group) {
            float sum = 0;
            for (Piece piece : group) {
                sum += piece.before() * stretch + piece.height();
            }
            return sum;
        }

        private void put(Piece piece) {
            if (y > 0 && y + piece.before() * stretch + piece.height() > height) {
                turn();
            }
            if (y == 0 && piece.repeated() != null && !pages.isEmpty()) {
                placed.add(new Placed(piece.repeated(), 0));
                y = piece.repeated().height();
            }
            float top = y == 0 ? 0 : y + piece.before() * stretch;
            placed.add(new Placed(piece, top));
            y = top + piece.height();
        }

        private void turn() {
            if (!placed.isEmpty()) {
                pages.add(new Page(placed, y));
            }
            placed = new ArrayList<>();
            y = 0;
        }
    }
}
