package io.aiaudit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aiaudit.model.UserError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The harness that runs tests.yaml: what it notices. */
class RuleTestsTest {
    private static final String SQL =
            "SELECT resource_id, avg(average) AS remaining, count(*) AS n, min(hour) AS first, max(hour) AS last, "
                    + "['a', 'b'] AS l, {'k': 1.5} AS s, NULL AS nothing"
                    + " FROM metrics WHERE metric = 'cpu_utilization' GROUP BY resource_id";

    @TempDir
    private Path folder;

    private List<RuleTests.Result> run(TestRule rule, String cases) throws Exception {
        try (RuleTests tests = new RuleTests(folder)) {
            return tests.run(rule.with("tests.yaml", "window: 2026-06-01/2026-06-15\ncases:\n" + cases)
                    .read(folder));
        }
    }

    private RuleTests.Result one(String sql, String given, String rest) throws Exception {
        String oneCase =
                "  - name: the case\n    given:\n      resources: [{resource_id: m-1, kind: instance, created_at: "
                        + "2026-01-01}]\n"
                        + given.indent(6) + rest.indent(4);
        return run(new TestRule("machine-idle").sql(sql), oneCase).get(0);
    }

    private RuleTests.Result cpu(String hours, String expect) throws Exception {
        return one(
                SQL,
                "metrics: [{resource_id: m-1, metric: cpu_utilization, average: 0.5, " + hours + "}]",
                "expect: " + expect);
    }

    @Test
    void named_columns_are_compared_and_the_others_are_not() throws Exception {
        RuleTests.Result result = cpu(
                "hours: 336",
                "[{resource_id: m-1, remaining: 0.5000009, n: 336, l: [a, b], s: {k: 1.5}, nothing: null, first: "
                        + "2026-06-01T00:00:00Z, confidence: medium, remedy: stop}]");

        assertThat(result.difference()).isEmpty();
        assertThat(result.passed()).isTrue();
        assertThat(result.name()).isEqualTo("the case");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            [{resource_id: m-1, remaining: 0.50001}]   ; m-1: remaining is 0.5, expected 0.50001.
            [{resource_id: m-1, n: "336"}]             ; m-1: n is 336, expected 336.
            [{resource_id: m-1, l: [a]}]               ; m-1: l is [a, b], expected [a].
            [{resource_id: m-1, x: 1}]                 ; m-1: there is no column x
            [{resource_id: m-1, n: null}]              ; m-1: n is 336, expected null.
            [{resource_id: m-1}, {resource_id: m-2}]   ; expected to find m-2, but it was not found.
            []                                         ; found m-1, which was not expected
            """)
    void a_difference_is_reported_with_both_values(String expect, String difference) throws Exception {
        RuleTests.Result result = cpu("hours: 336", expect);

        assertThat(result.passed()).isFalse();
        assertThat(result.difference()).contains(difference);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            hours: 320                                                  ; 320 ; 2026-06-01T16:00:00Z ; \
            2026-06-14T23:00:00Z
            hours: 336, except: 11                                      ; 306 ; 2026-06-01T00:00:00Z ; \
            2026-06-14T23:00:00Z
            hours: 336, except: 336                                     ; 335 ; 2026-06-01T00:00:00Z ; \
            2026-06-14T22:00:00Z
            from: 2026-06-01, to: 2026-06-14T12:00:00Z                  ; 324 ; 2026-06-01T00:00:00Z ; \
            2026-06-14T11:00:00Z
            from: 2026-06-01T04:00:00+02:00                             ; 334 ; 2026-06-01T02:00:00Z ; \
            2026-06-14T23:00:00Z
            """)
    void the_hours_of_a_metrics_row(String hours, long count, String first, String last) throws Exception {
        RuleTests.Result result =
                cpu(hours, "[{resource_id: m-1, n: " + count + ", first: " + first + ", last: " + last + "}]");

        assertThat(result.difference()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            days: mon-fri            ; 240
            days: mon-fri, at: 08-18 ; 100
            days: sat-mon, at: 22-06 ; 48
            days: [tue, thu]         ; 96
            at: 23-24                ; 14
            """)
    void hours_of_the_week_and_of_the_day(String hours, int count) throws Exception {
        // A second row with another value in the chosen hours replaces the first one there.
        RuleTests.Result result = one(
                "SELECT resource_id, 0 AS remaining, count(*) FILTER (average = 0.9) AS n, count(*) AS total FROM "
                        + "metrics WHERE metric = 'cpu_utilization' GROUP BY resource_id",
                "metrics:\n  - {resource_id: m-1, metric: cpu_utilization, average: 0.1, hours: 336}\n  - "
                        + "{resource_id: m-1, metric: cpu_utilization, average: 0.9, "
                        + hours + "}",
                "expect: [{resource_id: m-1, n: " + count + ", total: 336}]");

        assertThat(result.difference()).isEmpty();
    }

    @Test
    void a_forgotten_filter_for_the_metric_fails_at_once() throws Exception {
        RuleTests.Result result = one(
                "SELECT resource_id, max(average) AS remaining FROM metrics GROUP BY resource_id",
                "metrics: [{resource_id: m-1, metric: cpu_utilization, average: 0.5, hours: 336}]",
                "expect: [{resource_id: m-1, remaining: 0.5}]");

        assertThat(result.difference()).startsWith("m-1: remaining is 1.0E12");
    }

    @Test
    void a_forgotten_filter_for_the_provider_of_an_offer_fails_at_once() throws Exception {
        String given = "metrics: [{resource_id: m-1, metric: cpu_utilization, average: 0.5, hours: 336}]\noffers: "
                + "[{provider: aws, machine_type: a, on_demand: 2.5}]";

        RuleTests.Result forgotten = one(
                "SELECT resource_id, 0 AS remaining, (SELECT min(on_demand) FROM offers) AS price FROM subject",
                given,
                "expect: [{resource_id: m-1, price: 2.5}]");
        RuleTests.Result filtered = one(
                "SELECT resource_id, 0 AS remaining, (SELECT min(on_demand) FROM offers WHERE provider = 'aws') AS "
                        + "price FROM subject",
                given,
                "expect: [{resource_id: m-1, price: 2.5}]");

        assertThat(forgotten.difference()).isEqualTo("m-1: price is 0.002500000000, expected 2.5.");
        assertThat(filtered.difference()).isEmpty();
    }

    @Test
    void what_was_not_examined_is_compared_where_the_case_says_so() throws Exception {
        assertThat(cpu("hours: 100", "[]\nnot_examined: {m-1: cpu_utilization}").difference())
                .isEmpty();
        assertThat(cpu("hours: 100", "[]").passed()).as("the case does not say").isTrue();
        assertThat(cpu("hours: 100", "[]\nnot_examined: {m-1: requests}").difference())
                .isEqualTo(
                        "m-1 was not examined because: cpu_utilization covers less than 90 % of its hours, expected: "
                                + "requests.");
        assertThat(cpu("hours: 336", "[{resource_id: m-1}]\nnot_examined: {m-1: cpu}")
                        .difference())
                .isEqualTo("expected m-1 not to be examined, but it was.");
        assertThat(cpu("hours: 100", "[]\nnot_examined: {}").difference()).contains("which was not expected");
        assertThat(cpu("hours: 100", "[{resource_id: m-1}]").difference())
                .contains("it was not examined: cpu_utilization covers less");
    }

    @Test
    void a_charge_may_stand_for_many_hours() throws Exception {
        RuleTests.Result result = one(
                "SELECT resource_id, 0 AS remaining, (SELECT count(*) FROM charges) AS charges, (SELECT sum(cost) "
                        + "FROM charges) AS cost, (SELECT max(ChargePeriodEnd) FROM charges) AS last_end FROM subject",
                """
                metrics: [{resource_id: m-1, metric: cpu_utilization, average: 0.5, hours: 336}]
                charges: [{resource_id: m-1, cost: 2, component: time, charge_kind: cost, at: 08-18, days: mon-fri}, \
                {resource_id: m-1, cost: 1}]
                """,
                "expect: [{resource_id: m-1, charges: 101, cost: 201}]");

        assertThat(result.difference()).isEmpty();
    }

    @Test
    void hours_that_the_policy_excludes_are_neither_seen_nor_missed() throws Exception {
        String sql =
                "SELECT s.resource_id, 0 AS remaining, seen_days, (SELECT max(average) FROM metrics WHERE metric = "
                        + "'cpu_utilization') AS highest FROM subject s";
        String given = """
                metrics:
                  - {resource_id: m-1, metric: cpu_utilization, average: 0.5, hours: 336}
                  - {resource_id: m-1, metric: cpu_utilization, average: 0.9, from: 2026-06-03, to: 2026-06-05}
                """;
        String excluded = "policy: [{resource_id: m-1, excluded_periods: [2026-06-03/2026-06-05]}]\n";
        String holes = "metrics: [{resource_id: m-1, metric: cpu_utilization, average: 0.5, hours: 288}]\n";

        assertThat(one(sql, given, "expect: [{resource_id: m-1, highest: 0.9, seen_days: 14}]")
                        .difference())
                .isEmpty();
        assertThat(one(sql, given + excluded, "expect: [{resource_id: m-1, highest: 0.5, seen_days: 12}]")
                        .difference())
                .isEmpty();
        assertThat(one(sql, holes, "expect: []\nnot_examined: {m-1: covers less}")
                        .difference())
                .as("two days of 14 are missing")
                .isEmpty();
        assertThat(one(
                                sql,
                                holes + excluded.replace("06-03/2026-06-05", "06-01/2026-06-03"),
                                "expect: [{resource_id: m-1, seen_days: 12}]")
                        .difference())
                .isEmpty();
        assertThat(one(
                                sql,
                                given + excluded.replace("06-03/2026-06-05", "06-01/2026-06-15"),
                                "expect: []\nnot_examined: {m-1: excluded periods}")
                        .difference())
                .isEmpty();
    }

    @Test
    void excluded_days_are_those_of_the_time_zone_of_the_policy() throws Exception {
        String sql = "SELECT resource_id, 0 AS remaining, count(*) AS seen, max(average) AS highest FROM subject s "
                + "JOIN metrics USING (resource_id) WHERE metric = 'cpu_utilization' GROUP BY resource_id";
        String given = """
                metrics:
                  - {resource_id: m-1, metric: cpu_utilization, average: 0.5, hours: 336}
                  - {resource_id: m-1, metric: cpu_utilization, average: 0.9, from: "%s", to: "%s"}
                policy: [{resource_id: m-1, timezone: %s, excluded_periods: [2026-06-03/2026-06-05]}]
                """;
        String left = " Use in days that the policy excludes is left out: 2026-06-03 to 2026-06-04.";
        String expected = "expect: [{resource_id: m-1, seen: %d, highest: %s, "
                + "reason: \"A machine that does nothing can be stopped.%s\"}]";
        assertThat(one(
                                sql,
                                given.formatted("2026-06-03T07:00:00Z", "2026-06-05T07:00:00Z", "America/Los_Angeles"),
                                expected.formatted(288, "0.5", left))
                        .difference())
                .isEmpty();
        assertThat(one(
                                sql,
                                given.formatted("2026-06-03T00:00:00Z", "2026-06-03T07:00:00Z", "America/Los_Angeles"),
                                expected.formatted(288, "0.9", left))
                        .difference())
                .as("the evening before")
                .isEmpty();
        assertThat(one(
                                sql,
                                given.formatted("2026-06-04T18:00:00Z", "2026-06-04T19:00:00Z", "Asia/Kolkata"),
                                expected.formatted(289, "0.9", left))
                        .difference())
                .as("half an hour of the day after")
                .isEmpty();
    }

    @Test
    void every_relation_can_be_given_and_missing_columns_are_null() throws Exception {
        RuleTests.Result result = one(
                "SELECT s.resource_id, 0 AS remaining, monthly_cost, time_cost, latency, standby, provider, "
                        + "tags['team'] AS team, allowed_regions,"
                        + " (SELECT sum(cost) FROM charges c WHERE c.resource_id = s.resource_id) AS cost, (SELECT "
                        + "max(input) FROM models WHERE provider = 'aws') AS input,"
                        + " (SELECT max(kind) FROM commitments WHERE provider = 'aws') AS kind FROM subject s JOIN "
                        + "spend USING (resource_id) JOIN policy USING (resource_id)",
                """
                metrics: [{resource_id: m-1, metric: cpu_utilization, average: 0.5, hours: 336}]
                charges: [{resource_id: m-1, cost: 1.25}, {resource_id: m-1, cost: 2}]
                spend: [{resource_id: m-1, monthly_cost: 100.5}]
                policy: [{resource_id: m-1, latency: yes, allowed_regions: [eu-west-1]}]
                models: [{provider: aws, input: 3}]
                commitments: [{provider: aws, kind: savings_plan}]
                """,
                "expect: [{resource_id: m-1, monthly_cost: 100.5, time_cost: null, latency: \"yes\", standby: false, "
                        + "provider: null, team: null,"
                        + " allowed_regions: [eu-west-1], cost: 3.25, input: 3, kind: savings_plan}]");

        assertThat(result.difference()).isEmpty();
    }

    @Test
    void a_broken_rule_fails_each_case_with_the_reason_and_leaves_nothing_behind() throws Exception {
        long before = leftovers();

        RuleTests.Result result = cpuWith("SELECT resource_id, 0 AS remaining FROM subjects");

        assertThat(result.difference()).contains("machine-idle/rule.sql:1: there is no relation \"subjects\".");
        assertThat(leftovers()).isEqualTo(before);
    }

    private RuleTests.Result cpuWith(String sql) throws Exception {
        return one(
                sql, "metrics: [{resource_id: m-1, metric: cpu_utilization, average: 0.5, hours: 336}]", "expect: []");
    }

    private static long leftovers() throws Exception {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith("aiaudit-rules-"))
                    .count();
        }
    }

    private List<String> differencesOfBuiltIn(String sql, String cases) throws Exception {
        Rule rule = new TestRule("machine-idle")
                .sql(sql)
                .yaml("needs: [cpu_utilization]", "needs: []")
                .with("tests.yaml", "window: 2026-06-01/2026-06-15\ncases:\n" + cases)
                .read(folder);
        try (RuleTests tests = new RuleTests(folder)) {
            return tests.run(RuleBuilder.builder(rule).builtIn(true).build()).stream()
                    .map(RuleTests.Result::difference)
                    .toList();
        }
    }

    /** They are judged together: each has instances, accounts and nodes of these names. */
    @Test
    void cases_of_a_built_in_rule_have_resources_of_their_own() throws Exception {
        String sql = "SELECT s.resource_id, 0 AS remaining, s.resource_id || ' on ' || (s.attributes['runs_on']) AS t, "
                + "[s.account_id] AS l, {'up': s.parent_id, 'w': s.workload} AS s, n.name, cost, run_rate, timezone, "
                + "(SELECT sum(average) FROM metrics m WHERE m.resource_id = s.resource_id "
                + "AND metric = 'cpu_utilization') AS cpu FROM subject s JOIN spend USING (resource_id) "
                + "JOIN policy USING (resource_id) LEFT JOIN subject n ON n.resource_id = s.attributes['runs_on'] "
                + "LEFT JOIN (SELECT resource_id, sum(cost) AS cost FROM charges GROUP BY ALL) c "
                + "ON c.resource_id = s.resource_id WHERE s.name IS NULL";
        String form = """
                  - name: the case %1$d
                    given:
                      resources:
                        - {resource_id: m-1, kind: instance, account_id: 1, parent_id: up, workload: w, attributes: \
                {runs_on: "m-10"}}
                        - {resource_id: m-10, kind: instance, name: node %1$d}
                      metrics: [{resource_id: m-1, metric: cpu_utilization, average: %1$d, hours: 2}]
                      charges: [{resource_id: m-1, cost: %1$d}]
                      spend: [{resource_id: m-1, monthly_cost: %1$d}]
                      policy: [{resource_id: m-1, timezone: zone %1$d}]
                    expect: [{resource_id: m-1, t: m-1 on m-10, l: ["1"], s: {up: up, w: w}, name: node %1$d, cost: \
                %1$d, run_rate: %1$d, timezone: zone %1$d, cpu: %2$d}]
                """;

        assertThat(differencesOfBuiltIn(sql, form.formatted(1, 2) + form.formatted(2, 4) + form.formatted(3, 7)))
                .containsExactly("", "", "m-1: cpu is 6.0, expected 7.");
    }

    @Test
    void cases_of_a_built_in_rule_that_others_would_change_are_judged_alone() throws Exception {
        String form = "  - {name: the case %1$s, given: {resources: [{resource_id: %1$s, kind: instance%2$s}]}, "
                + "expect: [{resource_id: %1$s, n: %3$d}]}\n";

        assertThat(differencesOfBuiltIn(
                        "SELECT resource_id, 0 AS remaining, (SELECT count(*) FROM subject) AS n FROM subject",
                        form.formatted("a", "", 1)
                                + form.formatted("b", ", vcpus: many", 1)
                                + form.formatted("a", "", 2)))
                .satisfiesExactly(
                        first -> assertThat(first).isEmpty(),
                        broken -> assertThat(broken)
                                .startsWith("machine-idle/rule.sql: Conversion Error: ")
                                .contains("many"),
                        wrong -> assertThat(wrong).isEqualTo("a: n is 1, expected 2."));
        assertThat(differencesOfBuiltIn(
                        "SELECT resource_id, 0 AS remaining, (SELECT count(*) FROM subject) AS n FROM subject",
                        form.formatted("a", "", 1) + form.formatted("b", "", 1)))
                .containsExactly("", "");
    }

    /** Each would pass only by what the other has. */
    @ParameterizedTest
    @CsvSource({"batch_job, unplaced_jobs", "gpu_workload, unplaced_workloads"})
    void what_a_case_has_of_a_cloud_or_an_account_is_of_no_other(String kind, String column) throws Exception {
        String form = "  - {name: the case %1$s, given: {resources: [{resource_id: %1$s, kind: %2$s, provider: aws}]}, "
                + "expect: [%3$s]}\n";

        assertThat(differencesOfBuiltIn(
                        "SELECT resource_id, 0 AS remaining FROM subject WHERE " + column + " = 1",
                        form.formatted("a", "instance", "{resource_id: a}") + form.formatted("b", kind, "")))
                .containsExactly("expected to find a, but it was not found.", "");
    }

    @Test
    void prices_and_parameters_of_a_case_are_of_no_other() throws Exception {
        String sql =
                "SELECT resource_id, 0 AS remaining, (SELECT max(on_demand) FROM offers WHERE provider = 'aws') AS "
                        + "price, max_days FROM subject, param";
        String form = "  - {name: the case %1$s, given: {resources: [{resource_id: a, kind: instance}], offers: "
                + "[{provider: aws, machine_type: a, on_demand: %1$s}]}, params: {max_days: %2$s}, "
                + "expect: [{resource_id: a, price: %1$s, max_days: %2$s}]}\n";

        assertThat(differencesOfBuiltIn(
                        sql, form.formatted(1, 5) + form.formatted(2, 5) + form.formatted(2, 6) + form.formatted(1, 5)))
                .containsExactly("", "", "", "");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            given: {resource: []}                               ; unknown key "resource"                     ; Did you \
            mean "resources"?
            given: {resources: [{resource_id: a, knd: x}]}      ; there is no column "knd"                   ; Did you \
            mean "kind"?
            given: {metrics: [{resource_id: a, hours: 0}]}      ; hours: expected a number from 1            ; Write a \
            number of hours
            given: {metrics: [{resource_id: a, days: someday}]} ; "someday" is not a day                     ; mon-fri
            given: {metrics: [{resource_id: a, at: 8-18}]}      ; "8-18" is not a range of hours             ; 08-18
            given: {metrics: [{resource_id: a, from: June}]}    ; "June" is not a time                       ; \
            2026-06-01
            params: {max_day: 1}                                ; has no parameter "max_day"                 ; Did you \
            mean "max_days"?
            expected: []                                        ; unknown key "expected"                     ; Did you \
            mean "expect"?
            """)
    void a_mistake_in_tests_yaml_is_the_users_error(String line, String problem, String fix) {
        UserError error = catchThrowableOfType(
                UserError.class,
                () -> run(
                        new TestRule("machine-idle"),
                        "  - name: x\n    " + line + "\n    expect: [{resource_id: a}]\n"));

        assertThat(error).as("nothing was refused").isNotNull();
        assertThat(error.problem()).contains(problem);
        assertThat(error.fix()).contains(fix);
    }

    @Test
    void the_lint_names_what_is_missing() throws Exception {
        Rule rule = new TestRule("aws-idle")
                .yaml("Machines work", "Machines work.")
                .with("README.md", "## Fix\n## Why it costs\n")
                .with(
                        "tests.yaml",
                        "window: 2026-06-01/2026-06-08\ncases: [{name: a, expect: [{resource_id: x}]}, {name: a, "
                                + "params: {max_days: 1}, expect: [{resource_id: x}]}]")
                .read(folder);

        assertThat(RuleLint.check(rule))
                .anySatisfy(remark -> assertThat(remark).contains("names a cloud (aws)"))
                .anySatisfy(remark -> assertThat(remark).contains("ends with a period; it names the problem"))
                .anySatisfy(remark -> assertThat(remark).contains("no remaining_best below remaining"))
                .anySatisfy(remark -> assertThat(remark).startsWith("README.md: the headings are [Fix, Why it costs]"))
                .contains(
                        "tests.yaml: no case examines something and finds nothing.",
                        "tests.yaml: no case is not examined.",
                        "tests.yaml: two cases have the same name.",
                        "tests.yaml: no case sets the parameter share.",
                        "rule.sql: the parameter max_days is not used.",
                        "rule.sql: the remedy resize is never returned.")
                .doesNotContain(
                        "tests.yaml: no case sets the parameter max_days.", "tests.yaml: no case finds anything.");
    }

    @Test
    void the_lint_knows_which_parameters_a_relation_reads() throws Exception {
        String sql = "SELECT resource_id, slowdown_allowed AS remaining FROM allowed_slowdown\n";
        String cases = "window: 2026-06-01/2026-06-08\ncases: [{name: a, expect: [{resource_id: x}]}]\n";
        Rule without =
                new TestRule("machine-slow").sql(sql).with("tests.yaml", cases).read(folder);
        Rule with = new TestRule("machine-slower")
                .sql(sql)
                .with("tests.yaml", cases)
                .yaml(
                        "  share:",
                        "  tail: {default: 3, help: A tail.}\n  burst: {default: 2, help: A burst.}\n  share:")
                .read(folder);

        assertThat(RuleLint.check(without))
                .contains(
                        "rule.yaml: allowed_slowdown needs the parameter tail.",
                        "rule.yaml: allowed_slowdown needs the parameter burst.");
        assertThat(RuleLint.check(with))
                .contains("rule.sql: the parameter share is not used.")
                .noneMatch(remark -> remark.contains("tail is not used") || remark.contains("needs the parameter"));
    }

    @Test
    void the_lint_names_what_is_compared_with_one_spelling_of_yes_or_no() throws Exception {
        String sql = "SELECT resource_id, 0 AS remaining FROM subject s WHERE lower(s.attributes['shadow']) = 'true'"
                + " OR coalesce(tags['spot'], 'no') IN ('yes', 'Yes') OR yes_or_no(s.tags['held']) = 'yes'\n";
        Rule rule = new TestRule("machine-slow")
                .sql(sql)
                .with("tests.yaml", "window: 2026-06-01/2026-06-08\ncases: [{name: a, expect: []}]\n")
                .read(folder);

        assertThat(RuleLint.check(rule).stream().filter(remark -> remark.contains("one spelling")))
                .containsExactly(
                        "rule.sql: shadow is compared with one spelling of yes or no; yes_or_no(...) reads them all.",
                        "rule.sql: spot is compared with one spelling of yes or no; yes_or_no(...) reads them all.");
    }

    @Test
    void the_lint_names_attributes_that_are_compared_or_cast_as_they_are_written() throws Exception {
        String sql = "SELECT resource_id, 0 AS remaining, s.attributes['tier'] AS tier, attributes['kept'] AS kept"
                + " FROM (SELECT *, attributes['approval'] AS approval FROM subject) s"
                + " WHERE lower(s.attributes['sort']) = 'old' AND TRY_CAST(tags['size'] AS DOUBLE) > 1"
                + " AND approval IN ('Rejected') AND stated_number(tags['weight']) > 1 AND TRY_CAST(kept AS BIGINT) > 1"
                + " AND stated_word(s.attributes['form']) = 'flat' AND may_name(tags['hold'])"
                + " -- attributes['comment'] = 'x'\n";
        Rule rule = new TestRule("machine-slow")
                .sql(sql)
                .with("tests.yaml", "window: 2026-06-01/2026-06-08\ncases: [{name: a, expect: []}]\n")
                .read(folder);

        assertThat(RuleLint.check(rule).stream()
                        .filter(remark -> remark.contains("as it is written"))
                        .map(remark -> remark.substring(0, remark.indexOf(';'))))
                .containsExactly(
                        "rule.sql: the attribute kept is read as it is written",
                        "rule.sql: the attribute approval is read as it is written",
                        "rule.sql: the attribute sort is read as it is written",
                        "rule.sql: the tag size is read as it is written");
    }

    @Test
    void a_scaffold_passes_its_own_tests_and_keeps_to_the_style() {
        Path own = folder.resolve("my rules");

        RuleScaffold.Scaffold scaffold = RuleScaffold.write(own, "machine-unused");

        Rule rule = RuleBook.with(own).find("machine-unused");
        assertThat(scaffold.nextCommand()).isEqualTo("aiaudit rules test machine-unused --rules '" + own + "'");
        try (RuleTests tests = new RuleTests(folder)) {
            assertThat(tests.run(rule))
                    .hasSize(4)
                    .allSatisfy(result ->
                            assertThat(result.passed()).as(result.difference()).isTrue());
        }
        assertThat(RuleLint.check(rule)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            Machine Idle            ; is not an id of a rule
            ../escape-this          ; is not an id of a rule
            inference-endpoint-idle ; is a built-in rule
            taken-name              ; exists.
            """)
    void a_scaffold_overwrites_nothing(String id, String problem) throws Exception {
        Files.createDirectories(folder.resolve("taken-name"));

        assertThat(catchThrowableOfType(UserError.class, () -> RuleScaffold.write(folder, id))
                        .problem())
                .contains(problem);
    }
}
