package io.aiaudit.report;

import io.aiaudit.model.Audit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** What a reporter writes about an audit, as text. */
final class Written {
    private Written() {}

    static String by(Reporter reporter, Audit audit) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            reporter.write(audit, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
