package io.aiaudit.scan;

/**
 * Whether this machine is on its way out, after Ctrl-C or a kill: then nothing new may begin, and what fails is a
 * consequence that need not be reported.
 */
public final class Shutdown {
    private Shutdown() {}

    /** True from the moment in which the first shutdown hook starts, and so before any of them takes something away. */
    public static boolean hasBegun() {
        Thread probe = new Thread(() -> {}, "probe");
        try {
            Runtime.getRuntime().addShutdownHook(probe);
            Runtime.getRuntime().removeShutdownHook(probe);
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }
}
