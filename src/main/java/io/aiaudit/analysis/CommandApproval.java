package io.aiaudit.analysis;

import io.aiaudit.model.Finding;
import io.aiaudit.model.Remedy;
import io.aiaudit.model.Status;
import io.aiaudit.rules.CommandBlock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Stops the commands of a finding that is not approved, in every format: who decides on it may read them, and who
 * pastes them runs none before saying so.
 */
final class CommandApproval {
    /** Why, of each status that is no work to do; none of a shell's own characters, since zsh may read comments. */
    private static final Map<Status, String> REASONS = new EnumMap<>(Map.of(
            Status.UNCONFIRMED, "NOT APPROVED: this needs a decision or a check by hand first.",
            Status.BLOCKED, "NOT APPROVED: the policy forbids this.",
            Status.ACCEPTED, "NOT APPROVED: the cost is accepted as it is.",
            Status.UNPRICED, "NOT APPROVED: its price is unknown, so no saving is stated.",
            Status.ALTERNATIVE, "NOT CHOSEN: another fix for the same resource is counted instead.",
            Status.NO_SAVING, "NOT CHOSEN: this saves nothing."));

    /** A line that only has empty quotes for values; it runs nothing. */
    private static final Pattern VALUES = Pattern.compile("[A-Z_]+_[0-9a-f]+=''(?: [A-Z_]+_[0-9a-f]+='')*");

    private static final String COMMENT = "#";

    private CommandApproval() {}

    /** {@code remedy} of a finding of this status; null where there is none. */
    static Remedy of(Finding finding, Status status, Remedy remedy) {
        String reason = REASONS.get(status);
        if (reason == null || remedy == null || remedy.commands().stream().allMatch(line -> line.startsWith(COMMENT))) {
            return remedy;
        }
        String approved = new CommandBlock(finding.rule(), finding.resourceId()).variable("APPROVED");
        List<String> commands = new ArrayList<>();
        commands.add("# " + reason + " No command below runs until " + approved + " has a value, such as yes:");
        commands.add(approved + "=''");
        remedy.commands()
                .forEach(line -> commands.add(
                        line.startsWith(COMMENT) || VALUES.matcher(line).matches()
                                ? line
                                : ": \"${" + approved + ":?}\" && " + line));
        return remedy.withCommands(commands);
    }
}
