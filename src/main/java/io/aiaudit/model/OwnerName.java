package io.aiaudit.model;

import java.text.Normalizer;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** When two spellings are one owner: blanks of any kind, cases and forms of letters do not part them. */
public final class OwnerName {
    /** All that Unicode takes for white space, and what has no width. */
    private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}\\u200b\\u2060\\ufeff]+");

    private OwnerName() {}

    /** The name with one space for blanks of any kind and none at its ends; null where nothing is left. */
    public static String of(String written) {
        String name =
                written == null ? "" : BLANKS.matcher(written).replaceAll(" ").strip();
        return name.isEmpty() ? null : name;
    }

    /** What all spellings of one owner have in common; empty for none. */
    public static String key(String written) {
        String name = of(written);
        return name == null
                ? ""
                : Normalizer.normalize(name, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    }

    /** Gives each of these the first spelling of its owner, by the order of characters; null stays. */
    public static UnaryOperator<String> oneSpelling(Collection<String> owners) {
        Map<String, String> spellings = new HashMap<>();
        owners.stream()
                .filter(owner -> owner != null)
                .forEach(owner -> spellings.merge(key(owner), owner, (a, b) -> a.compareTo(b) <= 0 ? a : b));
        return owner -> owner == null ? null : spellings.get(key(owner));
    }
}
