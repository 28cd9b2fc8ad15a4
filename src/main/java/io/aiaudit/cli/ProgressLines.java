package io.aiaudit.cli;

import io.aiaudit.scan.Progress;
import java.util.Locale;

/** Progress for logs: one plain line for each slice that is finished. */
final class ProgressLines implements Progress {
    private final Console console;
    private int planned;
    private int finished;

    ProgressLines(Console console) {
        this.console = console;
    }

    @Override
    public void step(String what) {
        console.say(what);
    }

    @Override
    public void planned(int slices) {
        planned = slices;
    }

    @Override
    public void read(String source, String slice) {
        line(slice);
    }

    @Override
    public void notRead(String source, String slice) {
        // The reason comes once at the end, where "not read" begins its line.
        line(slice + ": failed");
    }

    private void line(String what) {
        finished++;
        console.say(String.format(Locale.ROOT, "  %d/%d %s", finished, Math.max(planned, finished), what));
    }

    @Override
    public void defect(String what, Exception failure) {
        console.defect(failure);
    }
}
