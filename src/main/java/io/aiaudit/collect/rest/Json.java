package io.aiaudit.collect.rest;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Values of a response, by pointer such as {@code /properties/vmSize}. What is missing is null, whatever form the
 * response has instead.
 */
public final class Json {
    private Json() {}

    /** A text, a number or a truth as text; null where it is absent or empty. */
    public static String text(JsonNode node, String pointer) {
        JsonNode found = node.at(pointer);
        String text = found.isValueNode() && !found.isNull() ? found.asText() : "";
        return text.isEmpty() ? null : text;
    }

    /** The same where an object cannot be made without it. */
    public static String needed(JsonNode node, String pointer) {
        return Objects.requireNonNull(text(node, pointer), member(pointer));
    }

    /** The last name of a pointer, in which a slash and a tilde are written otherwise (RFC 6901). */
    private static String member(String pointer) {
        return pointer.substring(pointer.lastIndexOf('/') + 1)
                .replace("~1", "/")
                .replace("~0", "~");
    }

    public static Integer integer(JsonNode node, String pointer) {
        BigDecimal number = number(node, pointer);
        return number == null ? null : number.intValue();
    }

    public static BigDecimal number(JsonNode node, String pointer) {
        JsonNode found = node.at(pointer);
        if (found.isNumber()) {
            return found.decimalValue();
        }
        try {
            return found.isTextual() ? new BigDecimal(found.asText().strip()) : null;
        } catch (NumberFormatException e) {
            return null; // a text that is no number
        }
    }

    public static Instant instant(JsonNode node, String pointer) {
        String text = text(node, pointer);
        try {
            return text == null ? null : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return null; // a text that is no time
        }
    }

    /** The texts of an object, such as tags; empty where there is none. */
    public static Map<String, String> texts(JsonNode node, String pointer) {
        Map<String, String> texts = new HashMap<>();
        node.at(pointer).properties().forEach(field -> {
            if (field.getValue().isValueNode()) {
                texts.put(
                        field.getKey(),
                        field.getValue().isNull() ? "" : field.getValue().asText());
            }
        });
        return texts;
    }
}
