package io.aiaudit.collect.gcp;

import com.fasterxml.jackson.databind.JsonNode;
import io.aiaudit.collect.rest.Json;
import java.math.BigDecimal;

/**
 * Numbers of Google's messages. JSON of proto3 leaves a plain number out where it is zero: it is unknown only where its
 * whole message is missing. Not for optional fields, nor for those that a message of this sort does not have.
 */
final class Proto {
    private Proto() {}

    /** Null where the message is missing or has nothing at all, or where the field is no number. */
    static BigDecimal number(JsonNode message, String field) {
        if (!message.isObject() || message.isEmpty()) {
            return null;
        }
        return message.has(field) ? Json.number(message, "/" + field) : BigDecimal.ZERO;
    }

    static Integer count(JsonNode message, String field) {
        BigDecimal number = number(message, field);
        return number == null ? null : Integer.valueOf(number.intValue());
    }
}
