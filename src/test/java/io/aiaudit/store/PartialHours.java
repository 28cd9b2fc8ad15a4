package io.aiaudit.store;

import io.aiaudit.model.FileSet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The hours that usage files know in part. Each test of a class writes of one resource, whose id gets a number, and
 * all are in one store, because a store takes seconds and a few rows more nothing.
 */
final class PartialHours {
    private static final Pattern NUMBER = Pattern.compile("\\d{3}");

    private final List<Usage> all = new ArrayList<>();
    private final Pattern ids;
    private Map<String, List<String>> hours;

    /** @param ids what in an inventory and in usage rows is an id of the resource or of one that belongs to it */
    PartialHours(String ids) {
        this.ids = Pattern.compile(ids, Pattern.MULTILINE);
    }

    /** Of one letter, at the start of its rows. */
    static PartialHours of(char id) {
        return new PartialHours("^" + id + "(?=,)");
    }

    /** Rows of one resource and what is in them. */
    final class Usage {
        private final String number = String.format(Locale.ROOT, "%03d", all.size());
        private final String inventory;
        private final String rows;
        private final FocusCsv bill;

        private Usage(String inventory, String rows, FocusCsv bill) {
            this.inventory = inventory;
            this.rows = rows;
            this.bill = bill;
        }

        private String named(String text) {
            return ids.matcher(text).replaceAll(id -> id.group() + number);
        }

        /** Its hours that were measured in part. */
        List<String> hours(Path folder) {
            return read(folder).getOrDefault(number, List.of());
        }
    }

    Usage of(String inventory, String rows, FocusCsv bill) {
        Usage usage = new Usage(inventory, rows, bill);
        all.add(usage);
        return usage;
    }

    Usage of(String inventory, String rows) {
        return of(inventory, rows, new FocusCsv());
    }

    private synchronized Map<String, List<String>> read(Path folder) {
        if (hours == null) {
            Map<String, String> inventories = new LinkedHashMap<>();
            Map<String, String> usages = new LinkedHashMap<>();
            FocusCsv bill = new FocusCsv();
            for (Usage usage : all) {
                add(inventories, usage.named(usage.inventory));
                add(usages, usage.named(usage.rows));
                bill.rows(usage.bill, (column, value) -> column.equals("ResourceId") ? value + usage.number : value);
            }
            hours = read(folder, inventories, usages, bill);
        }
        return hours;
    }

    /** Below its header. */
    private static void add(Map<String, String> byHeader, String text) {
        int end = text.indexOf('\n') + 1;
        byHeader.merge(text.substring(0, end), text.substring(end), String::concat);
    }

    private static Map<String, List<String>> read(
            Path folder, Map<String, String> inventories, Map<String, String> usages, FocusCsv bill) {
        try (TestStore store = TestStore.of(folder, IngestSettings.NONE, staging -> {
            inventories.forEach((header, rows) ->
                    staging.files(TestStore.set(FileSet.Content.INVENTORY, file(folder, "inventory", header, rows))));
            usages.forEach((header, rows) -> {
                Path file = file(folder, "usage", header, rows);
                staging.files(
                        new FileSet(FileSet.Content.USAGE, file.getFileName().toString(), List.of(file), Set.of()));
            });
            if (bill.size() > 0) {
                staging.files(TestStore.set(FileSet.Content.BILLING, bill.write(folder, "b.csv")));
            }
        })) {
            Map<String, List<String>> hours = new LinkedHashMap<>();
            store.locked()
                    .select("SELECT resource_id, hour::VARCHAR FROM partial_hours ORDER BY hour, resource_id")
                    .rows()
                    .forEach(row -> hours.computeIfAbsent(number((String) row.get(0)), id -> new ArrayList<>())
                            .add((String) row.get(1)));
            return hours;
        }
    }

    private static String number(String id) {
        Matcher number = NUMBER.matcher(id);
        return number.find() ? number.group() : id;
    }

    private static Path file(Path folder, String content, String header, String rows) {
        return FocusCsv.text(folder, content + "-" + Integer.toHexString(header.hashCode()) + ".csv", header + rows);
    }
}
