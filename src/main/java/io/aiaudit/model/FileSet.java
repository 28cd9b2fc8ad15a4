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
 * @param runs by file the name of the run of an export that it is a part of: parts of one run have different charges
 * (bills only)
 * @param gaps what of it is known to be missing before it is read
 * @param names by file what it is called in all that is kept, where that is not its path: nothing of the folders of
 * this machine
 */
public record FileSet(
        Content content,
        String label,
        List<Path> files,
        Set<String> absentIsZero,
        String argument,
        Map<Path, String> runs,
        List<Gap> gaps,
        Map<Path, String> names) {
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
        names = Map.copyOf(names);
    }

    /** Files that do not belong together. */
    public FileSet(Content content, String label, List<Path> files, Set<String> absentIsZero) {
        this(content, label, files, absentIsZero, label, Map.of(), List.of(), Map.of());
    }

    /** One file that was fetched from {@code label}, and is called so. */
    public static FileSet fetched(Content content, String label, Path file, Set<String> absentIsZero) {
        return new FileSet(
                content, label, List.of(file), absentIsZero, label, Map.of(), List.of(), Map.of(file, label));
    }

    /**
     * Parts of a bill that were fetched from {@code label}, by the run of an export that each is of.
     *
     * @param names by file what it is called there
     */
    public static FileSet fetched(String label, Map<Path, String> runs, Map<Path, String> names) {
        return new FileSet(Content.BILLING, label, List.copyOf(runs.keySet()), Set.of(), label, runs, List.of(), names);
    }

    /** What a file is called in messages and in all that is kept. */
    public String name(Path file) {
        return names.getOrDefault(file, file.toString());
    }

    /** The same, with the metrics for which the export leaves zeros out. */
    public FileSet withZeros(Set<String> metrics) {
        return new FileSet(content, label, files, metrics, argument, runs, gaps, names);
    }

    /** The other files of the set. */
    public FileSet without(Path file) {
        return new FileSet(
                content,
                label,
                files.stream().filter(other -> !other.equals(file)).toList(),
                absentIsZero,
                argument,
                runs,
                gaps,
                names);
    }

    /** Each file as a set of its own, so that a broken one takes no other with it. */
    public List<FileSet> singly() {
        List<FileSet> sets = new ArrayList<>();
        for (Path file : files) {
            sets.add(new FileSet(
                    content,
                    name(file),
                    List.of(file),
                    absentIsZero,
                    argument,
                    runs.containsKey(file) ? Map.of(file, runs.get(file)) : Map.of(),
                    sets.isEmpty() ? gaps : List.of(),
                    names.containsKey(file) ? Map.of(file, names.get(file)) : Map.of()));
        }
        return sets;
    }
}
