package io.aiaudit.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aiaudit.testing.Needs;
import io.aiaudit.testing.Outside;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What somebody put where a lock is looked for. */
class LockFileTest {
    @TempDir
    private Path folder;

    /** Found by hand: the file of which it is another name was emptied. */
    @Test
    void a_second_name_of_a_file_leaves_that_file_as_it_is() throws Exception {
        Path precious = Files.writeString(folder.resolve("precious.txt"), "precious");
        Path lock = Files.createLink(folder.resolve("lock"), precious);
        assertThatThrownBy(() -> LockFile.await(lock, Duration.ofSeconds(1)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("lock");
        assertThat(precious).hasContent("precious");
    }

    /** Found by hand: opening a pipe waits until somebody reads from it. */
    @Test
    @Timeout(60)
    @Outside
    void a_pipe_is_not_waited_for() throws Exception {
        Path lock = folder.resolve("lock");
        assertThat(new ProcessBuilder(Needs.program("mkfifo").toString(), lock.toString())
                        .start()
                        .waitFor())
                .isZero();
        assertThatThrownBy(() -> LockFile.await(lock, Duration.ofSeconds(1))).isInstanceOf(IOException.class);
    }

    @Test
    void a_file_of_a_run_that_ended_is_taken() throws Exception {
        Path lock = Files.writeString(folder.resolve("lock"), "aiaudit, process 1");
        assertThat(LockFile.ofDead(lock)).isPresent();
    }
}
