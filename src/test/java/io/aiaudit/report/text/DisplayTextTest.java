package io.aiaudit.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DisplayTextTest {
    private static final String NOT_READ =
            "not read: aws arn:aws:sagemaker:eu-west-1:111111111111:endpoint/chat: denied.";

    @Test
    void lines_end_between_words_and_an_id_longer_than_a_line_stays_whole() {
        assertThat(DisplayText.wrapForPasting(NOT_READ, 30))
                .containsExactly("not read: aws", "arn:aws:sagemaker:eu-west-1:111111111111:endpoint/chat:", "denied.");
    }

    @Test
    void names_that_differ_at_their_ends_differ_where_they_are_cut() {
        assertThat(DisplayText.name("support-answers-units-35", 20)).isEqualTo("support-answe…its-35");
        assertThat(DisplayText.name("short", 8)).isEqualTo("short   ");
        assertThat(DisplayText.width(DisplayText.name("東京".repeat(20), 20))).isEqualTo(20);
    }

    @Test
    void a_command_stays_in_one_line_and_what_is_around_it_is_broken_between_words() {
        assertThat(DisplayText.wrapForPasting(
                        "Add the permission, it's missing; 'aiaudit sources check aws' lists every permission "
                                + "required.",
                        40))
                .containsExactly(
                        "Add the permission, it's missing;",
                        "'aiaudit sources check aws' lists every",
                        "permission required.");
        assertThat(DisplayText.wrapForPasting(
                        "Log in again: gcloud auth application-default login. Then scan again.", 34))
                .containsExactly("Log in again:", "gcloud auth application-default login.", "Then scan again.");
    }

    @Test
    void in_a_table_a_longer_word_is_broken_in_itself() {
        assertThat(DisplayText.wrap(NOT_READ, 30))
                .containsExactly(
                        "not read: aws", "arn:aws:sagemaker:eu-west-1:11", "1111111111:endpoint/chat:", "denied.");
    }
}
