package io.aiaudit.collect;

import io.aiaudit.model.UserError;
import java.util.Optional;

/** What the failures of one cloud's calls mean. */
public interface Failures {
    /** As a problem and its fix; empty where it is none of the cloud's failures, but our defect. */
    Optional<UserError> explain(Exception failure);

    /** True where the service is not well, or the way to it: the next call is likely to fail as well. */
    boolean isOfService(RuntimeException failure);

    /** True where the service has no such operation there, which leaves nothing to read. */
    default boolean isUnknownOperation(RuntimeException failure) {
        return false;
    }
}
