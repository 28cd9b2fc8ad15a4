package io.aiaudit.cli;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** One event on standard error as a JSON object on one line. */
final class JsonLine {
    private final StringBuilder line = new StringBuilder();

    private JsonLine(String level) {
        add("time", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
        add("level", level);
    }

    /**
     * An event.
     *
     * @param kind what it is about in the words of the text form, such as {@code not read}; null = nothing but its
     * message
     * @param fix empty where nothing is to be done
     */
    static String of(String level, String kind, String message, String fix) {
        JsonLine json = new JsonLine(level);
        if (kind != null) {
            json.add("kind", kind);
        }
        json.add("message", message.strip());
        if (!fix.isEmpty()) {
            json.add("fix", fix);
        }
        return json.line + "}";
    }

    private void add(String key, String value) {
        line.append(line.isEmpty() ? "{" : ",")
                .append('"')
                .append(key)
                .append("\":\"")
                .append(JsonStringEncoder.getInstance().quoteAsString(value))
                .append('"');
    }
}
