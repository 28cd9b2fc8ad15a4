package io.aiaudit.store;

import io.aiaudit.model.FileSet;
import io.aiaudit.model.UserError;
import java.nio.file.Path;

/**
 * What a file is, by its name and header.
 *
 * @param content null = nothing that a scan reads
 * @param form for people: the name of its form, or why a scan does not need it; null where it cannot be read
 * @param problem why it cannot be read, null = none
 */
public record Recognition(Path file, FileSet.Content content, String form, UserError problem) {
    private static final String UNKNOWN = "a file of unknown form";

    /** A file that can be read, and has the header of none that a scan takes. */
    static Recognition unknown(Path file, UserError problem) {
        return new Recognition(file, null, UNKNOWN, problem);
    }

    /** Whether it can be read, and is of none of the forms that a scan takes. */
    public boolean isUnknown() {
        return UNKNOWN.equals(form);
    }

    /** What a scan takes for prices. */
    public boolean isPriceList() {
        return content == null && form != null && form.startsWith("a price list");
    }
}
