package io.aiaudit.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells whether a stream of the process is a terminal; Java itself can tell it only of all streams together. */
final class Terminal {
    static final int OUT = 1;
    static final int ERR = 2;

    private Terminal() {}

    static boolean isTerminal(int descriptor) {
        Path link = Path.of("/proc/self/fd/" + descriptor);
        try {
            return Files.isSymbolicLink(link)
                    ? Files.readSymbolicLink(link).toString().matches("/dev/(pts/\\d+|tty.*|console)")
                    : System.getProperty("os.name", "").startsWith("Mac") && test(descriptor);
        } catch (IOException e) {
            return false;
        }
    }

    /** Where there is no /proc, a child with the same streams tells. */
    private static boolean test(int descriptor) throws IOException {
        try {
            return new ProcessBuilder("/bin/test", "-t", Integer.toString(descriptor))
                            .inheritIO()
                            .start()
                            .waitFor()
                    == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
