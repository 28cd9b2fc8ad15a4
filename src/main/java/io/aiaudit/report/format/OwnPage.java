package io.aiaudit.report.format;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the templates of a user made, kept to what a report may do in the program that shows it: load nothing and run
 * nothing.
 */
public final class OwnPage {
    private static final Pattern HEAD = Pattern.compile("(?i)<(meta|link|base|iframe|object|embed|script)\\b");
    private static final Pattern HARMLESS = Pattern.compile("<meta charset=\"utf-8\">"
            + "|<meta name=\"[a-z-]+\" content=\"[^\"<>]*\">"
            + "|<meta http-equiv=\"Content-Security-Policy\" content=\"[^\"<>]*\">"
            + "|<link rel=\"icon\" href=\"data:[^\"<>]*\">");
    private static final String SCRIPT = "<script>";

    /** Images, which Markdown loads, and elements of HTML. */
    private static final Pattern LOADED = Pattern.compile("!(?=\\[)");

    private static final Pattern ELEMENT = Pattern.compile("<(?=[a-zA-Z/!?])");

    private OwnPage() {}

    /** A page of HTML: the policy of aiaudit comes first and holds whatever the template says. */
    public static String html(OwnTemplates templates, Map<String, Object> page, String policy) {
        String made = new TemplateSandbox(templates).evaluated(OwnTemplates.PAGE, page, "html");
        String script = String.valueOf(page.get("script"));
        Matcher head = HEAD.matcher(made);
        while (head.find()) {
            boolean ours = made.startsWith(SCRIPT + script + "</script>", head.start());
            if (!ours
                    && !HARMLESS.matcher(made)
                            .region(head.start(), made.length())
                            .lookingAt()) {
                throw templates.refused(
                        "the page has <" + head.group(1) + "> that could load, send or run something.", null);
            }
        }
        return "<!doctype html>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\""
                + policy.replace("'", "&#39;") + "\">\n" + made;
    }

    /** Markdown in which nothing is loaded and no element of HTML remains; in code, too, where it does no harm. */
    public static String markdown(OwnTemplates templates, Map<String, Object> page) {
        String made = new TemplateSandbox(templates).evaluated(OwnTemplates.MARKDOWN, page, "markdown");
        return ELEMENT.matcher(LOADED.matcher(made).replaceAll("!\\\\")).replaceAll("&lt;");
    }
}
