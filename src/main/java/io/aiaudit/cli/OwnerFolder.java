package io.aiaudit.cli;

import io.aiaudit.config.Setting;
import io.aiaudit.config.Settings;
import io.aiaudit.disk.FileMode;
import io.aiaudit.disk.NotWritten;
import io.aiaudit.disk.WrittenSet;
import io.aiaudit.model.Audit;
import io.aiaudit.model.UserError;
import io.aiaudit.report.markdown.OwnerFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The folder of {@code --by-owner}: a file for each owner, written and never sent.
 *
 * @param folder null = not wanted
 * @param mode who may read the files
 */
record OwnerFolder(Path folder, FileMode mode) {
    /** Checks what can be checked before anything is read. */
    static OwnerFolder of(Settings settings, FileMode mode) {
        Path folder = settings.find(Setting.BY_OWNER).map(Settings.Value::path).orElse(null);
        if (folder != null && Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new UserError(
                    Setting.BY_OWNER.flag() + " is \"" + folder + "\", which is a file.",
                    "Name a folder, such as " + Setting.BY_OWNER.flag() + " owners; it is created.");
        }
        return new OwnerFolder(folder, mode);
    }

    /** All files get their names together, when they are complete. */
    void write(Audit audit, Console console) {
        if (folder == null) {
            return;
        }
        try (WrittenSet files = WrittenSet.in("the files of --by-owner", folder, mode)) {
            for (Map.Entry<String, String> file : OwnerFiles.of(audit).entrySet()) {
                Files.writeString(files.file(file.getKey()), file.getValue());
                console.debug("written " + folder.resolve(file.getKey()));
            }
            files.publish();
        } catch (IOException e) {
            throw NotWritten.of("the files of --by-owner", folder, e);
        }
    }
}
