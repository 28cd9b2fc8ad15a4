package io.aiaudit.model;

import java.util.Objects;

/**
 * A failure that the user can do something about: what happened, with the value and where it is, and what to do, with a
 * command to paste.
 */
public final class UserError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String problem;
    private final String fix;

    public UserError(String problem, String fix) {
        this(problem, fix, null);
    }

    public UserError(String problem, String fix, Throwable cause) {
        super(problem + " " + fix, cause);
        this.problem = Objects.requireNonNull(problem);
        this.fix = Objects.requireNonNull(fix);
    }

    public String problem() {
        return problem;
    }

    public String fix() {
        return fix;
    }
}
