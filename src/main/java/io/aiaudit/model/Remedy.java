package io.aiaudit.model;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * One way to fix a finding, with commands that hold the resource's own values, quoted for a shell.
 *
 * @param terraform the lines of a snippet with the resource's own values, quoted for HCL; empty where there is none
 * @param oneOff what carrying it out takes once; null where no hours are configured
 */
public record Remedy(
        String action,
        String effort,
        String speed,
        String compliance,
        List<String> commands,
        List<String> terraform,
        OneOff oneOff) {
    private static final Pattern NO_EFFECT = Pattern.compile("(?:none|no change)\\b.*", Pattern.DOTALL);

    /** An audit of an older version knows no snippets. */
    public Remedy {
        commands = List.copyOf(commands);
        terraform = terraform == null ? List.of() : List.copyOf(terraform);
    }

    public Remedy(String action, String effort, String speed, String compliance, List<String> commands) {
        this(action, effort, speed, compliance, commands, List.of(), null);
    }

    public Remedy(
            String action,
            String effort,
            String speed,
            String compliance,
            List<String> commands,
            List<String> terraform) {
        this(action, effort, speed, compliance, commands, terraform, null);
    }

    /** The same with what carrying it out takes once. */
    public Remedy withOneOff(OneOff estimate) {
        return new Remedy(action, effort, speed, compliance, commands, terraform, estimate);
    }

    /** The same with other lines to paste. */
    public Remedy withCommands(List<String> lines) {
        return new Remedy(action, effort, speed, compliance, lines, terraform, oneOff);
    }

    /**
     * Whether words about speed or compliance say that nothing changes: they begin with {@code no change} or {@code
     * none}, and what follows is a condition. An empty text is not that.
     */
    public static boolean isNoEffect(String words) {
        return words != null
                && NO_EFFECT.matcher(words.strip().toLowerCase(Locale.ROOT)).matches();
    }
}
