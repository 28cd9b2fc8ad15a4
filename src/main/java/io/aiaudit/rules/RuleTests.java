package io.aiaudit.rules;

import io.aiaudit.model.RuleOutcome;
import io.aiaudit.model.UserError;
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
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
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
        for (TestCase testCase : suite.cases()) {
            begun.accept(testCase.name());
            GivenRows given = new GivenRows(tables, rule, testCase, suite.window());
            String difference = String.join("\n", differences(run, given, rule, testCase));
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

    private static List<String> differences(RuleRun run, GivenRows given, Rule rule, TestCase testCase) {
        try {
            given.fill();
            run.know(given.spend(), given.policy());
            RuleRun.Judged judged = run.judge(rule, rule.parameters(testCase.params()));
            RuleOutcome.Evaluated outcome = judged.outcome();
            return new Comparison(testCase).differences(judged.rows(), outcome.notExamined());
        } catch (RuleException e) {
            return List.of(e.in(rule));
        } catch (StoreException e) {
            return List.of(rule.sqlFile() + ": " + e.getMessage());
        }
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
