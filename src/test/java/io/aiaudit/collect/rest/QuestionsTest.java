package io.aiaudit.collect.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aiaudit.model.Gap;
import io.aiaudit.model.UserError;
import io.aiaudit.testing.Gathered;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One failure costs one thing. */
class QuestionsTest {
    private final Questions questions = new Questions(
            "azure", "sub", failure -> Optional.of(new UserError("it failed.", "Run it again.", failure)));
    private int asked;

    private static RestFailure failure(int status) {
        return status == 0
                ? RestFailure.notAnswered("GET:/x", "host", new IOException("timed out"))
                : RestFailure.answered("GET:/x", "host", new RestAnswer(status, Map.of(), ""), null);
    }

    /** How many of so many objects are answered. */
    private int answered(int objects, int status, IntPredicate fails) {
        int answered = 0;
        for (int i = 0; i < objects; i++) {
            int object = i;
            answered += questions.ask(
                    "computes",
                    "w" + i,
                    () -> {
                        asked++;
                        if (fails.test(object)) {
                            throw failure(status);
                        }
                        return 1;
                    },
                    0);
        }
        return answered;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 403, 404, 429, 500, 503})
    void objects_that_fail_hide_none_of_the_others_and_are_one_gap_that_names_and_counts_them(int status) {
        assertThat(answered(61, status, Set.of(0, 1, 2, 30, 31)::contains)).isEqualTo(56);
        Gathered gathered = new Gathered();
        questions.tell(gathered);
        assertThat(gathered.gaps)
                .containsExactly(
                        new Gap("azure", "sub computes of w0, w1, w2 and 2 more", "it failed.", "Run it again."));
    }

    @Test
    void a_service_that_is_down_is_not_asked_for_each_of_a_thousand_objects_and_all_are_counted() {
        assertThat(answered(1000, 503, object -> true)).isZero();
        assertThat(asked).isEqualTo(20);
        Gathered gathered = new Gathered();
        questions.tell(gathered);
        assertThat(gathered.gaps)
                .singleElement()
                .extracting(Gap::scope)
                .isEqualTo("sub computes of w0, w1, w2 and 997 more");
        assertThatThrownBy(() -> questions.tellUnlessNothingAnswered(new Gathered()))
                .as("nothing was answered at all")
                .isInstanceOf(RestFailure.class);
    }

    @Test
    void a_permission_that_is_missing_everywhere_is_asked_for_of_each_since_it_may_hold_for_some() {
        assertThat(answered(100, 403, object -> object != 99)).isEqualTo(1);
        assertThat(asked).isEqualTo(100);
    }
}
