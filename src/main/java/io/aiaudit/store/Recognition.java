package io.aiaudit.store;

import io.aiaudit.model.FileSet;
import io.aiaudit.model.UserError;
import java.nio.file.Path;

/**
 * What a file is, by its name and header.
 *
 * @param content null = nothing that a scan reads
 * @param form for people: the name of its form, or why a scan does not need it; null with a problem
 * @param problem why it cannot be read, null = none
 */
public record Recognition(Path file, FileSet.Content content, String form, UserError problem) {
    /** What a scan takes for prices. */
    public boolean isPriceList() {
        return content == null && form != null && form.startsWith("a price list");
    }
}
