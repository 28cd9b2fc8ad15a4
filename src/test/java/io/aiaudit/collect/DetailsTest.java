package io.aiaudit.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.node.MissingNode;
import io.aiaudit.collect.rest.Json;
import io.aiaudit.model.Gap;
import io.aiaudit.model.UserError;
import io.aiaudit.testing.Gathered;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ec2.model.Volume;

/** One failure costs one thing. */
class DetailsTest {
    private final Gathered gathered = new Gathered();
    private final ObjectGaps gaps = new ObjectGaps(
            new Slice("sub", Slice.EVERYWHERE, Slice.Dataset.INVENTORY, "machines"), gathered, new HashSet<>());
    private Instant now = Instant.parse("2026-06-01T00:00:00Z");
    private final Details details = new Details("azure", "sub", new StatusFailures(), gaps, () -> now);
    private int requested;

    /** A response with this status; 0 = none came. */
    private static final class Failed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final int status;

        Failed(int status) {
            this.status = status;
        }
    }

    private static final class StatusFailures implements Failures {
        @Override
        public Optional<UserError> explain(Exception failure) {
            return failure instanceof Failed
                    ? Optional.of(new UserError("it failed.", "Run it again.", failure))
                    : Optional.empty();
        }

        @Override
        public boolean isOfService(RuntimeException failure) {
            return failure instanceof Failed failed && (failed.status == 0 || failed.status >= 429);
        }
    }

    private static Gap gap(String problem) {
        return new Gap("azure", "sub computes", problem, "Run it again.").in("sub", null, "inventory");
    }

    /** How many of so many objects are answered. */
    private int responded(int objects, int status, IntPredicate fails) {
        int responded = 0;
        for (int i = 0; i < objects; i++) {
            int object = i;
            responded += details.call("computes", "w" + i, () -> {
                        requested++;
                        if (fails.test(object)) {
                            throw new Failed(status);
                        }
                        return 1;
                    })
                    .orElse(0);
        }
        return responded;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 403, 404, 429, 500, 503})
    void objects_that_fail_hide_none_of_the_others_and_are_one_gap_that_names_and_counts_them(int status) {
        assertThat(responded(61, status, Set.of(0, 1, 2, 30, 31)::contains)).isEqualTo(56);
        gaps.report();
        assertThat(gathered.gaps)
                .containsExactly(
                        gap("it failed.").of(List.of("w0", "w1", "w2", "w30", "w31"), "w0, w1, w2 and 2 more"));
    }

    @Test
    void a_service_that_is_down_is_not_called_for_each_of_a_thousand_objects_and_all_are_counted() {
        assertThat(responded(1000, 503, object -> true)).isZero();
        assertThat(requested).isEqualTo(20);
        gaps.report();
        assertThat(gathered.gaps)
                .singleElement()
                .extracting(Gap::scope)
                .isEqualTo("sub computes of w0, w1, w2 and 997 more");
        assertThatThrownBy(details::failUnlessSomethingAnswered)
                .as("nothing was answered at all")
                .isInstanceOf(Failed.class);
    }

    /** Twenty that each take two minutes would be most of an hour, of each kind, in each region. */
    @Test
    void a_service_that_takes_minutes_to_fail_is_not_waited_for_with_each_object() {
        assertThat(responded(10, 0, object -> {
                    now = now.plus(Duration.ofMinutes(2));
                    return object != 2; // what is answered in between makes it well again
                }))
                .isEqualTo(1);
        assertThat(requested).isEqualTo(3 + 3);
        gaps.report();
        assertThat(gathered.gaps)
                .singleElement()
                .extracting(Gap::scope)
                .isEqualTo("sub computes of w0, w1, w3 and 6 more");
    }

    @Test
    void a_list_that_breaks_off_keeps_what_came_and_says_that_it_is_not_the_whole() {
        List<String> read = details.list("computes", "w0", thing -> {
            thing.accept("one");
            thing.accept("two");
            throw new Failed(500);
        });
        List<String> none = details.list("computes", "w1", thing -> {
            throw new Failed(500);
        });
        details.failUnlessSomethingAnswered();
        gaps.report();
        assertThat(read).containsExactly("one", "two");
        assertThat(none).isEmpty();
        assertThat(gathered.gaps)
                .containsExactly(
                        gap("the list broke off after 2: it failed.").of(List.of("w0"), "w0"),
                        gap("it failed.").of(List.of("w1"), "w1"));
    }

    @Test
    void a_defect_of_ours_is_no_gap() {
        assertThatThrownBy(() -> details.call("computes", () -> {
                    throw new IllegalStateException("ours");
                }))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_response_that_lacks_what_an_object_is_made_of_costs_that_object_and_names_it() {
        List<Integer> made = new ArrayList<>();
        details.make("volumes", List.of("12", "", "30"), name -> "v" + name, Integer::valueOf, made::add);
        assertThat(details.call("sizes", "w1", () -> Integer.valueOf(""))).isEmpty();
        details.failUnlessSomethingAnswered();
        gaps.report();
        assertThat(made).containsExactly(12, 30);
        assertThat(gathered.gaps).extracting(Gap::scope).containsExactly("sub volumes of v", "sub sizes of w1");
        assertThat(gathered.gaps)
                .allSatisfy(gap ->
                        assertThat(gap.problem()).isEqualTo("the response has \"\" where a number is expected."));
    }

    private static Stream<Arguments> unusable() {
        Map<String, String> none = Map.of();
        return Stream.of(
                arguments(
                        (Supplier<Object>) () -> Volume.builder().build().size() + 1,
                        "lacks \"size\", which is needed"),
                arguments(
                        (Supplier<Object>)
                                () -> Volume.builder().build().volumeId().length(),
                        "lacks \"volumeId\", which is needed"),
                arguments(
                        (Supplier<Object>) () -> Objects.requireNonNull(none.get("a"), "volumeId"),
                        "lacks \"volumeId\", which is needed"),
                arguments(
                        (Supplier<Object>) () -> Json.needed(
                                MissingNode.getInstance(), "/metadata/labels/cloud.googleapis.com~1location"),
                        "lacks \"cloud.googleapis.com/location\", which is needed"),
                arguments((Supplier<Object>) () -> none.get("a").length(), "lacks a value that is needed"),
                arguments(
                        (Supplier<Object>) () -> Objects.requireNonNull(none.get("a")), "lacks a value that is needed"),
                arguments((Supplier<Object>) () -> Integer.valueOf("two"), "has \"two\" where a number is expected"),
                arguments((Supplier<Object>) () -> new BigDecimal("two"), "has a text where a number is expected"),
                arguments(
                        (Supplier<Object>) () -> Instant.parse(none.getOrDefault("a", "soon")),
                        "has \"soon\" where a time is expected"),
                arguments((Supplier<Object>) () -> List.of().get(0), "has a value that aiaudit cannot read"),
                arguments((Supplier<Object>) () -> DayOfWeek.valueOf("NODAY"), "has a value that aiaudit cannot read"));
    }

    @ParameterizedTest
    @MethodSource("unusable")
    void a_gap_of_what_cannot_be_made_names_what_is_missing_and_no_class(Supplier<Object> made, String problem) {
        assertThat(details.make("volumes", "v", made)).isEmpty();
        assertThat(details.call("sizes", "v", made)).isEmpty();
        gaps.report();
        assertThat(gathered.gaps)
                .hasSize(2)
                .allSatisfy(gap -> assertThat(gap.problem()).isEqualTo("the response " + problem + "."))
                .allSatisfy(gap -> assertThat(gap.fix()).startsWith("Run it again"));
    }

    @Test
    void a_permission_that_is_missing_everywhere_is_tried_for_each_since_it_may_hold_for_some() {
        assertThat(responded(100, 403, object -> object != 99)).isEqualTo(1);
        assertThat(requested).isEqualTo(100);
    }
}
