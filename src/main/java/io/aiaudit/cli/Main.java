package io.aiaudit.cli;

/** Where aiaudit starts: prints a prepared text at once, and hands everything else to the commands. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        if (!PreparedText.print(args, System.out)) {
            System.exit(CommandLines.run(args));
        }
    }
}
