package io.aiaudit.report;

import io.aiaudit.model.DidYouMean;
import io.aiaudit.model.UserError;
import io.aiaudit.report.compare.AuditDiff;
import io.aiaudit.report.json.AuditMapper;
import io.aiaudit.report.markdown.MarkdownDiff;
import io.aiaudit.report.terminal.TerminalDiff;
import io.aiaudit.report.terminal.TerminalPage;
import io.aiaudit.report.terminal.TerminalStyle;
import io.aiaudit.report.text.VisibleText;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Renders what changed between two audits, for a person or for a program. */
public final class DiffReport {
    /** The names that {@link #of} knows; the first is the default. */
    public static final List<String> FORMATS = List.of("terminal", "json", "md");

    private final String format;
    private final TerminalStyle style;

    private DiffReport(String format, TerminalStyle style) {
        this.format = format;
        this.style = style;
    }

    /**
     * The way of rendering of this name.
     *
     * @throws UserError for a name that is no format of a comparison
     */
    public static DiffReport of(String format, TerminalStyle style) {
        if (!FORMATS.contains(format)) {
            throw new UserError(
                    "diff has no format \"" + VisibleText.of(format) + "\".",
                    DidYouMean.sentence(format, FORMATS) + " Such as: aiaudit diff may.json june.json -f json");
        }
        return new DiffReport(format, style);
    }

    /** Writes the comparison as UTF-8; leaves {@code out} open. */
    public void write(AuditDiff diff, OutputStream out) throws IOException {
        if (format.equals("json")) {
            AuditMapper.writer().writeValue(out, diff);
            out.write('\n');
        } else if (format.equals("md")) {
            out.write(MarkdownDiff.text(diff).getBytes(StandardCharsets.UTF_8));
        } else {
            TerminalPage page = new TerminalPage(style);
            TerminalDiff.write(diff, page);
            out.write(page.toString().getBytes(StandardCharsets.UTF_8));
        }
        out.flush();
    }
}
