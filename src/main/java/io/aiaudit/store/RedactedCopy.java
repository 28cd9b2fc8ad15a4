package io.aiaudit.store;

import io.aiaudit.model.Pseudonyms;
import io.aiaudit.model.TextKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Copies a saved scan into a new file, with other texts in it. A new file, since a value that is changed in place stays
 * readable in the free blocks of the old one.
 */
public final class RedactedCopy {
    private static final Set<TextKind> AS_THEY_ARE = Set.of(TextKind.OURS, TextKind.AMOUNT);

    /** Who sells what a meter counts; NULL where that is no cloud, or a marketplace. */
    private static final String SELLER = "CASE WHEN t.provider IN ('aws', 'azure', 'gcp') AND NOT regexp_matches("
            + "concat_ws(' ', t.ProviderName, t.PublisherName, t.InvoiceIssuerName, t.ServiceName), "
            + "'\\bmarketplace\\b', 'i') THEN coalesce(t.PublisherName, t.ProviderName, '') END";

    private final Sql sql;
    private final Pseudonyms pseudonyms;
    private final RedactedColumns declared = RedactedColumns.load();
    private int replacements;

    private RedactedCopy(Sql sql, Pseudonyms pseudonyms) {
        this.sql = sql;
        this.pseudonyms = pseudonyms;
    }

    /**
     * Writes the copy to {@code target}, which must not exist.
     *
     * @param finishedAudit the audit of a redacted copy, requested when all names are known; null gives names back:
     *     such a copy is evaluated again as any other scan
     */
    public static void write(
            Path source, Path target, StoreLimits limits, Pseudonyms pseudonyms, Supplier<String> finishedAudit) {
        Properties properties = limits.properties(source);
        properties.setProperty("storage_compatibility_version", PreparedStore.VERSION);
        try (Sql sql = Sql.open("", properties)) {
            sql.execute("SET TimeZone='UTC'");
            sql.execute("ATTACH " + Sql.database(source) + " AS foreign_scan (TYPE duckdb, READ_ONLY)");
            Store.attach(sql, target, "redacted");
            new RedactedCopy(sql, pseudonyms).write(finishedAudit);
            sql.execute("USE memory");
            sql.execute("CHECKPOINT redacted");
        }
    }

    private void write(Supplier<String> finishedAudit) {
        List<List<Object>> catalog =
                sql.select(Sql.resource("read/saved-catalog.sql")).rows();
        List<String> tables = catalog.stream()
                .filter(entry -> entry.get(0).equals("table"))
                .map(entry -> (String) entry.get(1))
                .toList();
        sql.execute("USE redacted");
        // Tables come before the view that reads them.
        catalog.forEach(entry -> sql.execute((String) entry.get(2)));
        tables.forEach(this::learn);
        tables.stream().filter(table -> !table.equals("finished_audit")).forEach(this::copy);
        sql.update("UPDATE scan SET redacted = ?", finishedAudit != null);
        if (finishedAudit != null) {
            sql.update("INSERT INTO finished_audit VALUES (?)", finishedAudit.get());
        }
    }

    private void learn(String table) {
        for (Rows.Column column : sql.columns(table)) {
            TextKind kind = declared.kind(table, column.name());
            if (isText(kind)) {
                values(table, column).forEach(value -> pseudonyms.learn(kind, value));
            }
        }
    }

    private static boolean isText(TextKind kind) {
        return !AS_THEY_ARE.contains(kind) && kind != TextKind.NUMBER_OF_TEXTS;
    }

    private List<String> values(String table, Rows.Column column) {
        return sql.select("SELECT DISTINCT " + text("t", column) + " AS value FROM " + source(table) + " AS t WHERE "
                        + name("t", column) + " IS NOT NULL ORDER BY value")
                .texts();
    }

    private static String source(String table) {
        return "foreign_scan.main." + Sql.identifier(table);
    }

    private static String name(String table, Rows.Column column) {
        return table + "." + Sql.identifier(column.name());
    }

    /** Maps and lists are replaced as JSON. */
    private static String text(String table, Rows.Column column) {
        return column.type().equals("VARCHAR") ? name(table, column) : "to_json(" + name(table, column) + ")::VARCHAR";
    }

    private static String typed(String value, Rows.Column column) {
        return column.type().equals("VARCHAR") ? value : value + "::JSON::" + column.type();
    }

    /** Rows keep their order, in which some of them are read. */
    private void copy(String table) {
        List<Rows.Column> columns = sql.columns(table);
        List<String> selected = new ArrayList<>();
        StringBuilder joins = new StringBuilder();
        for (Rows.Column column : columns) {
            TextKind kind = declared.kind(table, column.name());
            if (kind == TextKind.NUMBER_OF_TEXTS) {
                String numbers = numbers(column);
                joins.append(" LEFT JOIN " + numbers + " ON " + numbers + ".old = " + name("t", column));
                selected.add(numbers + ".new");
                continue;
            }
            if (kind == TextKind.METER) {
                String meters = meters(table, column);
                joins.append(" LEFT JOIN " + meters + " ON " + meters + ".old = " + name("t", column) + " AND " + meters
                        + ".seller IS NOT DISTINCT FROM " + SELLER);
                selected.add("coalesce(" + meters + ".new, " + name("t", column) + ")");
                continue;
            }
            String replaced = isText(kind) ? replacements(table, column, kind) : null;
            if (replaced == null) {
                selected.add(name("t", column));
            } else {
                joins.append(" LEFT JOIN " + replaced + " ON " + replaced + ".old = " + text("t", column));
                selected.add("CASE WHEN " + replaced + ".old IS NULL THEN " + name("t", column) + " ELSE "
                        + typed(replaced + ".new", column) + " END");
            }
        }
        sql.execute("INSERT INTO " + Sql.identifier(table) + " SELECT " + String.join(", ", selected) + " FROM "
                + source(table) + " AS t" + joins + " ORDER BY t.rowid");
    }

    /** The temporary table of what is replaced in a column, null when all of it stays. */
    private String replacements(String table, Rows.Column column, TextKind kind) {
        Map<String, String> changed = new LinkedHashMap<>();
        for (String value : values(table, column)) {
            String replaced = pseudonyms.replaced(kind, value);
            if (!replaced.equals(value)) {
                changed.put(value, replaced);
            }
        }
        if (changed.isEmpty()) {
            return null;
        }
        String name = "replaced_" + replacements++;
        sql.execute("CREATE TEMP TABLE " + name + " (\"old\" VARCHAR, \"new\" VARCHAR)");
        sql.insert(
                name,
                sql.columns(name),
                changed.entrySet().stream()
                        .map(entry -> List.of(entry.getKey(), entry.getValue()))
                        .toList());
        return name;
    }

    /** The temporary table of meters by who sells them: a cloud's are public, any other seller's are free text. */
    private String meters(String table, Rows.Column column) {
        List<List<Object>> meters = new ArrayList<>();
        sql.select("SELECT DISTINCT " + name("t", column) + " AS meter, " + SELLER + " AS seller FROM " + source(table)
                        + " AS t WHERE meter IS NOT NULL ORDER BY ALL")
                .rows()
                .forEach(row -> {
                    String meter = (String) row.get(0);
                    String seller = (String) row.get(1);
                    boolean isOfCloud = seller != null
                            && pseudonyms.replaced(TextKind.SELLER, seller).equals(seller);
                    TextKind kind = isOfCloud ? TextKind.METER : TextKind.WRITTEN;
                    meters.add(Arrays.asList(meter, seller, pseudonyms.replaced(kind, meter)));
                });
        String name = "meters_" + replacements++;
        sql.execute("CREATE TEMP TABLE " + name + " (\"old\" VARCHAR, seller VARCHAR, \"new\" VARCHAR)");
        sql.insert(name, sql.columns(name), meters);
        return name;
    }

    /** Texts are numbered by a hash of them; a redacted scan counts them instead. */
    private String numbers(Rows.Column column) {
        String name = "numbers_of_" + column.name();
        sql.execute("CREATE TEMP TABLE IF NOT EXISTS " + name + " AS SELECT " + name("t", column)
                + " AS \"old\", row_number() OVER (ORDER BY min(t.rowid)) AS \"new\" FROM " + source("charge_texts")
                + " AS t GROUP BY ALL");
        return name;
    }
}
