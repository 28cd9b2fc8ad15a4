package io.aiaudit.model;

import java.util.EnumMap;
import java.util.Map;

/**
 * Whose report it is and how it looks: what a consultant puts on a report beside what aiaudit found.
 *
 * @param client the audited company; empty = not named
 * @param author who hands the report over; empty = not named
 * @param confidentiality one line for every page; empty = none
 * @param logo null = none
 * @param accent of rules, bars and links; null = that of aiaudit
 * @param texts paragraphs of the author by the part of the report that they open
 */
public record Brand(
        String client, String author, String confidentiality, Logo logo, BrandColour accent, Map<Part, String> texts) {
    public static final Brand NONE = new Brand("", "", "", null, null, Map.of());

    /** A part of a report that may open with a text of the author. */
    public enum Part implements Keyed {
        COVER,
        SUMMARY,
        FINDINGS,
        DECISIONS,
        METHOD
    }

    public Brand {
        Map<Part, String> sorted = new EnumMap<>(Part.class);
        sorted.putAll(texts);
        texts = Map.copyOf(sorted);
    }

    /** The text that opens a part; empty = none. */
    public String text(Part part) {
        return texts.getOrDefault(part, "");
    }

    public Brand withClient(String name) {
        return new Brand(name, author, confidentiality, logo, accent, texts);
    }

    /** Whether it has a client, an author, a logo or a line of confidentiality, which are together at the top. */
    public boolean hasHead() {
        return logo != null || !(client + author + confidentiality).isEmpty();
    }

    /** What stays of it on a report without names: texts and pictures may give a name away. */
    public Brand withoutNames() {
        return new Brand("", "", "", null, accent, Map.of());
    }

    /** Whether {@link #withoutNames} leaves something out. */
    public boolean names() {
        return !equals(withoutNames());
    }
}
