package io.aiaudit.report.html;

import io.aiaudit.report.SampleAudit;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the sample as HTML in a process of its own, which a test starts without fonts. */
public final class FontlessReport {
    private FontlessReport() {}

    public static void main(String[] arguments) throws IOException {
        try (OutputStream out = Files.newOutputStream(Path.of(arguments[0]))) {
            new HtmlReporter().write(SampleAudit.rich(), out);
        }
    }
}
