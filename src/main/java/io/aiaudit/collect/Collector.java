package io.aiaudit.collect;

import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.util.List;

/** Reads one source of facts. Knows its API and nothing about threads, retries, progress or failure. */
public interface Collector {
    /** The name after {@code --source}. */
    String source();

    /** Cuts the work into slices, inventory before metrics; bad credentials surface here. */
    List<Slice> plan(Window window) throws Exception;

    /** Reads one slice, page by page. */
    void collect(Slice slice, Window window, Known known, Sink sink) throws Exception;
}
