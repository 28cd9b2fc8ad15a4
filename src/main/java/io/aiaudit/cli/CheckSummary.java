package io.aiaudit.cli;

import io.aiaudit.model.Audit.RuleReport;
import io.aiaudit.model.SourceReport.Part;
import io.aiaudit.model.SourceReport.Provided;
import io.aiaudit.model.SourceReport.State;
import io.aiaudit.report.text.Amounts;
import io.aiaudit.report.text.CountedNoun;
import io.aiaudit.report.text.DisplayText;
import io.aiaudit.scan.CheckedSource;
import io.aiaudit.scan.RuleOutlook;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What was read of a source, and what would help most, on one screen of {@value #LINES} lines: a terminal has 24, and
 * the progress of the check is above it. Three files with a problem have all their lines all the same.
 */
final class CheckSummary {
    static final int LINES = 19;

    private static final int COLUMNS = 80;
    private static final String INDENT = "  ";
    private static final int STATE = 11;
    private static final int COUNT = 6;
    private static final int CHECKS = 12;
    private static final int NAMED = 3;

    /**
     * How many entries the lists have at most.
     *
     * @param parts with what is wrong with them, which takes three lines and more
     */
    private record Room(int parts, int others) {}

    private static final Comparator<State> ORDER = Comparator.comparing(
                    (State state) -> state == State.UNUSED ? 2 : state == State.READY ? 1 : 0)
            .thenComparing(Comparator.naturalOrder());

    /** The widest first. */
    private static final List<Room> ROOMS = List.of(
            new Room(6, 6),
            new Room(5, 5),
            new Room(4, 4),
            new Room(4, 3),
            new Room(3, 3),
            new Room(3, 2),
            new Room(3, 1));

    private final CheckedSource checked;
    private final Room room;
    private final List<String> lines = new ArrayList<>();

    private CheckSummary(CheckedSource checked, Room room) {
        this.checked = checked;
        this.room = room;
    }

    static List<String> of(CheckedSource checked) {
        List<String> lines = List.of();
        for (Room room : ROOMS) {
            CheckSummary summary = new CheckSummary(checked, room);
            summary.write();
            lines = summary.lines;
            if (lines.size() <= LINES) {
                break;
            }
        }
        return lines;
    }

    private void write() {
        lines.add("Source " + checked.source().key());
        parts();
        provided();
        missing();
        rules();
    }

    /** What cannot be read comes first, then what can, and last what is no input; of each the first is shown. */
    private void parts() {
        Map<State, List<Part>> byState = checked.parts().stream()
                .collect(Collectors.groupingBy(Part::state, () -> new TreeMap<>(ORDER), Collectors.toList()));
        List<Part> parts = new ArrayList<>();
        byState.values().forEach(same -> parts.add(same.get(0)));
        byState.values().forEach(same -> parts.addAll(same.subList(1, same.size())));
        List<Part> shown = parts.stream()
                .limit(listed(parts, room.parts()))
                .sorted(Comparator.comparing(Part::state, ORDER))
                .toList();
        boolean isLineEach = shown.stream().allMatch(part -> fits(state(part) + line(part)));
        String folder = isLineEach ? "" : folder(shown);
        if (!folder.isEmpty()) {
            lines.set(0, lines.get(0) + " in " + folder);
            shown = shown.stream().map(part -> within(folder, part)).toList();
        }
        boolean isLine = isLineEach || !folder.isEmpty();
        shown.forEach(part -> part(part, isLine));
        List<Part> rest = parts.subList(listed(parts, room.parts()), parts.size());
        if (!rest.isEmpty()) {
            String states = rest.stream()
                    .collect(Collectors.groupingBy(Part::state, TreeMap::new, Collectors.counting()))
                    .entrySet()
                    .stream()
                    .map(state -> Amounts.count(state.getValue()) + " "
                            + state.getKey().key() + named(state.getKey(), rest))
                    .collect(Collectors.joining(", "));
            columns("", Amounts.count(rest.size()) + " more: " + states);
        }
    }

    /** All of them where only one would be left out: its line is as long as the one that counts it. */
    private static int listed(Collection<?> entries, int most) {
        return entries.size() <= most + 1 ? entries.size() : most;
    }

    /** What was meant as an input and is none is known by its name. */
    private static String named(State state, List<Part> rest) {
        if (state != State.UNKNOWN && state != State.UNREADABLE) {
            return "";
        }
        List<String> names = rest.stream()
                .filter(part -> part.state() == state)
                .map(part -> part.name().substring(part.name().lastIndexOf('/') + 1))
                .toList();
        return " (" + String.join(", ", names.subList(0, Math.min(NAMED, names.size())))
                + (names.size() > NAMED ? ", …" : "") + ")";
    }

    /** The folder that all of these are in, so that their names are short; else empty. */
    private static String folder(List<Part> parts) {
        String first = parts.isEmpty() ? "" : parts.get(0).name();
        String folder = first.substring(0, first.lastIndexOf('/') + 1);
        return !folder.isEmpty()
                        && DisplayText.width(Plain.text(folder)) < COLUMNS / 2
                        && parts.stream()
                                .allMatch(part -> part.name().startsWith(folder)
                                        && part.name().length() > folder.length())
                ? Plain.text(folder)
                : "";
    }

    private static Part within(String folder, Part part) {
        return new Part(part.name().substring(folder.length()), part.state(), part.what(), part.problem(), part.fix());
    }

    private static String state(Part part) {
        return String.format(Locale.ROOT, "%-" + STATE + "s", part.state().key());
    }

    private static String line(Part part) {
        return part.what() == null ? part.name() : part.name() + ": " + part.what();
    }

    /** @param isLine whether all parts fit a line, so that they have one shape */
    private void part(Part part, boolean isLine) {
        if (isLine) {
            columns(state(part), line(part));
        } else {
            columns(state(part), part.name());
            columns(" ".repeat(STATE), part.what() == null ? "" : part.what());
        }
        if (part.problem() != null) {
            columns(" ".repeat(STATE), part.problem());
        }
        if (part.fix() != null) {
            columns(" ".repeat(STATE) + "fix: ", part.fix());
        }
    }

    private void provided() {
        List<Provided> kinds = checked.provided();
        if (kinds.isEmpty()) {
            return;
        }
        lines.add("Resources, and how many of them have which metric");
        List<Provided> shown = kinds.stream()
                .sorted(Comparator.comparing(kind -> kind.resources() == null ? 0 : -kind.resources()))
                .limit(listed(kinds, room.others()))
                .toList();
        int width = shown.stream().mapToInt(kind -> label(kind).length()).max().orElse(0);
        for (Provided kind : shown) {
            String metrics = kind.metrics().stream()
                    .map(metric -> metric.resources() == null
                            ? metric.name()
                            : metric.name() + " " + Amounts.count(metric.resources()))
                    .collect(Collectors.joining(", "));
            String count = kind.resources() == null ? "" : DisplayText.right(Amounts.count(kind.resources()), COUNT);
            columns(DisplayText.left(label(kind), width) + count + "  ", metrics.isEmpty() ? "no metric" : metrics);
        }
        if (shown.size() < kinds.size()) {
            columns("", CountedNoun.of(kinds.size() - shown.size(), "more kind"));
        }
    }

    private static String label(Provided kind) {
        return kind.provider() + " " + kind.kind();
    }

    /** By the checks that lack it: more data on what is there, and nothing about kinds of which there is nothing. */
    private void missing() {
        Map<String, Integer> checks = new TreeMap<>();
        for (RuleReport rule : checked.report().rules()) {
            rule.notExaminedReasons().forEach((reason, resources) -> checks.merge(reason, resources, Integer::sum));
        }
        if (checks.isEmpty()) {
            return;
        }
        lines.add("What is missing, and for how many checks (one rule on one resource)");
        checks.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .limit(listed(checks.keySet(), room.others()))
                .forEach(reason -> columns(
                        DisplayText.right(CountedNoun.of(reason.getValue(), "check"), CHECKS) + ": ",
                        missing(reason.getKey())));
        if (checks.size() > listed(checks.keySet(), room.others())) {
            columns("", CountedNoun.of(checks.size() - room.others(), "more reason"));
        }
    }

    /** A reason of a rule about the policy is a sentence; beside the others it is what is missing. */
    private static String missing(String reason) {
        return reason.replaceFirst("^the policy names no (\\w+)(?: for it)?$", "no $1 in the policy");
    }

    private void rules() {
        checked.notes().stream().limit(listed(checked.notes(), room.others())).forEach(note -> columns("", note));
        if (checked.notes().size() > listed(checked.notes(), room.others())) {
            columns("", CountedNoun.of(checked.notes().size() - room.others(), "more note"));
        }
        if (checked.report().rules().isEmpty()) {
            return;
        }
        List<RuleOutlook> rules = checked.rules();
        long working = rules.stream().filter(RuleOutlook::examinesSomething).count();
        long absent = rules.stream()
                .filter(rule -> !rule.examinesSomething() && rule.isAboutAbsentKinds())
                .count();
        long lacking = rules.size() - working - absent;
        columns(
                "",
                working + " of " + CountedNoun.of(rules.size(), "rule") + " can examine something"
                        + (absent == 0
                                ? ""
                                : ", " + absent
                                        + (absent == 1
                                                ? " has no resource of its kinds"
                                                : " have no resource of their kinds"))
                        + (lacking == 0
                                ? ""
                                : ", " + lacking + (lacking == 1 ? " lacks" : " lack") + " data or a policy entry")
                        + ". --details shows each rule, and the commands that export what is missing.");
    }

    private static boolean fits(String text) {
        return DisplayText.width(INDENT + Plain.text(text)) <= COLUMNS;
    }

    private void columns(String label, String text) {
        if (!text.isEmpty()) {
            lines.addAll(Wrapped.beside(INDENT + label, text, COLUMNS));
        }
    }
}
