package io.aiaudit.store;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A column that a dialect names.
 *
 * @param optional NULL where it cannot be read, which is no reason to reject the row
 * @param otherNames that the column has in some files; {@code prefix*} gathers all columns that begin so
 */
record WantedColumn(String name, String type, boolean required, boolean optional, List<String> otherNames) {
    private static final Pattern COMMA = Pattern.compile("\\s*,\\s*");

    /**
     * @param row its name, type, whether it is NOT NULL, and its default
     * @param comment null when it has none
     */
    static WantedColumn of(List<Object> row, String comment) {
        return new WantedColumn(
                (String) row.get(0),
                (String) row.get(1),
                (Boolean) row.get(2),
                row.get(3) != null,
                comment == null ? List.of() : List.of(COMMA.split(comment)));
    }

    List<String> names() {
        List<String> names = new ArrayList<>(List.of(name));
        otherNames.stream().filter(other -> !other.endsWith("*")).forEach(names::add);
        return names;
    }

    /** The name that a file of objects has for it: one of its header, else the last, which is the nested one. */
    String inFile(List<String> header) {
        List<String> names = names();
        return names.stream().filter(header::contains).findFirst().orElse(names.get(names.size() - 1));
    }

    /** True where a file has columns that are gathered in this one, which it then need not have itself. */
    boolean isGatheredFrom(List<String> header) {
        return header.stream().anyMatch(name -> !gatheredKey(name).isEmpty());
    }

    /**
     * The key under which this column gathers that of the file: what follows one of the prefixes; empty when it does
     * not.
     */
    String gatheredKey(String nameInFile) {
        return otherNames.stream()
                .filter(other -> other.endsWith("*"))
                .map(other -> other.substring(0, other.length() - 1))
                .filter(start -> nameInFile.regionMatches(true, 0, start, 0, start.length()))
                .findFirst()
                .map(start -> nameInFile.substring(start.length()))
                .orElse("");
    }
}
