package io.aiaudit.collect.aws;

import io.aiaudit.collect.Operations;
import java.math.BigDecimal;
import java.math.RoundingMode;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;

/** What AWS charges for being asked: a cent for each request to Cost Explorer, a cent for a thousand metrics. What Athena takes, {@link AthenaBill} knows; all else is free. */
final class AwsPrices {
    static final BigDecimal COST_EXPLORER_REQUEST = new BigDecimal("0.01");

    /** Without metrics nothing is examined; without Cost Explorer a machine still has its list price. */
    static final BigDecimal KEPT_FOR_METRICS = new BigDecimal("0.5");

    private static final BigDecimal METRIC = new BigDecimal("0.00001");

    private final Operations operations;

    AwsPrices(Operations operations) {
        this.operations = operations;
    }

    void charge(String operation, SdkRequest request) {
        if (operation.startsWith("CostExplorer.")) {
            operations.charge(operation, COST_EXPLORER_REQUEST, KEPT_FOR_METRICS, "metrics");
        } else if (request instanceof GetMetricDataRequest metrics) {
            operations.charge(operation, ofMetrics(metrics.metricDataQueries().size()));
        }
    }

    static BigDecimal ofMetrics(long queries) {
        return METRIC.multiply(BigDecimal.valueOf(queries)).setScale(5, RoundingMode.UNNECESSARY);
    }
}
