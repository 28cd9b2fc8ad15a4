package io.aiaudit.cli;

import io.aiaudit.config.Source;
import io.aiaudit.model.SourceReport.Metric;
import io.aiaudit.model.SourceReport.Part;
import io.aiaudit.model.SourceReport.Provided;
import io.aiaudit.report.text.CountedNoun;
import io.aiaudit.scan.CheckedSource;
import io.aiaudit.scan.Export;
import io.aiaudit.scan.RuleOutlook;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Prints what the check of sources found, at most 80 columns wide but for what is to be pasted. */
final class CheckTable {
    private static final int COLUMNS = 80;
    private static final String INDENT = "  ";

    /**
     * So many rules that can examine the same of a source that was only tried are reported in one line; each that
     * examines nothing there has its line.
     */
    private static final int TOGETHER = 3;

    /** So many rules for which the same is missing in what was read are reported in one line. */
    private static final int LACKING_THE_SAME = 2;

    private final Console console;
    private final boolean details;
    private final List<String> lines = new ArrayList<>();

    /** @param details also about kinds of which there is nothing */
    CheckTable(Console console, boolean details) {
        this.console = console;
        this.details = details;
    }

    void print(List<CheckedSource> sources) {
        for (CheckedSource checked : sources) {
            if (!details && checked.source() == Source.FILES) {
                if (!lines.isEmpty()) {
                    lines.add("");
                }
                lines.addAll(CheckSummary.of(checked));
                continue;
            }
            title("Source " + checked.source().key());
            checked.parts().forEach(this::part);
            provided(checked.provided());
            notes(checked.notes());
            rules(checked.rules(), checked.report().rules().isEmpty());
            exports(checked.exports(), kinds(checked));
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
        String state = String.format(Locale.ROOT, "%-11s", part.state().key());
        columns(state, part.name());
        if (part.what() != null) {
            columns(" ".repeat(state.length()), part.what());
        }
        if (part.problem() != null) {
            columns(" ".repeat(state.length()), part.problem());
        }
        if (part.fix() != null) {
            columns(" ".repeat(state.length()) + "fix: ", part.fix());
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
        List<RuleOutlook> absent = rules.stream()
                .filter(rule -> !details && !onlyTried && rule.isAboutAbsentKinds())
                .toList();
        List<RuleOutlook> shown = rules.stream()
                .filter(rule -> !absent.contains(rule))
                .sorted(Comparator.comparing(RuleOutlook::examinesSomething).reversed())
                .toList();
        Map<String, List<RuleOutlook>> bySentence = shown.stream()
                .collect(Collectors.groupingBy(RuleOutlook::sentence, LinkedHashMap::new, Collectors.toList()));
        int width = shown.stream().mapToInt(rule -> rule.id().length()).max().orElse(0) + 2;
        bySentence.forEach((sentence, same) -> {
            if (areTogether(same, onlyTried)) {
                columns("", sentence + ". Rules: " + ids(same));
            } else {
                same.forEach(rule -> columns(String.format(Locale.ROOT, "%-" + width + "s", rule.id()), sentence));
            }
        });
        if (!absent.isEmpty()) {
            columns(
                    "",
                    CountedNoun.of(absent.size(), "rule") + " can't run, since there is no resource of "
                            + (absent.size() == 1 ? "its" : "their") + " kinds; --details shows which.");
        }
    }

    private static boolean areTogether(List<RuleOutlook> same, boolean onlyTried) {
        boolean examined = same.get(0).examinesSomething();
        return onlyTried ? examined && same.size() >= TOGETHER : !examined && same.size() >= LACKING_THE_SAME;
    }

    private static String ids(List<RuleOutlook> rules) {
        return rules.stream().map(RuleOutlook::id).collect(Collectors.joining(", "));
    }

    private static Set<String> kinds(CheckedSource checked) {
        return checked.provided().stream().map(Provided::kind).collect(Collectors.toSet());
    }

    /** @param known kinds of which resources are there; where there are none, all exports may help */
    private void exports(List<Export> exports, Set<String> known) {
        if (exports.isEmpty()) {
            return;
        }
        title("How to get the missing data; docs/consultant/export.sh writes complete files");
        List<Export> helping = exports.stream()
                .filter(export ->
                        details || known.isEmpty() || export.kinds().stream().anyMatch(known::contains))
                .toList();
        for (Export export : helping) {
            columns(
                    "",
                    export.metric() + " of " + export.provider() + " " + String.join(", ", export.kinds()) + ": "
                            + export.note() + ".");
            export.command().forEach(line -> lines.add(INDENT + INDENT + line));
        }
        String absent = exports.stream()
                .filter(export -> !helping.contains(export))
                .flatMap(export -> export.kinds().stream())
                .filter(kind -> !known.contains(kind))
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
        if (!absent.isEmpty()) {
            columns("", "Nothing of these kinds was read; --details shows how to export them: " + absent + ".");
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
