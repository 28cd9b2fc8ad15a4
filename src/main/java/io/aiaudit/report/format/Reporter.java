package io.aiaudit.report.format;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Brand;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Renders an audit in one format: the same audit gives the same bytes, everywhere and always. */
public interface Reporter {
    /** The name after {@code --format}, and the extension of the file that is written. */
    String format();

    /** The name of the file in the folder of the report. */
    default String fileName() {
        return "aiaudit." + format();
    }

    /** Whether it is no text, so that a terminal cannot show it. */
    default boolean isBinary() {
        return false;
    }

    /** The same with what a consultant puts on it, where the format shows it. */
    default Reporter branded(Brand brand) {
        return this;
    }

    /** The same made by templates of the user, where the format has templates. */
    default Reporter withTemplates(OwnTemplates templates) {
        return this;
    }

    /** The same with what changed since an earlier audit, where the format shows it; null = there is none. */
    default Reporter since(Audit baseline) {
        return this;
    }

    /** What is written beside it when the report goes into a folder. */
    default List<Reporter> beside() {
        return List.of();
    }

    /** Writes the whole report as UTF-8; leaves {@code out} open. */
    void write(Audit audit, OutputStream out) throws IOException;
}
