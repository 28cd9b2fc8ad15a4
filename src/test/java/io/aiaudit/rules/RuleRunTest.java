package io.aiaudit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aiaudit.model.Answer;
import io.aiaudit.model.Ask;
import io.aiaudit.model.Component;
import io.aiaudit.model.Confidence;
import io.aiaudit.model.CostBasis;
import io.aiaudit.model.Finding;
import io.aiaudit.model.Lever;
import io.aiaudit.model.ResourcePolicy;
import io.aiaudit.model.ResourcePolicyBuilder;
import io.aiaudit.model.RuleOutcome;
import io.aiaudit.model.Spend;
import io.aiaudit.model.UserError;
import io.aiaudit.model.Window;
import io.aiaudit.store.LockedStore;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RuleRunTest {
    private static final Window WINDOW = Window.parse("2026-06-01/2026-06-08");

    private Path folder;
    private LockedStore store;
    private RuleRun run;

    @BeforeAll
    void openStore(@TempDir Path shared) throws Exception {
        folder = shared;
        store = TestRule.store(shared, """
                INSERT INTO resources (resource_id, kind, provider, region, name, parent_id, created_at) VALUES
                  ('i-1', 'instance', 'aws', 'eu-west-1', 'one', NULL, NULL), ('i-2', 'instance', 'azure', \
                'westeurope', 'two', NULL, NULL),
                  ('i-3', 'instance', 'gcp', NULL, 'three', NULL, NULL), ('p', 'instance', 'aws', 'eu-west-1', \
                'parent', NULL, '2026-01-01'),
                  ('p/a', 'volume', 'aws', 'eu-west-1', 'a', 'p', NULL), ('p/b', 'volume', 'aws', 'eu-west-1', 'b', \
                'p', NULL);
                INSERT INTO metrics SELECT r, 'cpu_utilization', TIMESTAMP '2026-05-30' + to_hours(h), 0.5, 0.75, \
                NULL, 60
                  FROM unnest(['i-1', 'i-2', 'i-3', 'p']) u(r), range(240) t(h);
                INSERT INTO charges (resource_id, cost, ChargePeriodStart, ChargePeriodEnd, component, charge_kind, \
                provider) VALUES
                  ('i-1', 5, '2026-06-01', '2026-06-02', 'time', 'cost', 'aws'), ('i-1', 7, '2026-05-01', \
                '2026-06-01', 'time', 'cost', 'aws'),
                  ('p/a', 1, '2026-06-03', '2026-06-04', 'storage', 'cost', 'aws'), ('p/b', 2, '2026-06-03', \
                '2026-06-04', 'storage', 'cost', 'aws');
                INSERT INTO scan (currency) VALUES ('USD');
                INSERT INTO offers (provider, machine_type, on_demand, currency) VALUES ('aws', 'a', 1.5, 'USD'), \
                ('aws', 'b', 1.5, 'EUR'), ('aws', 'c', NULL, 'USD');
                INSERT INTO models (provider, model, input, currency) VALUES ('aws', 'm', 3, 'USD'), ('aws', 'n', 3, \
                'CNY');
                """);
        Map<String, Spend> spend = Map.of(
                "i-1",
                        spend(
                                "i-1",
                                CostBasis.EFFECTIVE,
                                Map.of(Component.TIME, new BigDecimal("100.10"), Component.STORAGE, BigDecimal.TEN)),
                "i-2", spend("i-2", CostBasis.UNPRICED, Map.of()),
                "p/a", spend("p/a", CostBasis.EFFECTIVE, Map.of(Component.STORAGE, BigDecimal.ONE)),
                "p/b", spend("p/b", CostBasis.LIST, Map.of(Component.STORAGE, BigDecimal.TEN)));
        ResourcePolicy policy = ResourcePolicyBuilder.builder()
                .allowedRegions(List.of("eu-west-1"))
                .latencyTargetMs(250.0)
                .answers(Map.of(Ask.LATENCY, Answer.NO))
                .environment("prod")
                .owner("me")
                .standby(true)
                .checkpointed(true)
                .qualityTolerance(0.01)
                .timezone("Europe/Berlin")
                .excludedPeriods(List.of())
                .decidedBy(Map.of())
                .build();
        run = new RuleRun(store, WINDOW, spend, Map.of("i-1", policy));
    }

    private static Spend spend(String id, CostBasis basis, Map<Component, BigDecimal> costs) {
        return new Spend(id, costs, basis, new BigDecimal("168"), new BigDecimal("0.25"), false);
    }

    @AfterAll
    void closeStore() {
        store.close();
    }

    private RuleOutcome outcome(TestRule rule) throws Exception {
        return run.run(rule.read(folder), Map.of());
    }

    private List<Finding> findings(String sql) throws Exception {
        RuleOutcome outcome = outcome(new TestRule("machine-idle").sql(sql));
        assertThat(outcome).as(outcome.toString()).isInstanceOf(RuleOutcome.Evaluated.class);
        return ((RuleOutcome.Evaluated) outcome).findings();
    }

    private Map<String, Object> evidence(String columns) throws Exception {
        return findings("SELECT resource_id, 0 AS remaining, " + columns + " AND resource_id = 'i-1'")
                .get(0)
                .evidence();
    }

    @Test
    void a_finding_holds_the_claim_the_remedy_with_quoted_commands_and_the_evidence() throws Exception {
        Finding finding = findings(
                        "SELECT resource_id, 0.25 AS remaining, 0.1 AS remaining_best, 2 AS remaining_worst, 'high' "
                                + "AS confidence,"
                                + " name || ' idles.' AS reason, 't3.small' AS target, 'g' AS group_id, 42 AS answer "
                                + "FROM subject WHERE name = 'one'")
                .get(0);

        assertThat(finding.remaining()).isEqualByComparingTo("0.25");
        assertThat(finding.remainingBest()).isEqualByComparingTo("0.1");
        assertThat(finding.remainingWorst()).as("clamped").isEqualByComparingTo("1");
        assertThat(finding.confidence()).isEqualTo(Confidence.HIGH);
        assertThat(finding.lever()).isEqualTo(Lever.ELIMINATE);
        assertThat(finding.saves()).containsExactly(Component.TIME);
        assertThat(finding.reason()).isEqualTo("one idles.");
        assertThat(finding.target()).isEqualTo("t3.small");
        assertThat(finding.groupId()).isEqualTo("g");
        assertThat(finding.remedy().commands())
                .containsExactly("aws ec2 stop-instances --instance-ids i-1 --region eu-west-1");
        assertThat(finding.evidence()).containsExactly(Map.entry("answer", 42L));
    }

    @Test
    void what_a_rule_leaves_out_has_a_default() throws Exception {
        Finding finding = findings("SELECT resource_id, 0 AS remaining FROM subject ORDER BY resource_id")
                .get(0);

        assertThat(finding.confidence()).isEqualTo(Confidence.MEDIUM);
        assertThat(finding.reason()).isEqualTo("A machine that does nothing can be stopped.");
        assertThat(finding.remedy().action()).isEqualTo("Stop it.");
        assertThat(finding.remainingBest()).isNull();
        assertThat(finding.remainingWorst()).isNull();
    }

    @Test
    void a_rule_may_say_itself_that_it_could_not_judge_a_resource() throws Exception {
        RuleOutcome.Evaluated outcome = (RuleOutcome.Evaluated) outcome(new TestRule("machine-idle")
                .sql("SELECT resource_id, if(name = 'one', 0, NULL) AS remaining, if(name = 'two', "
                        + "'no price', NULL) AS not_examined FROM subject WHERE name IN "
                        + "('one', 'two')"));

        assertThat(outcome.findings()).extracting(Finding::resourceId).containsExactly("i-1");
        assertThat(outcome.findings().get(0).evidence()).isEmpty();
        assertThat(outcome.notExamined()).containsEntry("i-2", "no price");
        assertThat(outcome.examined()).contains("i-1", "i-3").doesNotContain("i-2");
    }

    @Test
    void what_a_rule_is_not_concerned_with_is_neither_examined_nor_not_examined() throws Exception {
        RuleOutcome.Evaluated outcome = (RuleOutcome.Evaluated) outcome(new TestRule("machine-idle")
                .sql("SELECT resource_id, if(name = 'one', NULL, 0) AS remaining, name = 'one' AS "
                        + "not_concerned FROM subject WHERE name IN ('one', 'two')"));

        assertThat(outcome.findings()).extracting(Finding::resourceId).containsExactly("i-2");
        assertThat(outcome.examined()).contains("i-2", "i-3").doesNotContain("i-1");
        assertThat(outcome.notExamined()).doesNotContainKey("i-1");
    }

    @Test
    void a_word_instead_of_yes_or_no_in_not_concerned_fails_the_rule() throws Exception {
        RuleOutcome outcome = outcome(new TestRule("machine-idle")
                .sql("SELECT resource_id, 0 AS remaining, 'no' AS not_concerned FROM subject"));

        assertThat(((RuleOutcome.Failed) outcome).problem()).contains("not_concerned is no, expected true, false");
    }

    @Test
    void commands_may_differ_by_kind_and_name_the_zone() throws Exception {
        TestRule rule = new TestRule("machine-idle")
                .yaml(
                        "commands: {aws: \"aws ec2 stop-instances --instance-ids {resource_id} --region {region}\"}",
                        "commands: {aws: {instance: \"stop {name}\", notebook: \"other {name}\"}, gcp: \"stop {name} "
                                + "--zone {zone}\"}")
                .sql("SELECT resource_id, 0 AS remaining FROM subject");
        List<Finding> findings = ((RuleOutcome.Evaluated) outcome(rule)).findings();

        assertThat(findings)
                .filteredOn(finding -> finding.resourceId().equals("i-1"))
                .flatExtracting(finding -> finding.remedy().commands())
                .containsExactly("stop one");
        assertThat(findings)
                .filteredOn(finding -> finding.resourceId().equals("i-3"))
                .flatExtracting(finding -> finding.remedy().commands())
                .as("its zone is unknown")
                .isEmpty();
    }

    @Test
    void files_and_variables_of_commands_belong_to_one_finding() throws Exception {
        TestRule rule = new TestRule("machine-idle")
                .yaml(
                        "commands: {aws: \"aws ec2 stop-instances --instance-ids {resource_id} --region {region}\"}",
                        "commands: {aws: [\"save {name} > {file_name}.json\", 'stop --why \"${REASON:?}\"']}")
                .sql("SELECT resource_id, 0 AS remaining FROM subject");

        CommandBlock block = new CommandBlock("machine-idle", "i-1");
        assertThat(((RuleOutcome.Evaluated) outcome(rule)).findings())
                .filteredOn(finding -> finding.resourceId().equals("i-1"))
                .flatExtracting(finding -> finding.remedy().commands())
                .containsExactly(
                        "save one > " + block.fileName("i-1") + ".json",
                        block.variable("REASON") + "=''",
                        "stop --why \"${" + block.variable("REASON") + ":?}\"");
    }

    @Test
    void a_remedy_brings_its_own_lever_and_approvals_and_is_dropped_where_the_platform_does_not_offer_it()
            throws Exception {
        List<Finding> findings = findings("SELECT resource_id, 0.5 AS remaining, 'resize' AS remedy FROM subject");

        assertThat(findings).extracting(Finding::resourceId).containsExactly("i-1", "i-3", "p");
        assertThat(findings.get(0).lever()).isEqualTo(Lever.RESIZE);
        assertThat(findings.get(0).asks()).isEqualTo(Set.of(Ask.LATENCY));
        assertThat(findings.get(1).remedy().action()).isEqualTo("Take a smaller one. Requires: a stopped machine.");
    }

    @Test
    void a_rule_that_governs_claims_no_saving() throws Exception {
        RuleOutcome outcome = outcome(new TestRule("machine-idle")
                .yaml("lever: eliminate", "lever: govern")
                .sql("SELECT resource_id FROM subject"));

        assertThat(((RuleOutcome.Evaluated) outcome).findings()).isNotEmpty().allSatisfy(finding -> {
            assertThat(finding.lever()).isEqualTo(Lever.GOVERN);
            assertThat(finding.remaining()).isEqualByComparingTo("1");
        });
    }

    static Stream<String> wrongAnswers() {
        return """
                SELECT name AS resource_id, 0 AS remaining FROM subject                                        ;; \
                which is not in subject
                SELECT NULL::VARCHAR AS resource_id, 0 AS remaining FROM param                                 ;; a \
                row has no resource_id
                SELECT 7 AS resource_id, 0 AS remaining FROM param                                             ;; \
                resource_id is 7, expected text
                SELECT resource_id, 0 AS remaining FROM metrics                                                ;; more \
                than once
                SELECT resource_id, 0 AS share FROM subject                                                    ;; it \
                returns no column remaining, only resource_id, share
                SELECT 0 AS remaining FROM subject                                                             ;; it \
                returns no column resource_id
                SELECT resource_id, 0 AS remaining, 1 AS x, 2 AS X FROM subject                                ;; two \
                columns called
                SELECT resource_id, NULL::DOUBLE AS remaining FROM subject                                     ;; \
                remaining is empty
                SELECT resource_id, 'a' AS remaining FROM subject                                              ;; \
                remaining is "a", expected a number
                SELECT resource_id, -0.1 AS remaining FROM subject                                             ;; \
                remaining is -0.1
                SELECT resource_id, 'nan'::DOUBLE AS remaining FROM subject                                    ;; \
                remaining is NaN
                SELECT resource_id, 'infinity'::DOUBLE AS remaining FROM subject                               ;; \
                remaining is Infinity
                SELECT resource_id, 0.5 AS remaining, 0.6 AS remaining_best FROM subject                       ;; must \
                lie between
                SELECT resource_id, 0.5 AS remaining, 0.4 AS remaining_worst FROM subject                      ;; must \
                lie between
                SELECT resource_id, 0 AS remaining, 'sure' AS confidence FROM subject                          ;; \
                expected high, medium or low
                SELECT resource_id, 0 AS remaining, 'stpo' AS remedy FROM subject                              ;; Did \
                you mean "stop"?
                SELECT resource_id, 0 AS remaining, 5 AS reason FROM subject                                   ;; \
                reason is 5, expected text
                SELECT resource_id, 0 AS remaining, 'nan'::DOUBLE AS x FROM subject                            ;; the \
                column x holds NaN
                SELECT resource_id, 0 AS remaining, ['nan'::FLOAT] AS x FROM subject                           ;; the \
                column x holds NaN
                SELECT resource_id, 0 AS remaining, {'a': 0.0::DOUBLE / 0.0} AS x FROM subject                 ;; the \
                column x holds NaN
                SELECT resource_id, 0 AS remaining, nme FROM subject                                           ;; nme
                SELECT resource_id, name::INTEGER AS remaining FROM subject                                    ;; \
                Could not convert
                """.lines();
    }

    @ParameterizedTest
    @MethodSource("wrongAnswers")
    void a_wrong_answer_fails_the_rule_and_says_why(String line) throws Exception {
        String[] parts = line.split(";;", -1);

        RuleOutcome outcome = outcome(new TestRule("machine-idle").sql(parts[0].strip()));

        assertThat(outcome).as(outcome.toString()).isInstanceOf(RuleOutcome.Failed.class);
        assertThat(((RuleOutcome.Failed) outcome).problem())
                .contains(parts[1].strip())
                .contains("machine-idle/rule.sql")
                .doesNotContain("Exception");
    }

    @Test
    void a_rounding_error_is_no_disorder_and_more_than_all_is_all() throws Exception {
        Finding finding = findings(
                        "SELECT resource_id, 0.3::DOUBLE AS remaining, 0.1::DOUBLE + 0.2::DOUBLE AS remaining_best "
                                + "FROM subject")
                .get(0);
        assertThat(finding.remainingBest()).isEqualByComparingTo(finding.remaining());

        assertThat(findings("SELECT resource_id, 1.5 AS remaining FROM subject")
                        .get(0)
                        .remaining())
                .isEqualByComparingTo("1");
    }

    @Test
    void evidence_is_shown_as_it_is_with_six_significant_digits() throws Exception {
        Map<String, Object> evidence = evidence(
                "1234567.891::DOUBLE AS large, 0.000123456789::DOUBLE AS small, 12.500000::DECIMAL(18,6) AS exact, "
                        + "true AS flag, window_end AS time,"
                        + " window_end::DATE AS day, [1.23456789::DOUBLE, NULL] AS list, {'a': 1, 'b': window_start} "
                        + "AS struct, NULL AS nothing, 9007199254740993 AS whole,"
                        + " INTERVAL 3 DAY AS period, 100000000000000000000 AS huge, MAP {'k': 0.5::DOUBLE} AS map "
                        + "FROM subject, param WHERE true");

        assertThat(evidence.get("large")).isEqualTo(new BigDecimal("1234570"));
        assertThat(evidence.get("small")).hasToString("0.000123457");
        assertThat(evidence.get("exact")).isEqualTo(new BigDecimal("12.5"));
        assertThat(evidence.get("flag")).isEqualTo(true);
        assertThat(evidence.get("time")).isEqualTo("2026-06-08T00:00:00Z");
        assertThat(evidence.get("day")).isEqualTo("2026-06-08");
        assertThat(evidence.get("list")).isEqualTo(java.util.Arrays.asList(new BigDecimal("1.23457"), null));
        assertThat(evidence.get("struct")).isEqualTo(Map.of("a", 1L, "b", "2026-06-01T00:00:00Z"));
        assertThat(evidence).containsEntry("nothing", null).containsEntry("whole", 9007199254740993L);
        assertThat(evidence.get("map")).isEqualTo(Map.of("k", new BigDecimal("0.5")));
        assertThat(evidence.get("huge")).hasToString("100000000000000000000");
        assertThat(evidence.get("period").toString()).isNotBlank();
        assertThat(List.copyOf(evidence.keySet())).as("in the rule's order").startsWith("large", "small", "exact");
    }

    @Test
    void evidence_of_any_type_is_exact_and_in_words_of_its_own() throws Exception {
        Map<String, Object> evidence = evidence(
                "12345678901234567890.123456789::DECIMAL(38,9) AS wide, [0.1234567890123::DECIMAL(28,13)] AS wide_list,"
                        + " {'cost': 98765432109876.123456789012::DECIMAL(28,12)} AS wide_struct, MAP {'k': "
                        + "0.10::DECIMAL(28,12)} AS wide_map,"
                        + " '\\xAA\\x00Z'::BLOB AS bytes, ['\\xAB'::BLOB] AS bytes_list, '10110'::BIT AS bits, "
                        + "INTERVAL '1 day 2 hours' AS period,"
                        + " TIME '08:30:00' AS clock, '2026-06-01 00:00:00+02'::TIMESTAMPTZ AS moment,"
                        + " '5a2f4c7e-0000-4000-8000-000000000001'::UUID AS uuid, 'a'::ENUM('a', 'b') AS word,"
                        + " 170141183460469231731687303715884105727::HUGEINT AS huge, 18446744073709551615::UBIGINT "
                        + "AS unsigned, [1, 2]::INTEGER[2] AS fixed FROM subject WHERE true");

        assertThat(evidence)
                .containsEntry("wide", new BigDecimal("12345678901234567890.123456789"))
                .containsEntry("wide_list", List.of(new BigDecimal("0.1234567890123")))
                .containsEntry("wide_struct", Map.of("cost", new BigDecimal("98765432109876.123456789012")))
                .containsEntry("wide_map", Map.of("k", new BigDecimal("0.1")))
                .containsEntry("bytes", "\\xAA\\x00Z")
                .containsEntry("bytes_list", List.of("\\xAB"))
                .containsEntry("bits", "10110")
                .containsEntry("period", "1 day 02:00:00")
                .containsEntry("clock", "08:30")
                .containsEntry("moment", "2026-05-31T22:00:00Z")
                .containsEntry("uuid", "5a2f4c7e-0000-4000-8000-000000000001")
                .containsEntry("word", "a")
                .containsEntry("huge", new BigDecimal("170141183460469231731687303715884105727"))
                .containsEntry("unsigned", new BigDecimal("18446744073709551615"))
                .containsEntry("fixed", List.of(1L, 2L));
    }

    static Stream<String> relations() {
        return """
                param ;; typeof(max_days) || typeof(share) || typeof(word) || typeof(words) ;; \
                BIGINTDOUBLEVARCHARVARCHAR[]
                param ;; window_start::VARCHAR || '/' || window_end ;; 2026-06-01 00:00:00/2026-06-08 00:00:00
                (SELECT count(*) AS n, min(hour) AS a, max(hour) AS b FROM metrics WHERE resource_id = 'i-1') ;; n || \
                ' ' || a || ' ' || b ;; 168 2026-06-01 00:00:00 2026-06-07 23:00:00
                (SELECT count(DISTINCT resource_id) AS n FROM metrics) ;; n ;; 4
                (SELECT sum(cost) AS n, max(resource_id) AS r FROM charges WHERE resource_id = 'p') ;; n::INTEGER || r \
                ;; 3p
                (SELECT sum(cost) AS n FROM charges WHERE resource_id = 'i-1') ;; n::INTEGER ;; 5
                (FROM spend WHERE resource_id = 'i-1') ;; monthly_cost || ' ' || run_rate || ' ' || time_cost || ' ' \
                || usage_cost || ' ' || cost_basis || ' ' || committed_share || ' ' || p.hours ;; 110.100000000000 \
                110.100000000000 100.100000000000 0.000000000000 effective 0.25 168.0
                (FROM spend WHERE resource_id = 'p') ;; monthly_cost || ' ' || cost_basis || ' ' || p.hours ;; \
                11.000000000000 list 336.0
                (FROM spend WHERE resource_id = 'i-2') ;; (monthly_cost IS NULL AND time_cost IS NULL) || ' ' || \
                cost_basis ;; true unpriced
                (FROM spend WHERE resource_id = 'i-3') ;; (monthly_cost IS NULL) || ' ' || cost_basis ;; true unpriced
                (FROM policy WHERE resource_id = 'i-1') ;; latency || ' ' || quality || ' ' || commitment || ' ' || \
                standby || ' ' || checkpointed || ' ' || quality_tolerance || ' ' || latency_target_ms || ' ' || \
                allowed_regions[1] || ' ' || (excluded_periods IS NULL) ;; no unspecified unspecified true yes 0.01 \
                250.0 eu-west-1 true
                (FROM policy WHERE resource_id = 'i-2') ;; latency || ' ' || standby || ' ' || checkpointed || ' ' || \
                (quality_tolerance IS NULL) || ' ' || (allowed_regions IS NULL) ;; unspecified false unspecified true \
                true
                (SELECT string_agg(machine_type || coalesce(on_demand::INTEGER::VARCHAR, '-'), ' ' ORDER BY \
                machine_type) AS o FROM offers) ;; o ;; a2 b- c-
                (SELECT string_agg(model || coalesce(input::INTEGER::VARCHAR, '-'), ' ' ORDER BY model) AS o FROM \
                models) ;; o ;; m3 n-
                (SELECT min(model_key(m)) || ' ' || max(model_key(m)) AS k FROM (VALUES ('gpt-4.1'), \
                ('openai/gpt-4.1'), ('gpt-4.1-2025-04-14')) v(m)) ;; k ;; gpt-4-1 gpt-4-1
                (SELECT min(model_key(m)) || ' ' || max(model_key(m)) AS k FROM (VALUES \
                ('eu.anthropic.claude-haiku-4-5-20251001-v1:0'), ('claude-haiku-4-5@20251001'), (' Claude Haiku 4.5')) \
                v(m)) ;; k ;; claude-haiku-4-5 claude-haiku-4-5
                (SELECT model_key('publishers/google/models/gemini-2.5-pro-001') || ' ' || \
                model_key('ai21.jamba-1-5-mini-v1:0') AS k) ;; k ;; gemini-2-5-pro jamba-1-5-mini
                (FROM subject WHERE resource_id = 'i-1') ;; p.seen_days || ' ' || (p.life_days IS NULL) ;; 7.0 false
                """.lines();
    }

    @ParameterizedTest
    @MethodSource("relations")
    void the_relations_hold_what_the_contract_says(String line) throws Exception {
        String relation = line.split(";;", -1)[0].strip();
        String expression = line.split(";;", -1)[1].strip();
        String expected = line.split(";;", -1)[2].strip();
        String qualified = relation + " p";
        assertThat(evidence(
                        "(SELECT " + expression + " FROM " + qualified + ")::VARCHAR AS value FROM subject WHERE true"))
                .containsEntry("value", expected);
    }

    @Test
    void parameters_are_overridden_by_name_and_type() throws Exception {
        Rule rule = new TestRule("machine-idle")
                .sql("SELECT resource_id, share AS remaining, words FROM subject, param WHERE name = word")
                .read(folder);

        RuleOutcome outcome = run.run(rule, Map.of("share", 1L, "word", "one", "words", List.of("c")));

        Finding finding = ((RuleOutcome.Evaluated) outcome).findings().get(0);
        assertThat(finding.remaining()).isEqualByComparingTo("1");
        assertThat(finding.evidence()).containsEntry("words", List.of("c"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            max_day  | 4   | rule machine-idle has no parameter "max_day".
            max_days | 1.5 | parameter "max_days" of rule machine-idle is "1.5", expected a whole number.
            share    | x   | parameter "share" of rule machine-idle is "x", expected a number.
            """)
    void a_wrong_override_is_the_users_error(String name, String value, String problem) throws Exception {
        Rule rule = new TestRule("machine-idle").read(folder);
        Object typed = value.matches("[0-9.]+") ? (Object) new BigDecimal(value) : value;

        UserError error = catchThrowableOfType(UserError.class, () -> run.run(rule, Map.of(name, typed)));

        assertThat(error.problem()).isEqualTo(problem);
        assertThat(error.fix()).containsAnyOf("Did you mean \"max_days\"?", "Write it like its default: " + name);
    }

    @Test
    void a_query_without_an_end_is_stopped_and_the_next_rule_runs() throws Exception {
        Rule endless = new TestRule("machine-idle")
                .sql(("SELECT resource_id, count(*) AS remaining FROM subject, range(100000000) a(x), "
                                + "range(100000000) b(y) WHERE hash_free(x, y) GROUP BY resource_id")
                        .replace("hash_free(x, y)", "x * y % 7 = 3"))
                .read(folder);
        RuleRun impatient = new RuleRun(store, WINDOW, "audit.main.", Duration.ofSeconds(1));
        impatient.know(List.of(), List.of());

        RuleOutcome outcome = impatient.run(endless, Map.of());

        assertThat(((RuleOutcome.Failed) outcome).problem())
                .contains("machine-idle/rule.sql: it was stopped after 1 second, the longest that a rule may take.")
                .contains("Read less in it")
                .doesNotContainIgnoringCase("interrupt");
        assertThat(impatient.run(new TestRule("machine-idle").read(folder), Map.of()))
                .isInstanceOf(RuleOutcome.Evaluated.class);
    }
}
