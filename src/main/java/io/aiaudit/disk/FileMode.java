package io.aiaudit.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who may read and write a finished file, as of chmod. Reports and saved scans name resources and costs, so by default
 * they are for their owner only.
 */
public final class FileMode {
    public static final FileMode PRIVATE = of("0600").orElseThrow();

    /** For what holds nothing of a bill. */
    public static final FileMode SHARED = of("0644").orElseThrow();

    private final Set<PosixFilePermission> permissions;

    private FileMode(Set<PosixFilePermission> permissions) {
        this.permissions = permissions;
    }

    /**
     * Of octal digits such as {@code 0640}. Empty where it is none, the owner could not read and write, others could
     * write, or the file would be executable.
     */
    public static Optional<FileMode> of(String octal) {
        if (!octal.matches("0?6[046][04]")) {
            return Optional.empty();
        }
        String permissions = octal.chars()
                .skip(octal.length() - 3L)
                .mapToObj(digit -> digit == '6' ? "rw-" : digit == '4' ? "r--" : "---")
                .collect(Collectors.joining());
        return Optional.of(new FileMode(PosixFilePermissions.fromString(permissions)));
    }

    /** Does nothing where the file system knows no such permissions. */
    void set(Path file) throws IOException {
        if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(file, permissions);
        }
    }
}
