package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.aiaudit.model.CostBasis;
import io.aiaudit.model.FileSet;
import io.aiaudit.model.LeafCost;
import io.aiaudit.model.MetricHour;
import io.aiaudit.model.Resource;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Money billed on an account of models is laid on its deployments by the tokens that they took. */
class TokenSharesTest {
    private static final String ACCOUNT =
            "/subscriptions/s/resourcegroups/g/providers/microsoft.cognitiveservices/accounts/chat";

    @TempDir
    private Path folder;

    @Test
    void models_share_by_tokens_and_price() {
        FocusCsv bill = new FocusCsv()
                .row(
                        "ResourceId=" + ACCOUNT,
                        "ProviderName=Microsoft",
                        "ServiceName=Azure OpenAI",
                        "ConsumedUnit=1K Tokens",
                        "EffectiveCost=8");
        Path file = bill.write(folder, "b.csv");
        try (TestStore store = TestStore.of(folder, IngestSettings.NONE, staging -> {
            for (String deployment : List.of("a", "b")) {
                String id = ACCOUNT + "/deployments/" + deployment;
                staging.resource(Resource.builder(id, "model_usage", "azure")
                        .parentId(ACCOUNT.toUpperCase(Locale.ROOT))
                        .attributes(Map.of("model", "no-such-model"))
                        .build());
                double tokens = deployment.equals("a") ? 3e6 : 1e6;
                staging.metric(new MetricHour(
                        id, "tokens_input", Instant.parse("2026-06-01T00:00:00Z"), null, null, tokens, null));
                staging.metric(new MetricHour(
                        id, "tokens_input", Instant.parse("2026-06-02T00:00:00Z"), null, null, 9e9, null));
            }
            staging.files(TestStore.set(FileSet.Content.BILLING, file));
        })) {
            assertThat(store.scan().leafCosts(TestStore.JUNE))
                    .extracting(leaf -> leaf.parts().get(0).cost(), LeafCost::basis)
                    .containsExactly(
                            tuple(new BigDecimal("6.000000000000"), CostBasis.ALLOCATED),
                            tuple(new BigDecimal("2.000000000000"), CostBasis.ALLOCATED));
        }
    }

    private static FocusCsv tokens(FocusCsv bill, String meter, String cost) {
        return bill.row(
                "ResourceId=" + ACCOUNT,
                "ProviderName=Microsoft",
                "ServiceName=Azure OpenAI",
                "ChargeDescription=" + meter,
                "ChargePeriodEnd=2026-06-02T00:00:00Z",
                "ConsumedUnit=1K Tokens",
                "BilledCost=" + cost,
                "EffectiveCost=" + cost);
    }

    /** Adds a deployment; a model of null is unknown. */
    private static void deployment(Staging staging, String name, String model, String... inputTokensOfHours) {
        String id = ACCOUNT + "/deployments/" + name;
        staging.resource(Resource.builder(id, "model_usage", "azure")
                .parentId(ACCOUNT)
                .machineType(model)
                .build());
        Instant hour = Instant.parse("2026-06-01T00:00:00Z");
        for (String tokens : inputTokensOfHours) {
            staging.metric(new MetricHour(id, "tokens_input", hour, null, null, Double.valueOf(tokens), null));
            hour = hour.plusSeconds(3600);
        }
    }

    /**
     * Cost to the cent by what follows the account's id, with the built-in prices: gpt-4o takes 2.50 for a million
     * tokens of input, gpt-4o-mini 0.15.
     */
    private Map<String, String> tokenCosts(FocusCsv bill, Consumer<Staging> inventory) {
        Path file = bill.write(folder, "b.csv");
        IngestSettings dollars = TestStore.settings("USD", List.of(), List.of(), List.of());
        try (TestStore store = TestStore.of(folder, dollars, staging -> {
            inventory.accept(staging);
            staging.files(TestStore.set(FileSet.Content.BILLING, file));
        })) {
            Map<String, String> costs = new LinkedHashMap<>();
            store.locked()
                    .select("SELECT resource_id, sum(cost) FROM charges GROUP BY ALL ORDER BY ALL")
                    .rows()
                    .forEach(row -> costs.put(
                            ((String) row.get(0)).replace(ACCOUNT, ""),
                            ((BigDecimal) row.get(1))
                                    .setScale(2, RoundingMode.HALF_EVEN)
                                    .stripTrailingZeros()
                                    .toPlainString()));
            return costs;
        }
    }

    @Test
    void use_of_a_model_that_no_deployment_runs_stays_on_the_account() {
        FocusCsv bill =
                tokens(tokens(new FocusCsv(), "gpt 4o Inp glbl Tokens", "5"), "text-embedding-3-small Tokens", "7");
        assertThat(tokenCosts(bill, staging -> {
                    deployment(staging, "large", "gpt-4o", "1e6", "1e6");
                    deployment(staging, "small", "gpt-4o-mini", "9e9");
                }))
                .isEqualTo(Map.of("/deployments/large", "5", "#unallocated", "7"));
    }

    @Test
    void a_deployment_whose_model_is_unknown_may_run_what_no_other_runs() {
        FocusCsv bill =
                tokens(tokens(new FocusCsv(), "gpt 4o Inp glbl Tokens", "5"), "text-embedding-3-small Tokens", "7");
        assertThat(tokenCosts(bill, staging -> {
                    deployment(staging, "large", "gpt-4o");
                    deployment(staging, "search", null);
                }))
                .isEqualTo(Map.of("/deployments/large", "5", "/deployments/search", "7"));
    }

    /**
     * Two million tokens are worth 5.00, of which 4.00 are on the meter of the model: 1.00 is left to explain what
     * names no model.
     */
    @Test
    void tokens_explain_money_once() {
        FocusCsv bill = tokens(tokens(new FocusCsv(), "gpt 4o Inp glbl Tokens", "4"), "Tokens", "3");
        assertThat(tokenCosts(bill, staging -> deployment(staging, "large", "gpt-4o", "1e6", "1e6")))
                .isEqualTo(Map.of("/deployments/large", "5", "#unallocated", "2"));
    }

    @Test
    void tokens_without_a_price_that_have_explained_the_use_of_their_model_explain_nothing_more() {
        FocusCsv bill = tokens(tokens(new FocusCsv(), "gpt 4o Inp glbl Tokens", "4"), "Tokens", "3");
        assertThat(tokenCosts(bill, staging -> {
                    deployment(staging, "large", "gpt-4o");
                    deployment(staging, "search", "no-such-model", "5");
                }))
                .isEqualTo(Map.of("/deployments/large", "4", "#unallocated", "3"));
    }

    /** The second one has no tokens in the period; the first takes what its tokens are worth and no more. */
    @Test
    void a_deployment_without_tokens_does_not_make_another_pay_more_than_its_own_are_worth() {
        FocusCsv bill = tokens(new FocusCsv(), "gpt 4o Inp glbl Tokens", "9");
        assertThat(tokenCosts(bill, staging -> {
                    deployment(staging, "one", "gpt-4o", "2e6");
                    deployment(staging, "two", "gpt-4o");
                }))
                .isEqualTo(Map.of("/deployments/one", "5", "#unallocated", "4"));
    }

    private static void deploymentOf(Staging staging, String name, Map<String, String> attributes, double tokens) {
        String id = ACCOUNT + "/deployments/" + name;
        staging.resource(Resource.builder(id, "model_usage", "azure")
                .parentId(ACCOUNT)
                .machineType("gpt-4o")
                .attributes(attributes)
                .build());
        staging.metric(
                new MetricHour(id, "tokens_input", Instant.parse("2026-06-01T00:00:00Z"), null, null, tokens, null));
    }

    /** A million tokens is worth 2.50, and 2.75 in a data zone. */
    @Test
    void a_deployment_has_the_tiers_of_its_kind() {
        FocusCsv bill = tokens(
                tokens(tokens(new FocusCsv(), "gpt 4o Inp glbl Tokens", "2.5"), "gpt 4o Inp DZone Tokens", "2.75"),
                "gpt 4o Batch Inp glbl Tokens",
                "1.25");
        assertThat(tokenCosts(bill, staging -> {
                    deploymentOf(staging, "glob", Map.of("deployment_type", "GlobalStandard"), 1e6);
                    deploymentOf(staging, "zone", Map.of("processed_in", "Data Zone"), 1e6);
                    deploymentOf(staging, "batch", Map.of("deployment_type", "Global Batch"), 1e6);
                }))
                .isEqualTo(
                        Map.of("/deployments/glob", "2.5", "/deployments/zone", "2.75", "/deployments/batch", "1.25"));
    }

    @Test
    void a_deployment_of_unknown_kind_has_what_those_of_known_kinds_leave() {
        FocusCsv bill =
                tokens(tokens(new FocusCsv(), "gpt 4o Inp glbl Tokens", "2.5"), "gpt 4o Inp DZone Tokens", "2.75");
        assertThat(tokenCosts(bill, staging -> {
                    deploymentOf(staging, "zone", Map.of("deployment_type", "DataZoneStandard"), 1e6);
                    deploymentOf(staging, "other", Map.of(), 1e6);
                }))
                .isEqualTo(Map.of("/deployments/zone", "2.75", "/deployments/other", "2.5"));
    }

    @Test
    void a_tier_of_no_listed_kind_stays_on_the_account() {
        FocusCsv bill = tokens(
                tokens(tokens(new FocusCsv(), "gpt 4o Inp glbl Tokens", "2.5"), "gpt 4o Inp regnl Tokens", "2.75"),
                "gpt 4o Batch Inp glbl Tokens",
                "1.25");
        assertThat(tokenCosts(bill, staging -> {
                    deploymentOf(staging, "glob", Map.of("deployment_type", "GlobalStandard"), 1e6);
                    deploymentOf(staging, "zone", Map.of("deployment_type", "DataZoneStandard"), 1e6);
                }))
                .isEqualTo(Map.of("/deployments/glob", "2.5", "#unallocated", "4"));
    }

    @Test
    void deployments_that_are_called_standard_only_share_what_is_not_a_batch() {
        FocusCsv bill = tokens(tokens(new FocusCsv(), "gpt 4o Inp glbl Tokens", "4"), "gpt 4o Batch Inp glbl", "1");
        assertThat(tokenCosts(bill, staging -> {
                    deploymentOf(staging, "a", Map.of("deployment_type", "Standard"), 1e6);
                    deploymentOf(staging, "b", Map.of("deployment_type", "standard"), 1e6);
                }))
                .isEqualTo(Map.of("/deployments/a", "2", "/deployments/b", "2", "#unallocated", "1"));
    }

    /** Two million tokens are worth 5.00; 9.00 and 3.00 are paid. */
    @Test
    void a_deployment_alone_has_all_tokens_of_its_model_at_any_price() {
        for (String paid : List.of("9", "3")) {
            assertThat(tokenCosts(
                            tokens(new FocusCsv(), "gpt 4o pp Inp glbl Tokens", paid),
                            staging -> deploymentOf(staging, "one", Map.of(), 2e6)))
                    .isEqualTo(Map.of("/deployments/one", paid));
        }
    }

    @Test
    void tiers_of_unknown_owners_are_shared_by_tokens_and_no_token_counts_twice() {
        FocusCsv bill = tokens(tokens(new FocusCsv(), "gpt 4o Inp glbl Tokens", "5"), "gpt 4o Inp DZone Tokens", "5.5");
        assertThat(tokenCosts(bill, staging -> {
                    deploymentOf(staging, "a", Map.of(), 1e6);
                    deploymentOf(staging, "b", Map.of(), 1e6);
                }))
                .isEqualTo(Map.of("/deployments/a", "2.62", "/deployments/b", "2.62", "#unallocated", "5.25"));
    }
}
