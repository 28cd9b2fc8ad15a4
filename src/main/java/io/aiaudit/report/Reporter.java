package io.aiaudit.report;

import io.aiaudit.model.Audit;
import java.io.IOException;
import java.io.OutputStream;

/** Renders an audit in one format: the same audit gives the same bytes, everywhere and always. */
public interface Reporter {
    /** The name after {@code --format}, and the extension of the file that is written. */
    String format();

    /** Writes the whole report as UTF-8; leaves {@code out} open. */
    void write(Audit audit, OutputStream out) throws IOException;
}
