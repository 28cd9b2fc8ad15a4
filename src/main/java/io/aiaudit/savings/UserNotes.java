package io.aiaudit.savings;

import io.aiaudit.model.Finding;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the user says of single findings, each with the reason and its position in the file; empty where there is no
 * entry.
 *
 * @param accepted why a finding is ignored
 * @param verified what a finding of low confidence, or without a proof, was checked by: it then counts as any other
 */
public record UserNotes(Function<Finding, Optional<String>> accepted, Function<Finding, Optional<String>> verified) {
    public static final UserNotes NONE = new UserNotes(finding -> Optional.empty(), finding -> Optional.empty());
}
