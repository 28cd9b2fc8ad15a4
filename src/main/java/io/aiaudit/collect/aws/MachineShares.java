package io.aiaudit.collect.aws;

import io.aiaudit.collect.aws.MetricSeries.Statistic;
import io.aiaudit.model.Resource;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;

/**
 * How busy SageMaker's machines were: it counts up to 100 for each accelerator and each processor of a machine. Shares of what there is are unknown where nobody tells how
 * many accelerators, processors or GiB a machine has.
 */
record MachineShares(Resource resource, String namespace, List<Dimension> dimensions) {
    MachineShares {
        dimensions = List.copyOf(dimensions);
    }

    /** A machine of which everything is known. */
    static Resource.Builder machine(String kind) {
        return Resource.builder("a resource", kind, "aws")
                .accelerator("A10G", BigDecimal.ONE, BigDecimal.ONE)
                .size(BigDecimal.ONE, BigDecimal.ONE);
    }

    /** What is measured of such a machine. */
    static Set<String> metrics(String kind) {
        return MetricSeries.written(new MachineShares(machine(kind).build(), "", List.of()).series());
    }

    List<MetricSeries> series() {
        List<MetricSeries> series = new ArrayList<>();
        BigDecimal accelerators = resource.acceleratorCount();
        if (accelerators != null && accelerators.signum() > 0) {
            double each = 0.01 / accelerators.doubleValue();
            series.addAll(both("gpu_utilization", "GPUUtilization", each));
            if (resource.acceleratorMemoryGib() != null) {
                double gib = each * resource.acceleratorMemoryGib().doubleValue();
                series.addAll(both("gpu_memory_used_gib", "GPUMemoryUtilization", gib));
            }
        }
        if (resource.vcpus() != null) {
            double each = 0.01 / resource.vcpus().doubleValue();
            series.addAll(both("cpu_utilization", "CPUUtilization", each));
        }
        if (resource.memoryGib() != null) {
            double gib = 0.01 * resource.memoryGib().doubleValue();
            series.addAll(both("memory_used_gib", "MemoryUtilization", gib));
        }
        return series;
    }

    private List<MetricSeries> both(String metric, String name, double factor) {
        MetricSeries average = new MetricSeries(
                resource.resourceId(), metric, namespace, name, dimensions, Statistic.AVERAGE, factor, false);
        return List.of(average, average.as(Statistic.MAXIMUM));
    }
}
