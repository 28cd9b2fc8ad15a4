package io.aiaudit.cli;

/** Where aiaudit starts: prints the prepared texts at once, and hands everything else to the commands. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        PreparedText text = PreparedText.answering(args);
        if (text == null || !text.print(System.out)) {
            System.exit(CommandLines.run(args));
        }
    }
}
