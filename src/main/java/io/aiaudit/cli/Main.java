package io.aiaudit.cli;

/** Where aiaudit starts: prints a prepared text at once, and hands everything else to the commands. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        if (!PreparedText.print(args, System.out)) {
            // picocli would look for Groovy, and for that open every jar of the lib folder.
            System.setProperty("picocli.disable.closures", "true");
            System.exit(CommandLines.run(args));
        }
    }
}
