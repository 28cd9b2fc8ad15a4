package io.aiaudit.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which columns of a file are read, by their indexes.
 *
 * @param indexes of the wanted columns that the file has
 * @param gathered columns by the wanted ones that gather them
 * @param differing from row to row, as the dialect says
 * @param common to many rows: the others that are read
 * @param unread where rows have ids: all others, since then the whole text of a row is looked at
 */
record ReadColumns(
        Map<WantedColumn, Integer> indexes,
        Map<WantedColumn, List<Integer>> gathered,
        List<Integer> differing,
        List<Integer> common,
        List<Integer> unread) {
    private static final int MOST_NAMED_COLUMNS = 2_000;

    static ReadColumns of(SourceFile file, Dialect dialect, List<WantedColumn> wanted) {
        Map<String, Integer> byName = new HashMap<>();
        List<String> names = file.header().stream()
                .map(name -> dialect.spelling().plain(name).toLowerCase(Locale.ROOT))
                .toList();
        for (int i = 0; i < names.size(); i++) {
            byName.putIfAbsent(names.get(i), i);
        }
        Map<WantedColumn, Integer> indexes = new HashMap<>();
        Map<WantedColumn, List<Integer>> gathered = new HashMap<>();
        Set<Integer> read = new HashSet<>();
        for (WantedColumn column : wanted) {
            Optional<Integer> index = column.names().stream()
                    .map(name -> byName.get(name.toLowerCase(Locale.ROOT)))
                    .filter(Objects::nonNull)
                    .findFirst();
            if (index.isPresent()) {
                indexes.put(column, index.get());
                read.add(index.get());
            } else {
                List<Integer> several = gathered(file, column);
                gathered.put(column, several);
                read.addAll(several);
            }
        }
        Set<String> differing = Set.copyOf(dialect.rows().differing());
        List<Integer> differ = new ArrayList<>();
        List<Integer> common = new ArrayList<>();
        List<Integer> unread = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            if (read.contains(i) || dialect.rows().identified()) {
                (differing.contains(names.get(i)) ? differ : read.contains(i) ? common : unread).add(i);
            }
        }
        return new ReadColumns(indexes, gathered, differ, common, unread);
    }

    /** All that is looked at and does not differ from row to row, in order. */
    List<Integer> repeated() {
        return Stream.concat(common.stream(), unread.stream()).sorted().toList();
    }

    private static List<Integer> gathered(SourceFile file, WantedColumn column) {
        List<Integer> indexes = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        for (int i = 0; i < Math.min(file.columns().size(), MOST_NAMED_COLUMNS); i++) {
            String key = column.gatheredKey(file.columns().get(i).name());
            if (!key.isEmpty() && keys.add(key)) {
                indexes.add(i);
            }
        }
        return indexes;
    }
}
