package io.aiaudit.report.section;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Confidence;
import io.aiaudit.model.Money;
import io.aiaudit.model.Plan;
import io.aiaudit.model.PlannedFinding;
import io.aiaudit.model.Range;
import io.aiaudit.model.Status;
import io.aiaudit.report.text.Amounts;
import io.aiaudit.report.text.CountedNoun;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Findings of one rule with one remedy in one step of the plan: twelve training jobs with one problem are one action.
 *
 * @param ofRule how many findings of the rule save money, in all steps and with all remedies
 */
public record PlanGroup(String title, List<PlannedFinding> findings, Range saving, long ofRule) {
    private static final int OWNERS = 3;

    private static final Comparator<PlanGroup> LARGEST_FIRST =
            Comparator.comparing((PlanGroup group) -> group.saving().likely()).reversed();

    /** The largest first; those that save nothing are no part of it. */
    public static List<PlanGroup> of(Audit audit, Plan.Stage stage) {
        Map<List<String>, List<PlannedFinding>> byAction = new LinkedHashMap<>();
        stage.findings().stream()
                .filter(planned -> planned.finding().status() == Status.COUNTED
                        && PlanView.amount(planned).signum() > 0)
                .forEach(planned -> byAction.computeIfAbsent(
                                List.of(
                                        planned.finding().rule(),
                                        action(planned.finding()),
                                        Boolean.toString(planned.waits())),
                                key -> new ArrayList<>())
                        .add(planned));
        return byAction.values().stream()
                .map(findings -> new PlanGroup(
                        Findings.title(audit, findings.get(0).finding()),
                        PlanView.largest(findings, findings.size()),
                        sum(findings),
                        ofRule(audit, findings.get(0).finding().rule())))
                .sorted(LARGEST_FIRST)
                .toList();
    }

    private static long ofRule(Audit audit, String rule) {
        return Findings.saving(audit).stream()
                .filter(finding -> finding.rule().equals(rule))
                .count();
    }

    /**
     * Those of all steps, the largest first: the order of the first actions in every report. What has to wait for a
     * decision is none of them: the decision comes first, and says so.
     */
    public static List<PlanGroup> largest(Audit audit) {
        return all(audit).filter(group -> !group.waits()).sorted(LARGEST_FIRST).toList();
    }

    private static Stream<PlanGroup> all(Audit audit) {
        return audit.plan().stages().stream().flatMap(stage -> of(audit, stage).stream());
    }

    /**
     * What the first actions leave out, such as {@code 2 more actions, $16,109 a month of the net saving, come after a
     * decision.}; empty where they leave out nothing.
     */
    public static Optional<String> afterDecisions(Audit audit, Amounts amounts) {
        List<PlanGroup> waiting = all(audit).filter(PlanGroup::waits).toList();
        BigDecimal amount =
                Money.sum(waiting.stream().map(group -> group.saving().likely()).toList());
        return waiting.isEmpty()
                ? Optional.empty()
                : Optional.of(CountedNoun.of(waiting.size(), "more action") + ", " + amounts.whole(amount)
                        + " a month of the net saving, " + (waiting.size() == 1 ? "comes" : "come")
                        + " after a decision.");
    }

    private boolean waits() {
        return findings.get(0).waits();
    }

    /**
     * How many findings of a step are counted with nothing because they save nothing before a commitment ends, such as
     * {@code 1 finding saves nothing before 2026-10-01 and counts as $0 until then.}; empty where none does.
     */
    public static Optional<String> onlyFreeing(Plan.Stage stage, Amounts amounts) {
        List<AuditedFinding> freeing = stage.findings().stream()
                .map(PlannedFinding::finding)
                .filter(finding -> finding.status() == Status.COUNTED
                        && (finding.counted() == null
                                || finding.counted().likely().signum() == 0))
                .toList();
        String before = freeing.stream().map(FindingWords::savesFrom).distinct().collect(Collectors.joining(" or "));
        return freeing.isEmpty()
                ? Optional.empty()
                : Optional.of(CountedNoun.of(freeing.size(), "finding")
                        + (freeing.size() == 1 ? " saves nothing before " : " save nothing before ")
                        + before
                        + (freeing.size() == 1 ? " and counts as " : " and count as ")
                        + amounts.whole(Money.NOTHING)
                        + " until then.");
    }

    public static Range sum(List<PlannedFinding> findings) {
        return findings.stream()
                .map(planned -> planned.finding().counted())
                .filter(counted -> counted != null)
                .reduce(Range.NOTHING, Range::plus);
    }

    public AuditedFinding largest() {
        return findings.get(0).finding();
    }

    /** What to do about each of them; about the largest, where no remedy is known. */
    public String action() {
        return largest().remedy() == null ? Findings.orUnknown(largest().reason()) : action(largest());
    }

    private static String action(AuditedFinding finding) {
        return finding.remedy() == null ? "" : finding.remedy().action();
    }

    /** The first decision that one of them is excluded by. */
    public Optional<String> excluded(Exclusions exclusions) {
        return findings.stream()
                .map(planned -> exclusions.beside(planned.finding()))
                .filter(words -> !words.isEmpty())
                .findFirst();
    }

    /** How much of them waits, such as {@code $15,695 of it waits for a decision.}; empty where nothing does. */
    public static String waiting(List<PlanGroup> groups, Amounts amounts) {
        BigDecimal amount = Money.sum(groups.stream()
                .filter(PlanGroup::waits)
                .map(group -> group.saving().likely())
                .toList());
        return amount.signum() == 0 ? "" : amounts.whole(amount) + " of it waits for a decision.";
    }

    /** What to look at first, besides the effort, such as {@code First check the effect on speed.}; or nothing. */
    public String checks() {
        List<String> doubts = findings.stream()
                .flatMap(planned -> planned.doubts().stream())
                .filter(doubt -> !doubt.endsWith("effort"))
                .distinct()
                .toList();
        return doubts.isEmpty() ? "" : "First check " + words(doubts) + ".";
    }

    /** Doubts in one line, those about effects as one. */
    private static String words(List<String> doubts) {
        return String.join("; ", doubts).replace("speed; the effect on compliance", "speed and compliance");
    }

    public String effort(Amounts amounts) {
        return largest().remedy() == null
                ? Amounts.UNKNOWN
                : EffortWords.ofEach(largest().remedy(), findings.size(), amounts);
    }

    /** Such as {@code high} or {@code high, medium}. */
    public String confidence() {
        return findings.stream()
                .map(planned -> planned.finding().confidence())
                .map(confidence -> confidence == null ? "unknown" : confidence.key())
                .distinct()
                .collect(Collectors.joining(", "));
    }

    /** That of the least sure of them. */
    public String leastConfidence() {
        return findings.stream()
                .map(planned -> planned.finding().confidence())
                .filter(confidence -> confidence != null)
                .min(Comparator.naturalOrder())
                .map(Confidence::key)
                .orElse(Amounts.UNKNOWN);
    }

    /** Who owns their resources, as policy or tags name them. */
    public String owners() {
        return Findings.owners(findings.stream().map(PlannedFinding::finding).toList(), OWNERS);
    }

    /** It as a row of a page: at most {@code most} of its findings by name, each with a link. */
    Map<String, Object> row(int most, Exclusions exclusions, Amounts amounts) {
        return View.of(
                "amount", amounts.money(saving.likely()),
                "title", title,
                "count", findings.size(),
                "part", ofRule > findings.size() ? " (" + findings.size() + " of " + ofRule + ")" : "",
                "names",
                        findings.stream()
                                .limit(most)
                                .map(planned -> View.of(
                                        "anchor", FindingsView.anchor(planned.finding()),
                                        "name", Findings.name(planned.finding())))
                                .toList(),
                "more", Amounts.count(Math.max(0, findings.size() - most)),
                "any_more", findings.size() > most,
                "owners", owners().equals(Amounts.UNKNOWN) ? "" : owners(),
                "action", action(),
                "effort", effort(amounts),
                "confidence", confidence(),
                "waits", excluded(exclusions).orElse(""),
                "checks", checks());
    }

    /** The names of the largest, and how many more there are. */
    public String names(PrintText text, int most) {
        String names = findings.stream()
                .limit(most)
                .map(planned -> text.of(Findings.name(planned.finding())))
                .collect(Collectors.joining(", "));
        return findings.size() > most ? names + " and " + Amounts.count(findings.size() - most) + " more" : names;
    }
}
