package io.aiaudit.collect.gcp;

import io.aiaudit.collect.Known;
import io.aiaudit.collect.Slice;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.util.List;

/** One thing that is read in a project: a slice. */
interface GcpPart {
    /** As gaps and progress call it, such as {@code endpoints}. */
    String word();

    default Slice.Dataset dataset() {
        return Slice.Dataset.INVENTORY;
    }

    /** Everything that it calls. */
    List<GoogleOperation> operations();

    void read(GcpPlace place, Window window, Known known, Sink sink);
}
