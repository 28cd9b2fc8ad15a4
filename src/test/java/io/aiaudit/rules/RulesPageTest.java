package io.aiaudit.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.testing.Needs;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** docs/rules.md is made from the folders of the rules. -Daiaudit.updateGolden=true rewrites it. */
class RulesPageTest {
    @Test
    void the_page_is_up_to_date() throws Exception {
        Path page = Needs.projectFolder().resolve("docs/rules.md");
        String expected = RulesPage.of(RuleBook.builtIn().rules());
        if (Boolean.getBoolean("aiaudit.updateGolden")) {
            Files.writeString(page, expected);
        }

        assertThat(Files.exists(page) ? Files.readString(page) : "")
                .as("docs/rules.md, rewritten with -Daiaudit.updateGolden=true")
                .isEqualTo(expected);
    }
}
