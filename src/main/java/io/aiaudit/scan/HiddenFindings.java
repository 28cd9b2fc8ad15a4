package io.aiaudit.scan;

import io.aiaudit.analysis.CommitmentReach;
import io.aiaudit.config.Lineage;
import io.aiaudit.model.Confidence;
import io.aiaudit.model.Finding;
import io.aiaudit.model.FindingBuilder;
import io.aiaudit.model.Resource;
import io.aiaudit.model.RuleOutcome;
import io.aiaudit.model.Spend;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Where findings that would take load away may be missing for data that is lacking: nothing is committed to that load,
 * nor to what a commitment could cover that such a finding would free. The load of a whole is that of its parts.
 */
final class HiddenFindings {
    private static final String LACKS_HOURS = "a metric of it lacks hours, so other findings on it may be missing";
    private static final String PART_LACKS_HOURS =
            "a metric of what it is a part of, or of a part of it, lacks hours, so other findings may be missing";

    private final Map<String, Lineage> lineages;
    private final Map<String, Resource> resources;
    private final Map<String, Spend> spend;
    /** Measured in part. */
    private final Set<String> open;

    private final Set<String> relatedToOpen;
    private final Set<String> relatedToUnmeasured;
    /** What lies under a commitment, and is not measured well enough to say that it is used. */
    private final List<Resource> unsureCommitments;

    /**
     * By what became of the rules that take load away.
     *
     * @param lineages of all resources
     */
    HiddenFindings(
            List<RuleOutcome.Evaluated> takingLoad,
            Map<String, Lineage> lineages,
            Map<String, Resource> resources,
            Map<String, Spend> spend) {
        this.lineages = lineages;
        this.resources = resources;
        this.spend = spend;
        this.open = all(takingLoad, RuleOutcome.Evaluated::open);
        this.relatedToOpen = related(open);
        this.relatedToUnmeasured = related(all(takingLoad, RuleOutcome.Evaluated::unmeasured));
        this.unsureCommitments = spend.values().stream()
                .filter(HiddenFindings::isCommitted)
                .map(Spend::resourceId)
                .filter(id -> relatedToOpen.contains(id) || relatedToUnmeasured.contains(id))
                .map(resources::get)
                .toList();
    }

    private static Set<String> all(
            List<RuleOutcome.Evaluated> outcomes, Function<RuleOutcome.Evaluated, Set<String>> ofEach) {
        return outcomes.stream().map(ofEach).flatMap(Collection::stream).collect(Collectors.toSet());
    }

    /** With all that is above or below one of them. */
    private Set<String> related(Set<String> resourceIds) {
        Set<String> related = new HashSet<>(resourceIds);
        lineages.forEach((id, lineage) -> {
            List<String> chain =
                    lineage.levels().stream().map(Resource::resourceId).toList();
            if (resourceIds.contains(id)) {
                related.addAll(chain);
            } else if (chain.stream().anyMatch(resourceIds::contains)) {
                related.add(id);
            }
        });
        return related;
    }

    private static boolean isCommitted(Spend spend) {
        return spend.committedShare() != null && spend.committedShare().signum() > 0;
    }

    /** The spend that the rules of commitments see: what may leave a commitment unused counts as if it did. */
    Map<String, Spend> applied(Map<String, Spend> left) {
        Map<String, Spend> hidden = new TreeMap<>(left);
        hidden.replaceAll((id, cost) -> leavesCommitment(id) ? cost.withTimeLeft(BigDecimal.ZERO) : cost);
        return hidden;
    }

    private boolean leavesCommitment(String id) {
        return relatedToOpen.contains(id) && spend.containsKey(id) && isCommitted(spend.get(id));
    }

    /** What such a rule may say. */
    RuleOutcome.Evaluated applied(RuleOutcome.Evaluated commitments) {
        Set<String> deferred = spend.keySet().stream()
                .filter(this::leavesCommitment)
                .flatMap(id -> lineages.get(id).levels().stream())
                .map(Resource::resourceId)
                .collect(Collectors.toSet());
        return commitments
                .notExaminedFor(deferred, LACKS_HOURS)
                .without(open, LACKS_HOURS)
                .without(relatedToOpen, PART_LACKS_HOURS)
                .withEach(this::lessSure);
    }

    private Finding lessSure(Finding finding) {
        if (relatedToUnmeasured.contains(finding.resourceId())) {
            return lessSure(
                    finding,
                    "Confidence is low since other findings on it may be missing: it or a part of it lacks a metric.");
        }
        Resource resource = resources.get(finding.resourceId());
        return unsureCommitments.stream().anyMatch(committed -> CommitmentReach.mayReach(committed, resource))
                ? lessSure(
                        finding,
                        "Confidence is low since an existing commitment may cover it: what that covers lacks a metric.")
                : finding;
    }

    private static Finding lessSure(Finding finding, String why) {
        return FindingBuilder.builder(finding)
                .confidence(Confidence.LOW)
                .reason(finding.reason() + " " + why)
                .build();
    }
}
