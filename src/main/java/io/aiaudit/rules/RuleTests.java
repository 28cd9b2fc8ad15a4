package io.aiaudit.rules;

import io.aiaudit.model.UserError;
import io.aiaudit.model.Window;
import io.aiaudit.store.EmptyStore;
import io.aiaudit.store.LockedStore;
import io.aiaudit.store.StoreException;
import io.aiaudit.store.StoreLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Runs the cases of a rule's tests.yaml through the same engine that runs the rule, for {@code aiaudit rules test} and
 * for our own tests.
 */
public final class RuleTests implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** Beyond the patience of the database, with what a case needs beside its query. */
    private static final Duration LONGEST_CASE = Duration.ofSeconds(15);

    private static final long MEMORY_MIB = 512;

    /** What rules read of accounts, known or not, and of whole clouds. */
    private static final Pattern OF_NO_RESOURCE =
            Pattern.compile("account_?id|(GROUP|PARTITION) BY provider", Pattern.CASE_INSENSITIVE);

    private final Path folder;
    private final LockedStore store;
    private final GivenTables tables;
    private final ConfinedRuleTests confined;

    /** @param scratch a private folder of the caller, who removes it even when he is interrupted */
    public RuleTests(Path scratch) {
        this.folder = createFolder(scratch);
        this.store = emptyStore(folder);
        this.tables = new GivenTables(store);
        this.confined = new ConfinedRuleTests(folder, LONGEST_CASE, MEMORY_MIB);
    }

    /**
     * What became of one case.
     *
     * @param difference what was expected and what came, one line each; empty when it passed
     */
    public record Result(String rule, String name, boolean passed, String difference) {}

    /**
     * Runs every case of a rule.
     *
     * @throws UserError when tests.yaml cannot be understood
     */
    public List<Result> run(Rule rule) {
        List<Result> results = new ArrayList<>();
        run(rule, name -> {}, results::add);
        return results;
    }

    /**
     * The same, where a rule of the user runs in a process of its own. A case that does not come to its end there has
     * failed, and is the last one.
     *
     * @throws UserError when tests.yaml cannot be understood
     */
    public List<Result> runConfined(Rule rule) {
        if (rule.builtIn()) {
            return run(rule);
        }
        TestCase.read(rule);
        return confined.results(rule);
    }

    /** Takes the name of each case before it runs, and its result after it. */
    void run(Rule rule, Consumer<String> begun, Consumer<Result> ended) {
        TestCase.Suite suite = TestCase.read(rule);
        RuleRun run = new RuleRun(store, suite.window(), GivenTables.BASE, PATIENCE);
        Set<TestCase> passed = canBeJudgedTogether(rule, suite) ? passedTogether(run, rule, suite) : Set.of();
        for (TestCase testCase : suite.cases()) {
            begun.accept(testCase.name());
            String difference = passed.contains(testCase)
                    ? ""
                    : String.join("\n", differencesAlone(run, rule, testCase, suite.window()));
            ended.accept(new Result(rule.id(), testCase.name(), difference.isEmpty(), difference));
        }
    }

    @Override
    public void close() {
        confined.close();
        store.close();
        delete(folder);
    }

    private static LockedStore emptyStore(Path folder) {
        Path file = folder.resolve("tests.aiaudit");
        EmptyStore.write(file);
        return LockedStore.open(file, StoreLimits.ofStrangers(MEMORY_MIB, folder.resolve("spill")));
    }

    /** What is of no resource, cases would take from each other: commitments, and facts of an account or a cloud. */
    static boolean canBeJudgedTogether(Rule rule, TestCase.Suite suite) {
        return rule.builtIn()
                && !OF_NO_RESOURCE.matcher(rule.sql()).find()
                && suite.cases().stream()
                        .allMatch(testCase -> testCase.rows("commitments").isEmpty());
    }

    /**
     * The cases that pass when all with the same parameters and prices are judged together. That takes little longer
     * than one of them, since most of the time goes to the planning of queries. Those that another may have changed are
     * judged in halves; what passes with no other is judged alone.
     */
    private Set<TestCase> passedTogether(RuleRun run, Rule rule, TestCase.Suite suite) {
        Map<Object, List<TestCase>> together = new LinkedHashMap<>();
        suite.cases().stream()
                .filter(testCase -> !testCase.hasJobsBeside(rule))
                .forEach(testCase -> together.computeIfAbsent(testCase.inCommon(), first -> new ArrayList<>())
                        .add(testCase));
        Set<TestCase> passed = Collections.newSetFromMap(new IdentityHashMap<>());
        together.values().forEach(cases -> judgeTogether(run, rule, cases, suite.window(), passed));
        return passed;
    }

    private void judgeTogether(RuleRun run, Rule rule, List<TestCase> cases, Window window, Set<TestCase> passed) {
        if (cases.size() < 2) {
            return;
        }
        passed.addAll(passedOf(run, rule, cases, window));
        List<TestCase> left =
                cases.stream().filter(testCase -> !passed.contains(testCase)).toList();
        int half = left.size() / 2;
        judgeTogether(run, rule, left.subList(0, half), window, passed);
        judgeTogether(run, rule, left.subList(half, left.size()), window, passed);
    }

    private List<TestCase> passedOf(RuleRun run, Rule rule, List<TestCase> cases, Window window) {
        List<CaseApart> apart = CaseApart.of(cases);
        try {
            RuleRun.Judged judged = judged(run, rule, apart, window);
            return apart.stream()
                    .filter(one -> one.differences(judged).isEmpty())
                    .map(CaseApart::testCase)
                    .toList();
        } catch (RuleException | StoreException | UserError e) {
            return List.of(); // each alone shows whose fault it is
        }
    }

    private List<String> differencesAlone(RuleRun run, Rule rule, TestCase testCase, Window window) {
        CaseApart alone = CaseApart.alone(testCase);
        try {
            return alone.differences(judged(run, rule, List.of(alone), window));
        } catch (RuleException e) {
            return List.of(e.in(rule));
        } catch (StoreException e) {
            return List.of(rule.sqlFile() + ": " + e.getMessage());
        }
    }

    private RuleRun.Judged judged(RuleRun run, Rule rule, List<CaseApart> cases, Window window) {
        GivenRows given = new GivenRows(tables, rule, cases, window);
        given.fill();
        run.know(given.spend(), given.policy());
        return run.judge(rule, rule.parameters(cases.get(0).testCase().params()));
    }

    private static Path createFolder(Path scratch) {
        try {
            return Files.createTempDirectory(scratch, "rule-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
