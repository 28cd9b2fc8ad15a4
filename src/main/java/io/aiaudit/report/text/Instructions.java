package io.aiaudit.report.text;

import io.aiaudit.model.Remedy;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How a remedy is carried out: lines to paste, or the sentence that says why there are none.
 *
 * @param lines for a shell, comments among them; empty where none of them would do anything
 * @param byHand what is done without a command; empty where there are lines
 */
public record Instructions(List<String> lines, String byHand) {
    public static final String NO_COMMAND = "No command is known for this resource; follow the action by hand.";

    private static final String COMMENT = "#";

    /** {@code remedy} may be null: then none is known. */
    public static Instructions of(Remedy remedy) {
        if (remedy == null) {
            return new Instructions(List.of(), "No command: no remedy is known.");
        }
        List<String> commands = remedy.commands();
        if (commands.isEmpty()) {
            return new Instructions(List.of(), remedy.terraform().isEmpty() ? NO_COMMAND : "");
        }
        if (commands.stream().allMatch(line -> line.startsWith(COMMENT))) {
            return new Instructions(
                    List.of(),
                    commands.stream()
                            .map(line -> line.replaceFirst("^#+\\s*", ""))
                            .collect(Collectors.joining(" ")));
        }
        return new Instructions(commands, "");
    }
}
