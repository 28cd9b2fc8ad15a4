package io.aiaudit.config;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Where the columns of a questionnaire are that came back. Its head says so, since somebody may have moved a column, or
 * added one for remarks.
 *
 * @param count how many columns the head has
 */
record AnswerColumns(int answer, int key, int resourceId, int count) {
    /** The order in which 'aiaudit questions' writes them. */
    static final AnswerColumns AS_WRITTEN = new AnswerColumns(0, 4, 5, 6);

    private static final String ANSWER = "answer";
    private static final String KEY = "key";
    private static final String RESOURCE_ID = "resource id";

    /** Of a row that names all that are read; empty for any other row. */
    static Optional<AnswerColumns> in(List<String> row) {
        List<String> names =
                row.stream().map(cell -> cell.strip().toLowerCase(Locale.ROOT)).toList();
        AnswerColumns columns =
                new AnswerColumns(names.indexOf(ANSWER), names.indexOf(KEY), names.indexOf(RESOURCE_ID), row.size());
        boolean all = columns.answer >= 0 && columns.key >= 0 && columns.resourceId >= 0;
        return all ? Optional.of(columns) : Optional.empty();
    }

    /** Whether a line of another kind of file names them. */
    static boolean areNamedIn(String line) {
        return line.contains(ANSWER) && line.contains(KEY) && line.contains(RESOURCE_ID);
    }

    String answer(List<String> row) {
        return row.get(answer);
    }

    String key(List<String> row) {
        return row.get(key);
    }

    String resourceId(List<String> row) {
        return row.get(resourceId);
    }
}
