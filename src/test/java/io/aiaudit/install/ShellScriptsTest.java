package io.aiaudit.install;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.testing.Needs;
import io.aiaudit.testing.Outside;
import io.aiaudit.testing.Ran;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Outside
class ShellScriptsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "install.sh",
                "src/main/sh/aiaudit",
                ".ci/run",
                ".ci/aiaudit",
                ".githooks/pre-commit",
                "docs/consultant/export.sh",
                "docs/examples/ci/cron.sh"
            })
    void shellcheck_finds_nothing(String script) {
        Ran ran = Ran.program(
                Needs.projectFolder(),
                Map.of(),
                List.of(Needs.program("shellcheck").toString(), script));
        assertThat(ran.exitCode()).as(ran::out).isZero();
    }
}
