package io.aiaudit.model;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** An enum constant that files, SQL and JSON know by its name in lower case. */
public interface Keyed {
    String name();

    /** The word used outside Java, such as {@code no_saving}. */
    default String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The constant of {@code type} with this key; empty for an unknown or absent word. */
    static <E extends Enum<E> & Keyed> Optional<E> find(Class<E> type, String key) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.key().equals(key))
                .findFirst();
    }

    /** Every word that {@link #find} knows, in declaration order, for messages that list what is allowed. */
    static <E extends Enum<E> & Keyed> List<String> keys(Class<E> type) {
        return Arrays.stream(type.getEnumConstants()).map(Keyed::key).toList();
    }
}
