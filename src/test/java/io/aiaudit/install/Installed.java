package io.aiaudit.install;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.testing.Needs;
import io.aiaudit.testing.OnceABuild;
import io.aiaudit.testing.Ran;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** One installation of what the build left in target, made by install.sh into a home folder of a test. */
record Installed(Path home, Path java) {
    private static final Map<Path, Installed> SHARED = new HashMap<>();

    static Path target() {
        return Needs.projectFolder().resolve("target");
    }

    /**
     * The installation with this Java that tests share, also those of other Java machines: they only read it or leave
     * it as it was. Its home has a space in its name.
     */
    static synchronized Installed shared(Path java) {
        return SHARED.computeIfAbsent(java, key -> {
            try {
                return ofThisBuild(key);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static Installed ofThisBuild(Path java) throws IOException {
        Path parent = target().resolve("installed").resolve(java.getFileName());
        Path made = OnceABuild.folder(parent, build(), folder -> into(Files.createDirectory(home(folder)), java));
        return new Installed(home(made), java);
    }

    private static Path home(Path folder) {
        return folder.resolve("a home");
    }

    private static String build() throws IOException {
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(target(), "aiaudit-*.jar")) {
            return Files.getLastModifiedTime(jars.iterator().next()).toString();
        }
    }

    /** The same in another home folder, for a test that breaks it. The libraries, which none touches, are links. */
    Installed copiedInto(Path other) throws IOException {
        try (Stream<Path> paths = Files.walk(home)) {
            for (Path path : paths.toList()) {
                Path copy = other.resolve(home.relativize(path).toString());
                if (!Files.exists(copy)) {
                    if (path.startsWith(library().resolve("lib")) && Files.isRegularFile(path)) {
                        Files.createLink(copy, path);
                    } else {
                        Files.copy(path, copy, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
                    }
                }
            }
        }
        return new Installed(other, java);
    }

    /** Installs with this Java; the home folder gets nothing else. */
    static Installed into(Path home, Path java) {
        Installed installed = new Installed(home, java);
        Ran ran = installed.installer("--yes");
        assertThat(ran.exitCode()).as(ran::toString).isZero();
        return installed;
    }

    Path prefix() {
        return home.resolve(".local");
    }

    Path launcher() {
        return prefix().resolve("bin/aiaudit");
    }

    Path library() {
        return prefix().resolve("lib/aiaudit");
    }

    /** The archive of classes, in the form that this Java has. */
    Path archive() {
        Path cache = library().resolve("aiaudit.aot");
        return Files.exists(cache) ? cache : library().resolve("aiaudit.jsa");
    }

    /** Runs install.sh with these arguments, on the jar that the build left. */
    Ran installer(String... arguments) {
        return installer(Map.of(), arguments);
    }

    Ran installer(Map<String, String> variables, String... arguments) {
        List<String> command = new ArrayList<>(
                List.of(Needs.projectFolder().resolve("install.sh").toString(), "--from", target().toString()));
        command.addAll(List.of(arguments));
        Map<String, String> all = new HashMap<>(variables());
        all.putAll(variables);
        return Ran.program(home, all, command);
    }

    /** Runs aiaudit in this folder. */
    Ran aiaudit(Path folder, Map<String, String> variables, String... arguments) {
        List<String> command = new ArrayList<>(List.of(launcher().toString()));
        command.addAll(List.of(arguments));
        Map<String, String> all = new HashMap<>(variables());
        all.putAll(variables);
        return Ran.program(folder, all, command);
    }

    Ran aiaudit(String... arguments) {
        return aiaudit(home, Map.of(), arguments);
    }

    Map<String, String> variables() {
        return Map.of(
                "HOME", home.toString(), "JAVA_HOME", java.toString(), "JAVA_TOOL_OPTIONS", "", "JDK_JAVA_OPTIONS", "");
    }
}
