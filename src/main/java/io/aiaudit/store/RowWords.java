package io.aiaudit.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A number for the words of each row of a bill: of all columns but amounts, times, tags and what every run of an export
 * writes anew. Two rows with the same number are the same charge, whatever it costs by now. Another number is for the
 * tags, which are activated and changed from run to run.
 */
final class RowWords {
    /**
     * Amounts, times and ids of runs, by the words that are in the names of such columns in all dialects; and ids of
     * accounts, which are compared in one spelling.
     */
    private static final Pattern NEW_IN_EVERY_RUN = Pattern.compile(
            "cost|price|rate$|rate[^a-z]|amount|quantity|credit|discount|fee$|balance|invoice|exchange|conversion|"
                    + "version|date|time|period|start|end$|month|line_?item_?id$|account_?id$",
            Pattern.CASE_INSENSITIVE);

    /** As AWS, Azure, Google Cloud and FOCUS call tags, labels and what is made of them. */
    private static final Pattern TAGS = Pattern.compile(
            "^(x_)?(resource_?)?tags?($|[^a-z])|^(project[._])?labels($|[^a-z])|^(x_)?cost_?categor",
            Pattern.CASE_INSENSITIVE);

    private final Sql sql;
    private final Path path;
    private final long fileId;

    RowWords(Sql sql, Path path, long fileId) {
        this.sql = sql;
        this.path = path;
        this.fileId = fileId;
    }

    /**
     * Fills the table {@code wording}; may put a copy of the file into {@code folder} for a moment. Nothing for a file
     * that is there no longer.
     */
    void read(Path folder) {
        if (!Files.exists(path)) {
            return;
        }
        SourceFile file = FileHeader.read(path);
        ReadableText text = switch (file.form()) {
            case PARQUET -> null;
            case JSON -> JsonText.prepare(file, folder);
            case CSV -> CsvText.prepare(file, folder);
        };
        try {
            sql.update("INSERT INTO wording SELECT " + fileId + ", ordinal, "
                    + words(file, TAGS.asPredicate().negate())
                    + ", " + words(file, TAGS.asPredicate()) + " FROM ("
                    + new FileRows(file, text).whole("ignore_errors = true", "") + ")");
        } finally {
            if (text != null) {
                text.remove();
            }
        }
    }

    /**
     * In the order of the names, with the name before each value, since a later run may have other columns; those
     * without a value are left out.
     */
    private static String words(SourceFile file, Predicate<String> which) {
        TreeMap<String, Integer> indexes = new TreeMap<>();
        for (int i = 0; i < file.columns().size(); i++) {
            String name = file.columns().get(i).name();
            if (which.test(name) && !NEW_IN_EVERY_RUN.matcher(name).find()) {
                indexes.putIfAbsent(name, i);
            }
        }
        List<String> values = new ArrayList<>(List.of("''"));
        indexes.forEach((name, index) -> values.add(Sql.literal(name + "=") + " || CAST(c" + index + " AS VARCHAR)"));
        return "hash(concat_ws(chr(31), " + String.join(", ", values) + "))";
    }
}
