package io.aiaudit.rules;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Values of ours as SQL text, for statements that take no parameters such as CREATE VIEW. */
final class Literal {
    private Literal() {}

    static String text(String value) {
        return "'" + value.replace("'", "''") + "'";
    }

    /** The list after IN. */
    static String texts(Collection<String> values) {
        return values.stream().map(Literal::text).collect(Collectors.joining(", ", "(", ")"));
    }

    static String timestamp(Instant instant) {
        return "TIMESTAMP '"
                + LocalDateTime.ofInstant(instant, ZoneOffset.UTC).toString().replace('T', ' ') + "'";
    }

    static String name(String identifier) {
        return "\"" + identifier.replace("\"", "\"\"") + "\"";
    }

    /** The value of a parameter, in its own type. */
    static String parameter(Object value, String sqlType) {
        return "CAST(" + plain(value) + " AS " + sqlType + ")";
    }

    private static String plain(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(Literal::plain).collect(Collectors.joining(", ", "[", "]"));
        }
        if (value instanceof BigDecimal number) {
            return text(number.toString());
        }
        return text(String.valueOf(value));
    }
}
