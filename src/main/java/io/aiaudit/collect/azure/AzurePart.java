package io.aiaudit.collect.azure;

import io.aiaudit.collect.Known;
import io.aiaudit.collect.Part;
import io.aiaudit.collect.Slice;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.util.List;

/** One thing that is read in a subscription. */
abstract class AzurePart extends Part<AzureOperation> {
    AzurePart(String label, Slice.Dataset dataset, List<AzureOperation> operations) {
        super(label, dataset, operations);
    }

    abstract void read(AzureSession session, Window window, Known known, Sink sink) throws Exception;
}
