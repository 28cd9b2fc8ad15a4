package io.aiaudit.store;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** The cases of a parameterized test as rows that a store of all of them is made of, too. */
final class Cases {
    private Cases() {}

    /** Cells between bars; an empty one is null, and quotes keep the spaces of one. */
    static List<Arguments> of(String rows) {
        return rows.lines()
                .map(row -> Arguments.arguments(
                        Stream.of(row.split("\\|", -1)).map(Cases::cell).toArray()))
                .toList();
    }

    static String text(Arguments row, int column) {
        return (String) row.get()[column];
    }

    private static String cell(String written) {
        String cell = written.strip();
        if (cell.startsWith("'")) {
            return cell.substring(1, cell.length() - 1);
        }
        return cell.isEmpty() ? null : cell;
    }
}
