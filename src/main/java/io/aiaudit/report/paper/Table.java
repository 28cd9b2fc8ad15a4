package io.aiaudit.report.paper;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows under a head that comes again on each page. */
public final class Table implements Block {
    private static final float GAP = 10;
    private static final float PADDING = 3.2f;
    private static final float FACT_PADDING = 0.6f;
    private static final float FACTS_BEFORE = 4;

    /** Points that facts keep together: more of them on the next page would leave half of this one white. */
    private static final float MOST_TOGETHER = 220;

    private static final float SWATCH = 12;

    /** Lines of a row that stay together; a longer one is continued on the next page. */
    private static final int MOST_LINES = 24;

    /**
     * A column.
     *
     * @param share of the width of the table
     * @param right whether its text ends at its right edge, as numbers do
     */
    public record Column(String title, float share, boolean right) {
        public static Column text(String title, float share) {
            return new Column(title, share, false);
        }

        public static Column number(String title, float share) {
            return new Column(title, share, true);
        }
    }

    private record Row(List<Cell> cells, boolean sum) {}

    private record Line(String text, TextStyle style) {}

    private final List<Column> columns;
    private final boolean facts;
    private boolean beforeNext;
    private boolean whole;
    private int begin = 1;
    private boolean wholeRows;
    private final List<Row> rows = new ArrayList<>();

    public Table(Column... columns) {
        this(false, List.of(columns));
    }

    private Table(boolean facts, List<Column> columns) {
        this.facts = facts;
        this.columns = columns;
    }

    /**
     * Names with their values, without a head and on one page unless they are long: each name heads its row.
     * {@code share} of the width is for the names.
     */
    public static Table facts(float share) {
        return new Table(true, List.of(Column.text("", share), Column.text("", 1 - share)));
    }

    public Table row(Cell... cells) {
        rows.add(new Row(List.of(cells), false));
        return this;
    }

    public Table row(String... cells) {
        return row(Arrays.stream(cells).map(Cell::of).toArray(Cell[]::new));
    }

    /** The row that adds up those above it. */
    public Table sum(String... cells) {
        rows.add(new Row(Arrays.stream(cells).map(Cell::of).toList(), true));
        return this;
    }

    /** Keeps its last row on the page of what follows, as a legend stays with its chart. */
    public Table withNext() {
        beforeNext = true;
        return this;
    }

    /** Begins only where so many rows have room: one row at the foot of a page is overlooked. */
    public Table beginsWith(int rows) {
        begin = rows;
        return this;
    }

    /** Keeps all its rows on one page, as parts stay with their total. */
    public Table onOnePage() {
        whole = true;
        return this;
    }

    /** Keeps each row on one page unless it is longer than a page: nobody signs half of a question. */
    public Table wholeRows() {
        wholeRows = true;
        return this;
    }

    @Override
    public List<Piece> pieces(Typefaces faces, float left, float width, Tag parent) {
        Tag table = parent.child("Table");
        List<Piece> pieces = new ArrayList<>();
        Piece again = null;
        if (!facts) {
            pieces.add(head(faces, left, width, table).withNext());
            again = head(faces, left, width, null);
        }
        List<List<Piece>> all = new ArrayList<>();
        for (Row row : rows) {
            all.add(row(row, faces, left, width, table.child("TR"), again));
        }
        double height =
                all.stream().flatMap(List::stream).mapToDouble(Piece::height).sum();
        boolean together = whole || (facts && height <= MOST_TOGETHER);
        for (int number = 0; number < rows.size(); number++) {
            boolean last = number == rows.size() - 1;
            boolean withNext = last ? beforeNext : number == rows.size() - 2 || number < begin - 1 || together;
            List<Piece> parts = new ArrayList<>(all.get(number));
            if (facts && number == 0) {
                parts.set(0, parts.get(0).below(FACTS_BEFORE));
            }
            pieces.addAll(withNext && parts.size() == 1 ? List.of(parts.get(0).withNext()) : parts);
        }
        return pieces;
    }

    /** Under a tag the first time; where it comes again ({@code table} is null) it is decoration. */
    private Piece head(Typefaces faces, float left, float width, Tag table) {
        Tag row = table == null ? null : table.child("TR");
        List<List<Line>> cells = new ArrayList<>();
        List<Tag> tags = new ArrayList<>();
        for (int number = 0; number < columns.size(); number++) {
            cells.add(lines(faces, columns.get(number).title(), TextStyle.CELL_HEAD, inner(number, width)));
            tags.add(row == null ? null : row.child("TH").heads("Column"));
        }
        float height = height(cells) + PADDING + 2;
        return Piece.of(6, height, (sheet, top) -> {
            float x = left;
            for (int number = 0; number < columns.size(); number++) {
                Column column = columns.get(number);
                List<Line> lines = cells.get(number);
                float bottomed = top + height - PADDING - height(List.of(lines));
                float at = x;
                float inner = inner(number, width);
                Drawing drawing = () -> draw(sheet, faces, lines, column, at, inner, bottomed);
                if (tags.get(number) == null) {
                    sheet.untagged(drawing);
                } else {
                    sheet.tagged(tags.get(number), drawing);
                }
                x += column.share() * width;
            }
            sheet.untagged(() -> sheet.line(Shade.MUTED.rgb(), 0.8f, left, top + height, left + width, top + height));
        });
    }

    private List<Piece> row(Row row, Typefaces faces, float left, float width, Tag tag, Piece again) {
        List<List<Line>> cells = new ArrayList<>();
        List<Tag> tags = new ArrayList<>();
        for (int number = 0; number < columns.size(); number++) {
            Cell cell = row.cells().get(number);
            float inner = inner(number, width) - (cell.swatch() == Cell.NO_SWATCH ? 0 : SWATCH);
            boolean heads = facts && number == 0;
            TextStyle style = row.sum()
                    ? TextStyle.CELL_STRONG
                    : heads ? TextStyle.CELL_NAME : facts ? TextStyle.FACT : TextStyle.CELL;
            List<Line> lines = new ArrayList<>(lines(faces, cell.text(), style, inner));
            if (!cell.note().isEmpty()) {
                lines.addAll(lines(faces, cell.note(), TextStyle.NOTE, inner));
            }
            cells.add(lines);
            tags.add(heads ? tag.child("TH").heads("Row") : tag.child("TD"));
        }
        int longest = cells.stream().mapToInt(List::size).max().orElse(0);
        float room = Book.TEXT_HEIGHT - (again == null ? 0 : again.height()) - 2 * PADDING;
        int most = !wholeRows ? MOST_LINES : height(cells) <= room ? longest : linesIn(room);
        List<Piece> parts = new ArrayList<>();
        for (int from = 0; from < longest; from += most) {
            parts.add(part(row, between(cells, from, from + most), tags, from, faces, left, width, again));
        }
        return parts;
    }

    /** Lines of any cell that have room for certain. */
    private static int linesIn(float room) {
        return (int) (room / Math.max(TextStyle.CELL.leading(), TextStyle.NOTE.leading()));
    }

    private static List<List<Line>> between(List<List<Line>> cells, int from, int to) {
        return cells.stream()
                .map(lines -> lines.subList(Math.min(from, lines.size()), Math.min(to, lines.size())))
                .toList();
    }

    private Piece part(
            Row row,
            List<List<Line>> cells,
            List<Tag> tags,
            int first,
            Typefaces faces,
            float left,
            float width,
            Piece again) {
        float padding = facts ? FACT_PADDING : PADDING;
        float height = height(cells) + 2 * padding;
        Piece.Paint paint = (sheet, top) -> {
            float x = left;
            for (int number = 0; number < columns.size(); number++) {
                Column column = columns.get(number);
                List<Line> lines = cells.get(number);
                int swatch = row.cells().get(number).swatch();
                float at = x + (swatch == Cell.NO_SWATCH ? 0 : SWATCH);
                if (swatch != Cell.NO_SWATCH && first == 0) {
                    float corner = x;
                    sheet.untagged(() -> sheet.rectangle(swatch, corner, top + padding + 2, 7, 7));
                }
                float inner = inner(number, width);
                sheet.tagged(tags.get(number), () -> draw(sheet, faces, lines, column, at, inner, top + padding));
                x += column.share() * width;
            }
            if (!facts) {
                sheet.untagged(
                        () -> sheet.line(Shade.LINE.rgb(), 0.5f, left, top + height, left + width, top + height));
            }
        };
        return new Piece(0, height, false, paint, again);
    }

    private static List<Line> lines(Typefaces faces, String text, TextStyle style, float width) {
        return faces.wrap(text, style, width).stream()
                .map(line -> new Line(line, style))
                .toList();
    }

    private static void draw(
            Sheet sheet, Typefaces faces, List<Line> lines, Column column, float left, float width, float top)
            throws IOException {
        float y = top;
        for (Line line : lines) {
            float shift = column.right() ? width - faces.width(line.text(), line.style()) : 0;
            sheet.text(line.text(), line.style(), left + shift, y);
            y += line.style().leading();
        }
    }

    private static float height(List<List<Line>> cells) {
        float highest = 0;
        for (List<Line> lines : cells) {
            float height = 0;
            for (Line line : lines) {
                height += line.style().leading();
            }
            highest = Math.max(highest, height);
        }
        return highest;
    }

    /** How wide the text of a column may be. */
    private float inner(int number, float width) {
        boolean last = number == columns.size() - 1;
        return columns.get(number).share() * width - (last ? 0 : GAP);
    }
}
