package io.aiaudit.store;

import java.util.Map;
import java.util.Set;

/** A text file that was read once to its end and is fit for DuckDB. */
sealed interface ReadableText permits CsvText, JsonText, PartedText {
    /** Of the unpacked contents. */
    String fingerprint();

    /** What was unusual, or null. */
    String warning();

    /** The lines of the user's own text where these records start. */
    Map<Long, Long> lines(Set<Long> records);

    /** Records that are longer than DuckDB can take; the copy has a broken one instead of each. */
    Set<Long> tooLong();

    /** Takes copies away. */
    void remove();
}
