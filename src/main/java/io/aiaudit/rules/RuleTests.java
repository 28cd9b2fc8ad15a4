package io.aiaudit.rules;

import io.aiaudit.model.RuleOutcome;
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
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Runs the cases of a rule's tests.yaml through the same engine that runs the rule, for {@code aiaudit rules test} and for our own tests. */
public final class RuleTests {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long MEMORY_MIB = 512;

    private RuleTests() {}

    /**
     * What became of one case.
     *
     * @param difference what was expected and what came, one line each; empty when it passed
     */
    public record Result(String rule, String name, boolean passed, String difference) {}

    /**
     * Runs every case.
     *
     * @param scratch a private folder of the caller, who removes it even when he is interrupted
     * @throws UserError when tests.yaml cannot be understood
     */
    public static List<Result> run(Rule rule, Path scratch) {
        TestCase.Suite suite = TestCase.read(rule);
        Path folder = createFolder(scratch);
        try (LockedStore store = emptyStore(folder)) {
            GivenTables tables = new GivenTables(store);
            List<Result> results = new ArrayList<>();
            for (TestCase testCase : suite.cases()) {
                String difference = String.join(
                        "\n",
                        differences(
                                store,
                                new GivenRows(tables, rule, testCase, suite.window()),
                                rule,
                                testCase,
                                suite.window()));
                results.add(new Result(rule.id(), testCase.name(), difference.isEmpty(), difference));
            }
            return results;
        } finally {
            delete(folder);
        }
    }

    private static LockedStore emptyStore(Path folder) {
        Path file = folder.resolve("tests.aiaudit");
        EmptyStore.write(file);
        return LockedStore.open(file, new StoreLimits(MEMORY_MIB, 1, folder.resolve("spill")));
    }

    private static List<String> differences(
            LockedStore store, GivenRows given, Rule rule, TestCase testCase, Window window) {
        try {
            given.fill();
            RuleRun run = new RuleRun(store, window, GivenTables.BASE, PATIENCE, given.spend(), given.policy());
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
