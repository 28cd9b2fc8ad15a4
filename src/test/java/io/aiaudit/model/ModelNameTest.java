package io.aiaudit.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelNameTest {
    @ParameterizedTest
    @CsvSource({
        "anthropic.claude-haiku-4-5-20251001-v1:0, claude-haiku-4-5, claude-haiku-4-5",
        "eu.anthropic.claude-haiku-4-5-20251001-v1:0, claude-haiku-4-5, claude-haiku-4-5",
        "claude-haiku-4-5@20251001, claude-haiku-4-5, claude-haiku-4-5",
        "openai/gpt-4.1-2025-04-14, gpt-4.1, gpt-4-1",
        "GPT-4.1, gpt-4.1, gpt-4-1",
        "Claude Sonnet 4.5, claude sonnet 4.5, claude-sonnet-4-5",
        "GPT 4o_mini, gpt 4o_mini, gpt-4o-mini",
        "publishers/google/models/gemini-2.5-pro-001, gemini-2.5-pro, gemini-2-5-pro",
        "gemini-flash-latest, gemini-flash, gemini-flash",
        "ai21.jamba-1-5-mini-v1:0, jamba-1-5-mini, jamba-1-5-mini"
    })
    void names_of_clouds_bills_and_price_lists_meet(String name, String shortened, String key) {
        assertThat(ModelName.shortened(name)).isEqualTo(shortened);
        assertThat(ModelName.key(name)).isEqualTo(key);
    }
}
