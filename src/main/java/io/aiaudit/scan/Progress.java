package io.aiaudit.scan;

/** Follows a scan. Called from several threads, one call at a time. */
public interface Progress {
    /** Follows nothing. */
    Progress NONE = new Progress() {};

    /** The next step begins, such as {@code Reading 3 files}. */
    default void step(String what) {}

    /** So many slices are about to be read. */
    default void planned(int slices) {}

    /** A slice has landed. */
    default void read(String source, String slice) {}

    /** A slice was not read. */
    default void notRead(String source, String slice) {}

    /** A rule has been run. */
    default void evaluated(String rule) {}

    /** Something inside aiaudit failed that is not the user's fault. */
    default void defect(String what, Exception failure) {}
}
