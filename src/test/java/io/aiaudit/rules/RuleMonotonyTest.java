package io.aiaudit.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Window;
import io.aiaudit.store.EmptyStore;
import io.aiaudit.store.LockedStore;
import io.aiaudit.store.StoreLimits;
import io.aiaudit.testing.Slow;
import io.aiaudit.testing.Survived;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Losing metric points or series never raises the claim of a rule: random companies, made from cases of tests.yaml by
 * making some series larger or smaller and adding others, are judged again with points taken away.
 */
@Slow
class RuleMonotonyTest {
    private static final Set<String> RULES = Set.of(
            "commitment-mix",
            "custom-model-hosting-idle",
            "gpu-instance-idle",
            "gpu-oversized",
            "gpu-previous-generation",
            "gpu-serves-cpu-model",
            "inference-cacheable",
            "inference-endpoint-consolidatable",
            "inference-endpoint-idle",
            "inference-endpoint-serverless",
            "instance-always-on",
            "model-quantizable",
            "model-tier-routing",
            "notebook-idle",
            "provisioned-throughput-break-even",
            "provisioned-throughput-idle",
            "provisioned-throughput-oversized",
            "response-cacheable",
            "search-index-idle",
            "service-minimum-idle");

    /**
     * Signals that contradict each other where one works while another is quiet, so they are lost together: that one
     * was no witness of the other is known only by an hour in which both were measured (docs/work.md, ADR 0160). Alone
     * each loses its zeros.
     */
    private static final Set<String> SIGNALS_THAT_CONTRADICT = Set.of(
            "custom-model-hosting-idle",
            "gpu-instance-idle",
            "inference-endpoint-idle",
            "inference-endpoint-keep-alive",
            "inference-endpoint-no-autoscaling",
            "inference-endpoint-off-hours",
            "instance-always-on",
            "notebook-idle",
            "provisioned-throughput-idle",
            "search-index-idle",
            "service-minimum-idle",
            "training-cluster-idle",
            "training-job-stalled");

    /**
     * What is not examined is no member, and those that are left may fit as they did not with it: all members lose a
     * series together.
     */
    private static final Set<String> GROUPS = Set.of("inference-endpoint-consolidatable");

    /**
     * What tokens of a cache cost has no limit where no metric shows them. Without it a claim is larger but needs a
     * check by hand (low confidence), so that it counts nowhere; only what counts is compared.
     */
    private static final Set<String> WITHOUT_CACHE_NEEDS_A_CHECK =
            Set.of("inference-batchable", "provisioned-throughput-break-even");

    /** Companies of each rule, drawn at random: -Daiaudit.companies=300 takes minutes a rule. */
    private static final int COMPANIES = Integer.getInteger("aiaudit.companies", 4);

    /** Of each company, drawn at random. */
    private static final int LOSSES = 6;

    /** To look at some rules: -Daiaudit.rule=REGEX, also those that are not checked in the build. */
    private static final String ONLY = System.getProperty("aiaudit.rule");

    private static final int SEED = Integer.getInteger("aiaudit.seed", 15);

    /** Without the ending of a copy, so that copies are altered alike. */
    private static final String NAME = "regexp_replace(resource_id, '904[0-9]{3}409$', '')";

    private static final String VALUE = "coalesce(greatest(total, maximum, average), 0)";

    /** Series that a resource of any kind may have, with the highest value, and whether it is a count. */
    private static final String ADDED = """
            ('gpu_utilization', 1, false), ('cpu_utilization', 1, false), ('kv_cache_utilization', 1, false),
            ('throughput_utilization', 1, false), ('gpu_memory_used_gib', 40, false), ('memory_used_gib', 40, false),
            ('accelerators_active', 4, false), ('replicas', 4, false), ('latency_ms', 70000, false),
            ('queue_depth', 5, false), ('sessions', 3, false), ('network_bytes', 1e9, true), ('requests', 500, true),
            ('tokens_input', 1e6, true), ('tokens_output', 1e5, true), ('tokens_cache_read', 1e6, true),
            ('tokens_cache_write', 1e6, true)""";

    @TempDir
    private static Path scratch;

    @TestFactory
    Stream<DynamicTest> what_is_not_measured_raises_no_claim() {
        return RuleBook.builtIn().rules().stream()
                .filter(rule ->
                        ONLY == null ? RULES.contains(rule.id()) : rule.id().matches(ONLY))
                .map(rule -> DynamicTest.dynamicTest(rule.id(), () -> check(rule)));
    }

    private static void check(Rule rule) throws Exception {
        Path folder = Files.createTempDirectory(scratch, "rule-");
        Path file = folder.resolve("tests.aiaudit");
        EmptyStore.write(file);
        try (LockedStore store = LockedStore.open(file, new StoreLimits(512, 1, folder.resolve("spill")))) {
            GivenTables tables = new GivenTables(store);
            TestCase.Suite suite = TestCase.read(rule);
            Random random = new Random(SEED);
            List<TestCase> cases = new ArrayList<>(suite.cases());
            cases.removeIf(testCase -> !testCase.given().containsKey("metrics"));
            int tries = 0;
            int claimed = 0;
            for (int company = 0; company < COMPANIES; company++) {
                Company one = new Company(
                        store,
                        tables,
                        rule,
                        suite,
                        cases.get(random.nextInt(cases.size())),
                        company == 0 ? null : random.nextInt());
                List<String> losses = one.losses(random);
                List<Map<String, Double>> claims = one.claims(losses);
                Map<String, Double> whole = claims.get(0);
                for (int i = 0; i < losses.size(); i++) {
                    String loss = losses.get(i);
                    int number = company;
                    tries++;
                    claimed += claims.get(i + 1).size();
                    claims.get(i + 1)
                            .forEach((resource, claim) -> assertThat(claim)
                                    .as(
                                            "%s: %s of %s without points where %s; company %s of %s",
                                            rule.id(), one.testCase.name(), resource, loss, number, SEED)
                                    .isLessThanOrEqualTo(whole.getOrDefault(resource, 0.0) + 1e-9));
                }
            }
            Survived.count("%s: %d companies, %d losses, %d claims".formatted(rule.id(), COMPANIES, tries, claimed));
        }
    }

    /**
     * One case, altered at random.
     *
     * @param seed of what is altered; null = nothing
     */
    private record Company(
            LockedStore store, GivenTables tables, Rule rule, TestCase.Suite suite, TestCase testCase, Integer seed) {
        private static final String WHOLE = "false";

        List<String> losses(Random random) {
            filled(List.of(CaseApart.alone(testCase)));
            return RuleMonotonyTest.losses(store, rule, random);
        }

        /** By resource: of the whole first, then of each loss. Copies are judged together, as cases are. */
        List<Map<String, Double>> claims(List<String> losses) {
            List<String> all = new ArrayList<>(List.of(WHOLE));
            all.addAll(losses);
            if (RuleTests.canBeJudgedTogether(rule, suite) && !testCase.hasJobsBeside(rule)) {
                return claims(CaseApart.of(Collections.nCopies(all.size(), testCase)), all);
            }
            return all.stream()
                    .map(loss -> claims(List.of(CaseApart.alone(testCase)), List.of(loss))
                            .get(0))
                    .toList();
        }

        private List<Map<String, Double>> claims(List<CaseApart> copies, List<String> losses) {
            GivenRows given = filled(copies);
            String lost = IntStream.range(0, copies.size())
                    .mapToObj(i ->
                            "(ends_with(resource_id, '" + copies.get(i).ending() + "') AND (" + losses.get(i) + "))")
                    .collect(Collectors.joining(" OR "));
            store.execute("TRUNCATE given_metrics");
            store.execute("INSERT INTO given_metrics FROM all_points WHERE NOT (" + lost + ")");
            RuleRun run = new RuleRun(store, suite.window(), GivenTables.BASE, Duration.ofMinutes(2));
            run.know(given.spend(), given.policy());
            Map<String, Double> claims = RuleMonotonyTest.claims(run, rule, testCase);
            return copies.stream()
                    .map(copy -> claims.entrySet().stream()
                            .filter(claim -> claim.getKey().endsWith(copy.ending()))
                            .collect(Collectors.toMap(
                                    claim -> claim.getKey().replace(copy.ending(), ""), Map.Entry::getValue)))
                    .toList();
        }

        private GivenRows filled(List<CaseApart> copies) {
            GivenRows given = new GivenRows(tables, rule, copies, suite.window());
            given.fill();
            if (seed != null) {
                alter(store, suite.window(), seed);
            }
            store.execute("CREATE OR REPLACE TEMP TABLE all_points AS FROM given_metrics");
            return given;
        }
    }

    /** Some series larger or smaller, some gone, and some that a resource had not. */
    private static void alter(LockedStore store, Window window, int seed) {
        store.execute("""
                UPDATE given_metrics SET average = if(is_share AND average * factor > 1, 1, average * factor),
                  maximum = if(is_share AND maximum * factor > 1, 1, maximum * factor), total = total * factor
                FROM (
                  SELECT resource_id AS of_resource, metric AS of_metric, contains(metric, 'utilization') AS is_share,
                    [1, 1, 1, 1, 0, 0.02, 0.3, 0.7, 1.4, 3][1 + (hash(%2$s, metric, %1$d) %% 10)::INTEGER] AS \
                factor
                  FROM (SELECT DISTINCT resource_id, metric FROM given_metrics))
                WHERE resource_id = of_resource AND metric = of_metric
                """.formatted(seed, NAME));
        store.execute(
                """
                INSERT INTO given_metrics (resource_id, metric, hour, average, maximum, total)
                SELECT r.resource_id, a.metric, h.hour, if(counted, NULL, highest * level * noise),
                  if(counted, NULL, highest * level), if(counted, highest * level * noise, NULL)
                FROM (SELECT DISTINCT resource_id, %5$s AS name FROM given_resources) r
                CROSS JOIN (VALUES %s) a(metric, highest, counted)
                CROSS JOIN (SELECT unnest(range(%s, %s, INTERVAL 1 HOUR)) AS hour) h
                CROSS JOIN LATERAL (SELECT (hash(r.name, a.metric, %4$d) %% 100) / 100.0 AS level,
                  (hash(r.name, a.metric, h.hour, %4$d) %% 100) / 100.0 AS noise)
                WHERE hash(r.name, a.metric, %4$d, 'added') %% 4 = 0
                  -- what a resource without accelerators cannot have
                  AND (NOT starts_with(a.metric, 'gpu_') OR EXISTS (SELECT 1 FROM given_metrics g
                    WHERE g.resource_id = r.resource_id AND starts_with(g.metric, 'gpu_')))
                  AND NOT EXISTS (
                  SELECT 1 FROM given_metrics g WHERE g.resource_id = r.resource_id AND g.metric = a.metric)
                """.formatted(ADDED, Literal.timestamp(window.start()), Literal.timestamp(window.end()), seed, NAME));
    }

    /**
     * Conditions on points: some hours at random, the busiest, those with any work, and a series alone, in all of its
     * hours, in those, or in those where it is zero, as an export leaves them out.
     */
    private static List<String> losses(LockedStore store, Rule rule, Random random) {
        List<String> hours = List.of(
                "hash(hour, " + random.nextInt() + ") % 50 = 0",
                "(resource_id, hour) IN (SELECT (resource_id, hour) FROM all_points WHERE " + VALUE + " > 0)",
                "(resource_id, hour) IN (SELECT (resource_id, arg_max(hour, " + VALUE + "))"
                        + " FROM all_points GROUP BY resource_id, metric)");
        List<String> losses = new ArrayList<>(hours);
        for (List<Object> row : store.select("SELECT DISTINCT metric FROM all_points ORDER BY 1")
                .rows()) {
            String series = "metric = '" + row.get(0) + "'";
            losses.add(series + " AND " + VALUE + " = 0");
            if (!SIGNALS_THAT_CONTRADICT.contains(rule.id())) {
                losses.add(series + " AND " + hours.get(random.nextInt(hours.size())));
                // That a model without a price for it has a cache is shown by its metric alone.
                if (WITHOUT_CACHE_NEEDS_A_CHECK.contains(rule.id())
                        && String.valueOf(row.get(0)).startsWith("tokens_cache")) {
                    continue;
                }
                losses.add(series);
                if (!GROUPS.contains(rule.id())) {
                    losses.add(series + " AND hash(" + NAME + ", " + random.nextInt() + ") % 2 = 0");
                }
            }
        }
        Collections.shuffle(losses, random);
        return losses.subList(0, Math.min(LOSSES, losses.size()));
    }

    private static Map<String, Double> claims(RuleRun run, Rule rule, TestCase testCase) {
        Map<String, Double> claims = new HashMap<>();
        run.judge(rule, rule.parameters(testCase.params())).rows().stream()
                .filter(row ->
                        !(WITHOUT_CACHE_NEEDS_A_CHECK.contains(rule.id()) && "low".equals(row.get("confidence"))))
                .forEach(row -> claims.put(
                        String.valueOf(row.get("resource_id")),
                        Math.max(0, 1 - ((Number) row.get("remaining")).doubleValue())));
        return claims;
    }
}
