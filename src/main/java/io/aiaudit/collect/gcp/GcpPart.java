package io.aiaudit.collect.gcp;

import io.aiaudit.collect.Known;
import io.aiaudit.collect.Part;
import io.aiaudit.collect.Slice;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.util.List;

/** One thing that is read in a project. */
abstract class GcpPart extends Part<GoogleOperation> {
    GcpPart(String word, Slice.Dataset dataset, List<GoogleOperation> operations) {
        super(word, dataset, operations);
    }

    abstract void read(GcpPlace place, Window window, Known known, Sink sink);
}
