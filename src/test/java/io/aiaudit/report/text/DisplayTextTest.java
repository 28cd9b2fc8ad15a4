package io.aiaudit.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DisplayTextTest {
    private static final String NOT_READ =
            "not read: aws arn:aws:sagemaker:eu-west-1:111111111111:endpoint/chat: denied.";

    @Test
    void lines_end_between_words_and_an_id_longer_than_a_line_stays_whole() {
        assertThat(DisplayText.wrapWholeWords(NOT_READ, 30))
                .containsExactly("not read: aws", "arn:aws:sagemaker:eu-west-1:111111111111:endpoint/chat:", "denied.");
    }

    @Test
    void in_a_table_a_longer_word_is_broken_in_itself() {
        assertThat(DisplayText.wrap(NOT_READ, 30))
                .containsExactly(
                        "not read: aws", "arn:aws:sagemaker:eu-west-1:11", "1111111111:endpoint/chat:", "denied.");
    }
}
