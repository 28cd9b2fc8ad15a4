package io.aiaudit.collect.aws;

import io.aiaudit.collect.Known;
import io.aiaudit.collect.Part;
import io.aiaudit.collect.Slice;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.util.List;

/** One thing that is read in a region of an account. */
abstract class AwsPart extends Part<AwsOperation> {
    AwsPart(String label, Slice.Dataset dataset, List<AwsOperation> operations) {
        super(label, dataset, operations);
    }

    /** False where what it reads is not offered. */
    public boolean isIn(String region) {
        return true;
    }

    /** True for what AWS does not have everywhere: a region without it has nothing of it, which is no gap. */
    public boolean mayBeUnknown() {
        return false;
    }

    abstract void read(AwsSession session, Window window, Known known, Sink sink) throws Exception;
}
