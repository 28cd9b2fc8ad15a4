package io.aiaudit.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Lever;
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

    @Test
    void what_comes_true_of_each_claim_is_in_it_or_the_arithmetic_and_what_that_leaves_out() throws IOException {
        String page = Files.readString(Needs.projectFolder().resolve("docs/accuracy.md"));
        assertThat(RuleBook.builtIn().rules())
                .filteredOn(rule -> rule.lever() != Lever.GOVERN)
                .isNotEmpty()
                .allSatisfy(rule -> assertThat(page.lines())
                        .filteredOn(line -> line.startsWith("| `" + rule.id() + "` |"))
                        .singleElement()
                        .asString()
                        .doesNotContain("| |"));
    }
}
