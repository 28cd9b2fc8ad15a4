package io.aiaudit.scan;

import io.aiaudit.model.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The file of {@code --save}: written beside its place and moved there when it is complete, so that nobody meets half of it. */
final class SavedFile {
    private final Path target;
    private final Path partial;
    private final Scratch scratch;

    private SavedFile(Path target, Path partial, Scratch scratch) {
        this.target = target;
        this.partial = partial;
        this.scratch = scratch;
    }

    /** Null for null: nothing is to be saved. */
    static SavedFile of(Path target, Scratch scratch) {
        if (target == null) {
            return null;
        }
        Path partial = target.resolveSibling(target.getFileName() + ".partial");
        if (Files.exists(partial)) {
            throw new UserError(
                    partial + " exists: another scan is writing it, or one was killed.",
                    "If no other scan is running, remove it: rm " + partial);
        }
        scratch.file(partial);
        return new SavedFile(target, partial, scratch);
    }

    Path partial() {
        return partial;
    }

    /** Replaces an older file of this name. */
    void complete() {
        try {
            Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            scratch.keep(partial);
        } catch (IOException e) {
            throw new ScanFailed(target + " cannot be written: " + e.getMessage(), e);
        }
    }
}
