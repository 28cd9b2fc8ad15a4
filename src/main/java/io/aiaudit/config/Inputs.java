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
import java.util.stream.Collectors;

/**
 * What the user named: files, each as a file, a folder or a glob, and tables of a lake.
 *
 * @param tables bills and usage that are tables of Trino
 * @param absentIsZero metrics for which the usage files leave zeros out
 * @param brought what is in folders that were named for whatever they hold
 */
public record Inputs(
        List<String> billing,
        List<String> inventory,
        List<String> usage,
        Set<String> absentIsZero,
        List<TrinoTable> tables,
        BroughtFiles brought) {
    public static final Inputs NONE =
            new Inputs(List.of(), List.of(), List.of(), Set.of(), List.of(), BroughtFiles.NONE);

    public Inputs {
        billing = List.copyOf(billing);
        inventory = List.copyOf(inventory);
        usage = List.copyOf(usage);
        absentIsZero = Set.copyOf(absentIsZero);
        tables = List.copyOf(tables);
    }

    /** Whether any file is named. */
    public boolean hasFiles() {
        return !billing.isEmpty()
                || !inventory.isEmpty()
                || !usage.isEmpty()
                || !brought.files().isEmpty();
    }

    /** Whether a bill is named, which then counts before the one that a cloud has; one that cannot be read does not. */
    public boolean hasBill() {
        return !billing.isEmpty()
                || brought.known().contains(Content.BILLING)
                || tables.stream().anyMatch(table -> table.content() == Content.BILLING);
    }

    /**
     * The files behind the names, each of which has a header that we know; one a set, so that a broken file takes no
     * other with it.
     *
     * @throws UserError when a name matches nothing that can be read; about all such names at once
     */
    public List<FileSet> find() {
        List<FileSet> sets = new ArrayList<>();
        List<UserError> errors = new ArrayList<>();
        find(Content.BILLING, billing, Set.of(), sets, errors);
        find(Content.INVENTORY, inventory, Set.of(), sets, errors);
        find(Content.USAGE, usage, absentIsZero, sets, errors);
        if (!errors.isEmpty()) {
            throw together(errors);
        }
        brought.files(absentIsZero).forEach(sets::add);
        InputNames names = InputNames.of(sets, Path.of(""));
        return sets.stream()
                .map(names::given)
                .flatMap(set -> set.singly().stream())
                .toList();
    }

    private static void find(
            Content content, List<String> names, Set<String> zeros, List<FileSet> sets, List<UserError> errors) {
        for (String name : names) {
            try {
                sets.add(InputFiles.find(content, name, zeros));
            } catch (UserError e) {
                errors.add(e);
            }
        }
    }

    /** Two files under each other's flags are one mistake. */
    private static UserError together(List<UserError> errors) {
        if (errors.size() == 1) {
            return errors.get(0);
        }
        List<String> fixes = errors.stream().map(UserError::fix).distinct().toList();
        boolean areFlags = fixes.stream().allMatch(fix -> fix.startsWith(InputFiles.TO_ITS_FLAG));
        return new UserError(
                errors.stream().map(UserError::problem).distinct().collect(Collectors.joining(" ")),
                areFlags
                        ? "Give each file to its flag: "
                                + fixes.stream()
                                        .map(fix -> fix.substring(InputFiles.TO_ITS_FLAG.length()))
                                        .collect(Collectors.joining(" "))
                        : String.join(" ", fixes));
    }
}
