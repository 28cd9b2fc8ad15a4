package io.aiaudit.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.disk.RunFolder;
import io.aiaudit.model.RuleOutcome;
import io.aiaudit.model.Window;
import io.aiaudit.store.LockedStore;
import io.aiaudit.testing.Holds;
import io.aiaudit.testing.Outside;
import io.aiaudit.testing.Survived;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Rules of strangers that take all memory or all time: each ends within its limit, as a failed rule or with its rows,
 * and the next rule returns the same as before.
 */
@Outside
@Holds
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConfinedRulesTest {
    private static final int ATTACKS = Integer.getInteger("aiaudit.attacks", 2);
    private static final Window WINDOW = Window.parse("2026-06-01/2026-06-08");
    private static final Duration PATIENCE = Duration.ofSeconds(Integer.getInteger("aiaudit.patience", 2));
    /** A tenth more; with less patience than a scan has, what it takes to end a process on a busy computer. */
    private static final Duration LONGEST =
            PATIENCE.plus(PATIENCE.toSeconds() < 60 ? Duration.ofMillis(2200) : PATIENCE.dividedBy(10));

    /** Nothing of an attack is computed in this process. */
    private static final long MOST_GROWTH_KIB = 300_000;

    private Path folder;
    private LockedStore store;
    private RuleRun run;
    private int ended;
    private int failed;

    @BeforeAll
    void open(@TempDir Path shared) throws Exception {
        folder = shared;
        store = TestRule.store(shared, """
                INSERT INTO resources (resource_id, kind, provider, region, name) VALUES ('i-1', 'instance', 'aws', \
                'eu-west-1', 'one');
                INSERT INTO metrics SELECT 'i-1', 'cpu_utilization', TIMESTAMP '2026-06-01' + to_hours(h), 0.5, 0.75, \
                NULL, 60 FROM range(168) t(h);
                INSERT INTO scan (currency) VALUES ('USD');
                """);
        run = new RuleRun(store, WINDOW, Map.of(), Map.of(), PATIENCE).confiningRulesOfUser();
    }

    @AfterAll
    void close() {
        Survived.count(ended + " of " + ATTACKS + " rules that attack ended within their limit, " + failed
                + " of them as a failed rule; the next rule returned the same as before");
        run.close();
        store.close();
    }

    /** Values that are computed once for each resource. */
    static List<String> attacks() {
        String doubled = IntStream.rangeClosed(1, 40)
                .mapToObj(i -> "d" + i + " AS (SELECT t || t AS t FROM d" + (i - 1) + ")")
                .reduce("d0 AS (SELECT 'xxxxxxxxxxxxxxxx' AS t)", (before, next) -> before + ", " + next);
        return Stream.of(
                        "len(range(300000000))",
                        "length(repeat('x', 4000000000))",
                        "(SELECT sum(i) FROM range(300000000) t(i))",
                        "length(lpad('', 2000000000, 'x'))",
                        "length(replace(replace(repeat('a', 60000), 'a', repeat('a', 60000)), 'a', 'bb'))",
                        "levenshtein(repeat('a', 200000), repeat('b', 200000))",
                        "(WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT max(n) FROM r)",
                        "(SELECT count(*) FROM range(10000000) a(i), range(10000000) b(j) WHERE (i * j) % 7 = 3)",
                        "(SELECT length(string_agg(i::VARCHAR, ',' ORDER BY i)) FROM range(500000000) t(i))",
                        "length(regexp_replace(repeat('ab', 50000000), '(a|b)', 'xyxyxy', 'g'))",
                        "(SELECT len(list(i ORDER BY i)) FROM range(1000000000) t(i))",
                        "len(list_transform(range(200000000), lambda x: x::VARCHAR || 'abcdefghijklmnop'))",
                        "length(rpad('', 2000000000, 'x'))",
                        "length(repeat(repeat(repeat('x', 10000), 10000), 10000))",
                        "len(string_split(repeat('a,', 200000000), ','))",
                        "(SELECT count(*) FROM (SELECT unnest(range(2000000000))))",
                        "len(list_sort(range(400000000)))",
                        "len(list_distinct(range(400000000)))",
                        "len(range(1, 900000000))",
                        "length(printf('%1000000000d', 1))",
                        "length(format('{:>1900000000}', 1))",
                        "jaro_winkler_similarity(repeat('a', 1000000), repeat('ab', 500000))",
                        "damerau_levenshtein(repeat('a', 60000), repeat('b', 60000))",
                        "length(translate(repeat('a', 1500000000), 'a', 'b'))",
                        "(SELECT count(DISTINCT i * 7919 % 900000007) FROM range(900000000) t(i))",
                        "(SELECT max(s) FROM (SELECT sum(i) OVER (ORDER BY i % 1000, i) AS s FROM range(300000000) "
                                + "t(i)))",
                        "(SELECT min(v) FROM (SELECT i::VARCHAR || repeat('x', 1000) AS v FROM range(100000000) t(i) "
                                + "ORDER BY v DESC LIMIT 50000000))",
                        "(WITH " + doubled + " SELECT length(t) FROM d40)",
                        "len(list_resize([1], 2000000000))",
                        "length(md5(repeat('x', 3000000000)))",
                        "(SELECT count(*) FROM (SELECT i % 100000007 AS k, list(i ORDER BY i) AS l FROM "
                                + "range(400000000) t(i) GROUP BY k))",
                        "len(flatten(list_transform(range(40000), lambda x: range(40000))))")
                .limit(ATTACKS)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void it_ends_within_its_limit_and_the_others_do_not_notice(String attack) throws Exception {
        RuleOutcome before = run.run(healthy(), Map.of());
        assertThat(before).isInstanceOf(RuleOutcome.Evaluated.class);
        long memory = peakKib();
        Rule rule = attacking(attack);
        long began = System.nanoTime();
        RuleOutcome outcome = run.run(rule, Map.of());
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        assertThat(took).isLessThan(LONGEST);
        if (outcome instanceof RuleOutcome.Failed wrong) {
            assertThat(wrong.problem()).startsWith(rule.sqlFile() + ":").doesNotContain("Exception");
            failed++;
        }
        assertThat(peakKib() - memory).as("memory of this process").isLessThan(MOST_GROWTH_KIB);
        assertThat(run.run(healthy(), Map.of())).isEqualTo(before);
        ended++;
        Survived.count(String.format(
                Locale.ROOT,
                "%.1f s, limit %.1f s: %s %s",
                took.toMillis() / 1000.0,
                PATIENCE.toMillis() * 1.1 / 1000,
                outcome instanceof RuleOutcome.Failed ? "failed" : "ended",
                attack.length() > 70 ? attack.substring(0, 70) + "..." : attack));
    }

    @Test
    void a_rule_that_cannot_be_interrupted_is_killed_after_its_time() throws Exception {
        assertThat(run.run(attacking("levenshtein(repeat('a', 200000), repeat('b', 200000))"), Map.of()))
                .isEqualTo(new RuleOutcome.Failed(
                        "instance-attack", attacking("1").sqlFile() + ": " + RuleRun.tooSlow(PATIENCE)));
    }

    /** Found by hand: what it had spilled stayed to the end of the run, where the reports need the disk. */
    @Test
    void a_process_that_is_killed_leaves_nothing_on_the_disk() throws Exception {
        RunFolder own = RunFolder.temporary(folder);
        ConfinedProcess process = ConfinedProcess.start(
                ConfinedRuleTestsProcess.class,
                own,
                store.limits().memoryMib(),
                List.of(own.path().toString()));
        Files.writeString(own.path().resolve("duckdb_temp_storage_DEFAULT-0.tmp"), "spilled");
        process.close();
        assertThat(own.path()).doesNotExist();
    }

    @Test
    void rows_come_back_as_they_would_here() throws Exception {
        Rule rule = rule("instance-values", """
                SELECT resource_id, 0.25 AS remaining, 'a "reason"' || chr(10) || 'é' AS reason, 1.230::DECIMAL(9,3) \
                AS price, 1e-7::DOUBLE AS small,
                    TIMESTAMP '2026-06-01 10:00:00' AS at, DATE '2026-06-02' AS day, TIME '10:00:00' AS time, true AS \
                yes, NULL AS nothing,
                    [1, NULL, 3] AS list, {'a': 1.5::DECIMAL(3,1), 'b': ['x']} AS parts, \
                170141183460469231731687303715884105727 AS large
                FROM subject
                """);
        try (RuleRun here = new RuleRun(store, WINDOW, Map.of(), Map.of(), PATIENCE)) {
            RuleOutcome expected = here.run(rule, Map.of());
            assertThat(expected).isInstanceOf(RuleOutcome.Evaluated.class);
            assertThat(run.run(rule, Map.of())).isEqualTo(expected);
        }
    }

    @Test
    void what_is_wrong_with_a_rule_has_the_same_words_as_here() throws Exception {
        Rule rule = rule("instance-wrong", "SELECT resource_id, 0 AS remaining, missing FROM subject");
        try (RuleRun here = new RuleRun(store, WINDOW, Map.of(), Map.of(), PATIENCE)) {
            assertThat(run.run(rule, Map.of())).isEqualTo(here.run(rule, Map.of()));
        }
    }

    private Rule attacking(String attack) throws Exception {
        return rule(
                "instance-attack", "SELECT resource_id, 0 AS remaining FROM subject WHERE " + attack + " IS NOT NULL");
    }

    private Rule healthy() throws Exception {
        return rule("instance-healthy", "SELECT resource_id, 0 AS remaining, 'fine' AS reason FROM subject");
    }

    private Rule rule(String id, String sql) throws Exception {
        return new TestRule(id).sql(sql).read(folder);
    }

    /** The largest resident size so far; 0 where the system does not say. */
    private static long peakKib() throws Exception {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElse(0);
    }

    /** On a system without a limit of address space, the watch is what there is. */
    @Test
    void the_watch_kills_a_process_that_takes_too_much() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-version")
                .start();
        try (MemoryWatch watch = MemoryWatch.of(process, 0)) {
            assertThat(watch).isNotNull();
            assertThat(process.waitFor()).isNotZero();
        }
        OptionalLong own = MemoryWatch.residentKib(ProcessHandle.current().pid());
        assertThat(own.orElseThrow()).isPositive();
    }
}
