package io.aiaudit.cli;

import io.aiaudit.scan.Progress;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;

/** Progress for people: one line that is rewritten, and gone when the work is done. */
final class ProgressOnTerminal implements Progress {
    private static final int WIDEST = 78;

    private final Console console;
    private ProgressBar bar;

    ProgressOnTerminal(Console console) {
        this.console = console;
    }

    @Override
    public void step(String what) {
        close();
        console.say(what);
    }

    @Override
    public void planned(int slices) {
        bar = new ProgressBarBuilder()
                .setTaskName("")
                .setInitialMax(slices)
                .setStyle(ProgressBarStyle.ASCII)
                .setConsumer(new Line(console))
                .build();
    }

    @Override
    public void read(String source, String slice) {
        bar.step();
        bar.setExtraMessage(" " + Plain.text(slice));
    }

    @Override
    public void notRead(String source, String slice) {
        bar.step();
    }

    @Override
    public void defect(String what, Exception failure) {
        console.defect(failure);
    }

    private void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }

    /** Rewrites the last line of standard error; requests nothing from the terminal. */
    private record Line(Console console) implements ProgressBarConsumer {
        @Override
        public int getMaxRenderedLength() {
            return width();
        }

        /** Two less than the terminal has: a line that fills it would break. */
        private int width() {
            return Math.max(1, Math.min(WIDEST, console.columns() - 2));
        }

        @Override
        public void accept(String rendered) {
            console.err().print("\r" + rendered);
            console.err().flush();
        }

        @Override
        public void close() {
            console.err().print("\r" + " ".repeat(width()) + "\r");
            console.err().flush();
        }
    }
}
