package io.aiaudit.cli;

import io.aiaudit.model.Audit;
import io.aiaudit.model.UserError;
import io.aiaudit.report.OwnerFiles;
import io.aiaudit.scan.Setting;
import io.aiaudit.scan.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/**
 * The folder of {@code --by-owner}: a file for each owner, written and never sent.
 *
 * @param folder null = not wanted
 */
record OwnerFolder(Path folder) {
    /** Checks what can be checked before anything is read. */
    static OwnerFolder of(Settings settings) {
        Path folder = settings.find(Setting.BY_OWNER).map(Settings.Value::path).orElse(null);
        if (folder != null && Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new UserError(
                    Setting.BY_OWNER.flag() + " is \"" + folder + "\", which is a file.",
                    "Name a folder, such as " + Setting.BY_OWNER.flag() + " owners; it is created.");
        }
        return new OwnerFolder(folder);
    }

    /** A file appears under its name when it is complete. */
    void write(Audit audit, Console console) {
        if (folder == null) {
            return;
        }
        try {
            Files.createDirectories(folder);
            for (Map.Entry<String, String> file : OwnerFiles.of(audit).entrySet()) {
                Path partial = Files.writeString(folder.resolve("." + file.getKey() + ".partial"), file.getValue());
                Files.move(
                        partial,
                        folder.resolve(file.getKey()),
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
                console.debug("written " + folder.resolve(file.getKey()));
            }
        } catch (IOException e) {
            throw new ReportNotWritten("the files of --by-owner cannot be written into " + folder, e);
        }
    }
}
