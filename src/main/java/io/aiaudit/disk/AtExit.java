package io.aiaudit.disk;

/** What is done when the process ends, by Ctrl-C too, unless it is forgotten before. */
public final class AtExit {
    private final Thread hook;

    private AtExit(Thread hook) {
        this.hook = hook;
    }

    /**
     * From now on; {@code name} is for those who look at the threads of a process.
     *
     * @throws IllegalStateException when the process is ending already
     */
    public static AtExit run(String name, Runnable work) {
        Thread hook = new Thread(work, name);
        Runtime.getRuntime().addShutdownHook(hook);
        return new AtExit(hook);
    }

    /** Not any more. */
    public void forget() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending already.
            return;
        }
    }
}
