package io.aiaudit.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Proof;
import io.aiaudit.testing.Needs;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class ProofTest {
    @Test
    void a_rule_that_claims_a_backtest_has_its_figures_in_the_page_about_accuracy() throws IOException {
        String page = Files.readString(Needs.projectFolder().resolve("docs/accuracy.md"));
        assertThat(RuleBook.builtIn().rules())
                .filteredOn(rule -> rule.proof() == Proof.BACKTEST)
                .isNotEmpty()
                .allSatisfy(rule -> assertThat(page.lines()).contains("## " + rule.id()));
    }
}
