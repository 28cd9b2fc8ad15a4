package io.aiaudit.config;

import io.aiaudit.collect.trino.TrinoTable;
import io.aiaudit.model.FileSet;
import io.aiaudit.model.FileSet.Content;
import io.aiaudit.model.UserError;
import io.aiaudit.store.InputFiles;
import io.aiaudit.store.InputNames;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What the user named: files, each as a file, a folder or a glob, and tables of a lake.
 *
 * @param tables bills and usage that are tables of Trino
 * @param absentIsZero metrics for which the usage files leave zeros out
 */
public record Inputs(
        List<String> billing,
        List<String> inventory,
        List<String> usage,
        Set<String> absentIsZero,
        List<TrinoTable> tables) {
    public static final Inputs NONE = new Inputs(List.of(), List.of(), List.of(), Set.of(), List.of());

    public Inputs {
        billing = List.copyOf(billing);
        inventory = List.copyOf(inventory);
        usage = List.copyOf(usage);
        absentIsZero = Set.copyOf(absentIsZero);
        tables = List.copyOf(tables);
    }

    /** Whether any file is named. */
    public boolean hasFiles() {
        return !billing.isEmpty() || !inventory.isEmpty() || !usage.isEmpty();
    }

    /** Whether a bill is named, which then counts before the one that a cloud has. */
    public boolean hasBill() {
        return !billing.isEmpty() || tables.stream().anyMatch(table -> table.content() == Content.BILLING);
    }

    /**
     * The files behind the names, each of which has a header that we know; one a set, so that a broken file takes no
     * other with it.
     *
     * @throws UserError when a name matches nothing that can be read
     */
    public List<FileSet> find() {
        List<FileSet> sets = new ArrayList<>();
        billing.forEach(name -> sets.add(InputFiles.find(Content.BILLING, name, Set.of())));
        inventory.forEach(name -> sets.add(InputFiles.find(Content.INVENTORY, name, Set.of())));
        usage.forEach(name -> sets.add(InputFiles.find(Content.USAGE, name, absentIsZero)));
        InputNames names = InputNames.of(sets, Path.of(""));
        return sets.stream()
                .map(names::given)
                .flatMap(set -> set.singly().stream())
                .toList();
    }
}
