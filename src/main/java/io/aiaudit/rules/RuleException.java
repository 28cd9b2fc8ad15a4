package io.aiaudit.rules;

/** The SQL of a rule, or what it returned, is wrong; the message says what. */
final class RuleException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int NO_LINE = 0;

    private final int line;

    RuleException(String problem) {
        this(NO_LINE, problem);
    }

    RuleException(int line, String problem) {
        super(problem);
        this.line = line;
    }

    RuleException(String problem, Throwable cause) {
        super(problem, cause);
        this.line = NO_LINE;
    }

    /** What is wrong, with the file and, where it is known, the line. */
    String in(Rule rule) {
        return rule.sqlFile() + (line == NO_LINE ? "" : ":" + line) + ": " + getMessage();
    }
}
