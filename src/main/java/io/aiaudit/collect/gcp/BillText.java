package io.aiaudit.collect.gcp;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The SQL that reads one table of an export, made to fit the columns that the table has. Nothing that a user or a cloud
 * names becomes SQL, but a table's quoted name.
 */
final class BillText {
    /**
     * A column that not every table has: its expression and name, then in a comment the column of the table, and what
     * to read where it is not there.
     */
    private static final Pattern OPTIONAL = Pattern.compile("^ +.+ AS (\\w+), -- (\\S+), else (.+)$");

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.:-]+");

    /**
     * The partition of a row that is exported by its time; any other column holds the start of a period, which may be a
     * month.
     */
    static final String INGESTION_TIME = "_PARTITIONTIME";

    private static final String DAY = "24 HOUR";
    private static final String MONTH = "768 HOUR";

    private BillText() {}

    /**
     * @param script the resource, such as {@code bill.sql}
     * @param table project, dataset and table
     * @param columns names of the table's own columns; a repeated one is there as {@code NAME[]} too
     * @param partition the column that a filter keeps the scan small with; null = the table has none
     */
    static String of(String script, BillTable table, Set<String> columns, String partition) {
        return read(script)
                .lines()
                .filter(line -> partition != null || !line.contains("{partition}"))
                .map(line -> fitted(line, columns))
                .map(line -> line.replace("{table}", quoted(table))
                        .replace("{partition}", String.valueOf(partition))
                        .replace("{before}", INGESTION_TIME.equals(partition) ? DAY : MONTH))
                .collect(Collectors.joining("\n"));
    }

    private static String fitted(String line, Set<String> columns) {
        Matcher optional = OPTIONAL.matcher(line);
        return optional.matches() && !columns.contains(optional.group(2))
                ? optional.group(3) + " AS " + optional.group(1) + ","
                : line;
    }

    private static String quoted(BillTable table) {
        return "`" + name(table.project()) + "`.`" + name(table.dataset()) + "`.`" + name(table.table()) + "`";
    }

    private static String name(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("\"" + name + "\" is not a table name");
        }
        return name;
    }

    private static String read(String script) {
        try (InputStream text = BillText.class.getResourceAsStream(script)) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the SQL of the bill cannot be read", e);
        }
    }
}
