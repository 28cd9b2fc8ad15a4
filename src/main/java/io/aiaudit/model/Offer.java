package io.aiaudit.model;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * A machine type that could be bought in a region, with list prices per hour in {@code currency}; an unknown price is
 * null.
 */
@RecordBuilder
public record Offer(
        String provider,
        String region,
        String machineType,
        String accelerator,
        BigDecimal acceleratorCount,
        BigDecimal acceleratorMemoryGib,
        BigDecimal vcpus,
        BigDecimal memoryGib,
        BigDecimal onDemand,
        BigDecimal spot,
        BigDecimal committed1y,
        BigDecimal committed3y,
        String currency,
        LocalDate asOf) {}
