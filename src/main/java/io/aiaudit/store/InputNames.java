package io.aiaudit.store;

import io.aiaudit.model.FileSet;
import io.aiaudit.model.Gap;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What brought files are called in saved scans and reports: by their paths from the working folder or, outside of it,
 * from the folder that holds all those outside. A report shows nothing of the folders of the machine that it was made
 * on, and is the same wherever the files are.
 */
public final class InputNames {
    private final List<Path> folders;

    private InputNames(List<Path> folders) {
        this.folders = List.copyOf(folders);
    }

    /** Names for all files of one scan. */
    public static InputNames of(Collection<FileSet> sets, Path workingFolder) {
        Path here = workingFolder.toAbsolutePath().normalize();
        Path outside = sets.stream()
                .flatMap(set -> Stream.concat(
                        set.files().stream(), set.runs().values().stream().map(Path::of)))
                .filter(file -> file.isAbsolute() && !file.startsWith(here))
                .map(Path::getParent)
                .filter(Objects::nonNull)
                .reduce(InputNames::above)
                .orElse(here);
        return new InputNames(List.of(here, outside));
    }

    /** The name of a file by itself, such as a price list or a configuration. */
    public static String alone(Path file) {
        Path here = Path.of("").toAbsolutePath();
        return new InputNames(List.of(here, file.toAbsolutePath().getParent())).name(file);
    }

    /** The folder that holds both. */
    private static Path above(Path one, Path other) {
        Path folder = one;
        while (folder != null && !other.startsWith(folder)) {
            folder = folder.getParent();
        }
        return folder == null ? one.getRoot() : folder;
    }

    /** The same files, called so. */
    public FileSet given(FileSet set) {
        Map<Path, String> names = new LinkedHashMap<>();
        set.files().forEach(file -> names.put(file, name(file)));
        Map<Path, String> runs = new LinkedHashMap<>();
        set.runs().forEach((file, run) -> runs.put(file, name(Path.of(run))));
        return new FileSet(
                set.content(),
                within(set.label()),
                set.files(),
                set.absentIsZero(),
                within(set.argument()),
                runs,
                set.gaps().stream().map(this::given).toList(),
                names);
    }

    private Gap given(Gap gap) {
        return new Gap(
                gap.source(),
                within(gap.scope()),
                within(gap.problem()),
                within(gap.fix()),
                gap.accountId(),
                gap.region(),
                gap.dataset(),
                gap.objects());
    }

    private String name(Path file) {
        return folders.stream()
                .filter(folder -> file.isAbsolute() && file.startsWith(folder) && !file.equals(folder))
                .map(folder -> folder.relativize(file).toString())
                .findFirst()
                .orElse(file.toString());
    }

    /** A text that has paths in it: a glob, or a sentence. */
    private String within(String text) {
        String shown = text;
        for (Path folder : folders) {
            String path = folder.toString();
            String separator = folder.getFileSystem().getSeparator();
            if (shown.equals(path) && folder.getFileName() != null) {
                return folder.getFileName().toString();
            }
            shown = shown.replace(path.endsWith(separator) ? path : path + separator, "");
        }
        return shown;
    }
}
