package io.aiaudit.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** A bill written by a test: rows that share some values and name the rest, as CSV. */
final class BillText {
    private final Map<String, String> common;
    private final List<Map<String, String>> rows = new ArrayList<>();

    /** Every row has these values, given as name, value, name, value. */
    BillText(String... common) {
        this.common = map(common);
    }

    static Map<String, String> map(String... namesAndValues) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return map;
    }

    BillText row(String... values) {
        Map<String, String> row = new LinkedHashMap<>(common);
        row.putAll(map(values));
        rows.add(row);
        return this;
    }

    /** Columns that the file has, though they may be empty in all rows. */
    BillText columns(String... names) {
        for (String name : names) {
            common.putIfAbsent(name, "");
        }
        return this;
    }

    BillText rowsOf(BillText other) {
        rows.addAll(other.rows);
        return this;
    }

    /** The same rows with each value as {@code written} makes it. */
    BillText with(UnaryOperator<String> written) {
        BillText bill = new BillText();
        bill.common.putAll(common);
        bill.common.replaceAll((column, value) -> written.apply(value));
        for (Map<String, String> row : rows) {
            Map<String, String> copy = new LinkedHashMap<>(row);
            copy.replaceAll((column, value) -> written.apply(value));
            bill.rows.add(copy);
        }
        return bill;
    }

    Path csv(Path folder, String name) {
        return csv(folder, name, ",", StandardCharsets.UTF_8);
    }

    Path csv(Path folder, String name, String delimiter, Charset charset) {
        Set<String> header = new LinkedHashSet<>(common.keySet());
        rows.forEach(row -> header.addAll(row.keySet()));
        List<String> lines = new ArrayList<>();
        lines.add(header.stream().map(BillText::quoted).collect(Collectors.joining(delimiter)));
        for (Map<String, String> row : rows) {
            lines.add(header.stream()
                    .map(column -> quoted(row.getOrDefault(column, "")))
                    .collect(Collectors.joining(delimiter)));
        }
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            return Files.writeString(file, String.join("\n", lines) + "\n", charset);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One object a line, without what a row has no value for. */
    Path jsonLines(Path folder, String name) {
        List<String> lines = rows.stream()
                .map(row -> row.entrySet().stream()
                        .filter(cell -> !cell.getValue().isEmpty())
                        .map(cell -> json(cell.getKey()) + ":" + json(cell.getValue()))
                        .collect(Collectors.joining(",", "{", "}")))
                .toList();
        return TestStore.file(folder, name, lines.toArray(String[]::new));
    }

    private static String json(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static String quoted(String value) {
        return value.matches("[\\w.:/ -]*") ? value : '"' + value.replace("\"", "\"\"") + '"';
    }
}
