package io.aiaudit.rules;

import java.util.List;
import java.util.Locale;

/**
 * Which relations SQL from outside may read, and the terms of messages about it.
 *
 * @param who the subject of a sentence, such as {@code a rule}
 * @param end the column with the end of the window
 * @param noParameters says what to do instead of a parameter
 * @param repeatable whether the same rows must come back each time, as a rule needs it
 */
record SqlScope(String who, List<String> relations, String end, String noParameters, boolean repeatable) {
    static final SqlScope RULE = new SqlScope(
            "a rule",
            SqlGate.RELATIONS,
            "param.window_end",
            "? and $1 are refused; the relation param holds the parameters.",
            true);

    static final SqlScope QUERY = new SqlScope(
            "a query",
            TableQuery.TABLES,
            "scan.window_end",
            "? and $1 are refused; write the value into the query.",
            false);

    SqlScope {
        relations = List.copyOf(relations);
    }

    String relationsSentence() {
        return who.substring(0, 1).toUpperCase(Locale.ROOT) + who.substring(1) + " reads "
                + String.join(", ", relations) + " and its own WITH tables.";
    }
}
