package io.aiaudit.collect.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AutoscaleSettingsTest {
    private static final String WITHOUT_RULES = "[]";
    private static final String RULES =
            "[{\"metricTrigger\": {\"metricName\": \"CpuUtilizationPercentage\"}, \"scaleAction\": {}}]";
    private static final String MONDAYS = ", \"recurrence\": {\"frequency\": \"Week\", \"schedule\": {\"timeZone\":"
            + " \"UTC\", \"days\": [\"Monday\"], \"hours\": [7], \"minutes\": [0]}}";
    private static final String LAUNCH_OF_2015 = fixed("2015-03-05T14:00:00Z", "2015-03-05T14:30:00Z");
    private static final String THIS_CENTURY = fixed("2015-03-05T14:00:00", "2099-03-05T14:30:00");
    private static final String NEXT_CENTURY = fixed("2115-03-05T14:00:00Z", "2115-03-05T14:30:00Z");

    private static String fixed(String start, String end) {
        return ", \"fixedDate\": {\"timeZone\": \"UTC\", \"start\": \"" + start + "\", \"end\": \"" + end + "\"}";
    }

    private static String profile(int least, int most, String rules, String times) {
        return "{\"name\": \"p\", \"capacity\": {\"minimum\": \"" + least + "\", \"maximum\": \"" + most
                + "\", \"default\": \"" + least + "\"}, \"rules\": " + rules + times + "}";
    }

    private static Map<String, String> of(String... profiles) throws JsonProcessingException {
        return new AutoscaleSettings(
                        Map.of(
                                "/x",
                                new ObjectMapper()
                                        .readTree("{\"properties\": {\"enabled\": true, \"profiles\": ["
                                                + Stream.of(profiles).collect(Collectors.joining(", ")) + "]}}")),
                        true)
                .of("/x")
                .values();
    }

    private static Map<String, String> scaled(String how, int least, int most) {
        return Map.of(
                "autoscaling", how, "autoscaling_min", String.valueOf(least), "autoscaling_max", String.valueOf(most));
    }

    @Test
    void the_limits_are_those_of_all_profiles_in_force() throws JsonProcessingException {
        assertThat(of(profile(4, 4, WITHOUT_RULES, LAUNCH_OF_2015), profile(1, 6, RULES, "")))
                .containsAllEntriesOf(scaled("enabled", 1, 6))
                .containsEntry("autoscaling_metric", "CpuUtilizationPercentage");
        assertThat(of(profile(1, 6, RULES, ""), profile(3, 10, RULES, MONDAYS)))
                .containsAllEntriesOf(scaled("enabled", 1, 10));
        assertThat(of(profile(2, 2, WITHOUT_RULES, THIS_CENTURY), profile(1, 1, WITHOUT_RULES, "")))
                .isEqualTo(scaled("scheduled", 1, 2));
    }

    @Test
    void profiles_without_rules_follow_the_clock_where_they_have_times_and_nothing_where_they_do_not()
            throws JsonProcessingException {
        assertThat(of(profile(1, 1, WITHOUT_RULES, ""), profile(4, 4, WITHOUT_RULES, MONDAYS)))
                .isEqualTo(scaled("scheduled", 1, 4));
        assertThat(of(profile(2, 2, WITHOUT_RULES, ""))).isEqualTo(Map.of("autoscaling", "none"));
        assertThat(of(profile(2, 2, WITHOUT_RULES, ""), profile(2, 2, WITHOUT_RULES, MONDAYS)))
                .isEqualTo(Map.of("autoscaling", "none"));
        assertThat(of(profile(2, 2, WITHOUT_RULES, ""), profile(9, 9, RULES, NEXT_CENTURY)))
                .isEqualTo(Map.of("autoscaling", "none"));
    }
}
