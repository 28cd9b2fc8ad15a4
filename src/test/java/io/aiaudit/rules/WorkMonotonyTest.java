package io.aiaudit.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Finding;
import io.aiaudit.model.RuleOutcome;
import io.aiaudit.model.Window;
import io.aiaudit.store.LockedStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Metamorphic properties of every rule that reads the relation {@code work} (DESIGN.md section 6): what was not
 * measured is no saving. Random resources with random series are judged, then again with fewer points, with a needed
 * series less, or with more work in them.
 */
class WorkMonotonyTest {
    private static final Window WINDOW = Window.parse("2026-06-01/2026-06-29");
    private static final int HOURS = 28 * 24;
    private static final int RESOURCES = 25;
    private static final int ROUNDS = Integer.getInteger("aiaudit.monotonyRounds", 1);
    private static final double ROUNDING = 1e-9;

    private static final Map<String, List<String>> METRICS = Map.of(
            "inference_endpoint", List.of("requests", "gpu_utilization", "queue_depth", "cpu_utilization"),
            "instance", List.of("gpu_utilization", "cpu_utilization", "network_bytes", "gpu_memory_used_gib"),
            "notebook", List.of("gpu_utilization", "cpu_utilization", "sessions"),
            "training_cluster", List.of("gpu_utilization", "cpu_utilization", "replicas"),
            "training_job", List.of("gpu_utilization", "cpu_utilization"));

    @TempDir
    private Path folder;

    /** Its hours are characters: w for work, q for quiet, - for missing. */
    private record Series(String resource, String kind, String metric, boolean hasMaximum) {}

    private final Map<Series, char[]> company = new LinkedHashMap<>();

    private void invent(Random random) {
        company.clear();
        List<String> kinds = METRICS.keySet().stream().sorted().toList();
        for (int i = 0; i < RESOURCES; i++) {
            String kind = kinds.get(i % kinds.size());
            boolean[] busy = busyHours(random);
            boolean hidden = random.nextInt(4) == 0;
            for (String metric : METRICS.get(kind)) {
                if (metric.equals(METRICS.get(kind).get(0)) || random.nextBoolean()) {
                    // Sometimes a signal does not see all of the work.
                    company.put(
                            new Series("r-" + i, kind, metric, random.nextInt(4) > 0),
                            series(hidden && random.nextBoolean() ? new boolean[HOURS] : busy, random));
                }
            }
        }
    }

    private static boolean[] busyHours(Random random) {
        boolean[] busy = new boolean[HOURS];
        int form = random.nextInt(6);
        int from = random.nextInt(24);
        int length = 1 + random.nextInt(14);
        int end = random.nextInt(HOURS);
        for (int hour = 0; hour < HOURS; hour++) {
            boolean office = (hour % 24 - from + 24) % 24 < length && hour / 24 % 7 < 5;
            busy[hour] = switch (form) {
                case 0 -> false;
                case 1 -> office;
                case 2 -> office && hour < end;
                case 3 -> hour < end;
                case 4 -> random.nextInt(60) == 0;
                default -> office && random.nextInt(10) < 8;
            };
        }
        return busy;
    }

    private static char[] series(boolean[] busy, Random random) {
        char[] points = new char[HOURS];
        for (int hour = 0; hour < HOURS; hour++) {
            points[hour] = random.nextInt(200) == 0 ? '-' : busy[hour] ? 'w' : 'q';
        }
        return points;
    }

    /** Average, maximum and total of an hour with work, and of one without. */
    private static String[] values(Series series) {
        return switch (series.metric()) {
            case "gpu_utilization" ->
                new String[] {
                    "0.4, " + (series.hasMaximum() ? "0.9" : "NULL") + ", NULL",
                    "0, " + (series.hasMaximum() ? "0.02" : "NULL") + ", NULL"
                };
            case "cpu_utilization" -> new String[] {"0.5, NULL, NULL", "0.01, NULL, NULL"};
            case "gpu_memory_used_gib" -> new String[] {"20, NULL, NULL", "1, NULL, NULL"};
            case "network_bytes" -> new String[] {"NULL, NULL, 4e9", "NULL, NULL, 1e6"};
            case "replicas" -> new String[] {"4, NULL, NULL", "1, NULL, NULL"};
            default -> new String[] {"NULL, NULL, 25", "NULL, NULL, 0"};
        };
    }

    private static String rows(Series series, char[] points) {
        StringBuilder sql = new StringBuilder();
        for (int i = 0; i < 2; i++) {
            sql.append(("INSERT INTO metrics SELECT '%s', '%s', TIMESTAMP '2026-06-01' + to_hours(i), %s, 1 FROM "
                            + "range(%d) r(i) WHERE substr('%s', i + 1, 1) = '%s';")
                    .formatted(
                            series.resource(),
                            series.metric(),
                            values(series)[i],
                            HOURS,
                            new String(points),
                            i == 0 ? "w" : "q"));
        }
        return sql.toString();
    }

    /** Rule and resource to the share of the cost that it claims. */
    private Map<String, Double> claims(Map<Series, char[]> company) throws Exception {
        StringBuilder sql = new StringBuilder(
                "INSERT INTO resources (resource_id, kind, provider, created_at, vcpus, replicas) VALUES ");
        Map<String, String> kinds = new TreeMap<>();
        company.keySet().forEach(series -> kinds.put(series.resource(), series.kind()));
        kinds.forEach((id, kind) -> sql.append("('%s', '%s', 'gcp', '2026-01-10', 8, 1),".formatted(id, kind)));
        sql.setCharAt(sql.length() - 1, ';');
        company.forEach((series, points) -> sql.append(rows(series, points)));
        Map<String, Double> claims = new TreeMap<>();
        try (LockedStore store = TestRule.store(folder, sql.toString());
                RuleRun run = new RuleRun(store, WINDOW, Map.of(), Map.of())) {
            for (Rule rule : RuleBook.builtIn().rules()) {
                if (!rule.params().containsKey("max_network_mb")) {
                    continue;
                }
                RuleOutcome outcome = run.run(rule, Map.of());
                assertThat(outcome).as(outcome.toString()).isInstanceOf(RuleOutcome.Evaluated.class);
                for (Finding finding : ((RuleOutcome.Evaluated) outcome).findings()) {
                    claims.put(
                            rule.id() + " " + finding.resourceId(),
                            1 - finding.remaining().doubleValue());
                }
            }
        }
        return claims;
    }

    private void assertNoneIsHigher(String change, Map<String, Double> before, Map<String, Double> after) {
        assertThat(before).as("claims of " + change).hasSizeGreaterThan(5);
        after.forEach((key, claim) -> assertThat(claim)
                .as("%s: %s was %s", change, key, before.get(key))
                .isLessThanOrEqualTo(before.getOrDefault(key, 0.0) + ROUNDING));
    }

    private Map<Series, char[]> copy() {
        Map<Series, char[]> copy = new LinkedHashMap<>();
        company.forEach((series, points) -> copy.put(series, points.clone()));
        return copy;
    }

    @Test
    void points_that_are_missing_never_raise_a_claim() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Random random = new Random(round);
            invent(random);
            Map<Series, char[]> fewer = copy();
            fewer.values().forEach(points -> {
                int every = 4 + random.nextInt(300);
                for (int hour = 0; hour < HOURS; hour++) {
                    points[hour] = random.nextInt(every) == 0 ? '-' : points[hour];
                }
            });
            assertNoneIsHigher("round " + round, claims(company), claims(fewer));
        }
    }

    @Test
    void busy_hours_that_are_missing_never_raise_a_claim() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            invent(new Random(100 + round));
            Map<Series, char[]> fewer = copy();
            Map<String, Boolean> seen = new HashMap<>();
            fewer.forEach((series, points) -> {
                if (seen.putIfAbsent(series.resource(), true) == null) {
                    for (int hour = 0; hour < HOURS; hour++) {
                        points[hour] = points[hour] == 'w' && hour % 3 > 0 ? '-' : points[hour];
                    }
                }
            });
            assertNoneIsHigher("round " + round, claims(company), claims(fewer));
        }
    }

    @Test
    void a_needed_series_that_is_missing_leaves_no_claim() throws Exception {
        invent(new Random(7));
        Map<Series, char[]> less = copy();
        List<Series> needed = new ArrayList<>();
        company.keySet().stream()
                .filter(series ->
                        series.metric().equals(METRICS.get(series.kind()).get(0))
                                && !series.kind().equals("notebook")
                                && !series.kind().equals("training_cluster"))
                .forEach(needed::add);
        needed.forEach(less::remove);
        Map<String, Double> after = claims(less);
        assertThat(after.keySet())
                .noneMatch(key -> needed.stream().anyMatch(series -> key.endsWith(" " + series.resource())));
    }

    @Test
    void more_work_never_raises_the_claim_of_a_deletion() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Random random = new Random(200 + round);
            invent(random);
            Map<Series, char[]> busier = copy();
            busier.forEach((series, points) -> {
                for (int hour = 0; hour < HOURS; hour++) {
                    // Nodes are what is paid for, no work.
                    if (points[hour] == 'q' && !series.metric().equals("replicas") && random.nextInt(100) == 0) {
                        points[hour] = 'w';
                    }
                }
            });
            Map<String, Double> before = claims(company);
            Map<String, Double> after = claims(busier);
            after.keySet().removeIf(key -> !key.contains("-idle "));
            assertNoneIsHigher("round " + round, before, after);
        }
    }
}
