package io.aiaudit.testing;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the result of a test class follows from: the bytes of every class of ours that it names, and of those that these
 * name in turn; the resources of their packages; the rules where it reaches them; the pages and scripts of the project
 * where it reads those. Libraries and Java are those of pom.xml and of the running machine.
 */
public final class Inputs {
    // What looks at all classes. With dots, so that this class does not name it, nor what follows.
    private static final String LOOKS_AT_ALL_CLASSES = "com.tngtech.archunit".replace('.', '/');
    private static final Pattern OURS = Pattern.compile("io/aiaudit/[\\w/$]+|" + LOOKS_AT_ALL_CLASSES);
    private static final String READS_THE_PROJECT = "io.aiaudit.testing.Needs".replace('.', '/');
    private static final String READS_RULES = "io.aiaudit.rules.RuleBook".replace('.', '/');
    private static final List<String> PROJECT =
            List.of("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "install.sh", "docs", "reports", ".ci");

    private final Path project;
    private final Map<String, byte[]> classes = new TreeMap<>();
    private final Map<Path, byte[]> resources = new TreeMap<>();
    private final Map<String, Set<String>> named = new HashMap<>();
    private final Map<String, byte[]> digests = new HashMap<>();

    Inputs(Path project) {
        this.project = project;
        for (String folder : List.of("target/classes", "target/test-classes")) {
            Path root = project.resolve(folder);
            for (Path file : files(root)) {
                Path relative = root.relativize(file);
                if (relative.toString().endsWith(".class")) {
                    classes.put(relative.toString().replaceFirst("\\.class$", ""), bytes(file));
                } else {
                    resources.put(relative, bytes(file));
                }
            }
        }
    }

    /** A digest that is the same as long as nothing of it has changed; rules only where {@code withRules}. */
    String of(String testClass, boolean withRules) {
        Set<String> reached = reached(testClass.replace('.', '/'));
        MessageDigest digest = sha256();
        digest.update(System.getProperty("java.version").getBytes(StandardCharsets.UTF_8));
        digest.update(bytes(project.resolve("pom.xml")));
        reached.forEach(name -> digest.update(classes.get(name)));
        Set<Path> packages = new TreeSet<>();
        reached.forEach(name ->
                packages.add(Path.of(name).subpath(0, Math.min(3, Path.of(name).getNameCount() - 1))));
        resources.forEach((path, content) -> {
            boolean isRule = path.startsWith("rules");
            boolean isOurs = path.startsWith("io/aiaudit");
            if (isRule
                    ? withRules && reached.contains(READS_RULES)
                    : !isOurs || packages.stream().anyMatch(path::startsWith)) {
                digest.update(content);
            }
        });
        if (reached.contains(READS_THE_PROJECT)) {
            PROJECT.forEach(part -> digest.update(digests.computeIfAbsent(part, key -> folder(project.resolve(key)))));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Of a file, or of all files of a folder with their names. */
    public static byte[] folder(Path folder) {
        MessageDigest digest = sha256();
        for (Path file : files(folder)) {
            digest.update(folder.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
            digest.update(bytes(file));
        }
        return digest.digest();
    }

    /** The classes of ours whose bytes the result of a class follows from, by their names with slashes. */
    Set<String> reached(String testClass) {
        Set<String> reached = new TreeSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(testClass));
        while (!open.isEmpty()) {
            String name = open.remove();
            if (name.equals(LOOKS_AT_ALL_CLASSES)) {
                return classes.keySet();
            }
            if (classes.containsKey(name) && reached.add(name)) {
                open.addAll(named.computeIfAbsent(name, key -> names(classes.get(key))));
            }
        }
        return reached;
    }

    /** The names in the constants of a class file, those in descriptors and texts too. */
    private static Set<String> names(byte[] bytes) {
        Set<String> names = new TreeSet<>();
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            in.skipNBytes(8);
            int count = in.readUnsignedShort();
            for (int i = 1; i < count; i++) {
                int tag = in.readUnsignedByte();
                switch (tag) {
                    case 1 -> {
                        Matcher matcher = OURS.matcher(in.readUTF());
                        while (matcher.find()) {
                            names.add(matcher.group());
                        }
                    }
                    case 7, 8, 16, 19, 20 -> in.skipNBytes(2);
                    case 15 -> in.skipNBytes(3);
                    case 5, 6 -> {
                        in.skipNBytes(8);
                        i++; // takes two items
                    }
                    default -> in.skipNBytes(4);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return names;
    }

    private static Collection<Path> files(Path folder) {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
