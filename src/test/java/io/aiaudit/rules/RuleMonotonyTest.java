package io.aiaudit.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.store.EmptyStore;
import io.aiaudit.store.LockedStore;
import io.aiaudit.store.StoreLimits;
import io.aiaudit.testing.Slow;
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
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Losing metric points or series never raises the claim of a rule: cases of tests.yaml again, with points taken away.
 */
@Slow
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

    /**
     * Signals that contradict each other where one works while another is quiet, so they are lost together: that one
     * was no witness of the other is known only by an hour in which both were measured (docs/work.md).
     */
    private static final Set<String> SIGNALS_THAT_CONTRADICT =
            Set.of("custom-model-hosting-idle", "provisioned-throughput-idle", "service-minimum-idle");

    /** Of each rule, drawn at random: all of them take minutes. */
    private static final int CASES = Integer.getInteger("aiaudit.cases", 4);

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
            List<TestCase> cases = new ArrayList<>(suite.cases());
            cases.removeIf(testCase -> !testCase.given().containsKey("metrics"));
            Collections.shuffle(cases, random);
            for (TestCase testCase : cases.subList(0, Math.min(CASES, cases.size()))) {
                GivenRows given = new GivenRows(tables, rule, testCase, suite.window());
                given.fill();
                store.execute("CREATE OR REPLACE TEMP TABLE all_points AS FROM given_metrics");
                // A run reads the points once, so each has its own.
                Supplier<RuleRun> runs = () -> {
                    RuleRun run = new RuleRun(store, suite.window(), GivenTables.BASE, Duration.ofMinutes(2));
                    run.know(given.spend(), given.policy());
                    return run;
                };
                Map<String, Double> whole = claims(runs.get(), rule, testCase);
                for (String lost : losses(store, rule, random)) {
                    store.execute("TRUNCATE given_metrics");
                    store.execute("INSERT INTO given_metrics FROM all_points WHERE NOT (" + lost + ")");
                    claims(runs.get(), rule, testCase)
                            .forEach((resource, claim) -> assertThat(claim)
                                    .as(
                                            "%s: %s of %s without points where %s",
                                            rule.id(), testCase.name(), resource, lost)
                                    .isLessThanOrEqualTo(whole.getOrDefault(resource, 0.0) + 1e-9));
                }
            }
        }
    }

    /**
     * Conditions on points: some hours at random, the busiest, those with any work, and a series alone, in all of its
     * hours or in those.
     */
    private static List<String> losses(LockedStore store, Rule rule, Random random) {
        List<String> hours = List.of(
                "hash(hour, " + random.nextInt() + ") % 50 = 0",
                "(resource_id, hour) IN (SELECT (resource_id, hour) FROM all_points WHERE " + VALUE + " > 0)",
                "(resource_id, hour) IN (SELECT (resource_id, arg_max(hour, " + VALUE + "))"
                        + " FROM all_points GROUP BY resource_id, metric)");
        List<String> losses = new ArrayList<>(hours);
        if (!SIGNALS_THAT_CONTRADICT.contains(rule.id())) {
            for (List<Object> row : store.select("SELECT DISTINCT metric FROM all_points ORDER BY 1")
                    .rows()) {
                String series = "metric = '" + row.get(0) + "'";
                losses.add(series);
                losses.add(series + " AND " + hours.get(random.nextInt(hours.size())));
            }
        }
        return losses;
    }

    private static Map<String, Double> claims(RuleRun run, Rule rule, TestCase testCase) {
        Map<String, Double> claims = new HashMap<>();
        run.judge(rule, rule.parameters(testCase.params()))
                .rows()
                .forEach(row -> claims.put(
                        String.valueOf(row.get("resource_id")),
                        Math.max(0, 1 - ((Number) row.get("remaining")).doubleValue())));
        return claims;
    }
}
