package io.aiaudit.store;

import io.aiaudit.model.FileSet;

/** A file that was read: {@code rows} count, {@code rejectedRows} do not. */
public record ReadFile(
        FileSet.Content content,
        String label,
        String file,
        String dialect,
        long rows,
        long rejectedRows,
        String fingerprint) {}
