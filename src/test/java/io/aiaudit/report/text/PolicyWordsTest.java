package io.aiaudit.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyWordsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            interruption: no, aiaudit.yaml:13 (tag env=prod) | Interruption is not allowed (aiaudit.yaml:13, tag \
            env=prod)
            latency: yes, aiaudit.yaml:25; quality: yes | Higher latency is allowed (aiaudit.yaml:25); lower quality \
            is allowed
            Needs your approval: set `latency: yes` for it. | Needs your approval: set `latency: yes` for it.
            Decide first: a would replace this fix. interruption: yes, aiaudit.yaml:21 | Decide first: a would replace \
            this fix. Interruption is allowed (aiaudit.yaml:21)
            The fix needs no approval. | The fix needs no approval.
            """)
    void answers_of_the_policy_are_words_and_lines_to_write_stay(String reason, String words) {
        assertThat(PolicyWords.of(reason)).isEqualTo(words);
    }
}
