package io.aiaudit.model;

import java.util.List;

/** One way to fix a finding, with commands that hold the resource's own values, quoted for a shell. */
public record Remedy(String action, String effort, String speed, String compliance, List<String> commands) {
    public Remedy {
        commands = List.copyOf(commands);
    }
}
