package io.aiaudit.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Shows whether a stream of the process is a terminal; Java itself knows it only of all streams together. */
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

    /** Whether what is written to both streams is read together. */
    static boolean isOneTerminal(int descriptor, int other) {
        if (!isTerminal(descriptor) || !isTerminal(other)) {
            return false;
        }
        Path links = Path.of("/proc/self/fd");
        try {
            return !Files.isDirectory(links)
                    || Files.readSymbolicLink(links.resolve(Integer.toString(descriptor)))
                            .equals(Files.readSymbolicLink(links.resolve(Integer.toString(other))));
        } catch (IOException e) {
            return false;
        }
    }

    /** Where there is no /proc, a child with the same streams finds out. */
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
