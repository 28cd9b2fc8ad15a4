package io.aiaudit.cli;

import io.aiaudit.scan.Progress;

/** Silence, except about what failed inside. */
record ProgressOnlyDefects(Console console) implements Progress {
    @Override
    public void defect(String what, Exception failure) {
        console.defect(failure);
    }
}
