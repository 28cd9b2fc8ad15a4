package io.aiaudit.collect.aws;

import io.aiaudit.collect.Operation;
import io.aiaudit.collect.Operations;
import java.math.BigDecimal;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkRequest;

/** Counts what AWS charges for requests, as operations declare it. What Athena takes, {@link AthenaBill} knows. */
final class AwsPrices {
    /** Without metrics nothing is examined; without Cost Explorer a machine still has its list price. */
    static final BigDecimal KEPT_FOR_METRICS = new BigDecimal("0.5");

    private final Operations operations;
    private final Map<String, AwsOperation> declared =
            AwsCollector.operations().stream().collect(Collectors.toMap(AwsOperation::name, operation -> operation));

    AwsPrices(Operations operations) {
        this.operations = operations;
    }

    void charge(String operation, SdkRequest request) {
        BigDecimal usd = declared.get(operation).usd(request);
        if (declared.get(operation).reads().contains(Operation.METRICS)) {
            operations.charge(operation, usd);
        } else if (usd.signum() > 0) {
            operations.charge(operation, usd, KEPT_FOR_METRICS, "metrics");
        }
    }
}
