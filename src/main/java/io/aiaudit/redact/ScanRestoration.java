package io.aiaudit.redact;

import io.aiaudit.model.Pseudonyms;
import io.aiaudit.model.TextKind;
import java.util.Set;
import java.util.TreeSet;

/** The names back in the tables of a redacted saved scan. */
public final class ScanRestoration implements Pseudonyms {
    private final RedactionKey key;
    private final Set<String> unknown = new TreeSet<>();

    public ScanRestoration(RedactionKey key) {
        this.key = key;
    }

    /** Nothing has to be known beforehand: a pseudonym is recognised by its form. */
    @Override
    public void learn(TextKind kind, String value) {}

    @Override
    public String replaced(TextKind kind, String value) {
        return switch (kind) {
            case OURS, AMOUNT, NUMBER_OF_TEXTS -> value;
            case TAGS, JSON -> ScanRedaction.changed(value, this::restored);
            case CLOUD, SELLER, NAME, ID, SERVICE, METER, TEXT, ERROR, WRITTEN, FILE, YAML -> restored(value);
        };
    }

    private String restored(String text) {
        return key.restored(text, unknown);
    }

    /** To be called when all is copied: names that the key does not know are an error. */
    public void refuseUnknown() {
        RedactionKey.refuse(unknown);
    }
}
