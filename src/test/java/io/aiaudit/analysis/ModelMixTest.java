package io.aiaudit.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Component;
import io.aiaudit.model.ModelTokens;
import io.aiaudit.model.Money;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ModelMixTest {
    @Test
    void the_bill_shows_tokens_and_their_prices() {
        ModelTokens row = new UseCase()
                .usage("chat", "anthropic.claude-haiku-4-5-20251001-v1:0", "13.10")
                .line("chat", "claude-haiku-4-5", "input", "8", "8000000")
                .line("chat", "claude-haiku-4-5", "output", "5", "1000000")
                .line("chat", "claude-haiku-4-5", "cache_read", "0.10", "1000000")
                .counts("chat", "requests", UseCase.HOURS, 20_000)
                .counts("chat", "tokens_input", UseCase.HOURS, 1)
                .model();
        assertThat(row.model()).isEqualTo("claude-haiku-4-5");
        assertThat(row.tokensFrom()).isEqualTo("bill");
        assertThat(row.tokensInput()).isEqualByComparingTo("8000000");
        assertThat(row.tokensCacheRead()).isEqualByComparingTo("1000000");
        assertThat(row.tokensCacheWrite()).as("unknown").isNull();
        assertThat(row.calls()).isEqualByComparingTo("20000");
        assertThat(row.cost()).isEqualByComparingTo("13.10");
        assertThat(row.costPerThousandCalls()).isEqualByComparingTo("0.655");
        assertThat(row.perMillion().input()).isEqualByComparingTo("1");
        assertThat(row.perMillion().output()).isEqualByComparingTo("5");
        assertThat(row.perMillion().cacheRead()).isEqualByComparingTo("0.1");
        assertThat(row.perMillion().blended()).isEqualByComparingTo("1.31");
    }

    @Test
    void metrics_stand_in_where_the_bill_counts_no_tokens_and_give_no_price_by_kind() {
        ModelTokens row = new UseCase()
                .usage("chat", "gpt-4.1", "30")
                .line("chat", "gpt-4.1", "input", "20", null)
                .counts("chat", "tokens_input", 700, 8_000_000)
                .counts("chat", "tokens_output", 700, 2_000_000)
                .model();
        assertThat(row.tokensFrom()).isEqualTo("metrics");
        assertThat(row.perMillion().input()).isNull();
        assertThat(row.perMillion().blended()).isEqualByComparingTo("3");
    }

    @Test
    void a_model_whose_cost_is_known_and_whose_tokens_are_not_says_so_and_has_no_zero() {
        ModelTokens row = new UseCase().usage("chat", "gpt-4.1", "30").model();
        assertThat(row.cost()).isEqualByComparingTo("30");
        assertThat(row.tokensFrom()).isNull();
        assertThat(row.tokensShare()).isZero();
        assertThat(row.tokensInput()).isNull();
        assertThat(row.tokensOutput()).isNull();
        assertThat(row.calls()).isNull();
        assertThat(row.costPerThousandCalls()).isNull();
        assertThat(row.perMillion().blended()).isNull();
    }

    @Test
    void hours_that_were_not_measured_are_not_made_up() {
        ModelTokens row = new UseCase()
                .usage("chat", "gpt-4.1", "30")
                .counts("chat", "tokens_input", UseCase.HOURS / 2, 8_000_000)
                .counts("chat", "tokens_output", UseCase.HOURS / 2, 2_000_000)
                .counts("chat", "requests", 647, 1000)
                .model();
        assertThat(row.tokensInput()).isNull();
        assertThat(row.calls()).as("647 of 720 hours are less than 90 %").isNull();
    }

    @Test
    void tokens_are_those_of_the_days_that_the_bill_covers() {
        ModelTokens row = new UseCase()
                .billed("2026-06-01/2026-06-16")
                .usage("chat", "gpt-4.1", "30")
                .counts("chat", "tokens_input", UseCase.HOURS, 16_000_000)
                .counts("chat", "tokens_output", UseCase.HOURS, 4_000_000)
                .model();
        assertThat(row.tokensInput()).isEqualByComparingTo("8000000");
        assertThat(row.perMillion().blended()).isEqualByComparingTo("3");
    }

    @Test
    void names_of_one_model_are_one_row_whose_price_is_of_the_uses_that_show_tokens() {
        ModelTokens row = new UseCase()
                .usage("a", "openai/gpt-4.1", "10")
                .usage("b", "gpt-4.1-2025-04-14", "30")
                .counts("a", "tokens_input", 720, 4_000_000)
                .counts("a", "tokens_output", 720, 1_000_000)
                .model();
        assertThat(row.resources()).isEqualTo(2);
        assertThat(row.cost()).isEqualByComparingTo("40");
        assertThat(row.tokensShare()).isEqualByComparingTo("0.25");
        assertThat(row.perMillion().blended()).isEqualByComparingTo("2");
    }

    @Test
    void a_leaf_of_several_models_is_shared_to_the_cent_and_its_metrics_are_nobodys() {
        UseCase use = new UseCase()
                .usage("account", null, "10.01")
                .line("account", "gpt-4.1", "input", "3.333333", "1000000")
                .line("account", "gpt-4.1", "output", "0.000001", "10")
                .line("account", "gpt-4.1-mini", "input", "3.333333", null)
                .counts("account", "requests", 720, 100);
        List<ModelTokens> rows = use.models();
        assertThat(rows).extracting(ModelTokens::model).containsExactly(null, "gpt-4.1", "gpt-4.1-mini");
        assertThat(rows).allSatisfy(row -> assertThat(row.calls()).isNull());
        assertThat(Money.sum(rows.stream().map(ModelTokens::cost).toList())).isEqualByComparingTo("10.01");
        assertThat(Money.sum(rows.stream().map(ModelTokens::monthlyCost).toList()))
                .isEqualByComparingTo(use.monthlyCents());
    }

    @Test
    void what_a_service_is_paid_beside_tokens_is_no_use_of_a_model() {
        UseCase use = new UseCase()
                .leaf("service", "account", "100", Component.USAGE, builder -> builder)
                .line("service", "claude", "input", "40", "10000000")
                .line("service", "claude", null, "7", null);
        assertThat(use.model().cost()).isEqualByComparingTo("40");
        assertThat(use.model().perMillion().input()).isEqualByComparingTo("4");
        assertThat(use.model().tokensShare()).as("output is not reported").isZero();
    }

    @Test
    void throughput_that_is_bought_has_a_row_of_its_own_and_an_unknown_cost_is_none() {
        List<ModelTokens> rows = new UseCase()
                .leaf(
                        "units",
                        "provisioned_throughput",
                        "720",
                        Component.TIME,
                        builder -> builder.attributes(Map.of("model", "gpt-4.1")))
                .counts("units", "tokens_input", 720, 900_000)
                .counts("units", "tokens_output", 720, 100_000)
                .usage("free", "gpt-4.1", null)
                .counts("free", "tokens_input", 720, 500_000)
                .counts("free", "tokens_output", 720, 500_000)
                .models();
        assertThat(rows).extracting(ModelTokens::paidBy).containsExactly("units", "tokens");
        assertThat(rows.get(0).perMillion().blended()).isEqualByComparingTo("720");
        assertThat(rows.get(1).cost()).isNull();
        assertThat(rows.get(1).tokensShare()).isNull();
        assertThat(rows.get(1).tokensInput()).isEqualByComparingTo(BigDecimal.valueOf(500_000));
        assertThat(rows.get(1).perMillion().blended()).isNull();
    }
}
