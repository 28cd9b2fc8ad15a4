package io.aiaudit.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Window;
import io.aiaudit.store.EmptyStore;
import io.aiaudit.store.LockedStore;
import io.aiaudit.store.StoreLimits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Losing metric points or series never raises the claim of a rule: every case of tests.yaml again, with points taken away. */
class RuleMonotonyTest {
    private static final Set<String> RULES = Set.of(
            "commitment-mix",
            "custom-model-hosting-idle",
            "gpu-oversized",
            "gpu-previous-generation",
            "inference-endpoint-serverless",
            "model-quantizable",
            "model-tier-routing",
            "provisioned-throughput-break-even",
            "provisioned-throughput-idle",
            "provisioned-throughput-oversized",
            "search-index-idle",
            "service-minimum-idle");

    /** Signals of the same traffic: one that shows some where another shows none contradicts it, so they are lost together. */
    private static final Set<String> SIGNALS_OF_ONE_TRAFFIC =
            Set.of("custom-model-hosting-idle", "provisioned-throughput-idle");

    private static final List<String> METRICS = List.of(
            "requests",
            "latency_ms",
            "tokens_input",
            "tokens_output",
            "gpu_utilization",
            "gpu_memory_used_gib",
            "accelerators_active",
            "kv_cache_utilization",
            "cpu_utilization",
            "memory_used_gib",
            "throughput_utilization");

    private static final String VALUE = "coalesce(greatest(total, maximum, average), 0)";

    @TempDir
    private static Path scratch;

    @TestFactory
    Stream<DynamicTest> what_is_not_measured_raises_no_claim() {
        return RuleBook.builtIn().rules().stream()
                .filter(rule -> RULES.contains(rule.id()))
                .map(rule -> DynamicTest.dynamicTest(rule.id(), () -> check(rule)));
    }

    private static void check(Rule rule) throws Exception {
        Path folder = Files.createTempDirectory(scratch, "rule-");
        Path file = folder.resolve("tests.aiaudit");
        EmptyStore.write(file);
        try (LockedStore store = LockedStore.open(file, new StoreLimits(512, 1, folder.resolve("spill")))) {
            GivenTables tables = new GivenTables(store);
            TestCase.Suite suite = TestCase.read(rule);
            Random random = new Random(15);
            for (TestCase testCase : suite.cases()) {
                if (!testCase.given().containsKey("metrics")) {
                    continue;
                }
                Map<String, Double> whole = claims(store, tables, rule, testCase, suite.window(), "false");
                for (String lost : losses(rule, random)) {
                    Map<String, Double> less = claims(store, tables, rule, testCase, suite.window(), lost);
                    less.forEach((resource, claim) -> assertThat(claim)
                            .as("%s: %s of %s without points where %s", rule.id(), testCase.name(), resource, lost)
                            .isLessThanOrEqualTo(whole.getOrDefault(resource, 0.0) + 1e-9));
                }
            }
        }
    }

    /** Conditions on points: some hours at random, the busiest, those with any work, and the same of one series alone. */
    private static List<String> losses(Rule rule, Random random) {
        List<String> hours = List.of(
                "hash(hour, " + random.nextInt() + ") % 50 = 0",
                "hash(hour, " + random.nextInt() + ") % 3 = 0",
                "(resource_id, hour) IN (SELECT (resource_id, hour) FROM given_metrics WHERE " + VALUE + " > 0)",
                "(resource_id, hour) IN (SELECT (resource_id, arg_max(hour, " + VALUE + "))"
                        + " FROM given_metrics GROUP BY resource_id, metric)");
        List<String> losses = new ArrayList<>(hours);
        if (!SIGNALS_OF_ONE_TRAFFIC.contains(rule.id())) {
            String metric = "metric = '" + METRICS.get(random.nextInt(METRICS.size())) + "'";
            METRICS.forEach(series -> losses.add("metric = '" + series + "'"));
            hours.forEach(lost -> losses.add(metric + " AND " + lost));
        }
        return losses;
    }

    private static Map<String, Double> claims(
            LockedStore store, GivenTables tables, Rule rule, TestCase testCase, Window window, String lost) {
        GivenRows given = new GivenRows(tables, rule, testCase, window);
        given.fill();
        store.execute("DELETE FROM given_metrics WHERE " + lost);
        RuleRun run =
                new RuleRun(store, window, GivenTables.BASE, Duration.ofMinutes(2), given.spend(), given.policy());
        Map<String, Double> claims = new HashMap<>();
        run.judge(rule, rule.parameters(testCase.params()))
                .rows()
                .forEach(row -> claims.put(
                        String.valueOf(row.get("resource_id")),
                        Math.max(0, 1 - ((Number) row.get("remaining")).doubleValue())));
        return claims;
    }
}
