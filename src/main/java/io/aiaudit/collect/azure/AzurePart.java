package io.aiaudit.collect.azure;

import io.aiaudit.collect.Known;
import io.aiaudit.collect.Slice;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One thing that is read in a subscription: a slice. */
interface AzurePart {
    /** As gaps and progress call it, such as {@code machines}. */
    String word();

    Slice.Dataset dataset();

    /** Everything that it calls. */
    List<AzureOperation> operations();

    /** The metrics that it writes, by kind of resource: what rules can examine follows from them. */
    default Map<String, Set<String>> measures() {
        return Map.of();
    }

    void read(AzurePlace place, Window window, Known known, Sink sink) throws Exception;
}
