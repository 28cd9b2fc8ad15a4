package io.aiaudit.store;

import io.aiaudit.model.Window;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The row of {@code scan} and the rows of {@code config}, there and back. */
final class ScanRow {
    static final int SCHEMA_VERSION = 1;

    private ScanRow() {}

    static void write(Sql sql, ScanFacts facts, String currency) {
        List<Object> row = new java.util.ArrayList<>();
        row.add(SCHEMA_VERSION);
        row.add(facts.toolVersion());
        row.add(facts.window().start());
        row.add(facts.window().end());
        row.add(currency);
        row.add(facts.sources());
        row.add(facts.scannedAt());
        row.add(facts.demo());
        row.add(false);
        row.add(facts.partial());
        sql.insert("scan", sql.columns("scan"), List.of(row));
        List<List<String>> config = facts.config().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> List.of(entry.getKey(), entry.getValue()))
                .toList();
        sql.insert("config", sql.columns("config"), config);
    }

    static ScanFacts read(LockedStore store) {
        List<Object> row = store.select(
                        "SELECT tool_version, window_start, window_end, currency, sources, scanned_at, demo, partial "
                                + "FROM scan")
                .rows()
                .get(0);
        Map<String, String> config = new LinkedHashMap<>();
        for (List<Object> entry :
                store.select("SELECT key, value FROM config ORDER BY key").rows()) {
            config.put((String) entry.get(0), (String) entry.get(1));
        }
        return new ScanFacts(
                (String) row.get(0),
                new Window((Instant) row.get(1), (Instant) row.get(2)),
                (String) row.get(3),
                ((List<?>) row.get(4)).stream().map(String.class::cast).toList(),
                (Instant) row.get(5),
                (Boolean) row.get(6),
                (Boolean) row.get(7),
                config);
    }
}
