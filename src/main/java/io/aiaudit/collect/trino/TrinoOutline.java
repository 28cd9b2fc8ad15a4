package io.aiaudit.collect.trino;

import io.aiaudit.model.FileSet;
import java.util.List;

/** What a scan would send to Trino, in sentences. */
public final class TrinoOutline {
    private TrinoOutline() {}

    /** One for each table; nothing is sent for that. */
    public static List<String> of(List<TrinoTable> tables) {
        return tables.stream().map(TrinoOutline::of).toList();
    }

    private static String of(TrinoTable table) {
        boolean usage = table.content() == FileSet.Content.USAGE;
        return table.content().key() + " " + table.address()
                + (table.address().tls() ? " (TLS)" : " (not encrypted)")
                + ": 3 statements: its columns, an estimate, and one that "
                + (usage ? "rolls it up to hours" : "adds it up by resource, SKU and day")
                + ". 'aiaudit sources check trino' shows the estimate.";
    }
}
