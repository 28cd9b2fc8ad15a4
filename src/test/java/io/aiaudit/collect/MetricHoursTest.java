package io.aiaudit.collect;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.MetricHour;
import io.aiaudit.model.Resource;
import io.aiaudit.model.ResourceBuilder;
import io.aiaudit.model.Window;
import io.aiaudit.testing.Gathered;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What becomes of points, the same for every cloud. */
class MetricHoursTest {
    private static final Instant START = Instant.parse("2026-06-01T00:00:00Z");
    private static final Window DAY = new Window(START, START.plus(1, ChronoUnit.DAYS));
    private static final Resource MACHINE = Resource.builder("i-1", "instance", "aws")
            .accelerator("T4")
            .acceleratorCount(new BigDecimal("2"))
            .acceleratorMemoryGib(null)
            .build();

    private final MetricHours hours = new MetricHours();

    private static Instant at(int hour) {
        return START.plus(hour, ChronoUnit.HOURS);
    }

    private List<MetricHour> written(String metric) {
        Gathered gathered = new Gathered();
        hours.write(MACHINE, gathered);
        return gathered.metrics.stream()
                .filter(hour -> hour.metric().equals(metric))
                .toList();
    }

    private static MetricHour hour(String metric, int hour, Double average, Double maximum, Double total) {
        return new MetricHour("i-1", metric, at(hour), average, maximum, total, null);
    }

    @Test
    void what_a_source_failed_to_return_is_noted_on_the_resource_and_what_came_of_others_is_written() {
        hours.total("requests", at(1), 3);
        hours.unread("gpu_utilization");
        hours.unread("cpu_utilization");
        Gathered gathered = new Gathered();
        hours.write(MACHINE, gathered);
        assertThat(gathered.resources)
                .singleElement()
                .satisfies(noted -> assertThat(noted.attributes())
                        .containsExactly(Map.entry("unread_metrics", "cpu_utilization,gpu_utilization")));
        assertThat(gathered.metrics).containsExactly(hour("requests", 1, null, null, 3.0));
    }

    @Test
    void averages_are_averaged_maxima_compete_and_totals_add_up() {
        hours.average("use", at(1), 0.2);
        hours.average("use", at(1), 0.4);
        hours.maximum("use", at(1), 0.9);
        hours.maximum("use", at(1), 0.5);
        hours.total("bytes", at(2), 3);
        hours.total("bytes", at(2), 4);
        hours.largest("tokens", at(2), 7);
        hours.largest("tokens", at(2), 5);
        hours.part("replicas", at(3), 0.5);
        hours.part("replicas", at(3), 1);
        assertThat(written("use")).containsExactly(hour("use", 1, (0.2 + 0.4) / 2, 0.9, null));
        assertThat(written("bytes")).containsExactly(hour("bytes", 2, null, null, 7.0));
        assertThat(written("tokens")).containsExactly(hour("tokens", 2, null, null, 7.0));
        assertThat(written("replicas")).containsExactly(hour("replicas", 3, 1.5, null, null));
    }

    @Test
    void an_hour_is_known_where_each_continuous_series_has_a_point() {
        hours.continuous("use");
        hours.continuous("use");
        hours.average("use", at(1), 0.2);
        hours.average("use", at(2), 0.2);
        hours.average("use", at(2), 0.4);
        assertThat(written("use")).extracting(MetricHour::hour).containsExactly(at(2));
    }

    @Test
    void working_accelerators_are_known_where_each_has_a_point() {
        hours.accelerator("active", at(1), 0.7);
        hours.accelerator("active", at(1), 0);
        hours.accelerator("active", at(2), 0.7);
        assertThat(written("active")).containsExactly(hour("active", 1, null, 1.0, null));
    }

    @Test
    void a_counter_without_a_point_counted_nothing_but_one_without_a_value_is_not_known() {
        hours.total("requests", at(1), 5);
        hours.withoutValue("requests", at(2));
        hours.nothingElse("requests", List.of(at(1), at(2), at(3)));
        assertThat(written("requests"))
                .containsExactly(hour("requests", 1, null, null, 5.0), hour("requests", 3, null, null, 0.0));
    }

    @Test
    void a_counter_without_a_value_counted_nothing_where_something_else_was_reported() {
        hours.average("use", at(1), 0);
        hours.average("use", at(3), 0);
        hours.withoutValue("requests", at(1));
        hours.withoutValue("requests", at(2));
        hours.withoutValue("requests", at(3));
        hours.total("tokens", at(3), 8);
        hours.zeroWhereReported("requests", hours.reported());
        assertThat(written("requests")).containsExactly(hour("requests", 1, null, null, 0.0));
    }

    @Test
    void what_is_unknown_is_not_written_for_its_stretches_or_at_all() {
        hours.total("a", at(1), 1);
        hours.total("a", at(2), 1);
        hours.total("b", at(1), 1);
        hours.unknown("a", Set.of(new Window(at(2), at(3))));
        hours.unknown("b");
        assertThat(written("a")).extracting(MetricHour::hour).containsExactly(at(1));
        assertThat(written("b")).isEmpty();
    }

    @Test
    void instances_are_requests_divided_by_those_of_one_where_there_were_any() {
        hours.total("requests", at(1), 90);
        hours.total("each", at(1), 30.00001);
        hours.total("requests", at(2), 0);
        hours.total("each", at(2), 0);
        hours.total("each", at(3), 1);
        hours.ratio("requests", "each", "replicas");
        assertThat(written("replicas")).containsExactly(hour("replicas", 1, 3.0, null, null));
        assertThat(written("each")).isEmpty();
    }

    @Test
    void of_an_unknown_number_of_requests_nothing_is_derived() {
        hours.total("requests", at(1), 90);
        hours.total("each", at(1), 30);
        hours.unknown("requests");
        hours.ratio("requests", "each", "replicas");
        assertThat(written("replicas")).isEmpty();
    }

    @Test
    void a_share_of_a_total_counts_under_its_own_name() {
        hours.total("input", at(1), 100);
        hours.move("input", "cached", at(1), 0.25);
        hours.move("input", "cached", at(2), 0.25);
        assertThat(written("input")).containsExactly(hour("input", 1, null, null, 75.0));
        assertThat(written("cached")).containsExactly(hour("cached", 1, null, null, 25.0));
    }

    @Test
    void the_first_source_that_knows_an_hour_counts() {
        MetricHours other = new MetricHours();
        other.total("a", at(1), 9);
        other.total("a", at(2), 9);
        other.total("b", at(1), 9);
        hours.total("a", at(1), 1);
        hours.fill(other, Set.of("b"));
        assertThat(written("a")).extracting(MetricHour::total).containsExactly(1.0, 9.0);
        assertThat(written("b")).isEmpty();
    }

    private static List<Instant> inService(ResourceBuilder resource, Instant first) {
        return ServiceHours.of(resource.build(), DAY, first);
    }

    private static ResourceBuilder endpoint() {
        return Resource.builder("ep-1", "inference_endpoint", "gcp");
    }

    @Test
    void a_resource_is_in_service_from_its_creation_to_its_end_on_every_cloud() {
        assertThat(ServiceHours.of(endpoint().build(), DAY)).hasSize(24).startsWith(at(0));
        assertThat(inService(endpoint().createdAt(at(5).plusSeconds(60)).endedAt(at(7)), null))
                .containsExactly(at(5), at(6));
        Window ahead = new Window(
                Instant.now().truncatedTo(ChronoUnit.HOURS).minus(1, ChronoUnit.HOURS),
                Instant.now().plus(5, ChronoUnit.HOURS));
        assertThat(ServiceHours.of(endpoint().build(), ahead)).hasSize(1);
    }

    @Test
    void what_was_changed_is_what_it_is_since_then_or_since_it_was_first_seen() {
        assertThat(inService(endpoint().attributes(Map.of(ServiceHours.CONFIGURED_AT, at(20).toString())), at(2)))
                .startsWith(at(20));
        assertThat(inService(endpoint().attributes(Map.of(ServiceHours.MODIFIED_AT, at(20).toString())), at(2)))
                .startsWith(at(2));
        assertThat(inService(endpoint().attributes(Map.of(ServiceHours.MODIFIED_AT, at(20).toString())), null))
                .startsWith(at(20));
        assertThat(inService(endpoint().attributes(Map.of(ServiceHours.CONFIGURED_AT, "2026-06-01")), null))
                .hasSize(24);
    }
}
