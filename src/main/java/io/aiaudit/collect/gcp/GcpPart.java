package io.aiaudit.collect.gcp;

import io.aiaudit.collect.Known;
import io.aiaudit.collect.Part;
import io.aiaudit.collect.Slice;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.util.List;

/** One thing that is read in a project. */
abstract class GcpPart extends Part<GoogleOperation> {
    GcpPart(String label, Slice.Dataset dataset, List<GoogleOperation> operations) {
        super(label, dataset, operations);
    }

    abstract void read(GcpSession session, Window window, Known known, Sink sink);
}
