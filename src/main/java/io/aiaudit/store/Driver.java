package io.aiaudit.store;

import io.aiaudit.disk.AtExit;
import io.aiaudit.disk.NotWritten;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Loads the database's native library. Where none is installed, the driver unpacks one into the temporary folder and
 * has it removed when the machine ends, but only once it is unpacked; so an interrupt waits until it is.
 */
final class Driver {
    private static final String NATIVE = "org.duckdb.DuckDBNative";
    private static final long LONGEST_SECONDS = 30;

    private static boolean loaded;

    private Driver() {}

    /**
     * Loads it once.
     *
     * @throws IllegalStateException when the machine is ending
     */
    static synchronized void load() {
        if (loaded) {
            return;
        }
        CountDownLatch unpacked = new CountDownLatch(1);
        AtExit waiting = AtExit.run("driver", () -> await(unpacked));
        try {
            Class.forName(NATIVE, true, Driver.class.getClassLoader());
            loaded = true;
        } catch (ExceptionInInitializerError e) {
            throw notUnpacked(e);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("the driver of the database has changed", e);
        } finally {
            unpacked.countDown();
            waiting.forget();
        }
    }

    /** The driver wraps what the file system says into a failure of its class. */
    private static RuntimeException notUnpacked(ExceptionInInitializerError failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException system) {
                return NotWritten.of(
                        "the library of the database cannot be unpacked into " + System.getProperty("java.io.tmpdir"),
                        system);
            }
        }
        return new StoreException("the library of the database cannot be loaded: " + reason(failure), failure);
    }

    private static String reason(ExceptionInInitializerError failure) {
        Throwable cause = failure.getCause();
        return cause == null || cause.getMessage() == null ? "it gives no reason" : cause.getMessage();
    }

    private static void await(CountDownLatch unpacked) {
        try {
            unpacked.await(LONGEST_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
