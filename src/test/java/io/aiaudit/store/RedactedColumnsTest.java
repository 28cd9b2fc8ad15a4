package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aiaudit.model.TextKind;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every column that a saved scan has is declared, so none is copied into a redacted one without a thought. */
class RedactedColumnsTest {
    @TempDir
    private Path folder;

    /** By table and column. */
    private Map<String, Map<String, String>> types() {
        Path file = folder.resolve("june.aiaudit");
        try (Store store = Store.create(file, TestStore.limits(folder))) {
            store.finish(TestStore.facts(), IngestSettings.NONE);
        }
        Map<String, Map<String, String>> types = new TreeMap<>();
        try (Sql sql = Sql.open(file, new Properties())) {
            sql.select("SELECT table_name, column_name, data_type FROM duckdb_columns() WHERE NOT internal"
                            + " AND table_name IN (SELECT table_name FROM duckdb_tables())")
                    .rows()
                    .forEach(row -> types.computeIfAbsent((String) row.get(0), table -> new HashMap<>())
                            .put((String) row.get(1), (String) row.get(2)));
        }
        return types;
    }

    @Test
    void each_column_of_the_saved_catalog_is_declared_and_nothing_else() {
        Map<String, Map<String, TextKind>> declared = RedactedColumns.load().all();

        Map<String, Map<String, String>> types = types();
        assertThat(declared.keySet()).isEqualTo(types.keySet());
        types.forEach((table, columns) ->
                assertThat(declared.get(table).keySet()).as(table).isEqualTo(columns.keySet()));
    }

    @Test
    void what_can_hold_a_text_is_no_amount_and_what_can_not_is_no_text() {
        Map<String, Map<String, TextKind>> declared = RedactedColumns.load().all();

        types().forEach((table, columns) -> columns.forEach((column, type) -> {
            TextKind kind = declared.get(table).get(column);
            boolean isNumber = kind == TextKind.AMOUNT || kind == TextKind.NUMBER_OF_TEXTS;
            assertThat(isNumber).as(table + "." + column).isEqualTo(!type.contains("VARCHAR"));
        }));
    }

    @Test
    void a_column_that_is_new_is_refused_until_somebody_declares_it() {
        assertThatThrownBy(() -> RedactedColumns.load().kind("resources", "nickname"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("resources.nickname");
    }
}
