package io.aiaudit.model;

import java.math.BigDecimal;
import java.util.List;

/**
 * What an audit trail of one AI workload holds, as far as configuration shows it, and what the missing part would cost.
 *
 * @param accountId null where it is unknown
 * @param workload of the resources, else of their tags, else the name of the only resource
 * @param resources how many models and endpoints of the workload this is about
 * @param parts always the same six, in this order: input, model_version, output, downstream_action, immutability,
 * separation
 * @param missingGib what recording the missing inputs, outputs and versions would add a month, at least where
 *     {@code volumeNeeded} is not empty; null where nothing is missing or nothing of the volume was measured
 * @param missingCost what storing that for the assumed retention would cost a month; null where it is unknown
 * @param volumeNeeded metrics without which the volume is not known, or not in full
 * @param gibPerKib what each KiB of a request with its response would add a month; null where their size is known
 * @param costPerKib what storing that would cost a month; null where it is unknown
 */
public record TrailCoverage(
        String provider,
        String accountId,
        String workload,
        int resources,
        List<Part> parts,
        BigDecimal missingGib,
        BigDecimal missingCost,
        List<String> volumeNeeded,
        BigDecimal gibPerKib,
        BigDecimal costPerKib) {
    public TrailCoverage {
        parts = List.copyOf(parts);
        volumeNeeded = volumeNeeded == null ? List.of() : List.copyOf(volumeNeeded);
    }

    /** Whether any part is known to be missing. */
    public boolean isMissingSomething() {
        return parts.stream().anyMatch(part -> part.state() == State.MISSING || part.state() == State.PARTLY);
    }

    /**
     * One of the six parts.
     *
     * @param part input, model_version, output, downstream_action, immutability or separation
     * @param reason what shows it, or why it is not assessed
     */
    public record Part(String part, State state, String reason) {}

    /** Ordered by how little can be relied on: of several resources the least counts. */
    public enum State implements Keyed {
        MISSING,
        NOT_ASSESSED,
        PARTLY,
        RECORDED
    }
}
