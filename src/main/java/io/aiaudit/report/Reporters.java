package io.aiaudit.report;

import io.aiaudit.model.DidYouMean;
import io.aiaudit.model.UserError;
import java.util.List;

/** The formats that aiaudit writes, sorted by name. A new one is a class and a line here. */
public final class Reporters {

    private Reporters() {}

    public static List<Reporter> all(TerminalStyle style) {
        return List.of(
                new CsvReporter(),
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
