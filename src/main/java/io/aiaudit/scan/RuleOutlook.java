package io.aiaudit.scan;

import io.aiaudit.config.RuleSelection;
import io.aiaudit.model.Audit.RuleReport;
import io.aiaudit.model.SourceReport;
import io.aiaudit.model.SourceReport.Provided;
import io.aiaudit.model.SourceReport.State;
import io.aiaudit.rules.Need;
import io.aiaudit.rules.Rule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What one rule could examine with a source.
 *
 * @param examinesSomething false when a scan would leave the rule without a single resource
 * @param sentence for people
 * @param missingKinds kinds that the rule is about, where no resource of any of them is known, or nothing that the rule
 *     needs from the inventory
 * @param missingMetrics metrics that the rule needs and some resource of its kinds lacks, with the kinds that lack them
 */
public record RuleOutlook(
        String id,
        boolean examinesSomething,
        String sentence,
        List<String> missingKinds,
        Map<String, List<String>> missingMetrics) {
    private static final String NOTHING = "can't run: ";

    /** Nothing when a source is there and could not be read at all: then nothing is known about rules. */
    static List<RuleOutlook> of(RuleSelection rules, SourceReport report) {
        if (report.provided().isEmpty()
                && report.rules().isEmpty()
                && report.parts().stream().anyMatch(part -> part.state() == State.READY)) {
            return List.of();
        }
        Map<String, RuleReport> read = report.rules().stream().collect(Collectors.toMap(RuleReport::id, rule -> rule));
        return rules.selected().stream()
                .map(RuleSelection.Selected::rule)
                .map(rule -> of(rule, report.provided(), Optional.ofNullable(read.get(rule.id()))))
                .toList();
    }

    private static RuleOutlook of(Rule rule, List<Provided> provided, Optional<RuleReport> read) {
        List<Provided> ofKind = provided.stream()
                .filter(kind -> rule.appliesTo().contains(kind.kind()))
                .toList();
        if (ofKind.isEmpty()) {
            String sentence = NOTHING + "no " + oneOf(rule.appliesTo()) + " is known";
            return new RuleOutlook(rule.id(), false, sentence, rule.appliesTo(), metricsOf(rule));
        }
        Map<String, List<String>> missing = missingMetrics(rule, ofKind);
        if (read.isPresent()) {
            boolean examines = read.get().examined() > 0;
            // A rule without metrics that examines nothing needs something that the rows do not have, or the policy.
            boolean rowsSuffice = examines || !rule.needs().isEmpty() || isAboutPolicy(read.get());
            List<String> undecided = rowsSuffice ? List.of() : kinds(ofKind);
            return new RuleOutlook(rule.id(), examines, sentence(read.get()), undecided, missing);
        }
        List<String> whole = kinds(ofKind.stream()
                .filter(kind -> missing.values().stream().noneMatch(kinds -> kinds.contains(kind.kind())))
                .toList());
        String sentence = whole.isEmpty()
                ? NOTHING + "no " + String.join(", no ", missing.keySet())
                : "can examine " + String.join(", ", whole);
        return new RuleOutlook(rule.id(), !whole.isEmpty(), sentence, List.of(), missing);
    }

    /** Whether it is only about kinds of which there is nothing: no data of what is there would help it. */
    public boolean isAboutAbsentKinds() {
        return sentence.endsWith(" is known") && !missingKinds.isEmpty();
    }

    private static boolean isAboutPolicy(RuleReport rule) {
        return rule.notExamined() > 0 && rule.lackedData() == 0;
    }

    private static List<String> kinds(List<Provided> provided) {
        return provided.stream().map(Provided::kind).distinct().toList();
    }

    private static String oneOf(List<String> words) {
        int last = words.size() - 1;
        return last == 0 ? words.get(0) : String.join(", ", words.subList(0, last)) + " or " + words.get(last);
    }

    private static Map<String, List<String>> metricsOf(Rule rule) {
        Map<String, List<String>> needs = new LinkedHashMap<>();
        rule.neededMetrics().forEach(metric -> needs.put(metric, rule.appliesTo()));
        return needs;
    }

    /** A kind lacks a metric when not one of its resources is known to have it, or one that will do instead. */
    private static Map<String, List<String>> missingMetrics(Rule rule, List<Provided> ofKind) {
        Map<String, List<String>> missing = new LinkedHashMap<>();
        for (Need need : rule.needs()) {
            List<String> kinds = new ArrayList<>();
            for (Provided kind : ofKind) {
                if (kind.metrics().stream().noneMatch(known -> need.oneOf().contains(known.name()))
                        && !kinds.contains(kind.kind())) {
                    kinds.add(kind.kind());
                }
            }
            if (!kinds.isEmpty()) {
                need.oneOf().forEach(metric -> missing.put(metric, kinds));
            }
        }
        return missing;
    }

    private static String sentence(RuleReport rule) {
        if (rule.state().equals("failed")) {
            return "failed: " + rule.problem();
        }
        String others = rule.notExaminedReasons().entrySet().stream()
                .map(reason -> reason.getKey() + " (" + reason.getValue() + ")")
                .collect(Collectors.joining(", "));
        if (rule.examined() == 0) {
            return NOTHING + (others.isEmpty() ? "no resource of its kinds is known" : others);
        }
        return rule.examined() + " examined"
                + (rule.notExamined() == 0 ? "" : ", " + rule.notExamined() + " not: " + others);
    }
}
