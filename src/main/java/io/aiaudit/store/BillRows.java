package io.aiaudit.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes the rows of one bill: a line for each, and what many rows have in common once, in {@code staged.texts}. That
 * takes two readings of a long file, of which the second one types hardly any row, and spares a bill of millions of
 * rows most of what writing it costs.
 */
final class BillRows {
    private static final String TAGS = "Tags";

    /** Texts that name what a line is of: without them a finding is of nothing. The rest may have a pasted token. */
    private static final Set<String> NAMES = Set.of(
            "ResourceId",
            "ResourceName",
            "resource_id",
            "CommitmentDiscountId",
            "BillingAccountId",
            "SubAccountId",
            "provider",
            "charge_kind",
            "source_file");

    private final Sql sql;
    private final TypedView view;
    private final String select;
    private final long fileId;
    private final boolean isReadOnce;
    private final List<String> decided;

    /**
     * @param select the SELECT of the dialect over {@code view}
     * @param decided texts that do not follow from the columns which many rows have in common
     * @param isReadOnce keeps the rows as they come out of the dialect: of a short file, planning a second reading
     * takes longer than that
     */
    BillRows(Sql sql, TypedView view, String select, List<String> decided, long fileId, boolean isReadOnce) {
        this.decided = decided;
        this.fileId = fileId;
        this.sql = sql;
        this.view = view;
        this.select = select;
        this.isReadOnce = isReadOnce;
    }

    private List<String> columns(String relation) {
        return sql.select("DESCRIBE FROM " + relation).rows().stream()
                .map(row -> (String) row.get(0))
                .toList();
    }

    private static List<String> common(List<String> wanted, List<String> given) {
        Set<String> names =
                given.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
        return wanted.stream()
                .filter(name -> names.contains(name.toLowerCase(Locale.ROOT)))
                .toList();
    }

    /** True when something was hidden, of which bytes may be left in the file. */
    boolean insert() {
        String rows = select;
        if (isReadOnce) {
            sql.execute("CREATE OR REPLACE TEMP TABLE read_rows AS " + select);
            rows = "FROM temp.read_rows";
        }
        List<String> given = columns("(" + rows + ")");
        String hashed = Stream.concat(Stream.of("file_id", "common_hash"), decided.stream())
                .collect(Collectors.joining(", "));
        sql.update("INSERT INTO charge_lines BY NAME SELECT hash(" + hashed + ") AS text_id, "
                + String.join(", ", common(columns("charge_lines"), given)) + " FROM (" + rows + ")");
        sql.execute(
                "CREATE OR REPLACE TEMP TABLE first_lines AS SELECT text_id, min(ordinal) AS ordinal FROM charge_lines"
                        + " WHERE file_id = " + fileId + " GROUP BY text_id");
        if (!isReadOnce) {
            view.narrow("SELECT abs(ordinal) FROM temp.first_lines");
        }
        List<String> columns = common(columns("staged.texts"), given);
        sql.update("INSERT INTO staged.texts BY NAME SELECT text_id, " + String.join(", ", columns) + " FROM (" + rows
                + ") JOIN temp.first_lines USING (ordinal)");
        return hideSecrets(columns);
    }

    /** Only in texts that may have one, since planning the look for all of them takes long for a small bill. */
    private boolean hideSecrets(List<String> columns) {
        Set<String> texts = sql.select("DESCRIBE FROM staged.texts").rows().stream()
                .filter(column -> column.get(1).equals("VARCHAR"))
                .map(column -> (String) column.get(0))
                .collect(Collectors.toSet());
        List<String> free = columns.stream()
                .filter(name -> texts.contains(name) && !NAMES.contains(name) && !name.equals(TAGS))
                .toList();
        List<String> suspicions = new ArrayList<>();
        List<String> readable = new ArrayList<>();
        if (!free.isEmpty()) {
            suspicions.add("may_hold_token(concat_ws(' ', " + String.join(", ", free) + "))");
        }
        for (int i = 0; i < free.size(); i++) {
            readable.add(free.get(i) + " = texts[" + (i + 1) + "]");
        }
        boolean hasTags = columns.stream().anyMatch(TAGS::equalsIgnoreCase);
        if (hasTags) {
            suspicions.add("may_hold_secret(Tags)");
            readable.add("Tags = clean.tags");
        }
        String suspicious = "staged.texts WHERE text_id IN (SELECT text_id FROM temp.first_lines) AND ("
                + String.join(" OR ", suspicions) + ")";
        if (suspicions.isEmpty() || !sql.any(suspicious)) {
            return false;
        }
        return sql.update("UPDATE staged.texts AS t SET " + String.join(", ", readable) + " FROM (SELECT text_id, ["
                        + String.join(", ", free) + "] AS old_texts, all_without_tokens(old_texts) AS texts, "
                        + (hasTags ? "Tags" : "NULL") + " AS old_tags, "
                        + (hasTags ? "tags_without_secrets(Tags)" : "NULL") + " AS tags FROM " + suspicious
                        + ") clean WHERE clean.text_id = t.text_id AND (clean.texts IS DISTINCT FROM clean.old_texts"
                        + " OR clean.tags IS DISTINCT FROM clean.old_tags)")
                > 0;
    }

    /** Whether a row of a file that could not be read has a token in what was wrong with it. */
    static boolean hasTokenInBad(Sql sql, long fileId) {
        return sql.any("charge_lines WHERE file_id = " + fileId + " AND may_hold_token(bad.value)");
    }

    /** Takes out the rows that could not be read, and what only they had. */
    static void removeBad(Sql sql) {
        sql.update("DELETE FROM charge_lines WHERE bad IS NOT NULL");
        sql.update("DELETE FROM staged.texts WHERE text_id NOT IN (SELECT text_id FROM charge_lines)");
    }
}
