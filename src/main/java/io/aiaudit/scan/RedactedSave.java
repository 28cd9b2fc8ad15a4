package io.aiaudit.scan;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Pseudonyms;
import io.aiaudit.store.RedactedCopy;
import io.aiaudit.store.StoreLimits;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * What is saved of a scan whose names must not leave the house: its tables with pseudonyms, and the audit as it was
 * judged, since rules and policy go by names.
 *
 * @param finishedAudit the audit as JSON with the same pseudonyms; called when all names of the tables are known
 */
public record RedactedSave(Pseudonyms pseudonyms, Function<Audit, String> finishedAudit) {
    void write(Path scan, Path target, StoreLimits limits, Audit audit) {
        RedactedCopy.write(scan, target, limits, pseudonyms, () -> finishedAudit.apply(audit));
    }
}
