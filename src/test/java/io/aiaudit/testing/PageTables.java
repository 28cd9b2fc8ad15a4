package io.aiaudit.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The tables of a page of docs, so that a test computes again what the page says. A table is found by the first cell of
 * its head; an empty cell is null.
 */
public final class PageTables {
    private PageTables() {}

    /** Of tables with the same first cell the first one. */
    public static Map<String, List<Map<String, String>>> of(String page) throws IOException {
        Map<String, List<Map<String, String>>> tables = new LinkedHashMap<>();
        List<String> head = null;
        List<Map<String, String>> rows = new ArrayList<>();
        for (String line :
                Files.readAllLines(Needs.projectFolder().resolve("docs").resolve(page))) {
            if (!line.startsWith("|")) {
                head = null;
            } else if (head == null) {
                head = cells(line);
                rows = new ArrayList<>();
                tables.putIfAbsent(head.get(0), rows);
            } else if (!line.startsWith("|---")) {
                rows.add(row(head, cells(line)));
            }
        }
        return tables;
    }

    private static List<String> cells(String line) {
        return Arrays.stream(line.substring(1).split("\\|", -1))
                .map(String::strip)
                .toList();
    }

    private static Map<String, String> row(List<String> head, List<String> cells) {
        Map<String, String> row = new HashMap<>();
        for (int i = 0; i < head.size(); i++) {
            row.put(head.get(i), cells.get(i).isEmpty() ? null : cells.get(i));
        }
        return row;
    }
}
