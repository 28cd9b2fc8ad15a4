package io.aiaudit.collect;

import io.aiaudit.model.Gap;
import io.aiaudit.model.Sink;
import io.aiaudit.model.UserError;
import io.aiaudit.model.Window;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads one source of facts. Knows its API and nothing about threads, retries, progress or failure. */
public interface Collector extends AutoCloseable {
    /** The name after {@code --source}. */
    String source();

    /**
     * The accounts, subscriptions or projects to read. Each is planned by itself, so that one that is closed to us is
     * one gap and takes no other with it. Bad credentials surface here. A source that has no such thing has one without
     * a name.
     *
     * @param unread takes what lists of them did not give
     */
    default List<String> accounts(Consumer<Gap> unread) throws Exception {
        return List.of("");
    }

    /** Cuts the work on one account into slices, inventory before metrics. */
    List<Slice> plan(String account, Window window) throws Exception;

    /**
     * What can be read though the account that it lies in could not be planned, such as the bill of all accounts; once
     * in a scan.
     */
    default List<Slice> beside(String closedAccount) {
        return List.of();
    }

    /** Reads one slice, page by page. */
    void collect(Slice slice, Window window, Known known, Sink sink) throws Exception;

    /** What its slices read, part by part; empty where it measures nothing. */
    default List<? extends Part<?>> parts() {
        return List.of();
    }

    /**
     * What a failure of the source's library means for the user; empty where it is none of those that a source can
     * have, but our defect.
     */
    default Optional<UserError> explain(Exception failure) {
        return Optional.empty();
    }

    /** What reading cost so far, such as requests by operation; empty where it costs nothing. */
    default ScanCost cost() {
        return ScanCost.NONE;
    }

    /** Lets go of connections; nothing is read afterwards. */
    @Override
    default void close() {}
}
