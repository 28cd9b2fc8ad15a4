package io.aiaudit.model;

import java.nio.file.Files;
import java.nio.file.Path;
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
        super(FailureText.of(problem) + " " + fix, cause);
        this.problem = Objects.requireNonNull(FailureText.of(problem));
        this.fix = Objects.requireNonNull(fix);
    }

    /**
     * What is to be read is a regular file.
     *
     * @param named as the user named it
     * @param ifMissing what follows the name where nothing is there
     * @throws UserError when it is none
     */
    public static void unlessFile(Path file, String named, String ifMissing, String fix) {
        if (!Files.isRegularFile(file)) {
            String why = Files.exists(file) ? " is not a regular file." : ifMissing;
            throw new UserError(named + (Files.isDirectory(file) ? " is a folder." : why), fix);
        }
    }

    public String problem() {
        return problem;
    }

    public String fix() {
        return fix;
    }
}
