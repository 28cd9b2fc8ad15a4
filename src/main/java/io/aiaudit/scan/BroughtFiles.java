package io.aiaudit.scan;

import io.aiaudit.config.Setting;
import io.aiaudit.model.FileSet.Content;
import io.aiaudit.model.UserError;
import io.aiaudit.store.InputFiles;
import io.aiaudit.store.Recognition;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What somebody has in a folder, each file by what its header says that it is.
 *
 * @param files names by the setting that takes them
 * @param leftOut files that a scan does not read, each with the reason
 */
public record BroughtFiles(Map<Setting, List<String>> files, List<String> leftOut) {
    public static final BroughtFiles NONE = new BroughtFiles(Map.of(), List.of());

    private static final Map<Content, Setting> SETTINGS = Map.of(
            Content.BILLING, Setting.BILLING,
            Content.INVENTORY, Setting.INVENTORY,
            Content.USAGE, Setting.USAGE);

    /**
     * Looks at every file of these folders.
     *
     * @throws UserError when a name matches nothing, or nothing of it can be scanned
     */
    public static BroughtFiles of(List<String> names) {
        Map<Setting, List<String>> files = new EnumMap<>(Setting.class);
        List<String> leftOut = new ArrayList<>();
        for (String name : names) {
            List<Recognition> all = InputFiles.survey(null, name);
            if (isOneExport(all)) {
                files.computeIfAbsent(Setting.BILLING, setting -> new ArrayList<>())
                        .add(name);
                continue;
            }
            for (Recognition file : all) {
                String path = file.file().toString();
                if (file.content() != null) {
                    files.computeIfAbsent(SETTINGS.get(file.content()), setting -> new ArrayList<>())
                            .add(path);
                } else if (file.isPriceList() && !files.containsKey(Setting.PRICES)) {
                    files.put(Setting.PRICES, List.of(path));
                } else {
                    leftOut.add(
                            file.problem() == null
                                    ? path + ": " + file.form() + "."
                                    : path + ": "
                                            + FilesCheck.withoutName(
                                                    path, file.problem().problem()));
                }
            }
        }
        if (files.keySet().stream().noneMatch(SETTINGS.values()::contains)) {
            if (files.isEmpty() && leftOut.isEmpty()) {
                throw InputFiles.noFileIn(names);
            }
            throw new UserError(
                    String.join(", ", names) + " holds no bill, inventory or usage file"
                            + (leftOut.isEmpty() ? "." : "; " + leftOut.get(0)),
                    "See what each file is with: aiaudit sources check files " + String.join(" ", names));
        }
        return new BroughtFiles(files, leftOut);
    }

    /** Nothing but bills and what belongs to their export, which says whether a part is missing. */
    private static boolean isOneExport(List<Recognition> files) {
        return files.stream().anyMatch(file -> file.content() == Content.BILLING)
                && files.stream()
                        .allMatch(file -> file.content() == Content.BILLING
                                || (file.content() == null && file.problem() == null && !file.isPriceList()));
    }
}
