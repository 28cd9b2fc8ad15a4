package io.aiaudit.testing;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * How long this process has worked on something, for tests of what must come to an end: processor time, which does not
 * grow while other work has the processors, and in any case a twentieth of the time on the clock, so that waiting for
 * ever is found, too.
 */
public final class Stopwatch {
    private static final int WAITING = 20;

    private final long began = System.nanoTime();
    private final long worked = processorTime();

    private Stopwatch() {}

    public static Stopwatch started() {
        return new Stopwatch();
    }

    /** The time since the start. */
    public Duration time() {
        return Duration.ofNanos(Math.max(processorTime() - worked, (System.nanoTime() - began) / WAITING));
    }

    private static long processorTime() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }
}
