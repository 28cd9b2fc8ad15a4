package io.aiaudit.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aiaudit.testing.Holds;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Holds
class WrittenSetTest {
    @TempDir
    private Path parent;

    @Test
    void a_folder_that_is_not_there_appears_with_all_files() throws Exception {
        Path folder = parent.resolve("a/report");
        try (WrittenSet set = WrittenSet.in("the report", folder, FileMode.PRIVATE)) {
            Files.writeString(set.file("one"), "1");
            Files.writeString(set.file("two"), "2");
            assertThat(folder).doesNotExist();
            set.publish();
        }
        assertThat(contents(folder)).isEqualTo(Map.of("one", "1", "two", "2"));
        assertThat(names(folder.getParent())).containsExactly("report");
    }

    @Test
    void without_publishing_nothing_stays() throws Exception {
        Path folder = Files.createDirectory(parent.resolve("report"));
        try (WrittenSet set = WrittenSet.in("the report", folder, FileMode.PRIVATE)) {
            Files.writeString(set.file("one"), "1");
        }
        assertThat(names(folder)).isEmpty();
    }

    @Test
    void older_files_are_replaced_and_others_stay() throws Exception {
        Path folder = Files.createDirectory(parent.resolve("report"));
        Files.writeString(folder.resolve("one"), "old");
        Files.writeString(folder.resolve("notes"), "mine");
        write(folder, "new");
        assertThat(contents(folder)).isEqualTo(Map.of("notes", "mine", "one", "new", "two", "new"));
    }

    @Test
    void files_are_private_unless_a_mode_says_otherwise() throws Exception {
        Path folder = Files.createDirectory(parent.resolve("report"));
        write(folder, "1");
        assertThat(mode(folder.resolve("one"))).isEqualTo("rw-------");
        try (WrittenSet set =
                WrittenSet.in("the report", folder, FileMode.of("640").orElseThrow())) {
            Files.writeString(set.file("one"), "1");
            set.publish();
        }
        assertThat(mode(folder.resolve("one"))).isEqualTo("rw-r-----");
    }

    @Test
    void a_planted_link_is_replaced_and_what_it_points_at_stays() throws Exception {
        Path folder = Files.createDirectory(parent.resolve("report"));
        Path precious = Files.writeString(parent.resolve("precious"), "x");
        Files.createSymbolicLink(folder.resolve("one"), precious);
        write(folder, "new");
        assertThat(precious).hasContent("x");
        assertThat(folder.resolve("one")).isRegularFile().isNotEqualTo(precious);
        assertThat(Files.isSymbolicLink(folder.resolve("one"))).isFalse();
    }

    @Test
    void where_one_file_cannot_get_its_name_none_does() throws Exception {
        Path folder = Files.createDirectory(parent.resolve("report"));
        Files.writeString(folder.resolve("one"), "old");
        Files.createDirectory(folder.resolve("two"));
        assertThatThrownBy(() -> write(folder, "new"))
                .isInstanceOf(NotWritten.class)
                .hasMessage("the report cannot be written into " + folder + ": two is a folder");
        assertThat(folder.resolve("one")).hasContent("old");
        assertThat(names(folder)).containsExactly("one", "two");
    }

    @Test
    void what_a_killed_run_had_not_finished_is_removed() throws Exception {
        Path folder = Files.createDirectory(parent.resolve("report"));
        killed(folder, false);
        write(folder, "new");
        assertThat(contents(folder)).isEqualTo(Map.of("one", "new", "two", "new"));
    }

    @Test
    void files_of_a_killed_run_that_were_whole_get_their_names_before_those_of_the_next() throws Exception {
        Path folder = Files.createDirectory(parent.resolve("report"));
        killed(folder, true);
        try (WrittenSet set = WrittenSet.in("the report", folder, FileMode.PRIVATE)) {
            assertThat(contents(folder)).containsEntry("two", "killed").containsEntry("three", "killed");
            Files.writeString(set.file("two"), "new");
            set.publish();
        }
        assertThat(contents(folder)).isEqualTo(Map.of("three", "killed", "two", "new"));
    }

    @Test
    void a_link_in_what_looks_like_a_killed_run_moves_no_file_from_elsewhere() throws Exception {
        Path secret = Files.createDirectory(parent.resolve("secret"));
        Files.writeString(secret.resolve("key"), "mine");
        Path folder = Files.createDirectory(parent.resolve("report"));
        killed(folder, true);
        Path files = folder.resolve(".aiaudit-123/files");
        Files.createSymbolicLink(files.resolve("linked"), secret);
        write(folder, "new");
        assertThat(names(folder)).contains("three").doesNotContain("linked");

        killed(folder, true);
        Files.delete(files.resolve("two"));
        Files.delete(files.resolve("three"));
        Files.delete(files);
        Files.createSymbolicLink(files, secret);
        write(folder, "newer");
        assertThat(names(folder)).doesNotContain("key");
        assertThat(secret.resolve("key")).hasContent("mine");
    }

    @Test
    void sets_of_several_runs_at_once_do_not_mix() throws Exception {
        for (int round = 0; round < 20; round++) {
            Path folder = parent.resolve("report" + round);
            if (round % 2 == 0) {
                Files.createDirectory(folder);
            }
            ExecutorService runs = Executors.newFixedThreadPool(4);
            try {
                List<Callable<Void>> writers = IntStream.range(0, 4)
                        .<Callable<Void>>mapToObj(run -> () -> {
                            write(folder, "run " + run);
                            return null;
                        })
                        .toList();
                for (Future<Void> future : runs.invokeAll(writers)) {
                    future.get();
                }
            } finally {
                runs.shutdown();
            }
            assertThat(contents(folder)).hasSize(2);
            assertThat(contents(folder).values().stream().distinct()).hasSize(1);
        }
    }

    private static void write(Path folder, String content) throws Exception {
        try (WrittenSet set = WrittenSet.in("the report", folder, FileMode.PRIVATE)) {
            Files.writeString(set.file("one"), content);
            Files.writeString(set.file("two"), content);
            set.publish();
        }
    }

    /** As a run leaves it that was killed before it had given all names. */
    private static void killed(Path folder, boolean whole) throws Exception {
        Path run = Files.createDirectory(folder.resolve(".aiaudit-123"));
        Files.writeString(run.resolve("lock"), "aiaudit, process 1\n");
        Path files = Files.createDirectory(run.resolve("files"));
        Files.writeString(files.resolve("two"), "killed");
        Files.writeString(files.resolve("three"), "killed");
        if (whole) {
            Files.createFile(run.resolve("whole"));
        }
    }

    private static String mode(Path file) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    private static Map<String, String> contents(Path folder) throws Exception {
        Map<String, String> contents = new TreeMap<>();
        for (String name : names(folder)) {
            if (Files.isRegularFile(folder.resolve(name))) {
                contents.put(name, Files.readString(folder.resolve(name)));
            }
        }
        return contents;
    }

    private static List<String> names(Path folder) throws Exception {
        try (Stream<Path> children = Files.list(folder)) {
            return children.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }
}
