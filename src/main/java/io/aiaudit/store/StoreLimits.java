package io.aiaudit.store;

import io.aiaudit.model.UserError;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Properties;

/**
 * How much memory (MiB) and how many threads the database may use, and the private folder where it spills what does not
 * fit.
 */
public record StoreLimits(long memoryMib, int threads, Path spillFolder) {
    /** Settings that every instance of ours has: bounded, and without anything loaded from outside. */
    Properties properties() {
        Properties properties = new Properties();
        properties.setProperty("memory_limit", memoryMib + "MiB");
        properties.setProperty("threads", Integer.toString(threads));
        properties.setProperty("temp_directory", spillFolder.toString());
        properties.setProperty("autoload_known_extensions", "false");
        properties.setProperty("autoinstall_known_extensions", "false");
        return properties;
    }

    static UserError unwritable(Path spillFolder, IOException failure) {
        return new UserError(
                "cannot write to the spill folder " + spillFolder + ": " + failure.getMessage() + ".",
                "Name a folder with free space in aiaudit.yaml, such as spill_dir: /var/tmp",
                failure);
    }
}
