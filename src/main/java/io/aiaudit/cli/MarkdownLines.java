package io.aiaudit.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page of documentation for a terminal: paragraphs and items of lists as wide as it is, links as their text. */
final class MarkdownLines {
    /** The prefix of an item of a list. */
    private static final Pattern ITEM = Pattern.compile(" *([-*] |[0-9]+[.] )");

    private static final Pattern CODE_OR_LINK = Pattern.compile("`[^`]*`|\\[([^\\]\\[]+)]\\(([^)\\s]+)\\)");
    private static final String FENCE = "```";

    private final int columns;
    private final List<String> lines = new ArrayList<>();
    private final StringBuilder paragraph = new StringBuilder();
    private String label = "";

    private MarkdownLines(int columns) {
        this.columns = columns;
    }

    /** The lines of a page; code and tables as they are, since they mean something by their columns. */
    static List<String> of(String markdown, int columns) {
        MarkdownLines page = new MarkdownLines(columns);
        page.read(markdown.strip().lines().toList());
        return page.lines;
    }

    private void read(List<String> source) {
        boolean code = false;
        for (String line : source) {
            boolean fence = line.strip().startsWith(FENCE);
            if (code || fence || line.startsWith("|") || isIndentedCode(line)) {
                end();
                lines.add(Plain.text(line));
                code ^= fence;
            } else if (line.isBlank()) {
                end();
                lines.add("");
            } else {
                text(line);
            }
        }
        end();
    }

    /** Within an item of a list an indent only continues it. */
    private boolean isIndentedCode(String line) {
        return line.startsWith("    ")
                && paragraph.isEmpty()
                && label.isEmpty()
                && !ITEM.matcher(line).lookingAt();
    }

    private void text(String line) {
        Matcher item = ITEM.matcher(line);
        boolean heading = line.startsWith("#");
        if (item.lookingAt() || heading) {
            end();
            label = heading ? "" : item.group();
            paragraph.append(heading ? line : line.substring(label.length()));
            if (heading) {
                end();
            }
        } else {
            paragraph.append(paragraph.isEmpty() ? "" : " ").append(line.strip());
        }
    }

    private void end() {
        if (!paragraph.isEmpty()) {
            lines.addAll(Wrapped.beside(label, withoutLinks(paragraph.toString()), columns));
            paragraph.setLength(0);
        }
        label = "";
    }

    /** Another page of the documentation is no address on a terminal; one of the web is. */
    private static String withoutLinks(String text) {
        return CODE_OR_LINK
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(
                        found.group(1) == null
                                ? found.group()
                                : found.group(2).matches("https?:.*")
                                        ? found.group(1) + " (" + found.group(2) + ")"
                                        : found.group(1)));
    }
}
