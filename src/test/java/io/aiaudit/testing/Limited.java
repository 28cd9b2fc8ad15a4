package io.aiaudit.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * Limits of time and memory for what refuses an attack. They count the processor time and the allocations of one
 * thread, which other work on the machine does not change.
 */
public final class Limited {
    private static final Duration LITTLE_TIME = Duration.ofSeconds(20);
    private static final long LITTLE_MEMORY = 1L << 30;

    private Limited() {}

    /** It takes less than 20 seconds of a processor, and allocates less than a gigabyte of Java memory in all. */
    public static void toLittle(Runnable work) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long time = threads.getCurrentThreadCpuTime();
        long memory = threads.getCurrentThreadAllocatedBytes();
        work.run();
        assertThat(threads.getCurrentThreadAllocatedBytes() - memory)
                .as("allocated bytes")
                .isLessThan(LITTLE_MEMORY);
        assertThat(Duration.ofNanos(threads.getCurrentThreadCpuTime() - time)).isLessThan(LITTLE_TIME);
    }
}
