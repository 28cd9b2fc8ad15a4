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
 * @param lost what it was meant to be where it cannot be read; null = no input
 */
public record Recognition(Path file, FileSet.Content content, String form, UserError problem, FileSet.Content lost) {
    private static final String UNKNOWN = "a file of unknown form";

    /** A file that a scan reads. */
    static Recognition of(Path file, FileSet.Content content, String form) {
        return new Recognition(file, content, form, null, null);
    }

    /** One that it does not need. */
    static Recognition unused(Path file, String form) {
        return new Recognition(file, null, form, null, null);
    }

    /** One that cannot be read. */
    static Recognition unreadable(Path file, UserError problem) {
        return new Recognition(file, null, null, problem, LostInput.of(file).orElse(null));
    }

    /** One that can be read, and has the header of none that a scan takes. */
    static Recognition unknown(Path file, UserError problem) {
        return new Recognition(file, null, UNKNOWN, problem, LostInput.of(file).orElse(null));
    }

    /** Whether it can be read, and is of none of the forms that a scan takes. */
    public boolean isUnknown() {
        return UNKNOWN.equals(form);
    }

    /** The sentence about it, beside its name; messages about a file begin with that. */
    public String reason() {
        return problem == null ? form + "." : withoutName(file.toString(), problem.problem());
    }

    /** A sentence about a file without its name, which is beside it. */
    public static String withoutName(String name, String sentence) {
        String rest = sentence.startsWith(name) ? sentence.substring(name.length()) : sentence;
        return rest.replaceFirst("^[: ]+(is (?=an? ))?", "");
    }

    /** What a scan takes for prices. */
    public boolean isPriceList() {
        return content == null && form != null && form.startsWith("a price list");
    }
}
