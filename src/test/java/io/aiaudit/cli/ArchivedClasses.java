package io.aiaudit.cli;

import io.aiaudit.testing.Needs;
import io.aiaudit.testing.OnceABuild;
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
 * The compiled classes as install.sh leaves them: in a jar, DuckDB's library beside it and not packed in the driver's,
 * the databases of a scan prepared, and an archive of the classes as a first run left them. Made once a build, in its
 * target folder, for all tests that start the command. Where Java makes no archive or DuckDB's library has another
 * name, the command starts without.
 */
final class ArchivedClasses {
    private static final String DRIVER = "duckdb_jdbc-";
    private static final String OPTIONS = "options.txt";
    private static final String LIBRARY = "libduckdb_java.so_";
    private static final Path FIRST_RUN = Needs.projectFolder().resolve("src/test/resources/commands/files-scan");

    private static List<String> shared;

    private final Path folder;
    private final List<String> options = new ArrayList<>();

    private ArchivedClasses(Path folder) {
        this.folder = folder;
    }

    /**
     * The arguments of java before the name of the main class. The first test that wants them makes them, also for
     * other processes of this build.
     */
    static synchronized List<String> options() {
        if (shared == null) {
            try {
                shared = ofThisBuild();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return shared;
    }

    private static List<String> ofThisBuild() throws IOException {
        Path parent = Needs.projectFolder()
                .resolve("target/archived")
                .resolve(Path.of(System.getProperty("java.home")).getFileName());
        Path made = OnceABuild.folder(
                parent, OnceABuild.ofClasses(CommandProcess.classPath()), folder -> new ArchivedClasses(folder).make());
        return Files.readAllLines(made.resolve(OPTIONS));
    }

    private void make() throws IOException {
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
        Path prepared = Files.createDirectory(folder.resolve("prepared"));
        run(CommandProcess.program(folder, options, "io.aiaudit.store.PreparedStore", List.of(prepared.toString())));
        options.add("-Daiaudit.prepared=" + prepared);
        archive();
        Files.write(folder.resolve(OPTIONS), options);
    }

    /** Runs the command once, so that the classes it needs are archived. */
    private void archive() throws IOException {
        Path work = Files.createDirectory(folder.resolve("first-run"));
        for (String name : List.of("bill.csv", "usage.csv")) {
            Files.copy(FIRST_RUN.resolve(name), work.resolve(name));
        }
        Path archive = folder.resolve("aiaudit.jsa");
        List<String> command = CommandProcess.program(
                work,
                options,
                Main.class.getName(),
                List.of(
                        "scan",
                        "--billing",
                        work.resolve("bill.csv").toString(),
                        "--usage",
                        work.resolve("usage.csv").toString(),
                        "-f",
                        "json,csv,html",
                        "-o",
                        work.resolve("out").toString()));
        command.add(1, "-XX:ArchiveClassesAtExit=" + archive);
        run(command);
        if (Files.exists(archive)) {
            options.add(0, "-XX:SharedArchiveFile=" + archive);
        }
    }

    private void run(List<String> command) {
        Ran.program(folder, Map.of("JAVA_TOOL_OPTIONS", ""), command);
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
