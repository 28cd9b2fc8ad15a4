package io.aiaudit.report;

import io.aiaudit.model.DidYouMean;
import io.aiaudit.model.UserError;
import io.aiaudit.report.compare.History;
import io.aiaudit.report.html.HistoryPage;
import io.aiaudit.report.json.AuditMapper;
import io.aiaudit.report.pdf.HistoryPaper;
import io.aiaudit.report.terminal.TerminalHistory;
import io.aiaudit.report.terminal.TerminalPage;
import io.aiaudit.report.terminal.TerminalStyle;
import io.aiaudit.report.text.VisibleText;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Renders what came of the findings, for a person or for a program. */
public final class HistoryReport {
    /** The names that {@link #of} knows; the first is the default. */
    public static final List<String> FORMATS = List.of("terminal", "html", "pdf", "json");

    private final String format;
    private final TerminalStyle style;
    private final String client;

    private HistoryReport(String format, TerminalStyle style, String client) {
        this.format = format;
        this.style = style;
        this.client = client;
    }

    /**
     * The way of rendering of this name.
     *
     * @param client name of the company for the page and the PDF, empty = not known
     * @throws UserError for a name that is no format of a history
     */
    public static HistoryReport of(String format, TerminalStyle style, String client) {
        if (!FORMATS.contains(format)) {
            throw new UserError(
                    "history has no format \"" + VisibleText.of(format) + "\".",
                    DidYouMean.sentence(format, FORMATS) + " Such as: aiaudit history audits -f html -o report");
        }
        return new HistoryReport(format, style, client);
    }

    /** Whether it is no text, so that a terminal cannot show it. */
    public boolean isBinary() {
        return format.equals("pdf");
    }

    /** The name of the file in the folder of the report. */
    public String fileName() {
        return "aiaudit-history." + (format.equals("terminal") ? "txt" : format);
    }

    /** Writes the history; leaves {@code out} open. */
    public void write(History history, OutputStream out) throws IOException {
        switch (format) {
            case "json" -> {
                AuditMapper.writer().writeValue(out, history);
                out.write('\n');
            }
            case "html" -> HistoryPage.write(history, client, out);
            case "pdf" -> HistoryPaper.write(history, client, out);
            default -> {
                TerminalPage page = new TerminalPage(style);
                TerminalHistory.write(history, page);
                out.write(page.toString().getBytes(StandardCharsets.UTF_8));
            }
        }
        out.flush();
    }
}
