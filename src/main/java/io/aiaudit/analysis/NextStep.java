package io.aiaudit.analysis;

import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Audit.NotAssessed;
import io.aiaudit.model.Audit.RuleReport;
import io.aiaudit.model.Status;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What to do next about one line of the checklist: fix what saves most, else provide what is missing. */
final class NextStep {
    static final String NONE = "None.";

    private final List<NotAssessed> missing;
    private final List<RuleReport> reports;

    /** @param missing what would examine the money that was not assessed, the largest first */
    NextStep(List<NotAssessed> missing, List<RuleReport> reports) {
        this.missing = List.copyOf(missing);
        this.reports = List.copyOf(reports);
    }

    /**
     * One or two sentences.
     *
     * @param against the findings that contradict the line, the largest first
     * @param unshown how many examined resources nothing confirms it for
     * @param notExamined how many resources its rules could not examine
     */
    String of(Checklist.Line line, boolean yes, List<AuditedFinding> against, int unshown, int notExamined) {
        if (yes) {
            return NONE;
        }
        if (!against.isEmpty()) {
            return fix(against.get(0));
        }
        if (notExamined > 0) {
            return examine(line.rules());
        }
        if (unshown > 0) {
            return "Provide what would confirm it for " + resources(unshown) + ": "
                    + Objects.requireNonNullElse(line.fact(), "a measurement or a setting") + ".";
        }
        return examined(line.rules())
                ? "Close the gaps under \"Not read\": part of the inventory is unknown."
                : "No resource of this kind was read; check that a source lists it.";
    }

    private static String fix(AuditedFinding finding) {
        String name = Objects.requireNonNullElse(finding.resourceName(), finding.resourceId());
        String action =
                finding.remedy() == null ? finding.reason() : finding.remedy().action();
        return (finding.status() == Status.UNCONFIRMED ? "Decide first on " : "Fix first: ") + name + ". " + action;
    }

    private String examine(Set<String> rules) {
        return missing.stream()
                .filter(thing -> thing.rules().stream().anyMatch(rules::contains))
                .findFirst()
                .map(NotAssessed::fix)
                .or(() -> reason(rules))
                .orElse("See the reasons of its rules under data quality.");
    }

    private Optional<String> reason(Set<String> rules) {
        return reports.stream()
                .filter(report -> rules.contains(report.id()))
                .flatMap(report -> report.notExaminedReasons().entrySet().stream()
                        .map(reason -> Map.entry(
                                resources(reason.getValue()) + " not assessed: " + reason.getKey() + ".",
                                report.notExaminedCost().getOrDefault(reason.getKey(), BigDecimal.ZERO))))
                .max(Map.Entry.<String, BigDecimal>comparingByValue()
                        .thenComparing(Map.Entry::getKey, Comparator.reverseOrder()))
                .map(Map.Entry::getKey);
    }

    private boolean examined(Set<String> rules) {
        return reports.stream().anyMatch(report -> rules.contains(report.id()) && report.examined() > 0);
    }

    private static String resources(int number) {
        return number == 1 ? "1 resource" : number + " resources";
    }
}
