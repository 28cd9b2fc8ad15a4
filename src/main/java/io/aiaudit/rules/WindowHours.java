package io.aiaudit.rules;

import io.aiaudit.model.Window;

/** The hours of the window as SQL: they are the bits of a bit string, the first hour first. */
record WindowHours(Window window) {
    String start() {
        return Literal.timestamp(window.start());
    }

    String end() {
        return Literal.timestamp(window.end());
    }

    long hours() {
        return window.hours();
    }

    /** The bits of the whole hours between two times. */
    String bits(String from, String to) {
        String first =
                "least(%2$d, greatest(0, ceil(epoch(%1$s - %3$s) / 3600)::BIGINT))".formatted(from, hours(), start());
        String last =
                "least(%2$d, greatest(0, floor(epoch(%1$s - %3$s) / 3600)::BIGINT))".formatted(to, hours(), start());
        return "(repeat('0', " + first + ") || repeat('1', greatest(0, " + last + " - " + first + ")) || repeat('0', "
                + hours() + " - greatest(" + first + ", " + last + ")))::BIT";
    }
}
