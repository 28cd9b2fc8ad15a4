package io.aiaudit.analysis;

import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Audit.ChecklistItem;
import io.aiaudit.model.ChecklistItemBuilder;
import io.aiaudit.model.Gap;
import io.aiaudit.model.RuleOutcome;
import io.aiaudit.model.Status;
import io.aiaudit.model.YamlNode;
import io.aiaudit.model.YamlReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The questions that an audit answers beside its figures, each from what its rules examined and found and with what to
 * do next.
 */
final class Checklist {
    static final String YES = "yes";
    static final String PARTLY = "partly";
    static final String NO = "no";
    static final String NOT_EXAMINED = "not_examined";

    /** What gaps of settings of accounts are missing from. */
    private static final String SETTINGS = "governance";

    static final String CHECKLIST = "checklist";
    static final String ARCHITECTURE = "architecture";
    static final String OWN = "own";

    /**
     * What the user accepted, what the policy forbids to fix, and what fixing would not improve, is no reason to answer
     * no.
     */
    private static final Set<Status> NOT_AGAINST = Set.of(Status.ACCEPTED, Status.BLOCKED, Status.NO_SAVING);

    /**
     * One line.
     *
     * @param group {@value #CHECKLIST}, {@value #ARCHITECTURE} or, of a rule of the user, {@value #OWN}
     * @param fact what shows it, in words; or null
     * @param measured answered by how much could be examined, not by what was found
     * @param reviewed answered with yes by earlier audits only
     * @param yesNeeds rules of which each has to have examined something before the answer can be yes
     * @param shownBy rules that read just that: what they examine without a finding is so
     * @param shownWhere a condition on the table of resources under which it is so, or null
     */
    record Line(
            String item,
            String group,
            String fact,
            boolean measured,
            boolean reviewed,
            Set<String> rules,
            Set<String> yesNeeds,
            Set<String> shownBy,
            String shownWhere) {
        Line {
            rules = Set.copyOf(rules);
            yesNeeds = Set.copyOf(yesNeeds);
            shownBy = Set.copyOf(shownBy);
        }

        /** Whether settings of accounts answer it, which concern no other resource. */
        private boolean isBySettings() {
            return shownBy.isEmpty() && shownWhere == null;
        }
    }

    private final List<Line> lines;

    private Checklist(List<Line> lines) {
        this.lines = List.copyOf(lines);
    }

    /**
     * The lines of this tool, and those of other rules, of which {@code itemsOf} gives the items.
     *
     * @param shows whether what another rule examines without a finding is so: it reads a measurement or a setting
     */
    static Checklist with(Collection<String> rules, Function<String, List<String>> itemsOf, Predicate<String> shows) {
        List<Line> own = own();
        Set<String> named = own.stream().flatMap(line -> line.rules().stream()).collect(Collectors.toSet());
        Map<String, Set<String>> others = new LinkedHashMap<>();
        for (String rule : new TreeSet<>(rules)) {
            if (!named.contains(rule)) {
                itemsOf.apply(rule)
                        .forEach(item -> others.computeIfAbsent(item, name -> new TreeSet<>())
                                .add(rule));
            }
        }
        List<Line> lines = new ArrayList<>();
        for (Line line : own) {
            Set<String> all = new TreeSet<>(line.rules());
            Set<String> joining = others.getOrDefault(line.item(), Set.of());
            others.remove(line.item());
            all.addAll(joining);
            Set<String> shownBy = new TreeSet<>(line.shownBy());
            joining.stream().filter(shows).forEach(shownBy::add);
            lines.add(new Line(
                    line.item(),
                    line.group(),
                    line.fact(),
                    line.measured(),
                    line.reviewed(),
                    all,
                    line.yesNeeds(),
                    shownBy,
                    line.shownWhere()));
        }
        others.forEach((item, of) -> lines.add(new Line(
                item,
                OWN,
                null,
                false,
                false,
                of,
                Set.of(),
                of.stream().filter(shows).collect(Collectors.toSet()),
                null)));
        return new Checklist(lines);
    }

    /** The lines of this tool, in their order. */
    static List<Line> own() {
        try (InputStream text = Checklist.class.getResourceAsStream("checklist.yaml")) {
            return YamlReader.parse("checklist.yaml", new String(text.readAllBytes(), StandardCharsets.UTF_8))
                    .items()
                    .stream()
                    .map(Checklist::line)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the checklist cannot be read", e);
        }
    }

    private static Line line(YamlNode node) {
        return new Line(
                node.need("item").text(),
                node.get("group").map(YamlNode::text).orElse(CHECKLIST),
                node.need("fact").text(),
                isBy(node, "measured"),
                isBy(node, "reviews"),
                new TreeSet<>(node.need("rules").texts()),
                rules(node, "yes_needs"),
                rules(node, "shown_by"),
                node.get("shown_where").map(YamlNode::text).orElse(null));
    }

    private static boolean isBy(YamlNode node, String what) {
        return node.get("by").map(YamlNode::text).filter(what::equals).isPresent();
    }

    private static Set<String> rules(YamlNode node, String key) {
        return node.get(key).map(rules -> new TreeSet<>(rules.texts())).orElseGet(TreeSet::new);
    }

    /**
     * Answers all lines.
     *
     * @param gaps what could not be read: what is there may be more than what was seen
     * @param where the ids of the resources of which a condition is true
     */
    List<ChecklistItem> answer(
            List<RuleOutcome> outcomes,
            List<AuditedFinding> findings,
            List<Gap> gaps,
            Function<String, Set<String>> where,
            NextStep next) {
        boolean settingsRead = gaps.stream().noneMatch(gap -> SETTINGS.equals(gap.dataset()));
        return lines.stream()
                .map(line -> new Answer(
                                line,
                                outcomes,
                                findings,
                                settingsRead || !line.isBySettings(),
                                gaps.isEmpty() && allEvaluated(line, outcomes),
                                where)
                        .item(next))
                .toList();
    }

    private static boolean allEvaluated(Line line, List<RuleOutcome> outcomes) {
        Set<String> examining = outcomes.stream()
                .filter(outcome -> outcome instanceof RuleOutcome.Evaluated evaluated
                        && !evaluated.examined().isEmpty())
                .map(RuleOutcome::rule)
                .collect(Collectors.toSet());
        return examining.containsAll(line.yesNeeds())
                && outcomes.stream()
                        .filter(outcome -> line.rules().contains(outcome.rule()))
                        .allMatch(RuleOutcome.Evaluated.class::isInstance);
    }

    /** What the rules of one line say together. */
    private static final class Answer {
        private final Line line;
        private final List<AuditedFinding> against;
        private final boolean read;
        private final boolean whole;
        private final Set<String> examined = new HashSet<>();
        private final Set<String> notExamined = new HashSet<>();
        private final Set<String> unlike = new HashSet<>();
        /** Of which all findings are accepted or blocked, or save nothing. */
        private final Set<String> excused = new HashSet<>();

        private final Set<String> shown = new HashSet<>();

        Answer(
                Line line,
                List<RuleOutcome> outcomes,
                List<AuditedFinding> findings,
                boolean read,
                boolean whole,
                Function<String, Set<String>> where) {
            this.line = line;
            this.read = read;
            this.whole = whole;
            List<AuditedFinding> all = findings.stream()
                    .filter(finding -> line.rules().contains(finding.rule()))
                    .toList();
            this.against = all.stream()
                    .filter(finding -> !NOT_AGAINST.contains(finding.status()))
                    .toList();
            all.forEach(finding -> excused.add(finding.resourceId()));
            against.forEach(finding -> excused.remove(finding.resourceId()));
            Set<String> showing = line.isBySettings() ? line.yesNeeds() : line.shownBy();
            for (RuleOutcome outcome : outcomes) {
                if (line.rules().contains(outcome.rule()) && outcome instanceof RuleOutcome.Evaluated evaluated) {
                    examined.addAll(evaluated.examined());
                    notExamined.addAll(evaluated.notExamined().keySet());
                    evaluated.findings().forEach(finding -> unlike.add(finding.resourceId()));
                    if (showing.contains(outcome.rule())) {
                        shown.addAll(evaluated.examined());
                    }
                }
            }
            if (line.shownWhere() != null && !examined.isEmpty()) {
                shown.addAll(where.apply(line.shownWhere()));
            }
            shown.retainAll(examined);
            shown.removeAll(unlike);
        }

        ChecklistItem item(NextStep next) {
            String state = line.reviewed() ? NOT_EXAMINED : line.measured() ? measured() : state();
            Set<String> confirmed = line.measured() ? examined : shown;
            List<AuditedFinding> shownAgainst = line.measured() ? List.of() : against;
            String step = next.of(line, state.equals(YES), shownAgainst, unconfirmed(confirmed), notExamined.size());
            return ChecklistItemBuilder.builder()
                    .item(line.item())
                    .state(state)
                    .findings(shownAgainst.stream().map(AuditedFinding::id).toList())
                    .group(line.group())
                    .fact(line.fact())
                    .examined(examined.size())
                    .shown(confirmed.size())
                    .notExamined(notExamined.size())
                    .nextStep(line.reviewed() ? MonthlyReview.before(against.isEmpty() ? "" : step) : step)
                    .contradicted(line.measured() ? 0 : contradicted())
                    .audits(line.reviewed() ? List.of() : null)
                    .build();
        }

        /** Examined, with a finding that is not accepted, blocked or without a saving. */
        private int contradicted() {
            Set<String> contradicted = new HashSet<>(unlike);
            contradicted.retainAll(examined);
            contradicted.removeAll(excused);
            return contradicted.size();
        }

        /** Examined, with nothing against it and nothing that shows it. */
        private int unconfirmed(Set<String> confirmed) {
            Set<String> open = new HashSet<>(examined);
            open.removeAll(unlike);
            open.removeAll(confirmed);
            return open.size();
        }

        private String measured() {
            if (examined.isEmpty()) {
                return notExamined.isEmpty() ? NOT_EXAMINED : NO;
            }
            return whole && notExamined.isEmpty() ? YES : PARTLY;
        }

        /** With all that was not examined against it: an answer gets no better where settings could not be read. */
        private boolean mayBeNo(Set<String> fine) {
            Set<String> open = new HashSet<>(notExamined);
            against.forEach(finding -> open.add(finding.resourceId()));
            fine.removeAll(open);
            return !open.isEmpty() && open.size() >= fine.size();
        }

        /**
         * No where half or more of what was examined is otherwise, or as much as something confirms; yes only where
         * something shows it of all that there is. What was examined with neither says nothing.
         */
        private String state() {
            long found =
                    against.stream().map(AuditedFinding::resourceId).distinct().count();
            Set<String> fine = new HashSet<>(examined);
            fine.removeAll(unlike);
            boolean hasFact = line.shownWhere() != null
                    || !line.shownBy().isEmpty()
                    || !line.yesNeeds().isEmpty();
            if (found > 0 && (found >= fine.size() || (hasFact && found >= shown.size()))) {
                return NO;
            }
            if (!read && mayBeNo(fine)) {
                return NOT_EXAMINED;
            }
            if (found > 0) {
                return PARTLY;
            }
            boolean all = line.isBySettings() || shown.containsAll(examined);
            if (!shown.isEmpty() && all && unlike.isEmpty() && notExamined.isEmpty() && whole) {
                return YES;
            }
            boolean mostOpen = shown.size() < unconfirmed(shown);
            return unlike.isEmpty() && (shown.isEmpty() || (hasFact && mostOpen)) ? NOT_EXAMINED : PARTLY;
        }
    }
}
