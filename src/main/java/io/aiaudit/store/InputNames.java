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
    private static final String UP = "../";

    /** The working folder first. */
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
                .filter(file -> file.isAbsolute() || climbs(file))
                .map(file -> here.resolve(file).normalize())
                .filter(file -> !file.startsWith(here))
                .map(Path::getParent)
                .filter(Objects::nonNull)
                .reduce(InputNames::above)
                .orElse(here);
        return new InputNames(List.of(here, outside));
    }

    /** The name of a file by itself, such as a price list or a configuration. */
    public static String alone(Path file) {
        Path here = Path.of("").toAbsolutePath();
        return new InputNames(List.of(here, file.toAbsolutePath().normalize().getParent())).name(file);
    }

    /** Whether a path names folders above the one that it starts in. */
    private static boolean climbs(Path file) {
        return file.normalize().startsWith("..");
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
        if (!file.isAbsolute() && !climbs(file)) {
            return file.toString();
        }
        Path full = folders.get(0).resolve(file).normalize();
        return folders.stream()
                .filter(folder -> full.startsWith(folder) && !full.equals(folder))
                .map(folder -> folder.relativize(full).toString())
                .findFirst()
                .orElse(file.toString());
    }

    /** A text that has paths in it: a glob, or a sentence. */
    private String within(String text) {
        String shown = absolute(text);
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

    /** A text that begins with a path upwards, begun with the folder that this leads to; any other as it is. */
    private String absolute(String text) {
        String below = text.equals("..") ? UP : text;
        Path folder = folders.get(0);
        if (!below.startsWith(UP)) {
            return text;
        }
        while (below.startsWith(UP) && folder.getParent() != null) {
            folder = folder.getParent();
            below = below.substring(UP.length());
        }
        return below.isEmpty()
                ? folder.toString()
                : folder.resolve("x").toString().replaceFirst("x$", "") + below;
    }
}
