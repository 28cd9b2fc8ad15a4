package io.aiaudit.store;

import java.lang.StackWalker.StackFrame;
import java.lang.management.ManagementFactory;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** What the statements of this process took, summed by the step that ran them. Nothing is kept unless requested. */
public final class StatementTimes {
    private static final double NANOSECONDS = 1e9;

    /** What runs statements for others, by its name in full. */
    private static final Set<String> CARRIERS = Set.of(
            StatementTimes.class.getName(),
            Sql.class.getName(),
            LockedStore.class.getName(),
            "io.aiaudit.rules.TempTable");

    private static final Map<String, Step> STEPS = new ConcurrentHashMap<>();
    /** What runs statements on this thread, where it has a name of its own. */
    private static final ThreadLocal<String> NAMED = new ThreadLocal<>();

    private static volatile boolean kept;

    private StatementTimes() {}

    /**
     * The statements of one step.
     *
     * @param name the script, the rule, or the class and method that ran the statements
     * @param rows read or changed, where the statement says so
     * @param processorSeconds of the whole process meanwhile, slices read beside it included
     */
    public record Step(String name, long statements, long rows, double seconds, double processorSeconds) {
        private Step and(Step other) {
            return new Step(
                    name,
                    statements + other.statements,
                    rows + other.rows,
                    seconds + other.seconds,
                    processorSeconds + other.processorSeconds);
        }
    }

    /** One statement that runs. */
    record Running(String step, long began, long processor) {
        void ended(long rows) {
            String name = step == null ? caller() : step;
            Step step = new Step(
                    name,
                    1,
                    rows,
                    (System.nanoTime() - began) / NANOSECONDS,
                    (processorTime() - processor) / NANOSECONDS);
            STEPS.merge(name, step, Step::and);
        }
    }

    /** The statements of {@code work} are a step of this name. */
    public static <T> T named(String name, Supplier<T> work) {
        NAMED.set(name);
        try {
            return work.get();
        } finally {
            NAMED.remove();
        }
    }

    /** From now on they are kept. */
    public static void keep() {
        kept = true;
    }

    /** The steps so far, the longest first. */
    public static List<Step> taken() {
        return STEPS.values().stream()
                .sorted(Comparator.comparingDouble(Step::seconds).reversed())
                .toList();
    }

    /** Null where none are kept; {@code script}: null for a statement that is in none. */
    static Running began(String script) {
        String name = script == null ? NAMED.get() : script;
        return kept ? new Running(name, System.nanoTime(), processorTime()) : null;
    }

    private static long processorTime() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private static String caller() {
        return StackWalker.getInstance()
                .walk(frames -> frames.filter(frame -> !isCarrier(frame.getClassName()))
                        .findFirst()
                        .map(StatementTimes::name)
                        .orElse("unknown"));
    }

    private static boolean isCarrier(String type) {
        int nested = type.indexOf('$');
        return type.startsWith("java.") || CARRIERS.contains(nested < 0 ? type : type.substring(0, nested));
    }

    private static String name(StackFrame frame) {
        String type = frame.getClassName();
        return type.substring(type.lastIndexOf('.') + 1) + "." + frame.getMethodName();
    }
}
