package io.aiaudit.collect.azure;

import io.aiaudit.model.Resource;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Function;

/**
 * The use of an instance's accelerators, processors and memory, as Azure Machine Learning has it: in percent, by names
 * that endpoints and computes share. Memory is in percent of what the instance has; where that is unknown it stays
 * unknown.
 */
final class MachineUse {
    static final List<AzureMetric> ROWS = List.of(
            AzureMetric.measured("GpuUtilizationPercentage", "gpu_utilization", AzureMetric.PERCENT),
            ofMemory("GpuMemoryUtilizationPercentage", "gpu_memory_used_gib", Resource::acceleratorMemoryGib),
            AzureMetric.measured("CpuUtilizationPercentage", "cpu_utilization", AzureMetric.PERCENT),
            ofMemory("CpuMemoryUtilizationPercentage", "memory_used_gib", Resource::memoryGib));

    private MachineUse() {}

    private static AzureMetric ofMemory(String name, String metric, Function<Resource, BigDecimal> memory) {
        return new AzureMetric(name, metric, AzureMetric.Form.MEASURED, machine -> {
            BigDecimal gib = memory.apply(machine);
            return gib == null ? null : Double.valueOf(AzureMetric.PERCENT * gib.doubleValue());
        });
    }
}
