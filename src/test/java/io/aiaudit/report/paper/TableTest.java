package io.aiaudit.report.paper;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.report.Printed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableTest {
    private static final Imprint IMPRINT =
            new Imprint("Tables", "aiaudit", "", "", "", null, Instant.parse("2026-07-01T00:00:00Z"));

    @Test
    void a_number_stays_beside_its_sign_where_a_line_is_broken() throws IOException {
        Paragraph paragraph = Paragraph.of("x 20 % < 1 > 99 %, ".repeat(200));
        assertThat(print(List.of(paragraph)).text().lines())
                .hasSizeGreaterThan(30)
                .noneMatch(line -> line.startsWith("%")
                        || line.strip().endsWith("<")
                        || line.strip().endsWith(">"));
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 24, 27, 28, 29, 30, 31, 32, 33, 34})
    void parts_stay_on_the_page_of_their_total(int paragraphsBefore) throws IOException {
        List<Block> blocks = new ArrayList<>();
        IntStream.range(0, paragraphsBefore).forEach(number -> blocks.add(Paragraph.of("A line of its own.")));
        Table table = new Table(Table.Column.text("Class", 0.5f), Table.Column.number("Share", 0.5f)).onOnePage();
        IntStream.rangeClosed(1, 7).forEach(number -> table.row("part " + number, number + " %"));
        blocks.add(table.sum("All parts", "28 %"));
        assertThat(print(blocks).pages())
                .filteredOn(page -> page.contains("part 1") || page.contains("All parts"))
                .singleElement()
                .asString()
                .contains("part 1", "part 7", "All parts");
    }

    @ParameterizedTest
    @ValueSource(ints = {49, 52, 55, 58})
    void a_row_that_has_room_on_a_page_is_never_parted(int lines) throws IOException {
        List<Block> blocks = new ArrayList<>();
        blocks.add(Paragraph.of("A line of its own."));
        String text = IntStream.range(1, lines)
                .mapToObj(line -> "line" + line + "-".repeat(50)) // two have no room in one line
                .collect(Collectors.joining(" "));
        blocks.add(new Table(Table.Column.text("Question", 0.8f), Table.Column.text("Answer", 0.2f))
                .wholeRows()
                .row(text + " end of it", "Yes or no"));
        assertThat(print(blocks).pages())
                .filteredOn(page -> page.contains("line1-") || page.contains("end of it"))
                .singleElement()
                .asString()
                .contains("line1-", "end of it");
    }

    private static Printed print(List<Block> blocks) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Book book = new Book(IMPRINT)) {
            book.write(List.of(blocks), out);
        }
        return Printed.of(out.toByteArray());
    }
}
