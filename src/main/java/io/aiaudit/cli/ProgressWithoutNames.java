package io.aiaudit.cli;

import io.aiaudit.scan.Progress;

/**
 * Progress of a scan whose report has no names: which source goes on, not which file or account. A log beside such a
 * report would give away what its pseudonyms stand for.
 */
record ProgressWithoutNames(Progress shown) implements Progress {
    @Override
    public void step(String what) {
        shown.step(what);
    }

    @Override
    public void planned(int slices) {
        shown.planned(slices);
    }

    @Override
    public void read(String source, String slice) {
        shown.read(source, source);
    }

    @Override
    public void notRead(String source, String slice) {
        shown.notRead(source, source);
    }

    @Override
    public void evaluated(String rule) {
        shown.evaluated(rule);
    }

    @Override
    public void defect(String what, Exception failure) {
        shown.defect("a slice", failure);
    }
}
