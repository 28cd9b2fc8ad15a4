package io.aiaudit.cli;

import io.aiaudit.testing.Ran;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/**
 * The compiled classes as install.sh leaves them: in a jar, DuckDB's library beside it and not packed in the driver's, and an archive of the classes as a first run left
 * them. Made once, for a test that starts the command so often that it pays. Where Java makes no archive or DuckDB's library has another name, the command starts without.
 */
final class ArchivedClasses {
    private static final String DRIVER = "duckdb_jdbc-";
    private static final String LIBRARY = "libduckdb_java.so_";

    private final Path folder;
    private final List<String> options = new ArrayList<>();

    /** Makes them in an empty folder, which has to stay as long as commands are started. */
    ArchivedClasses(Path folder) throws IOException {
        this.folder = folder;
        List<String> jars = new ArrayList<>();
        for (String entry : CommandProcess.classPath().split(File.pathSeparator)) {
            Path path = Path.of(entry);
            if (Files.exists(path.resolve("io/aiaudit/cli/Main.class"))) {
                jars.add(packed(path).toString());
            } else if (path.getFileName().toString().startsWith(DRIVER)) {
                jars.add(driver(path).toString());
            } else if (Files.isRegularFile(path)) {
                // A folder would keep Java from making an archive; that of the tests is none of the command's.
                jars.add(entry);
            }
        }
        options.add("-Djava.library.path=" + folder);
        options.addAll(List.of("-cp", String.join(File.pathSeparator, jars)));
    }

    /** What java is told before the name of the main class. */
    List<String> options() {
        return options;
    }

    /** Runs the command once, so that the classes it needs are archived. */
    void archive(Path work, List<String> arguments) {
        Path archive = folder.resolve("aiaudit.jsa");
        List<String> command = CommandProcess.command(work, options, arguments);
        command.add(1, "-XX:ArchiveClassesAtExit=" + archive);
        Ran.program(work, Map.of("JAVA_TOOL_OPTIONS", ""), command);
        if (Files.exists(archive)) {
            options.add(0, "-XX:SharedArchiveFile=" + archive);
        }
    }

    private Path packed(Path classes) throws IOException {
        Path jar = folder.resolve("aiaudit.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            Files.walkFileTree(classes, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    out.putNextEntry(
                            new JarEntry(classes.relativize(file).toString().replace(File.separatorChar, '/')));
                    Files.copy(file, out);
                    return FileVisitResult.CONTINUE;
                }
            });
        }
        return jar;
    }

    /** The driver without the libraries of all platforms; that of this one goes beside it. */
    private Path driver(Path original) throws IOException {
        String machine = System.getProperty("os.arch")
                .toLowerCase(Locale.ROOT)
                .replace("x86_64", "amd64")
                .replace("aarch64", "arm64");
        String ours = LIBRARY
                + System.getProperty("os.name").toLowerCase(Locale.ROOT).replace("mac os x", "macos") + "_" + machine;
        try (JarFile in = new JarFile(original.toFile())) {
            if (in.getEntry(ours) == null) {
                return original;
            }
            Path jar = folder.resolve("driver.jar");
            try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
                in.stream()
                        .filter(entry ->
                                !entry.isDirectory() && !entry.getName().startsWith(LIBRARY))
                        .forEach(entry -> copy(in, entry, out));
            }
            try (InputStream library = in.getInputStream(in.getEntry(ours))) {
                Files.copy(library, folder.resolve(System.mapLibraryName("duckdb_java")));
            }
            return jar;
        }
    }

    private static void copy(JarFile in, JarEntry entry, JarOutputStream out) {
        try (InputStream content = in.getInputStream(entry)) {
            out.putNextEntry(new JarEntry(entry.getName()));
            content.transferTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
