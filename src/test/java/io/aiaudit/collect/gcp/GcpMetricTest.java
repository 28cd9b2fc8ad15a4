package io.aiaudit.collect.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.collect.gcp.GcpMetric.Unit;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class GcpMetricTest {
    /** What Google documents of each: "10^2.%" is a share from 0 to 1, "%" goes to 100, GKE counts percents from 0 to 100. */
    private static final Map<String, Unit> DOCUMENTED = Map.ofEntries(
            Map.entry("compute.googleapis.com/instance/cpu/utilization", Unit.RATIO),
            Map.entry("compute.googleapis.com/instance/network/received_bytes_count", Unit.COUNT),
            Map.entry("compute.googleapis.com/instance/network/sent_bytes_count", Unit.COUNT),
            Map.entry("agent.googleapis.com/gpu/utilization", Unit.PERCENT),
            Map.entry("agent.googleapis.com/gpu/memory/bytes_used", Unit.BYTES_TO_GIB),
            Map.entry("kubernetes.io/node/accelerator/duty_cycle", Unit.PERCENT),
            Map.entry("kubernetes.io/node/accelerator/memory_used", Unit.BYTES_TO_GIB),
            Map.entry("aiplatform.googleapis.com/prediction/online/prediction_count", Unit.COUNT),
            Map.entry("aiplatform.googleapis.com/prediction/online/private/response_count", Unit.COUNT),
            Map.entry("aiplatform.googleapis.com/prediction/online/prediction_latencies", Unit.MILLISECONDS),
            Map.entry("aiplatform.googleapis.com/prediction/online/accelerator/duty_cycle", Unit.RATIO),
            Map.entry("aiplatform.googleapis.com/prediction/online/accelerator/memory/bytes_used", Unit.BYTES_TO_GIB),
            Map.entry("aiplatform.googleapis.com/prediction/online/cpu/utilization", Unit.RATIO),
            Map.entry("aiplatform.googleapis.com/prediction/online/memory/bytes_used", Unit.BYTES_TO_GIB),
            Map.entry("run.googleapis.com/request_count", Unit.COUNT));

    @Test
    void every_metric_has_the_unit_that_google_documents() {
        Map<String, Unit> units = new TreeMap<>();
        GcpMetric.ALL.forEach(metric -> units.put(metric.type(), metric.unit()));
        assertThat(units).isEqualTo(new TreeMap<>(DOCUMENTED));
    }

    @Test
    void units_become_shares_and_gib() {
        assertThat(Unit.PERCENT.factor() * 100).isEqualTo(1);
        assertThat(Unit.RATIO.factor()).isEqualTo(1);
        assertThat(Unit.BYTES_TO_GIB.factor() * (40L << 30)).isEqualTo(40);
    }
}
