package io.aiaudit.report;

import io.aiaudit.model.DidYouMean;
import io.aiaudit.model.UserError;
import io.aiaudit.report.format.Reporter;
import io.aiaudit.report.html.HtmlReporter;
import io.aiaudit.report.markdown.MarkdownReporter;
import io.aiaudit.report.markdown.PullRequestReporter;
import io.aiaudit.report.pdf.PdfReporter;
import io.aiaudit.report.pipeline.GithubReporter;
import io.aiaudit.report.pipeline.JsonReporter;
import io.aiaudit.report.pipeline.JunitReporter;
import io.aiaudit.report.pipeline.SarifReporter;
import io.aiaudit.report.table.CsvReporter;
import io.aiaudit.report.table.CsvSetReporter;
import io.aiaudit.report.table.FocusReporter;
import io.aiaudit.report.table.XlsxReporter;
import io.aiaudit.report.terminal.TerminalReporter;
import io.aiaudit.report.terminal.TerminalStyle;
import io.aiaudit.report.text.VisibleText;
import java.util.List;

/** The formats that aiaudit writes, sorted by name. A new one is a class and a line here. */
public final class Reporters {

    private Reporters() {}

    public static List<Reporter> all(TerminalStyle style) {
        return List.of(
                new CsvReporter(),
                new CsvSetReporter(),
                new FocusReporter(),
                new GithubReporter(),
                new HtmlReporter(),
                new JsonReporter(),
                new JunitReporter(),
                new MarkdownReporter(),
                new PdfReporter(),
                new PullRequestReporter(),
                new SarifReporter(),
                new TerminalReporter(style),
                new XlsxReporter());
    }

    /** The names that {@link #find} knows. */
    public static List<String> formats() {
        return all(TerminalStyle.PLAIN).stream().map(Reporter::format).toList();
    }

    /**
     * The reporter of this format.
     *
     * @throws UserError for a name that is no format
     */
    public static Reporter find(String format, TerminalStyle style) {
        return all(style).stream()
                .filter(reporter -> reporter.format().equals(format))
                .findFirst()
                .orElseThrow(() -> unknown(format));
    }

    private static UserError unknown(String format) {
        String suggestion = DidYouMean.closest(format, formats())
                .map(near -> " Did you mean \"" + near + "\"?")
                .orElse("");
        return new UserError(
                "format \"" + VisibleText.of(format) + "\" is not known." + suggestion,
                "Choose from " + String.join(", ", formats())
                        + ", such as 'aiaudit scan --demo --format html -o report'.");
    }
}
