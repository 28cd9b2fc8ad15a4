package io.aiaudit.rules;

import io.aiaudit.store.LockedStore;
import io.aiaudit.store.Rows;
import java.util.List;
import java.util.stream.Stream;

/** A temporary table of rows that come from Java. */
final class TempTable {
    private TempTable() {}

    /**
     * Makes it, in place of an earlier one; {@code columns}: each with its type, with {@code ", "} between them and
     * nowhere else.
     */
    static void fill(LockedStore store, String table, String columns, List<? extends List<?>> rows) {
        store.execute("CREATE OR REPLACE TEMP TABLE " + table + " (" + columns + ")");
        store.fill(table, Stream.of(columns.split(", ")).map(TempTable::column).toList(), rows);
    }

    private static Rows.Column column(String nameAndType) {
        int space = nameAndType.indexOf(' ');
        return new Rows.Column(nameAndType.substring(0, space), nameAndType.substring(space + 1));
    }
}
