package io.aiaudit.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;

/**
 * What libraries log: nothing, or with {@code --debug} everything, on standard error and without secrets. Java makes
 * one of it when the first library logs, so that a start without logs pays nothing.
 */
public final class LibraryLogs {
    private static final String CONFIGURATION = "java.util.logging.config.class";
    private static volatile Console console;

    /** Called by Java. */
    public LibraryLogs() throws IOException {
        String properties = console != null && console.isDebugging()
                ? "handlers=" + ToConsole.class.getName() + "\n.level=FINE\n"
                : "handlers=\n.level=OFF\n";
        try (InputStream in = new ByteArrayInputStream(properties.getBytes(StandardCharsets.UTF_8))) {
            LogManager.getLogManager().readConfiguration(in);
        }
    }

    /** Called before any library can log. */
    static void sendTo(Console debugging) {
        console = debugging;
        System.setProperty(CONFIGURATION, LibraryLogs.class.getName());
    }

    /** One line a record, with the trace of what was thrown. */
    public static final class ToConsole extends Handler {
        private final SimpleFormatter words = new SimpleFormatter();

        @Override
        public void publish(LogRecord entry) {
            console.debug(entry.getLevel().getName() + " " + entry.getLoggerName() + ": " + words.formatMessage(entry));
            if (entry.getThrown() != null) {
                console.trace(entry.getThrown());
            }
        }

        @Override
        public void flush() {
            // Every line is flushed.
        }

        @Override
        public void close() {
            // Standard error stays open.
        }
    }
}
