package io.aiaudit.report;

import io.aiaudit.model.Audit;
import io.aiaudit.report.format.Reporter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** What a reporter writes about an audit, as text. */
public final class Written {
    private Written() {}

    public static String by(Reporter reporter, Audit audit) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            reporter.write(audit, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
