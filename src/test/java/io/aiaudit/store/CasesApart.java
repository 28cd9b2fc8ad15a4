package io.aiaudit.store;

import io.aiaudit.model.FileSet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Bills and inventories of cases that have nothing to do with each other, for one store, which takes seconds: in it
 * each case has accounts and resources of its own.
 */
final class CasesApart {
    private final List<String> names = new ArrayList<>();
    private final FocusCsv bill = new FocusCsv();
    private final Map<String, List<String>> inventories = new LinkedHashMap<>();

    /** The inventory has a header that begins with resource_id, kind, provider and account_id; or there is none. */
    void add(String name, FocusCsv rows, String... inventory) {
        if (names.contains(name)) {
            throw new IllegalArgumentException("a second case " + name);
        }
        names.add(name);
        bill.rows(rows, (column, value) -> switch (column) {
            case "ResourceId" -> resource(name, value);
            case "SubAccountId" -> account(name, value);
            default -> value;
        });
        int parent =
                inventory.length == 0 ? -1 : List.of(inventory[0].split(",")).indexOf("parent_id");
        for (int line = 1; line < inventory.length; line++) {
            String[] cells = inventory[line].split(",", -1);
            cells[0] = resource(name, cells[0]);
            cells[3] = account(name, cells[3]);
            if (parent >= 0) {
                cells[parent] = resource(name, cells[parent]);
            }
            inventories
                    .computeIfAbsent(inventory[0], header -> new ArrayList<>())
                    .add(String.join(",", cells));
        }
    }

    /** What a resource of a case is called in the store. */
    String resource(String name, String id) {
        return id.isEmpty() ? id : id + number(name);
    }

    /** What an account of a case, of twelve digits, is called in the store. */
    String account(String name, String account) {
        return account.substring(0, 9) + number(name);
    }

    private String number(String name) {
        int number = names.indexOf(name);
        if (number < 0) {
            throw new IllegalArgumentException("no case " + name);
        }
        return String.format(Locale.ROOT, "%03d", number);
    }

    void stage(Staging staging, Path folder) {
        staging.files(TestStore.set(FileSet.Content.BILLING, bill.write(folder, "bill.csv")));
        inventories.forEach((header, lines) -> {
            List<String> text = new ArrayList<>(List.of(header));
            text.addAll(lines);
            String name = "inventory-" + header.hashCode() + ".csv";
            staging.files(TestStore.set(
                    FileSet.Content.INVENTORY, TestStore.file(folder, name, text.toArray(String[]::new))));
        });
    }

    TestStore store(Path folder) {
        return TestStore.of(folder, IngestSettings.NONE, staging -> stage(staging, folder));
    }
}
