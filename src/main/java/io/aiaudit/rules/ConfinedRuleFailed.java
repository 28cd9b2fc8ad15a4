package io.aiaudit.rules;

/** A rule that did not return rows in the process where it ran; the message says why, with the file. */
final class ConfinedRuleFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ConfinedRuleFailed(String problem) {
        super(problem);
    }

    ConfinedRuleFailed(String problem, Throwable cause) {
        super(problem, cause);
    }
}
