package io.aiaudit.store;

import io.aiaudit.model.Resource;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads a row that has the columns of {@code resources} in their order. */
final class ResourceRow {
    static final int COLUMNS = 22;

    private ResourceRow() {}

    static Resource read(List<Object> row) {
        return new Resource(
                (String) row.get(0),
                (String) row.get(1),
                (String) row.get(2),
                (String) row.get(3),
                (String) row.get(4),
                (String) row.get(5),
                (String) row.get(6),
                (String) row.get(7),
                row.get(8) == null ? null : ((Long) row.get(8)).intValue(),
                (String) row.get(9),
                decimal(row.get(10)),
                decimal(row.get(11)),
                decimal(row.get(12)),
                decimal(row.get(13)),
                (Instant) row.get(14),
                (Instant) row.get(15),
                (String) row.get(16),
                (String) row.get(17),
                (String) row.get(18),
                (String) row.get(19),
                texts(row.get(20)),
                texts(row.get(21)));
    }

    private static BigDecimal decimal(Object value) {
        if (value == null) {
            return null;
        }
        BigDecimal exact = new BigDecimal(value.toString()).stripTrailingZeros();
        return exact.scale() < 0 ? exact.setScale(0) : exact;
    }

    /** Keys without a value are left out: the model knows no null in a map. */
    static Map<String, String> texts(Object map) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (map instanceof Map<?, ?> entries) {
            entries.forEach((key, value) -> {
                if (value != null) {
                    texts.put((String) key, value.toString());
                }
            });
        }
        return texts;
    }
}
