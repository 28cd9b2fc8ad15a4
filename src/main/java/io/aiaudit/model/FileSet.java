package io.aiaudit.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * Local files of one content that the store reads by itself, never row by row in Java.
 *
 * @param label how the user named them, for messages
 * @param absentIsZero metric names for which the export leaves zeros out (usage only)
 */
public record FileSet(Content content, String label, List<Path> files, Set<String> absentIsZero) {
    /** What the rows of the files are. */
    public enum Content implements Keyed {
        BILLING,
        INVENTORY,
        USAGE
    }

    public FileSet {
        files = List.copyOf(files);
        absentIsZero = Set.copyOf(absentIsZero);
    }
}
