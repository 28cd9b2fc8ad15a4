package io.aiaudit.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchTest {
    @Test
    void what_is_not_kept_is_gone_afterwards(@TempDir Path parent) throws Exception {
        Path kept = parent.resolve("june.aiaudit");
        try (Scratch scratch = new Scratch()) {
            Path folder = scratch.folder(parent);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                    .isEqualTo("rwx------");
            Files.writeString(Files.createDirectories(folder.resolve("a/b")).resolve("c"), "x");
            Files.writeString(scratch.file(parent.resolve("half")), "x");
            Files.writeString(scratch.file(kept), "x");
            scratch.keep(kept);
        }
        try (var left = Files.list(parent)) {
            assertThat(left).containsExactly(kept);
        }
    }
}
