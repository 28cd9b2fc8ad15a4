package io.aiaudit.disk;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/**
 * Something could not be written: the disk is full, a limit is reached or permission is missing. Says which in words
 * for people.
 */
public final class NotWritten extends RuntimeException {
    private static final long serialVersionUID = 1L;
    /** What to do where a file may not be as large as it would become. */
    public static final String RAISE_FILE_SIZE = "Raise the limit, then run it again: ulimit -f unlimited";

    private static final String ELSEWHERE = "Name another folder, such as one below your home directory.";

    private final String fix;

    public NotWritten(String problem, String fix, Throwable cause) {
        super(problem, cause);
        this.fix = fix;
    }

    /** The failure to write {@code what}, such as {@code the report}, into {@code where}. */
    public static NotWritten of(String what, Path where, IOException failure) {
        return of(what + " cannot be written into " + where, failure);
    }

    /** What cannot be written, with the reason that the operating system gave. */
    public static NotWritten of(String problem, IOException failure) {
        String reason = reason(failure);
        if (reason.contains("No space left on device") || reason.contains("quota exceeded")) {
            return new NotWritten(
                    problem + ": no space is left on the disk",
                    "Free some space, or name a folder on another disk.",
                    failure);
        }
        if (isOverFileSize(reason)) {
            return new NotWritten(
                    problem + ": the file would be larger than the limit of this shell", RAISE_FILE_SIZE, failure);
        }
        if (reason.contains("Read-only file system")) {
            return new NotWritten(problem + ": the file system is read-only", ELSEWHERE, failure);
        }
        if (reason.contains("Too many open files")) {
            return new NotWritten(
                    problem + ": too many files are open",
                    "Raise the limit, then run it again: ulimit -n 4096",
                    failure);
        }
        if (reason.contains("Bad file descriptor")) {
            return new NotWritten(
                    problem + ": it is closed", "Run it without '>&-', or write to a file with '> FILE'.", failure);
        }
        if (failure instanceof AccessDeniedException) {
            return new NotWritten(problem + ": permission denied", ELSEWHERE, failure);
        }
        return new NotWritten(problem + ": " + reason, ELSEWHERE, failure);
    }

    /** Whether the operating system refused a file because of its size (ulimit -f), by its message. */
    public static boolean isOverFileSize(String message) {
        return message.contains("File too large");
    }

    private static String reason(IOException failure) {
        String reason = failure instanceof FileSystemException system ? system.getReason() : failure.getMessage();
        return reason == null ? String.valueOf(failure.getMessage()) : reason;
    }

    /** What to do. */
    public String fix() {
        return fix;
    }
}
