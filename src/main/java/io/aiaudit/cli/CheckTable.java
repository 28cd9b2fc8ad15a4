package io.aiaudit.cli;

import io.aiaudit.model.SourceReport.Metric;
import io.aiaudit.model.SourceReport.Part;
import io.aiaudit.model.SourceReport.Provided;
import io.aiaudit.scan.CheckedSource;
import io.aiaudit.scan.Export;
import io.aiaudit.scan.RuleOutlook;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Prints what the check of sources found, at most 80 columns wide but for what is to be pasted. */
final class CheckTable {
    private static final int COLUMNS = 80;
    private static final String INDENT = "  ";

    /**
     * So many rules that can examine the same of a source that was only tried are told in one breath; each that
     * examines nothing has its line.
     */
    private static final int TOGETHER = 3;

    private final Console console;
    private final List<String> lines = new ArrayList<>();

    CheckTable(Console console) {
        this.console = console;
    }

    void print(List<CheckedSource> sources) {
        for (CheckedSource checked : sources) {
            title("Source " + checked.source().key());
            checked.parts().forEach(this::part);
            provided(checked.provided());
            notes(checked.notes());
            rules(checked.rules(), checked.report().rules().isEmpty());
            exports(checked.exports());
            setup(checked.setup());
        }
        lines.forEach(line -> console.out().println(line));
        console.out().flush();
    }

    private void title(String text) {
        if (!lines.isEmpty()) {
            lines.add("");
        }
        lines.add(text);
    }

    private void part(Part part) {
        String state = String.format(Locale.ROOT, "%-9s", part.state().key());
        columns(state, part.name());
        if (part.what() != null) {
            columns(" ".repeat(state.length()), part.what());
        }
        if (part.problem() != null) {
            columns(" ".repeat(state.length()), part.problem());
        }
        if (part.fix() != null) {
            columns(" ".repeat(state.length()), "fix: " + part.fix());
        }
    }

    private void provided(List<Provided> kinds) {
        if (kinds.isEmpty()) {
            return;
        }
        title("Resources, and how many of them have which metric");
        int width = kinds.stream().mapToInt(kind -> label(kind).length()).max().orElse(0);
        for (Provided kind : kinds) {
            String metrics = kind.metrics().stream().map(CheckTable::metric).collect(Collectors.joining(", "));
            String count = kind.resources() == null ? "" : String.format(Locale.ROOT, "%,6d", kind.resources());
            columns(
                    String.format(Locale.ROOT, "%-" + width + "s%s  ", label(kind), count),
                    metrics.isEmpty() ? "-" : metrics);
        }
    }

    private static String label(Provided kind) {
        return kind.provider() + " " + kind.kind();
    }

    private static String metric(Metric metric) {
        return metric.resources() == null
                ? metric.name()
                : String.format(Locale.ROOT, "%s %,d", metric.name(), metric.resources());
    }

    private void notes(List<String> notes) {
        if (!notes.isEmpty()) {
            title("Notes");
            notes.forEach(note -> columns("", note));
        }
    }

    private void rules(List<RuleOutlook> rules, boolean onlyTried) {
        if (rules.isEmpty()) {
            return;
        }
        title("Rules");
        Map<String, List<RuleOutlook>> bySentence = rules.stream()
                .collect(Collectors.groupingBy(RuleOutlook::sentence, LinkedHashMap::new, Collectors.toList()));
        int width = rules.stream().mapToInt(rule -> rule.id().length()).max().orElse(0) + 2;
        bySentence.forEach((sentence, same) -> {
            if (same.size() < TOGETHER || !onlyTried || !same.get(0).examinesSomething()) {
                same.forEach(rule -> columns(String.format(Locale.ROOT, "%-" + width + "s", rule.id()), sentence));
            } else {
                columns("", sentence + ": " + same.stream().map(RuleOutlook::id).collect(Collectors.joining(", ")));
            }
        });
    }

    private void exports(List<Export> exports) {
        if (exports.isEmpty()) {
            return;
        }
        title("How to get the missing data; docs/consultant/export.sh writes complete files");
        for (Export export : exports) {
            columns(
                    "",
                    export.metric() + " of " + export.provider() + " " + String.join(", ", export.kinds()) + ": "
                            + export.note() + ".");
            export.command().forEach(line -> lines.add(INDENT + INDENT + line));
        }
    }

    private void setup(List<String> setup) {
        if (!setup.isEmpty()) {
            title("Permissions that the source needs");
            setup.forEach(line -> lines.add(Plain.text(line)));
        }
    }

    private void columns(String label, String text) {
        lines.addAll(Wrapped.beside(INDENT + label, text, COLUMNS));
    }
}
