package io.aiaudit.report.pipeline;

import io.aiaudit.model.Audit;
import io.aiaudit.report.format.Reporter;
import io.aiaudit.report.json.AuditJson;
import java.io.IOException;
import java.io.OutputStream;

/**
 * The audit as JSON, {@code aiaudit/audit/v1}: the contract that other programs read, published as
 * docs/audit.schema.json.
 */
public final class JsonReporter implements Reporter {
    @Override
    public String format() {
        return "json";
    }

    @Override
    public void write(Audit audit, OutputStream out) throws IOException {
        AuditJson.write(audit, out);
    }
}
