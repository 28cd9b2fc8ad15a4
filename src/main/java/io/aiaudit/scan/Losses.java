package io.aiaudit.scan;

import io.aiaudit.config.RuleSelection;
import io.aiaudit.model.SourceReport;
import io.aiaudit.model.SourceReport.Part;
import io.aiaudit.model.SourceReport.State;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Says of each part of a source that cannot be read what is lost by that: kinds of resources with their rules, and
 * other facts.
 */
final class Losses {
    private static final int NAMED = 3;

    /** What lists of permissions call what is no kind of resource. */
    private static final Map<String, String> WORDS = Map.of(
            "metrics", "metrics; rules that need them examine nothing",
            "bill", "billed costs; only list prices are known",
            "commitments", "commitments and their utilization",
            "prices", "current list prices",
            "advice", "the cloud's own recommendations",
            "governance", "settings for governance rules",
            "scope", "accounts and regions",
            "details", "details of resources");

    private Losses() {}

    static SourceReport withLosses(SourceReport report, RuleSelection rules) {
        return new SourceReport(
                report.parts().stream().map(part -> withLosses(part, rules)).toList(),
                report.provided(),
                report.rules(),
                report.notes(),
                report.setup());
    }

    private static Part withLosses(Part part, RuleSelection rules) {
        return part.state() != State.MISSING || part.reads().isEmpty()
                ? part
                : new Part(
                        part.name(),
                        part.state(),
                        "lost: "
                                + part.reads().stream()
                                        .map(what -> WORDS.getOrDefault(what, what + rulesOf(what, rules)))
                                        .collect(Collectors.joining("; ")),
                        part.problem(),
                        part.fix(),
                        part.reads());
    }

    /** The rules that look at a kind, the first few of them. */
    private static String rulesOf(String kind, RuleSelection rules) {
        List<String> ids = rules.selected().stream()
                .map(selected -> selected.rule())
                .filter(rule -> rule.appliesTo().contains(kind))
                .map(rule -> rule.id())
                .toList();
        if (ids.isEmpty()) {
            return "";
        }
        String first = ids.stream().limit(NAMED).collect(Collectors.joining(", "));
        return " (" + first + (ids.size() > NAMED ? " and " + (ids.size() - NAMED) + " more rules" : "") + ")";
    }
}
