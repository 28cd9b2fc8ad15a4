package io.aiaudit.rules;

import io.aiaudit.testing.GoldenFile;
import io.aiaudit.testing.Needs;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** docs/rules.md is made from the folders of the rules. -Daiaudit.updateGolden=true rewrites it. */
class RulesPageTest {
    @Test
    void the_page_is_up_to_date() throws Exception {
        Path page = Needs.projectFolder().resolve("docs/rules.md");
        String expected = RulesPage.of(RuleBook.builtIn().rules());
        GoldenFile.check(page, expected, RulesPageTest.class);
    }
}
