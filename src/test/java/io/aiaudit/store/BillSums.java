package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.testing.Needs;
import io.aiaudit.testing.Ran;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Totals of a bill by key, in a form that two tools can be compared in: {@code key -> "billed effective"}, to a
 * millionth.
 */
final class BillSums {
    private BillSums() {}

    /** What the store says; {@code key} is an SQL expression over charges. */
    static Map<String, String> loaded(TestStore store, String key) {
        return loaded(store, key, "charges");
    }

    /** Of some charges, such as {@code charges WHERE ...}. */
    static Map<String, String> loaded(TestStore store, String key, String charges) {
        Map<String, String> sums = new TreeMap<>();
        for (List<Object> row : store.locked()
                .select("SELECT coalesce(" + key + ", '-'), sum(BilledCost), sum(cost) FROM " + charges + " GROUP BY 1")
                .rows()) {
            sums.put((String) row.get(0), amount(row.get(1)) + " " + amount(row.get(2)));
        }
        return sums;
    }

    static String amount(Object value) {
        return ((BigDecimal) value).setScale(6, RoundingMode.HALF_EVEN).toPlainString();
    }

    /** One value of a query, for a test of few rows. */
    static String one(TestStore store, String sql) {
        Object value = store.locked().select(sql).rows().get(0).get(0);
        return value instanceof BigDecimal number ? number.stripTrailingZeros().toPlainString() : String.valueOf(value);
    }

    /**
     * What Python's decimal module makes of the same file: a script of src/test/python prints {@code grouping TAB key
     * TAB billed TAB effective}.
     */
    static Map<String, Map<String, String>> python(String script, Path... files) {
        List<String> command =
                new ArrayList<>(List.of(Needs.program("python3").toString(), "src/test/python/" + script));
        for (Path file : files) {
            command.add(file.toString());
        }
        Ran ran = Ran.program(Needs.projectFolder(), Map.of("PYTHONDONTWRITEBYTECODE", "1"), command);
        assertThat(ran.exitCode()).as(ran::toString).isZero();
        Map<String, Map<String, String>> sums = new TreeMap<>();
        for (String line : ran.out().lines().toList()) {
            String[] cells = line.split("\t", -1);
            sums.computeIfAbsent(cells[0], grouping -> new TreeMap<>())
                    .put(cells[1], amount(new BigDecimal(cells[2])) + " " + amount(new BigDecimal(cells[3])));
        }
        return sums;
    }
}
