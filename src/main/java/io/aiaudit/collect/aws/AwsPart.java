package io.aiaudit.collect.aws;

import io.aiaudit.collect.Known;
import io.aiaudit.collect.Slice;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One thing that is read in a region of an account: a slice. */
interface AwsPart {
    /** As gaps and progress call it, such as {@code endpoints}. */
    String word();

    Slice.Dataset dataset();

    /** False where what it reads is not offered. */
    default boolean isIn(String region) {
        return true;
    }

    /** True for what AWS does not have everywhere: a region without it has nothing of it, which is no gap. */
    default boolean mayBeUnknown() {
        return false;
    }

    /** Everything that it calls. */
    List<AwsOperation> operations();

    /** The metrics that it writes, by kind of resource: what rules can examine follows from them. */
    default Map<String, Set<String>> measures() {
        return Map.of();
    }

    void read(AwsPlace place, Window window, Known known, Sink sink) throws Exception;
}
