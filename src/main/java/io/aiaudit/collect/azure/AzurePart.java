package io.aiaudit.collect.azure;

import io.aiaudit.collect.Known;
import io.aiaudit.collect.Part;
import io.aiaudit.collect.Slice;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.util.List;

/** One thing that is read in a subscription. */
abstract class AzurePart extends Part<AzureOperation> {
    AzurePart(String word, Slice.Dataset dataset, List<AzureOperation> operations) {
        super(word, dataset, operations);
    }

    abstract void read(AzurePlace place, Window window, Known known, Sink sink) throws Exception;
}
