package io.aiaudit.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

class NeedsTest {

    @Test
    void a_program_that_is_there_is_found() {
        assertThat(Needs.program("sh", "no-such-program")).isExecutable().hasFileName("sh");
    }

    @Test
    void a_missing_program_skips_on_a_persons_machine_and_fails_in_ci() {
        assertThat(catchThrowable(() -> Needs.missing("azurite-blob", false)))
                .isInstanceOf(TestAbortedException.class)
                .hasMessage("needs azurite-blob: npm install --global azurite@3.35.0");
        assertThat(catchThrowable(() -> Needs.missing("zsh", true)))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessage("needs zsh: apt-get install zsh");
    }

    @Test
    void a_program_that_ci_would_not_install_is_refused() {
        assertThat(catchThrowable(() -> Needs.program("no-such-program")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no-such-program is not in");
    }

    @Test
    void missing_sample_data_always_skips() {
        assertThat(catchThrowable(() -> Needs.data("no-such-data"))).isInstanceOf(TestAbortedException.class);
    }

    @Test
    void the_project_folder_holds_the_pom() {
        assertThat(Files.exists(Needs.projectFolder().resolve("pom.xml"))).isTrue();
    }
}
