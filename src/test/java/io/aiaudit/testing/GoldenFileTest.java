package io.aiaudit.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import org.junit.jupiter.api.Test;

class GoldenFileTest {

    @Test
    void a_difference_says_the_command_that_renews_the_file() {
        assertThat(GoldenFile.renewal(
                        Needs.projectFolder().resolve("docs/rules.md"), GoldenFileTest.class, "-Daiaudit.case=demo"))
                .isEqualTo("docs/rules.md differs; if what is written now is right, renew it:"
                        + " ./mvnw -q -Dtest=GoldenFileTest -Daiaudit.case=demo -Daiaudit.updateGolden=true test");
        assertThat(catchThrowable(() -> GoldenFile.check(
                        Needs.projectFolder().resolve("no-such-page.md"), "text", GoldenFileTest.class)))
                .hasMessageContaining("no-such-page.md differs")
                .hasMessageContaining("-Dtest=GoldenFileTest");
    }
}
