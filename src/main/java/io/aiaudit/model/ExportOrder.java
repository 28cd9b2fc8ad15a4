package io.aiaudit.model;

import java.util.Comparator;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Which run of an export counts, in a folder and in the storage of every cloud: the newest of those whose parts are all
 * there, else the newest.
 */
public final class ExportOrder {
    private ExportOrder() {}

    /**
     * Last is the newest: the one written last. Of two of one time, since a copy of the manifest may lie with each run,
     * it is the one higher in the folders.
     */
    public static <R, T extends Comparable<T>> Comparator<R> newest(
            Function<R, T> written, Function<R, String> manifest) {
        return Comparator.comparing(written)
                .thenComparing(run -> -manifest.apply(run).split("[/\\\\]", -1).length)
                .thenComparing(manifest);
    }

    /** Last is the one that counts. */
    public static <R> Comparator<R> best(Predicate<R> isWhole, Comparator<R> newest) {
        return Comparator.<R, Boolean>comparing(isWhole::test).thenComparing(newest);
    }
}
