package io.aiaudit.model;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.math.BigDecimal;
import java.util.List;

/**
 * What one unit of work cost in the window: a thousand requests, a million tokens, an hour of an accelerator at work.
 * Only resources whose cost and whose work are both known are in it, in cost and in quantity.
 *
 * @param unit 1000_requests, 1000000_tokens or used_gpu_hour
 * @param unitCost null where nothing was done
 * @param paidHours of accelerators, used or not; null for other units
 * @param paidHourCost what one of them cost
 * @param measured how many resources are in it
 * @param resources how many there are whose cost is known and that could do such work
 * @param costShare share (0..1) of the cost of those {@code resources} that is in it
 * @param largest those in it that cost most
 */
@RecordBuilder
public record UnitCost(
        String unit,
        BigDecimal cost,
        BigDecimal quantity,
        BigDecimal unitCost,
        BigDecimal paidHours,
        BigDecimal paidHourCost,
        int measured,
        int resources,
        BigDecimal costShare,
        List<OfResource> largest) {
    public UnitCost {
        largest = List.copyOf(largest);
    }

    /** The same of one resource; of an endpoint with its parts, where the work is only known of the whole. */
    @RecordBuilder
    @RecordBuilder.Options(prefixEnclosingClassNames = false)
    public record OfResource(
            String resourceId,
            String name,
            String kind,
            String provider,
            String accountId,
            String region,
            BigDecimal cost,
            BigDecimal quantity,
            BigDecimal unitCost,
            BigDecimal paidHours,
            BigDecimal paidHourCost) {}
}
