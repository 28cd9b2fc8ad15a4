package io.aiaudit.store;

import io.aiaudit.model.FileSet;
import io.aiaudit.model.Gap;
import io.aiaudit.model.ShellWord;
import io.aiaudit.model.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the files that the user named, a file, a folder or a glob, and makes sure before anything is read that each is
 * of the expected content.
 */
public final class InputFiles {
    private static final Pattern NAMES =
            Pattern.compile(".*[.]((csv|json|jsonl|ndjson)([.]gz)?|parquet)", Pattern.CASE_INSENSITIVE);
    private static final Pattern WILDCARD = Pattern.compile("[*?\\[{]");
    /** How the fix begins for a file under the wrong flag; the flag follows. */
    public static final String TO_ITS_FLAG = "Give it to the flag for it: ";

    private static final int FOLDERS_DEEP = 16;
    private static final int NAMED_COLUMNS = 8;

    private InputFiles() {}

    /**
     * The files of one argument such as that of {@code --billing}.
     *
     * @throws UserError when there is no such file, or one is empty, without rows, or has an unknown header
     */
    public static FileSet find(FileSet.Content content, String argument, Set<String> absentIsZero) {
        if (argument.isBlank()) {
            throw new UserError(
                    "the name after --" + content.key() + " is empty.",
                    "Name a file, a folder or a glob, such as --" + content.key() + " " + content.key() + ".csv");
        }
        Found found = expand(content, argument);
        List<Path> files = found.files();
        // A part that a manifest names and that is not there is found missing when it is read; the others go on.
        files.stream().filter(Files::exists).forEach(file -> recognise(content, file));
        return new FileSet(content, argument, files, absentIsZero, argument, found.runs(), found.gaps(), Map.of());
    }

    /** The name of the dialect of a file. */
    public static String recognise(FileSet.Content content, Path file) {
        return dialect(content, FileHeader.read(file)).name();
    }

    /**
     * Every file that a name matches, with what it is; in a folder those, too, that a scan would not read.
     *
     * @param content that the files should have, null = by their headers
     * @throws UserError when the name matches nothing
     */
    public static Survey survey(FileSet.Content content, String argument) {
        if (content != null || !isFolder(argument)) {
            Found found = expand(content, argument);
            return new Survey(
                    found.files().stream()
                            .map(file -> recognition(content, file))
                            .toList(),
                    found.runs(),
                    found.gaps());
        }
        List<Path> all = walk(Path.of(argument)).toList();
        Found chosen = ExportRuns.choose(
                all.stream().filter(file -> isMeant(null, file)).toList());
        Set<Path> read = Set.copyOf(chosen.files());
        return new Survey(
                Stream.concat(read.stream(), all.stream().filter(file -> !read.contains(file)))
                        .sorted()
                        .map(file -> read.contains(file) ? recognition(null, file) : unread(file, chosen.others()))
                        .toList(),
                chosen.runs(),
                chosen.gaps());
    }

    /**
     * The files of one argument.
     *
     * @param runs by file the name of the run of an export that it is a part of
     * @param gaps what is known to be missing
     */
    public record Survey(List<Recognition> files, Map<Path, String> runs, List<Gap> gaps) {}

    /** Whether a file of a folder is looked at: by its name or, under any other name, by what it begins with. */
    private static boolean isMeant(FileSet.Content content, Path file) {
        return isNameOfData(file)
                || LostInput.of(file)
                        .filter(meant -> content == null || meant == content)
                        .isPresent();
    }

    static boolean isNameOfData(Path file) {
        return NAMES.matcher(file.toString()).matches();
    }

    /** Folders without any file, so that there is nothing to name or to check. */
    public static UserError noFileIn(List<String> folders) {
        return new UserError(
                String.join(", ", folders) + (folders.size() == 1 ? " holds no file." : " hold no file."),
                "Put the bill, inventory or usage files there, or name their folder; docs/files.md and "
                        + "docs/billing.md list the formats.");
    }

    private static boolean isFolder(String argument) {
        try {
            return Files.isDirectory(Path.of(argument));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static Recognition recognition(FileSet.Content content, Path file) {
        try {
            SourceFile source = FileHeader.read(file);
            if (content == null && PriceFile.isOne(source.header())) {
                return Recognition.unused(file, "a price list; add it to a scan with --prices " + file);
            }
            if (content == null && OwnReport.isOne(source.header())) {
                return Recognition.unused(file, OwnReport.FORM);
            }
            List<Dialect> candidates = content == null ? Dialect.all() : Dialect.of(content);
            return recognition(candidates, file, source);
        } catch (UserError e) {
            return Recognition.unreadable(file, e);
        }
    }

    private static Recognition recognition(List<Dialect> candidates, Path file, SourceFile source) {
        try {
            Dialect dialect = dialect(candidates, source);
            return Recognition.of(file, dialect.content(), dialect.title());
        } catch (UserError e) {
            return Recognition.unknown(file, e);
        }
    }

    /** A file of a folder that a scan leaves out. */
    private static Recognition unread(Path file, Set<Path> ofOtherRuns) {
        if (ExportManifest.isOne(file)) {
            return Recognition.unused(file, "the manifest of an export");
        }
        if (ofOtherRuns.contains(file)) {
            return Recognition.unused(file, "of another run of the same export");
        }
        try {
            FileHeader.refuseArchive(file);
            return Recognition.unused(file, "not a name of a bill, inventory or usage file");
        } catch (UserError e) {
            return new Recognition(file, null, null, e, null);
        }
    }

    static Dialect dialect(FileSet.Content content, SourceFile file) {
        return dialect(Dialect.of(content), file);
    }

    private static Dialect dialect(List<Dialect> candidates, SourceFile file) {
        if (OwnReport.isOne(file.header())) {
            throw new UserError(
                    file.name() + " is " + OwnReport.FORM + ": its resources are those of an earlier scan.",
                    "Omit it; give the bills, inventory and usage files that it was made from.");
        }
        return candidates.stream()
                .filter(dialect -> dialect.missing(file.header()).isEmpty())
                .findFirst()
                .orElseThrow(() -> unknownHeader(file, candidates));
    }

    private static UserError unknownHeader(SourceFile file, List<Dialect> candidates) {
        List<String> header = file.header().stream().map(InputFiles::shortened).toList();
        String shown = String.join(", ", header.subList(0, Math.min(NAMED_COLUMNS, header.size())));
        String more = header.size() > NAMED_COLUMNS ? " and " + (header.size() - NAMED_COLUMNS) + " more" : "";
        Optional<UserError> other = otherKind(file, candidates);
        if (other.isPresent()) {
            return other.get();
        }
        Dialect nearest = nearest(file, candidates);
        if (candidates.equals(Dialect.all()) && isUnlike(file, nearest)) {
            return new UserError(
                    file.name() + ": its header matches no bill, inventory or usage format. Found: " + shown + more
                            + ".",
                    "Omit it, or export it again in a format of docs/billing.md or docs/consultant.md.");
        }
        return new UserError(
                file.name() + ": its header is not that of " + nearest.title() + ". Found: " + shown + more
                        + "; missing: " + String.join(", ", nearest.missing(file.header())) + ".",
                "Use a file whose first line names " + String.join(", ", nearest.needs()) + ".");
    }

    /** A file that is whole, and under the wrong flag. */
    private static Optional<UserError> otherKind(SourceFile file, List<Dialect> candidates) {
        FileSet.Content wanted = candidates.get(0).content();
        if (PriceFile.isOne(file.header())) {
            return Optional.of(wrongFlag(file, "a price list", wanted, "prices"));
        }
        return Dialect.all().stream()
                .filter(dialect -> !candidates.contains(dialect)
                        && dialect.missing(file.header()).isEmpty())
                .findFirst()
                .map(dialect -> wrongFlag(
                        file, dialect.title(), wanted, dialect.content().key()));
    }

    private static UserError wrongFlag(SourceFile file, String title, FileSet.Content given, String flag) {
        return new UserError(
                file.name() + " is " + title.replaceFirst("^(FOCUS)", "a bill in the form of $1")
                        + ", and was given to --" + given.key() + ".",
                TO_ITS_FLAG + "--" + flag + " " + file.path());
    }

    /**
     * The one of which most columns are there; the first one when no form has half of its own: one word alike is no
     * likeness.
     */
    private static Dialect nearest(SourceFile file, List<Dialect> candidates) {
        return candidates.stream()
                .filter(dialect -> !isUnlike(file, dialect))
                .min(Comparator.comparingDouble(
                        dialect -> (double) dialect.missing(file.header()).size()
                                / dialect.required().size()))
                .orElse(candidates.get(0));
    }

    private static boolean isUnlike(SourceFile file, Dialect dialect) {
        return 2 * dialect.missing(file.header()).size() > dialect.required().size();
    }

    private static String shortened(String name) {
        String line = name.isBlank() ? "(no name)" : name.replaceAll("\\s+", " ");
        return line.length() > 40 ? line.substring(0, 40) + "..." : line;
    }

    /**
     * Files, with the runs of exports that they are parts of, and what of these is missing.
     *
     * @param others files of other runs, which are not read
     * @param beside those of {@code files} that no manifest names, and that are in the folder of one
     */
    record Found(List<Path> files, Map<Path, String> runs, List<Gap> gaps, Set<Path> others, Set<Path> beside) {
        static Found alone(List<Path> files) {
            return new Found(files, Map.of(), List.of(), Set.of(), Set.of());
        }
    }

    private static Found expand(FileSet.Content content, String argument) {
        Path path;
        try {
            path = Path.of(argument);
        } catch (InvalidPathException e) {
            if (WILDCARD.matcher(argument).find()) {
                return Found.alone(glob(argument));
            }
            throw missing(argument);
        }
        if (Files.isDirectory(path)) {
            return folder(content, path);
        }
        if (Files.exists(path)) {
            return ExportManifest.isOne(path) ? partsOf(path) : Found.alone(List.of(path));
        }
        if (WILDCARD.matcher(argument).find()) {
            return Found.alone(glob(argument));
        }
        throw missing(argument);
    }

    private static UserError missing(String argument) {
        return closedFolder(argument)
                .map(folder -> new UserError(
                        argument + ": permission denied for the folder " + folder + ".",
                        "See who may enter it with: ls -ld " + ShellWord.quoted(folder.toString())))
                .orElseGet(() -> new UserError(argument + ": no such file or folder.", checkTheName("path", argument)));
    }

    private static String checkTheName(String what, String argument) {
        boolean isAbsolute = argument.startsWith("/");
        return isAbsolute
                ? "Check the " + what + "."
                : "Check the " + what + "; it is relative to " + Path.of("").toAbsolutePath() + ".";
    }

    /** The folder on the way to a file that this user may not enter, so that what is in it cannot be seen. */
    private static Optional<Path> closedFolder(String argument) {
        try {
            Path folder = Path.of(argument).toAbsolutePath().getParent();
            while (folder != null && !Files.exists(folder)) {
                folder = folder.getParent();
            }
            return Optional.ofNullable(folder).filter(found -> Files.isDirectory(found) && !Files.isExecutable(found));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static Found folder(FileSet.Content content, Path folder) {
        Found found = ExportRuns.choose(
                walk(folder).filter(file -> isMeant(content, file)).toList());
        List<Path> files = found.files().stream()
                .filter(file -> !found.beside().contains(file) || isOf(content, file))
                .toList();
        if (files.isEmpty()) {
            throw new UserError(
                    folder + " holds no .csv, .csv.gz, .parquet, .json or .jsonl file.",
                    "Name the folder of the export, its manifest or one file of it.");
        }
        return new Found(files, found.runs(), found.gaps(), found.others(), found.beside());
    }

    /** The folder of an export has other things as well, which whoever names it as a bill does not mean. */
    private static boolean isOf(FileSet.Content content, Path file) {
        Recognition known = recognition(null, file);
        return known.content() == content || known.lost() == content;
    }

    private static Found partsOf(Path manifest) {
        Path root = ExportManifest.read(manifest)
                .map(ExportManifest::root)
                .orElse(manifest.toAbsolutePath().getParent());
        return ExportRuns.of(
                manifest,
                walk(root)
                        .filter(file -> isNameOfData(file) && !ExportManifest.isOne(file))
                        .toList());
    }

    private static List<Path> glob(String argument) {
        String normal = argument.replace('\\', '/');
        int wildcard = normal.length();
        for (char c : "*?[{".toCharArray()) {
            int at = normal.indexOf(c);
            wildcard = at >= 0 ? Math.min(wildcard, at) : wildcard;
        }
        int slash = normal.lastIndexOf('/', wildcard);
        Path root = Path.of(slash < 0 ? "" : slash == 0 ? "/" : normal.substring(0, slash));
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + normal);
        List<Path> files = Files.isDirectory(root.toAbsolutePath())
                ? walk(root).filter(matcher::matches).toList()
                : List.of();
        if (files.isEmpty()) {
            throw new UserError(argument + " matches no file.", checkTheName("pattern", argument));
        }
        return files;
    }

    /** Files in the order of their names, so that two runs read alike; hidden ones are left out. */
    private static Stream<Path> walk(Path root) {
        try (Stream<Path> walked = Files.walk(root, FOLDERS_DEEP, FileVisitOption.FOLLOW_LINKS)) {
            return walked
                    .filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName()
                            .toString()
                            .toLowerCase(Locale.ROOT)
                            .matches("[._].*"))
                    .sorted()
                    .toList()
                    .stream();
        } catch (IOException | UncheckedIOException e) {
            throw notListed(root, e);
        }
    }

    private static UserError notListed(Path root, Exception failure) {
        Throwable cause = failure instanceof UncheckedIOException unchecked ? unchecked.getCause() : failure;
        if (cause instanceof AccessDeniedException denied) {
            return new UserError(
                    denied.getFile() + " cannot be listed: permission denied.",
                    "See who may read it with: ls -ld " + ShellWord.quoted(denied.getFile()),
                    failure);
        }
        if (cause instanceof FileSystemLoopException loop) {
            return new UserError(
                    root + " cannot be listed: the link " + loop.getFile() + " leads back to a folder above it.",
                    "Name the folder of the files themselves.",
                    failure);
        }
        return new UserError(
                root + " cannot be listed: " + cause.getMessage() + ".", "Name a folder that can be read.", failure);
    }
}
