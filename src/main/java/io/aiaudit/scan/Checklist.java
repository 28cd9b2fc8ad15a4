package io.aiaudit.scan;

import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Audit.ChecklistItem;
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
import java.util.stream.Collectors;

/** The questions that an audit answers beside its figures, each from what its rules examined and found. */
final class Checklist {
    private static final String YES = "yes";
    private static final String PARTLY = "partly";
    private static final String NO = "no";
    private static final String NOT_EXAMINED = "not_examined";

    /** What the user accepted, what the policy forbids to fix, and what fixing would not improve, is no reason to answer no. */
    private static final Set<Status> NOT_AGAINST = Set.of(Status.ACCEPTED, Status.BLOCKED, Status.NO_SAVING);

    /**
     * One line.
     *
     * @param measured answered by how much could be examined, not by what was found
     * @param yesNeeds rules of which each has to have examined something before the answer can be yes
     */
    record Line(String item, boolean measured, Set<String> rules, Set<String> yesNeeds) {
        Line {
            rules = Set.copyOf(rules);
            yesNeeds = Set.copyOf(yesNeeds);
        }
    }

    private final List<Line> lines;

    private Checklist(List<Line> lines) {
        this.lines = List.copyOf(lines);
    }

    /** The lines of this tool, and those of other rules, of which {@code itemsOf} tells the items. */
    static Checklist with(Collection<String> rules, Function<String, List<String>> itemsOf) {
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
            Set<String> joining = others.remove(line.item());
            all.addAll(joining == null ? Set.of() : joining);
            lines.add(new Line(line.item(), line.measured(), all, line.yesNeeds()));
        }
        others.forEach((item, of) -> lines.add(new Line(item, false, of, Set.of())));
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
                node.get("by").isPresent(),
                new TreeSet<>(node.need("rules").texts()),
                node.get("yes_needs").map(rules -> new TreeSet<>(rules.texts())).orElseGet(TreeSet::new));
    }

    /** @param whole false when something of what was asked for could not be read: what is there may be more than what was seen */
    List<ChecklistItem> answer(List<RuleOutcome> outcomes, List<AuditedFinding> findings, boolean whole) {
        return lines.stream()
                .map(line -> answer(line, outcomes, findings, whole && allEvaluated(line, outcomes)))
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

    private static ChecklistItem answer(
            Line line, List<RuleOutcome> outcomes, List<AuditedFinding> findings, boolean whole) {
        Set<String> examined = new HashSet<>();
        Set<String> notExamined = new HashSet<>();
        Set<String> unlike = new HashSet<>();
        for (RuleOutcome outcome : outcomes) {
            if (line.rules().contains(outcome.rule()) && outcome instanceof RuleOutcome.Evaluated evaluated) {
                examined.addAll(evaluated.examined());
                notExamined.addAll(evaluated.notExamined().keySet());
                evaluated.findings().forEach(finding -> unlike.add(finding.resourceId()));
            }
        }
        if (line.measured()) {
            return new ChecklistItem(line.item(), measured(examined.size(), notExamined.size(), whole), List.of());
        }
        List<AuditedFinding> against = findings.stream()
                .filter(finding -> line.rules().contains(finding.rule()) && !NOT_AGAINST.contains(finding.status()))
                .toList();
        examined.removeAll(unlike);
        long found = against.stream().map(AuditedFinding::resourceId).distinct().count();
        boolean nothingSeen = examined.isEmpty() && unlike.isEmpty();
        return new ChecklistItem(
                line.item(),
                nothingSeen ? NOT_EXAMINED : answer(found, examined.size(), whole && notExamined.isEmpty()),
                against.stream().map(AuditedFinding::id).toList());
    }

    /** No where half or more of what was examined is otherwise; yes only where everything could be examined and nothing is. */
    private static String answer(long found, long fine, boolean everywhere) {
        if (found == 0) {
            return everywhere ? YES : PARTLY;
        }
        return found >= fine ? NO : PARTLY;
    }

    private static String measured(int examined, int notExamined, boolean whole) {
        if (examined == 0) {
            return notExamined == 0 ? NOT_EXAMINED : NO;
        }
        return whole && notExamined == 0 ? YES : PARTLY;
    }
}
