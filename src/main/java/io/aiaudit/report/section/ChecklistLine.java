package io.aiaudit.report.section;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Audit.ChecklistItem;
import io.aiaudit.model.Range;
import io.aiaudit.model.Status;
import io.aiaudit.report.text.Amounts;
import io.aiaudit.report.text.CountedNoun;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A line of the checklist with the findings against it and their money. */
public record ChecklistLine(ChecklistItem item, List<AuditedFinding> findings) {
    private static final Map<String, String> GROUPS =
            Map.of("architecture", "Architecture questions", "own", "Your own rules");

    public static List<ChecklistLine> all(Audit audit) {
        Map<String, AuditedFinding> findings = audit.findings().stream()
                .collect(Collectors.toMap(AuditedFinding::id, finding -> finding, (first, second) -> first));
        return audit.checklist().stream()
                .map(item -> new ChecklistLine(
                        item,
                        item.findings().stream()
                                .map(findings::get)
                                .filter(Objects::nonNull)
                                .toList()))
                .toList();
    }

    /** Whether the amounts of these lines may be added up; a rule of one's own can contradict several lines. */
    public static String sum(List<ChecklistLine> lines) {
        List<String> ids = lines.stream()
                .flatMap(line -> line.findings().stream())
                .map(AuditedFinding::id)
                .toList();
        return ids.size() == Set.copyOf(ids).size()
                ? "Each amount appears once."
                : "A finding counts against several lines, so the amounts do not add up to the total.";
    }

    /** The heading that it is under. */
    String group() {
        return item.group() == null ? "Practice" : GROUPS.getOrDefault(item.group(), "Cost checklist");
    }

    public String state() {
        return item.state().equals("not_examined")
                ? "not assessed"
                : item.state().replace('_', ' ');
    }

    /**
     * What the answer rests on, such as {@code Of 5 resources checked 3 confirmed (work measured hour by hour), 1
     * contradicted, 1 neither; 2 could not be checked}. The three add up to those checked.
     */
    public String basis() {
        if (item.examined() == null) {
            return "";
        }
        String confirmed = item.examined() == 0
                ? "None checked"
                : "Of " + CountedNoun.of(item.examined(), "resource") + " checked " + Amounts.count(item.shown())
                        + " confirmed" + (fact().isEmpty() ? "" : " (" + fact() + ")")
                        + (contradicted() == 0 ? "" : ", " + Amounts.count(contradicted()) + " contradicted")
                        + (neither() == 0 ? "" : ", " + Amounts.count(neither()) + " neither");
        return reviews()
                + (item.notExamined() == 0
                        ? confirmed
                        : confirmed + "; " + Amounts.count(item.notExamined()) + " could not be checked");
    }

    /** The audits that answer it, each with its day; empty where they do not matter. */
    private String reviews() {
        if (item.audits() == null) {
            return "";
        }
        return item.audits().isEmpty()
                ? "Unknown: no earlier audit was given. "
                : "Audits: " + item.audits().stream().map(LocalDate::toString).collect(Collectors.joining(", ")) + " ("
                        + item.fact() + "). ";
    }

    /** What confirms a resource. Of a review the days stand before it, and what is measured is use. */
    private String fact() {
        return item.audits() != null ? "in use" : Objects.requireNonNullElse(item.fact(), "");
    }

    /** Of those checked, how many a finding is against; an older audit has only the findings. */
    long contradicted() {
        return item.contradicted() != null
                ? item.contradicted()
                : Math.min(
                        item.examined() - item.shown(),
                        findings.stream()
                                .map(AuditedFinding::resourceId)
                                .distinct()
                                .count());
    }

    /** Checked, with no finding against it and nothing that confirms it. */
    long neither() {
        return item.examined() - item.shown() - contradicted();
    }

    /** What these findings count; null where none has an amount, as those about governance. */
    public BigDecimal counted() {
        return sum(findings.stream()
                .map(AuditedFinding::counted)
                .filter(Objects::nonNull)
                .map(Range::likely));
    }

    /** What approving those that wait for a decision would add. */
    public BigDecimal open() {
        return sum(findings.stream()
                .filter(finding -> finding.status() == Status.UNCONFIRMED)
                .map(AuditedFinding::decisionAmount));
    }

    private static BigDecimal sum(Stream<BigDecimal> amounts) {
        return amounts.filter(Objects::nonNull).reduce(BigDecimal::add).orElse(null);
    }
}
