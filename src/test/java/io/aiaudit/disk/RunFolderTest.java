package io.aiaudit.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aiaudit.testing.Outside;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {
    @TempDir
    private Path parent;

    @Test
    void it_is_private_and_gone_afterwards() throws Exception {
        try (RunFolder run = RunFolder.temporary(parent)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(run.path())))
                    .isEqualTo("rwx------");
            Files.writeString(run.folder("a/b").resolve("c"), "x");
        }
        assertThat(names()).isEmpty();
    }

    @Test
    void what_a_killed_run_left_is_removed_by_the_next_one() throws Exception {
        Path left = killed("aiaudit-123");
        Files.writeString(Files.createDirectories(left.resolve("spill")).resolve("block"), "x");
        Files.createDirectory(parent.resolve("aiaudit-456"));
        try (RunFolder run = RunFolder.temporary(parent)) {
            assertThat(names()).containsExactly(run.path().getFileName().toString());
        }
    }

    /** Found by hand: a run that was killed while it tidied up left a folder that no later run removed. */
    @Test
    void so_is_what_a_run_left_that_was_killed_while_it_ended() throws Exception {
        Path left = Files.createDirectory(parent.resolve("aiaudit-123-ended"));
        Files.writeString(left.resolve("lock"), "aiaudit, process 1");
        Files.writeString(left.resolve("work.duckdb"), "x");
        RunFolder.temporary(parent).close();
        assertThat(left).doesNotExist();
    }

    @Test
    void what_another_run_uses_or_somebody_else_made_stays() throws Exception {
        Files.writeString(Files.createDirectory(parent.resolve("aiaudit-notes")).resolve("mine.txt"), "x");
        Files.writeString(parent.resolve("aiaudit-file"), "x");
        Files.createDirectory(parent.resolve("aiaudit-empty-of-others"));
        try (RunFolder one = RunFolder.temporary(parent);
                RunFolder two = RunFolder.temporary(parent)) {
            assertThat(one.path()).isDirectory();
            assertThat(two.path()).isDirectory();
        }
        assertThat(names()).containsExactly("aiaudit-empty-of-others", "aiaudit-file", "aiaudit-notes");
    }

    @Test
    void a_planted_link_is_not_followed() throws Exception {
        Path precious = Files.writeString(
                Files.createDirectory(parent.resolve("precious")).resolve("file"), "x");
        Files.createSymbolicLink(parent.resolve("aiaudit-link"), precious.getParent());
        Path left = killed("aiaudit-123");
        Files.createSymbolicLink(left.resolve("link"), precious.getParent());
        Path lockedByLink = Files.createDirectory(parent.resolve("aiaudit-789"));
        Files.createSymbolicLink(lockedByLink.resolve("lock"), precious);
        RunFolder.temporary(parent).close();
        assertThat(precious).hasContent("x");
        assertThat(names()).containsExactly("aiaudit-789", "aiaudit-link", "precious");
    }

    @Outside
    @RepeatedTest(4)
    void a_process_that_ends_while_folders_are_made_leaves_none() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        EndsWhileMaking.class.getName(),
                        parent.toString())
                .inheritIO()
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(EndsWhileMaking.EXIT_CODE);
        assertThat(names()).isEmpty();
    }

    /** Makes folders and removes them on several threads, and ends while they do. */
    static final class EndsWhileMaking {
        static final int EXIT_CODE = 130;
        private static final int THREADS = 8;
        private static final int ENOUGH = 100;

        private EndsWhileMaking() {}

        public static void main(String[] arguments) throws InterruptedException {
            CountDownLatch made = new CountDownLatch(ENOUGH);
            for (int i = 0; i < THREADS; i++) {
                Thread maker = new Thread(() -> make(Path.of(arguments[0]), made), "maker");
                maker.setDaemon(true);
                maker.start();
            }
            made.await();
            System.exit(EXIT_CODE);
        }

        private static void make(Path parent, CountDownLatch made) {
            try {
                while (true) {
                    RunFolder run = RunFolder.unfinished(parent);
                    LockSupport.parkNanos(1_000_000); // so that some runs end just here
                    run.folder("spill");
                    run.close();
                    made.countDown();
                }
            } catch (IllegalStateException e) {
                return; // the process is ending
            }
        }
    }

    @Test
    void a_parent_that_is_missing_is_reported_with_its_name() {
        assertThatThrownBy(() -> RunFolder.temporary(parent.resolve("none")))
                .isInstanceOf(NotWritten.class)
                .hasMessageContaining("no folder can be created in " + parent.resolve("none"));
    }

    private Path killed(String name) throws Exception {
        Path left = Files.createDirectory(parent.resolve(name));
        Files.writeString(left.resolve("lock"), "aiaudit, process 1\n");
        return left;
    }

    private List<String> names() throws Exception {
        try (Stream<Path> children = Files.list(parent)) {
            return children.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }
}
