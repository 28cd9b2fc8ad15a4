package io.aiaudit.report;

import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Lever;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The patterns of architecture that articles about the cost of AI infrastructure recommend, each with the rules that look for it here. A finding belongs to one of them at most, so
 * that no amount stands in two rows.
 */
@SuppressWarnings("ImmutableEnumChecker") // Set.of cannot change
enum Pattern {
    SERVERLESS("Serverless", "for rare requests", Set.of("inference-endpoint-serverless")),
    ZERO_AND_OFF_HOURS(
            "Auto-scaling",
            "to zero and off-hours",
            Set.of(
                    "inference-endpoint-off-hours",
                    "instance-always-on",
                    "inference-endpoint-idle",
                    "training-cluster-idle",
                    "notebook-idle")),
    FLOOR_AND_CEILING("Auto-scaling", "minimum and maximum by load", Set.of("inference-endpoint-no-autoscaling")),
    SPOT("Auto-scaling", "spot for training", Set.of("training-on-demand")),
    RIGHT_SIZE(
            "Auto-scaling",
            "right-sizing",
            Set.of("gpu-oversized", "gpu-previous-generation", "training-premium-instance", "model-quantizable")),
    TIER_ROUTING("Tier routing", "simple requests to cheaper models", Set.of("model-tier-routing")),
    BATCH("Batch and cache", "batch", Set.of("inference-batchable")),
    CACHE("Batch and cache", "cache", Set.of("inference-cacheable")),
    OFF_PEAK_SPOT("Batch and cache", "off-peak spot for batch work", Set.of("batch-on-demand"));

    /** Of the rules of {@link #ZERO_AND_OFF_HOURS} these remedies scale; the others delete or stop for good. */
    private static final Set<Lever> SCALES = Set.of(Lever.SCHEDULE, Lever.AUTOSCALE);

    private final String title;
    private final String part;
    private final Set<String> rules;

    Pattern(String title, String part, Set<String> rules) {
        this.title = title;
        this.part = part;
        this.rules = rules;
    }

    static Optional<Pattern> of(AuditedFinding finding) {
        return Arrays.stream(values())
                .filter(pattern -> pattern.rules.contains(finding.rule()))
                .filter(pattern -> pattern != ZERO_AND_OFF_HOURS || SCALES.contains(finding.lever()))
                .findFirst();
    }

    String title() {
        return title;
    }

    String part() {
        return part;
    }

    List<String> rules() {
        return rules.stream().sorted().toList();
    }
}
