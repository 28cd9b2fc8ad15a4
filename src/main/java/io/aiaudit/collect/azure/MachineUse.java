package io.aiaudit.collect.azure;

import io.aiaudit.model.Resource;
import java.math.BigDecimal;
import java.util.List;

/** How Azure Machine Learning tells the use of a machine's accelerators, processors and memory: in percent, by names that endpoints and computes share. */
final class MachineUse {
    static final List<String> METRICS = List.of(
            "GpuUtilizationPercentage",
            "GpuMemoryUtilizationPercentage",
            "CpuUtilizationPercentage",
            "CpuMemoryUtilizationPercentage");

    private static final double PERCENT = 0.01;

    private MachineUse() {}

    /** A machine of which everything is known. */
    static Resource machine(String kind) {
        return Resource.builder("a resource", kind, "azure")
                .accelerator("T4", BigDecimal.ONE, BigDecimal.ONE)
                .size(BigDecimal.ONE, BigDecimal.ONE)
                .build();
    }

    /** Memory is told in percent of what the machine has; where that is not known it stays unknown. Points of other metrics are left alone. */
    static void add(MetricHours hours, Resource machine, MetricPoint point) {
        switch (point.name()) {
            case "GpuUtilizationPercentage" -> hours.average("gpu_utilization", point, PERCENT);
            case "CpuUtilizationPercentage" -> hours.average("cpu_utilization", point, PERCENT);
            case "GpuMemoryUtilizationPercentage" -> {
                if (machine.acceleratorMemoryGib() != null) {
                    hours.average(
                            "gpu_memory_used_gib",
                            point,
                            PERCENT * machine.acceleratorMemoryGib().doubleValue());
                }
            }
            case "CpuMemoryUtilizationPercentage" -> {
                if (machine.memoryGib() != null) {
                    hours.average(
                            "memory_used_gib",
                            point,
                            PERCENT * machine.memoryGib().doubleValue());
                }
            }
            default -> {
                // What is told of machines together, such as how many there are, is for the caller.
            }
        }
    }
}
