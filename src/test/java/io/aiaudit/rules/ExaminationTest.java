package io.aiaudit.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Finding;
import io.aiaudit.model.RuleOutcome;
import io.aiaudit.model.Window;
import io.aiaudit.store.LockedStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which resources a rule sees. The window has 10 days, 240 hours, and the rule needs cpu_utilization. */
class ExaminationTest {
    private static final Window WINDOW = Window.parse("2026-06-01/2026-06-11");

    @TempDir
    private Path folder;

    private RuleOutcome.Evaluated evaluate(String needs, String sql) throws Exception {
        Rule rule = new TestRule("machine-idle")
                .yaml("[cpu_utilization]", needs)
                .yaml("[instance]", "[instance, training_job]")
                .read(folder);
        return evaluate(rule, WINDOW, sql);
    }

    private RuleOutcome.Evaluated evaluate(Rule rule, Window window, String sql) throws Exception {
        try (LockedStore store = TestRule.store(folder, sql)) {
            RuleOutcome outcome = new RuleRun(store, window, Map.of(), Map.of()).run(rule, Map.of());
            assertThat(outcome).as(outcome.toString()).isInstanceOf(RuleOutcome.Evaluated.class);
            return (RuleOutcome.Evaluated) outcome;
        }
    }

    private RuleOutcome.Evaluated evaluate(String sql) throws Exception {
        return evaluate("[cpu_utilization]", sql);
    }

    private static String resource(String id, String created, String ended, String parent) {
        return ("INSERT INTO resources (resource_id, kind, provider, created_at, ended_at, parent_id) VALUES ('%s', "
                        + "'instance', 'aws', %s, %s, %s);")
                .formatted(id, quoted(created), quoted(ended), quoted(parent));
    }

    private static String quoted(String text) {
        return text == null ? "NULL" : "'" + text + "'";
    }

    /** Points in these hours of the window, the second not included. */
    private static String points(String id, String metric, int from, int to) {
        return ("INSERT INTO metrics SELECT '%s', '%s', TIMESTAMP '2026-06-01' + to_hours(h), 0.5, NULL, NULL, 1 "
                        + "FROM range(%d, %d) r(h);")
                .formatted(id, metric, from, to);
    }

    private static String cpu(String id, int from, int to) {
        return points(id, "cpu_utilization", from, to);
    }

    /** Charges for time by the hour. */
    private static String hourly(String id, int from, int to) {
        return "INSERT INTO charges (resource_id, provider, component, charge_kind, cost, ChargePeriodStart, "
                + "ChargePeriodEnd)"
                + (" SELECT '%s', 'aws', 'time', 'cost', 1, TIMESTAMP '2026-06-01' + to_hours(h), TIMESTAMP "
                                + "'2026-06-01' + to_hours(h + 1) FROM range(%d, %d) r(h);")
                        .formatted(id, from, to);
    }

    @Test
    void ninety_percent_of_the_hours_are_enough_and_one_less_is_not() throws Exception {
        RuleOutcome.Evaluated outcome = evaluate(resource("enough", null, null, null)
                + cpu("enough", 24, 240)
                + resource("less", null, null, null)
                + cpu("less", 25, 240));

        assertThat(outcome.examined()).containsExactly("enough");
        assertThat(outcome.notExamined())
                .containsExactly(Map.entry("less", "cpu_utilization covers less than 90 % of its hours"));
    }

    @Test
    void a_point_without_a_value_and_a_second_point_of_one_hour_are_no_coverage() throws Exception {
        RuleOutcome.Evaluated outcome = evaluate(resource("empty", null, null, null) + cpu("empty", 25, 240)
                + "INSERT INTO metrics VALUES ('empty', 'cpu_utilization', '2026-06-01 05:00:00', NULL, NULL, NULL, 1);"
                + resource("twice", null, null, null) + cpu("twice", 25, 240) + cpu("twice", 200, 240));

        assertThat(outcome.examined()).isEmpty();
        assertThat(outcome.notExamined()).hasSize(2);
    }

    @Test
    void a_component_whose_endpoint_is_unknown_shares_nothing_that_is_known() throws Exception {
        String component = "arn:aws:sagemaker:us-east-1:111122223333:inference-component/c";
        String endpoint = "arn:aws:sagemaker:us-east-1:111122223333:endpoint/e";

        RuleOutcome.Evaluated outcome = evaluate(resource(component, null, null, null)
                + cpu(component, 0, 240)
                + resource(component + "2", null, null, endpoint)
                + cpu(component + "2", 0, 240));

        assertThat(outcome.examined()).containsExactly(component, component + "2");
    }

    @Test
    void points_may_end_48_hours_before_the_window_and_no_earlier() throws Exception {
        RuleOutcome.Evaluated outcome = evaluate(
                "[cpu_utilization]",
                resource("fresh", null, "2026-06-09T01:00:00", null)
                        + cpu("fresh", 0, 193)
                        + resource("stale", null, "2026-06-09T00:00:00", null)
                        + cpu("stale", 0, 192));

        assertThat(outcome.examined()).containsExactly("fresh");
        assertThat(outcome.notExamined())
                .containsExactly(
                        Map.entry("stale", "cpu_utilization ends more than 48 h before the end of the window"));
    }

    @Test
    void a_job_is_meant_to_end_and_its_points_end_with_it() throws Exception {
        String job = "UPDATE resources SET kind = 'training_job' WHERE resource_id LIKE 'job%';";
        RuleOutcome.Evaluated outcome = evaluate(resource("machine", null, "2026-06-08T00:00:00", null)
                + cpu("machine", 0, 168)
                + resource("job", null, "2026-06-08T00:00:00", null)
                + cpu("job", 0, 168)
                + resource("job-unseen", "2026-05-01", "2026-06-08T00:00:00", null)
                + job
                + cpu("job-unseen", 0, 100));

        assertThat(outcome.examined()).containsExactly("job");
        assertThat(outcome.notExamined()).containsOnlyKeys("job-unseen", "machine");
        assertThat(outcome.notExamined().get("machine"))
                .isEqualTo("cpu_utilization ends more than 48 h before the end of the window");
    }

    @Test
    void only_hours_of_its_life_count_and_a_life_of_less_than_min_days_is_too_short() throws Exception {
        RuleOutcome.Evaluated outcome = evaluate(resource("week", "2026-06-03T23:30:00", null, null)
                + cpu("week", 72, 240)
                + resource("younger", "2026-06-04T00:00:01", null, null)
                + cpu("younger", 73, 240)
                + resource("gone", "2026-01-01", "2026-05-20", null));

        assertThat(outcome.examined()).containsExactly("week");
        assertThat(outcome.notExamined())
                .containsOnly(
                        Map.entry("younger", "it existed for less than 7 days in the window"),
                        Map.entry("gone", "it did not exist in the window"));
    }

    @Test
    void a_short_window_is_not_reported_to_be_a_short_life() throws Exception {
        Rule rule = new TestRule("machine-idle").read(folder);
        Window days = Window.parse("2026-06-01/2026-06-07");

        RuleOutcome.Evaluated outcome = evaluate(rule, days, resource("old", "2026-01-01", null, null));

        assertThat(outcome.notExamined()).containsExactly(Map.entry("old", "the window is shorter than 7 days"));
    }

    @Test
    void without_a_date_of_creation_life_begins_with_the_first_charge() throws Exception {
        RuleOutcome.Evaluated outcome = evaluate(resource("i", null, null, null) + cpu("i", 48, 240)
                + "INSERT INTO charges (resource_id, provider, component, charge_kind, cost, ChargePeriodStart, "
                + "ChargePeriodEnd) VALUES ('i', 'aws', 'time', 'cost', 1, '2026-06-03', '2026-06-04');");

        assertThat(outcome.examined()).containsExactly("i");
    }

    @Test
    void where_the_bill_is_hourly_only_hours_that_it_ran_count() throws Exception {
        String office = resource("office", null, null, null)
                + hourly("office", 0, 50)
                + hourly("office", 200, 240)
                + cpu("office", 0, 50);
        RuleOutcome.Evaluated outcome = evaluate(office
                + cpu("office", 200, 240) // ran 90 hours and has 90 points
                + resource("blind", null, null, null)
                + hourly("blind", 0, 240)
                + cpu("blind", 0, 50)
                + cpu("blind", 200, 240)
                + resource("unbilled", null, null, null)
                + cpu("unbilled", 0, 50)
                + cpu("unbilled", 200, 240));

        assertThat(outcome.examined()).containsExactly("office");
        assertThat(outcome.notExamined()).containsOnlyKeys("blind", "unbilled");
    }

    @Test
    void without_an_hourly_bill_the_metric_that_a_cloud_has_only_while_it_runs_shows_the_hours() throws Exception {
        String every =
                "INSERT INTO metrics SELECT '%s', '%s', TIMESTAMP '2026-06-01' + to_hours(h), 0.5, NULL, NULL, 1 FROM "
                        + "range(0, 240, %d) r(h);";
        String hoursRunBy = "UPDATE resources SET attributes = MAP {'hours_run_by': 'cpu_utilization'};";
        RuleOutcome.Evaluated outcome = evaluate(
                "[gpu_utilization]",
                resource("schedule", null, null, null)
                        + every.formatted("schedule", "cpu_utilization", 2)
                        + every.formatted("schedule", "gpu_utilization", 2)
                        + resource("gaps", null, null, null)
                        + every.formatted("gaps", "cpu_utilization", 1)
                        + every.formatted("gaps", "gpu_utilization", 2)
                        + resource("no-cpu", null, null, null)
                        + every.formatted("no-cpu", "gpu_utilization", 2)
                        + hoursRunBy
                        + resource("unspecified", null, null, null)
                        + every.formatted("unspecified", "cpu_utilization", 2)
                        + every.formatted("unspecified", "gpu_utilization", 2)
                        + resource("billed", null, null, null)
                        + hourly("billed", 0, 240)
                        + every.formatted("billed", "cpu_utilization", 2)
                        + every.formatted("billed", "gpu_utilization", 2)
                        + hoursRunBy.replace(";", " WHERE resource_id = 'billed';"));

        assertThat(outcome.examined()).containsExactly("schedule");
        assertThat(outcome.notExamined()).containsOnlyKeys("gaps", "no-cpu", "unspecified", "billed");
    }

    @Test
    void hours_after_the_end_of_the_bill_count_as_if_it_ran() throws Exception {
        RuleOutcome.Evaluated outcome =
                evaluate(resource("i", null, null, null) + hourly("i", 0, 120) + cpu("i", 0, 120) + cpu("i", 200, 240));

        assertThat(outcome.notExamined()).containsEntry("i", "cpu_utilization covers less than 90 % of its hours");
    }

    @Test
    void a_resource_that_never_ran_in_the_window_is_not_idle() throws Exception {
        RuleOutcome.Evaluated outcome = evaluate(resource("off", null, null, null)
                + hourly("off", -5, -1)
                + cpu("off", 0, 240)
                + resource("on", null, null, null)
                + hourly("on", 0, 240)
                + cpu("on", 0, 240));

        assertThat(outcome.notExamined()).containsExactly(Map.entry("off", "it did not run in the window"));
    }

    private static String machine(String id, String type, String accelerator, String count) {
        return ("INSERT INTO resources (resource_id, kind, provider, machine_type, accelerator, accelerator_count) "
                        + "VALUES ('%s', 'instance', 'aws', %s, %s, %s);")
                .formatted(id, quoted(type), quoted(accelerator), count);
    }

    private static final String TYPES =
            "INSERT INTO offers (provider, machine_type, accelerator, accelerator_count) VALUES ('aws', 'g5.xlarge', "
                    + "'A10G', 1), ('aws', 'm5.large', NULL, NULL), ('gcp', 'n1-standard-4', NULL, 0);";

    @Test
    void machines_without_an_accelerator_are_no_candidates_of_a_rule_that_needs_its_metrics() throws Exception {
        String machines = TYPES
                + machine("cpu-by-type", "M5.large", null, null)
                + machine("cpu-by-count", null, null, "0")
                + machine("gpu-by-type", "g5.xlarge", null, null)
                + machine("gpu-stated", "m5.large", "T4", null)
                + machine("gpu-counted", null, null, "2")
                + machine("n1", "n1-standard-4", null, null)
                + machine("unspecified", null, null, null)
                + machine("other-type", "z9.huge", null, null)
                + machine("measured", "m5.large", null, null)
                + points("measured", "gpu_utilization", 0, 240);
        String unspecified = "no gpu_utilization metric, and no known accelerator";

        RuleOutcome.Evaluated outcome = evaluate("[gpu_utilization]", machines);

        assertThat(outcome.examined()).containsExactly("measured");
        assertThat(outcome.notExamined())
                .containsOnly(
                        Map.entry("gpu-by-type", "no gpu_utilization metric"),
                        Map.entry("gpu-stated", "no gpu_utilization metric"),
                        Map.entry("gpu-counted", "no gpu_utilization metric"),
                        Map.entry("n1", unspecified),
                        Map.entry("unspecified", unspecified),
                        Map.entry("other-type", unspecified));
        assertThat(evaluate("[cpu_utilization]", machines).notExamined()).hasSize(9);
    }

    @Test
    void every_needed_metric_must_be_there_and_the_first_missing_one_is_named() throws Exception {
        RuleOutcome.Evaluated outcome = evaluate(
                "[cpu_utilization, requests]",
                resource("both", null, null, null)
                        + cpu("both", 0, 240)
                        + points("both", "requests", 0, 240)
                        + resource("one", null, null, null)
                        + cpu("one", 0, 240)
                        + resource("none", null, null, null));

        assertThat(outcome.examined()).containsExactly("both");
        assertThat(outcome.notExamined())
                .containsOnly(Map.entry("one", "no requests metric"), Map.entry("none", "no cpu_utilization metric"));
    }

    /** So many hours a day over ten days, in one row a day. */
    private static String daily(String id, double hours, String unit) {
        return ("INSERT INTO charges (resource_id, component, charge_kind, ConsumedQuantity, ConsumedUnit, cost,"
                        + " ChargePeriodStart, ChargePeriodEnd) SELECT '%s', 'time', 'cost', %s, '%s', 1,"
                        + " TIMESTAMP '2026-06-01' + to_days(d::INTEGER), TIMESTAMP '2026-06-02' + to_days(d::INTEGER)"
                        + " FROM range(10) r(d);")
                .formatted(id, hours, unit);
    }

    @Test
    void a_bill_by_the_day_that_has_a_part_of_the_hours_leaves_nothing_to_a_schedule() throws Exception {
        String sql = Stream.of("night", "always", "units")
                        .map(id -> resource(id, null, null, null) + cpu(id, 0, 240))
                        .collect(Collectors.joining())
                + daily("night", 10, "Hours")
                + daily("always", 24, "1 Hour")
                + daily("units", 10, "Units");
        for (String lever : List.of("schedule", "autoscale")) {
            RuleOutcome.Evaluated outcome = evaluate(
                    new TestRule("machine-idle")
                            .yaml("lever: eliminate", "lever: " + lever)
                            .yaml("[instance]", "[instance, training_job]")
                            .read(folder),
                    WINDOW,
                    sql);
            assertThat(outcome.examined()).containsExactly("always", "units");
            assertThat(outcome.notExamined())
                    .containsOnly(Map.entry("night", "its bill by the day shows about 10 of 24 hours, but not which"));
        }
        assertThat(evaluate(sql).notExamined()).isEmpty();
    }

    @Test
    void a_metric_whose_hours_all_lack_rows_is_not_called_missing() throws Exception {
        String inPart = "INSERT INTO partial_hours SELECT resource_id, metric, hour FROM metrics WHERE resource_id = ";
        String few = "cpu_utilization covers less than 90 % of its hours; ";

        RuleOutcome.Evaluated outcome = evaluate(
                "[cpu_utilization]",
                resource("lost", null, null, null)
                        + cpu("lost", 0, 240)
                        + inPart + "'lost';"
                        + resource("half", null, null, null)
                        + cpu("half", 0, 240)
                        + inPart + "'half' AND hour(hour) < 12;"
                        + resource("rejected", null, null, null)
                        + cpu("rejected", 0, 240)
                        + inPart + "'rejected' AND hour(hour) < 12;"
                        + "INSERT INTO files (content, file) VALUES ('usage', 'u.csv'), ('billing', 'b.csv');"
                        + "INSERT INTO rejects (file, resource_id) VALUES ('u.csv', 'rejected'), ('u.csv', NULL),"
                        + " ('b.csv', 'half');");

        assertThat(outcome.notExamined())
                .containsOnly(
                        Map.entry("lost", few + "all of them lack rows"),
                        Map.entry("half", few + "some of them lack rows"),
                        Map.entry("rejected", few + "some of them have rows that were rejected"));
    }

    @Test
    void one_of_several_metrics_will_do_and_they_fill_each_others_hours() throws Exception {
        RuleOutcome.Evaluated outcome = evaluate(
                "[cpu_utilization, {one_of: [requests, sessions]}]",
                resource("first", null, null, null)
                        + cpu("first", 0, 240)
                        + points("first", "requests", 0, 240)
                        + resource("together", null, null, null)
                        + cpu("together", 0, 240)
                        + points("together", "requests", 0, 120)
                        + points("together", "sessions", 120, 240)
                        + resource("few", null, null, null)
                        + cpu("few", 0, 240)
                        + points("few", "sessions", 120, 240)
                        + resource("neither", null, null, null)
                        + cpu("neither", 0, 240));

        assertThat(outcome.examined()).containsExactly("first", "together");
        assertThat(outcome.notExamined())
                .containsOnly(
                        Map.entry("few", "requests or sessions covers less than 90 % of its hours"),
                        Map.entry("neither", "no requests or sessions metric"));
    }

    @Test
    void without_needs_every_leaf_is_examined() throws Exception {
        RuleOutcome.Evaluated outcome = evaluate(
                "[]",
                resource("p", null, null, null)
                        + resource("p/a", null, null, "p")
                        + resource("p/b", null, null, "p")
                        + resource("alone", null, null, null));

        assertThat(outcome.examined()).containsExactly("alone", "p/a", "p/b");
    }

    @Test
    void a_leaf_without_points_is_represented_by_the_nearest_parent_that_has_some() throws Exception {
        RuleOutcome.Evaluated outcome = evaluate(resource("top", null, null, null)
                + cpu("top", 0, 240)
                + resource("mid", null, null, "top")
                + cpu("mid", 0, 240)
                + resource("low-1", null, null, "mid")
                + resource("low-2", null, null, "top"));

        assertThat(outcome.examined()).containsExactly("mid", "top");
        assertThat(outcome.notExamined()).isEmpty();
    }

    @Test
    void leaves_with_points_of_their_own_count_by_themselves_and_not_through_their_parent() throws Exception {
        RuleOutcome.Evaluated outcome = evaluate(resource("p", null, null, null)
                + cpu("p", 0, 240)
                + resource("p/a", null, null, "p")
                + cpu("p/a", 0, 240));

        assertThat(outcome.examined()).containsExactly("p/a");
    }

    @Test
    void a_family_without_any_point_is_not_examined_leaf_by_leaf() throws Exception {
        RuleOutcome.Evaluated outcome = evaluate(
                resource("p", null, null, null) + resource("p/a", null, null, "p") + resource("p/b", null, null, "p"));

        assertThat(outcome.examined()).isEmpty();
        assertThat(outcome.notExamined()).containsOnlyKeys("p/a", "p/b");
    }

    @Test
    void resources_in_a_circle_are_reported_each_for_itself() throws Exception {
        RuleOutcome.Evaluated outcome = evaluate(resource("a", null, null, "b")
                + resource("b", null, null, "a")
                + resource("self", null, null, "self")
                + cpu("self", 0, 240));

        assertThat(outcome.examined()).containsExactly("self");
        assertThat(outcome.notExamined()).containsOnlyKeys("a", "b");
    }

    @Test
    void what_a_metric_has_in_part_is_open_and_what_it_never_had_is_not() throws Exception {
        RuleOutcome.Evaluated outcome = evaluate(resource("part", null, null, null)
                + cpu("part", 100, 240)
                + resource("over", null, null, null)
                + cpu("over", 0, 190)
                + resource("never", null, null, null)
                + resource("young", "2026-06-08", null, null)
                + cpu("young", 180, 190));

        assertThat(outcome.notExamined()).containsOnlyKeys("part", "over", "never", "young");
        assertThat(outcome.open()).containsExactlyInAnyOrder("part", "over");
    }

    /** Nothing above a tenth in any of the 240 hours; not a word about {@code work}. */
    private static final String QUIET = "SELECT resource_id, 0 AS remaining FROM metrics"
            + " WHERE metric = 'cpu_utilization' GROUP BY resource_id HAVING count(*) = 240 AND max(average) < 0.1\n";

    private static String quiet(String id, int from, int to) {
        return cpu(id, from, to).replace("0.5, NULL", "0.01, NULL");
    }

    @Test
    void what_a_rule_of_the_user_would_find_without_work_in_lost_hours_is_not_examined_and_open() throws Exception {
        Rule rule = new TestRule("machine-idle").sql(QUIET).read(folder);

        RuleOutcome.Evaluated outcome = evaluate(
                rule,
                WINDOW,
                resource("whole", null, null, null)
                        + quiet("whole", 0, 240)
                        + resource("hidden", null, null, null)
                        + quiet("hidden", 0, 100)
                        + quiet("hidden", 101, 240)
                        + resource("busy", null, null, null)
                        + cpu("busy", 0, 100)
                        + cpu("busy", 101, 240));

        assertThat(outcome.findings()).extracting(Finding::resourceId).containsExactly("whole");
        assertThat(outcome.notExamined())
                .containsOnly(Map.entry(
                        "hidden", "cpu_utilization covers less than 100 % of its hours; a finding depends on it"));
        assertThat(outcome.open()).containsExactly("hidden");
        assertThat(outcome.examined()).containsExactly("busy", "whole");
    }

    @Test
    void what_another_metric_lacks_is_named_by_that_metric() throws Exception {
        Rule rule = new TestRule("machine-idle")
                .sql("SELECT resource_id, 0 AS remaining FROM work GROUP BY resource_id"
                        + " HAVING count(*) FILTER (worked) < 2\n")
                .read(folder);
        // The processors rest while the accelerator works once: they are no witness of the hour that it lacks.
        String gpu = points("hidden", "gpu_utilization", 0, 1)
                + (points("hidden", "gpu_utilization", 1, 100) + points("hidden", "gpu_utilization", 101, 240))
                        .replace("0.5, NULL", "0, 0");

        RuleOutcome.Evaluated outcome =
                evaluate(rule, WINDOW, resource("hidden", null, null, null) + quiet("hidden", 0, 240) + gpu);

        assertThat(outcome.notExamined())
                .containsOnly(Map.entry(
                        "hidden", "gpu_utilization covers less than 100 % of its hours; a finding depends on it"));
    }

    @Test
    void what_is_judged_with_another_resource_depends_on_the_hours_of_that() throws Exception {
        Rule rule = new TestRule("machine-idle")
                .sql("SELECT resource_id, 0 AS remaining FROM subject"
                        + " WHERE (SELECT bool_or(worked) FROM work) IS NOT TRUE\n")
                .read(folder);

        RuleOutcome.Evaluated outcome = evaluate(
                rule,
                WINDOW,
                resource("whole", null, null, null)
                        + quiet("whole", 0, 240)
                        + resource("hidden", null, null, null)
                        + quiet("hidden", 0, 100)
                        + quiet("hidden", 101, 240));

        assertThat(outcome.notExamined())
                .containsOnly(
                        Map.entry(
                                "hidden",
                                "cpu_utilization covers less than 100 % of its hours; a finding depends on it"),
                        Map.entry(
                                "whole",
                                "a metric of another resource that it was judged with was not measured in every hour; "
                                        + "a finding depends on it"));
    }

    @Test
    void what_lacks_an_hour_that_a_rule_wants_is_open_where_the_rule_finds_something_without_it() throws Exception {
        Rule rule = new TestRule("machine-idle")
                .yaml("[cpu_utilization]", "[cpu_utilization]\nmin_coverage: 1")
                .read(folder);

        RuleOutcome.Evaluated outcome = evaluate(
                rule,
                WINDOW,
                resource("most", null, null, null)
                        + cpu("most", 1, 240)
                        + resource("whole", null, null, null)
                        + cpu("whole", 0, 240));

        assertThat(outcome.notExamined())
                .containsOnly(Map.entry(
                        "most", "cpu_utilization covers less than 100 % of its hours; a finding depends on it"));
        assertThat(outcome.open()).containsExactly("most");
        assertThat(outcome.examined()).containsExactly("whole");
    }

    @Test
    void what_an_hour_shows_that_lacks_rows_is_no_hour_without_work() throws Exception {
        Rule rule = new TestRule("machine-idle").sql(QUIET).read(folder);

        RuleOutcome.Evaluated outcome = evaluate(
                rule,
                WINDOW,
                resource("quiet", null, null, null)
                        + quiet("quiet", 0, 240)
                        + resource("busy", null, null, null)
                        + quiet("busy", 0, 100)
                        + cpu("busy", 100, 101)
                        + quiet("busy", 101, 240)
                        + "INSERT INTO partial_hours SELECT resource_id, metric, hour FROM metrics"
                        + " WHERE hour = (SELECT min(hour) FROM metrics) + INTERVAL 100 HOURS;");

        assertThat(outcome.findings()).isEmpty();
        assertThat(outcome.open()).containsExactly("quiet");
        assertThat(outcome.examined()).containsExactly("busy");
    }

    @Test
    void a_second_run_that_fails_leaves_what_lacks_hours_open_with_a_warning() throws Exception {
        Rule rule = new TestRule("machine-idle")
                .sql("SELECT resource_id, CAST(if(count(*) = 240, 'x', '0') AS DOUBLE) AS remaining FROM metrics"
                        + " WHERE resource_id = 'lacking' GROUP BY resource_id HAVING count(*) = 240\n")
                .read(folder);

        try (LockedStore store = TestRule.store(
                folder,
                resource("lacking", null, null, null)
                        + quiet("lacking", 0, 100)
                        + quiet("lacking", 101, 240)
                        + resource("whole", null, null, null)
                        + quiet("whole", 0, 240))) {
            RuleRun run = new RuleRun(store, WINDOW, Map.of(), Map.of());
            RuleOutcome.Evaluated outcome = (RuleOutcome.Evaluated) run.run(rule, Map.of());

            assertThat(outcome.open()).containsExactly("lacking");
            assertThat(outcome.examined()).containsExactly("whole");
            assertThat(run.warnings())
                    .singleElement(InstanceOfAssertFactories.STRING)
                    .startsWith("machine-idle: a second run, without the hours that metrics lack, failed")
                    .contains("machine-idle/rule.sql");
        }
    }
}
