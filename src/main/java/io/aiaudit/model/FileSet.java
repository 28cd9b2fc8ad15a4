package io.aiaudit.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Local files of one content that the store reads by itself, never row by row in Java.
 *
 * @param label how the user named them, for messages
 * @param absentIsZero metric names for which the export leaves zeros out (usage only)
 * @param argument what the user named to get these files, with others perhaps
 * @param runs by file the name of the run of an export that it is a part of: parts of one run tell different charges
 * (bills only)
 * @param gaps what of it is known to be missing before it is read
 */
public record FileSet(
        Content content,
        String label,
        List<Path> files,
        Set<String> absentIsZero,
        String argument,
        Map<Path, String> runs,
        List<Gap> gaps) {
    /** What the rows of the files are. */
    public enum Content implements Keyed {
        BILLING,
        INVENTORY,
        USAGE
    }

    public FileSet {
        files = List.copyOf(files);
        absentIsZero = Set.copyOf(absentIsZero);
        runs = Map.copyOf(runs);
        gaps = List.copyOf(gaps);
    }

    /** Files that stand each for itself. */
    public FileSet(Content content, String label, List<Path> files, Set<String> absentIsZero) {
        this(content, label, files, absentIsZero, label, Map.of(), List.of());
    }

    /** Each file as a set of its own, so that a broken one takes no other with it. */
    public List<FileSet> singly() {
        List<FileSet> sets = new ArrayList<>();
        for (Path file : files) {
            sets.add(new FileSet(
                    content,
                    file.toString(),
                    List.of(file),
                    absentIsZero,
                    argument,
                    runs.containsKey(file) ? Map.of(file, runs.get(file)) : Map.of(),
                    sets.isEmpty() ? gaps : List.of()));
        }
        return sets;
    }
}
