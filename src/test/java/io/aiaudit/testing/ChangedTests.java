package io.aiaudit.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * The quick run leaves out a class of tests that passed, as a whole, with the same {@link Inputs}. What passed is
 * in target/passed; without that folder all of them run, as they do in every other run.
 */
public final class ChangedTests implements PostDiscoveryFilter, TestExecutionListener {
    private static final boolean SWITCHED_ON = Boolean.getBoolean("aiaudit.onlyChanged");
    private static final Path PROJECT = Path.of("").toAbsolutePath();
    private static final Path PASSED = PROJECT.resolve("target/passed");

    private static final Map<String, Boolean> UNCHANGED = new HashMap<>();

    private static Inputs inputs;

    private final Set<String> ran = new HashSet<>();
    private final Set<String> notPassed = new HashSet<>();

    @Override
    public FilterResult apply(TestDescriptor test) {
        boolean leftOut = SWITCHED_ON
                && typeOf(test.getSource()).filter(ChangedTests::isUnchanged).isPresent();
        return leftOut ? FilterResult.excluded("unchanged since it passed") : FilterResult.included("");
    }

    /** Needed for each test of a class, worked out once. */
    private static synchronized boolean isUnchanged(String type) {
        return UNCHANGED.computeIfAbsent(type, name -> isRecorded(name, inputs().of(name, true)));
    }

    /** Whether this passed with these inputs; a part of a class, such as a rule, has a name of its own. */
    public static boolean isRecorded(String name, String digest) {
        try {
            Path file = PASSED.resolve(name);
            return SWITCHED_ON && Files.exists(file) && Files.readString(file).equals(digest);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static void record(String name, String digest) {
        if (SWITCHED_ON) {
            try {
                Files.createDirectories(PASSED);
                Files.writeString(PASSED.resolve(name), digest);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** What the result of a class follows from, without the rules. */
    public static String withoutRules(Class<?> type) {
        return SWITCHED_ON ? inputs().of(type.getName(), false) : "";
    }

    private static synchronized Inputs inputs() {
        if (inputs == null) {
            inputs = new Inputs(PROJECT);
        }
        return inputs;
    }

    private static Optional<String> typeOf(Optional<TestSource> source) {
        return source.map(where -> where instanceof MethodSource method
                        ? method.getClassName()
                        : where instanceof ClassSource type ? type.getClassName() : null)
                .map(name -> name.replaceFirst("\\$.*", ""));
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        typeOf(test.getSource()).ifPresent(notPassed::add);
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        typeOf(test.getSource())
                .ifPresent(type ->
                        (result.getStatus() == TestExecutionResult.Status.SUCCESSFUL ? ran : notPassed).add(type));
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        if (SWITCHED_ON) {
            ran.stream()
                    .filter(type -> !notPassed.contains(type))
                    .forEach(type -> record(type, inputs().of(type, true)));
        }
    }
}
