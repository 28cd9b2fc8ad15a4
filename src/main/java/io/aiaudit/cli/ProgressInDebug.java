package io.aiaudit.cli;

import io.aiaudit.scan.Progress;

/** Progress with the moment of every event, for whoever looks for what takes so long. */
record ProgressInDebug(Progress shown, Console console) implements Progress {
    @Override
    public void step(String what) {
        shown.step(what);
        console.debug("step " + what);
    }

    @Override
    public void planned(int slices) {
        shown.planned(slices);
        console.debug(slices + " slices planned");
    }

    @Override
    public void read(String source, String slice) {
        shown.read(source, slice);
        console.debug("read " + source + " " + slice);
    }

    @Override
    public void notRead(String source, String slice) {
        shown.notRead(source, slice);
        console.debug("not read " + source + " " + slice);
    }

    @Override
    public void evaluated(String rule) {
        shown.evaluated(rule);
        console.debug("evaluated " + rule);
    }

    @Override
    public void defect(String what, Exception failure) {
        console.debug("failed " + what);
        shown.defect(what, failure);
    }
}
