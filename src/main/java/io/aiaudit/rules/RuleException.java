package io.aiaudit.rules;

/** A rule is broken; the message says what is wrong and becomes the problem of its outcome. */
final class RuleException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RuleException(String problem) {
        super(problem);
    }

    RuleException(String problem, Throwable cause) {
        super(problem, cause);
    }
}
