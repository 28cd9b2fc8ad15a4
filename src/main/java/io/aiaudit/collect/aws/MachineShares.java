package io.aiaudit.collect.aws;

import io.aiaudit.model.Resource;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Function;

/**
 * How busy SageMaker's instances were: it counts up to 100 for each accelerator and each processor of an instance.
 * Shares of what there is are unknown where the number of accelerators or processors or the memory is.
 */
final class MachineShares {
    private MachineShares() {}

    /** In the namespace of endpoints or of a sort of jobs. */
    static List<CloudWatchMetric> in(String namespace) {
        return List.of(
                row(namespace, "GPUUtilization", "gpu_utilization", MachineShares::ofAccelerators),
                row(namespace, "GPUMemoryUtilization", "gpu_memory_used_gib", MachineShares::ofAcceleratorMemory),
                row(namespace, "CPUUtilization", "cpu_utilization", MachineShares::ofProcessors),
                row(namespace, "MemoryUtilization", "memory_used_gib", MachineShares::ofMemory));
    }

    private static CloudWatchMetric row(
            String namespace, String name, String metric, Function<Resource, Double> factor) {
        return new CloudWatchMetric(namespace, name, metric, CloudWatchMetric.Form.MEASURED, factor);
    }

    private static Double ofAccelerators(Resource machine) {
        BigDecimal count = machine.acceleratorCount();
        return count == null || count.signum() <= 0 ? null : Double.valueOf(0.01 / count.doubleValue());
    }

    private static Double ofAcceleratorMemory(Resource machine) {
        Double each = ofAccelerators(machine);
        return each == null || machine.acceleratorMemoryGib() == null
                ? null
                : Double.valueOf(each * machine.acceleratorMemoryGib().doubleValue());
    }

    private static Double ofProcessors(Resource machine) {
        return machine.vcpus() == null
                ? null
                : Double.valueOf(0.01 / machine.vcpus().doubleValue());
    }

    private static Double ofMemory(Resource machine) {
        return machine.memoryGib() == null
                ? null
                : Double.valueOf(0.01 * machine.memoryGib().doubleValue());
    }
}
