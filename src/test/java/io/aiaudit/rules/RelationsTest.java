package io.aiaudit.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Window;
import io.aiaudit.store.LockedStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RelationsTest {
    private static final Window WINDOW = Window.parse("2026-06-01/2026-06-08");

    @Test
    void a_built_in_rule_that_does_not_name_the_columns_of_offers_returns_none_of_them(@TempDir Path folder)
            throws Exception {
        List<Rule> rules = RuleBook.builtIn().rules().stream()
                .filter(rule -> !Relations.readsOffered(rule))
                .toList();
        assertThat(rules).isNotEmpty();
        try (LockedStore store = TestRule.store(folder, "INSERT INTO scan (currency) VALUES ('USD')")) {
            String base = RuleRun.storeTables(store);
            KnownFacts.fillSpend(store, List.of());
            KnownFacts.fillPolicies(store, List.of());
            Lifetimes lifetimes = new Lifetimes(store, WINDOW, base, Map.of());
            lifetimes.read();
            Relations relations = new Relations(store, WINDOW, base, lifetimes);
            for (Rule rule : rules) {
                new Examination(rule, lifetimes).fill(store);
                relations.create(rule, rule.parameters(Map.of()), SqlGate.check(store, rule.sql()), false);
                String query = rule.sql().replaceAll(";\\s*$", "");
                assertThat(store.select("DESCRIBE (\n" + query + "\n)").rows())
                        .as(rule.id())
                        .extracting(row -> ((String) row.get(0)).toLowerCase(Locale.ROOT))
                        .contains("resource_id")
                        .doesNotContain("offered_as", "bare_as");
            }
        }
    }
}
