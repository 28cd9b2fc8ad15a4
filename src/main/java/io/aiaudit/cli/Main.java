package io.aiaudit.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;

/** Where aiaudit starts: prints a prepared text at once, and hands everything else to the commands. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        if (!isPrinted(args)) {
            // picocli would look for Groovy, and for that open every jar of the lib folder.
            System.setProperty("picocli.disable.closures", "true");
            System.exit(CommandLines.run(args));
        }
    }

    private static boolean isPrinted(String... args) {
        try {
            return PreparedText.print(args, new FileOutputStream(FileDescriptor.out));
        } catch (IOException e) {
            System.exit(StandardOutput.isClosedPipe(e) ? ExitCode.PIPE_CLOSED.code() : ExitCode.FAILED.code());
            return true;
        }
    }
}
