package io.aiaudit.store;

import io.aiaudit.model.FileSet;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Stores of one inventory and one usage file, and the hours in them. */
final class UsageFiles {
    private UsageFiles() {}

    static TestStore read(Path folder, String inventory, String usage, String... absentIsZero) {
        return TestStore.of(folder, IngestSettings.NONE, staging -> {
            if (inventory != null) {
                staging.files(
                        TestStore.set(FileSet.Content.INVENTORY, FocusCsv.text(folder, "inventory.csv", inventory)));
            }
            if (usage != null) {
                Path file = FocusCsv.text(folder, "usage.csv", usage);
                staging.files(new FileSet(FileSet.Content.USAGE, "usage.csv", List.of(file), Set.of(absentIsZero)));
            }
        });
    }

    static List<List<Object>> metrics(TestStore store) {
        return store.locked()
                .select("SELECT resource_id, metric, hour::VARCHAR, average, maximum, total, samples FROM metrics "
                        + "ORDER BY ALL")
                .rows();
    }
}
