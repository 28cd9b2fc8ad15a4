package io.aiaudit.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Where aiaudit starts: prints a prepared text at once, and hands everything else to the commands. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        if (!isPrinted(args)) {
            // picocli would look for Groovy, and for that open every jar of the lib folder.
            System.setProperty("picocli.disable.closures", "true");
            System.exit(run(args));
        }
    }

    /**
     * Reports a file of the installation that is missing or not readable, with what the Java platform has itself.
     */
    private static int run(String... args) {
        try {
            return CommandLines.run(args);
        } catch (LinkageError e) {
            PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
            err.println("error: aiaudit failed: a part of it cannot be loaded.");
            err.println("  fix: Install it again, for all who run it: they must be able to read its lib folder.");
            if (List.of(args).contains("--debug")) {
                e.printStackTrace(err);
            }
            return 1;
        }
    }

    private static boolean isPrinted(String... args) {
        try {
            return PreparedText.print(args, new FileOutputStream(FileDescriptor.out));
        } catch (IOException e) {
            System.exit(CommandLines.notPrinted(e, args));
            return true;
        }
    }
}
