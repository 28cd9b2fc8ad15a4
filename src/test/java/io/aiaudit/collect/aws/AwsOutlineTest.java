package io.aiaudit.collect.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class AwsOutlineTest {
    private static final AthenaScope ATHENA =
            new AthenaScope("primary", null, null, AthenaScope.DEFAULT_ABOVE_GIB, AthenaScope.DEFAULT_MAX_SCAN_GIB);

    private static String outline(AwsScope scope, boolean bill) {
        return String.join("\n", AwsOutline.of(scope, bill, BigDecimal.ONE));
    }

    @Test
    void every_operation_that_a_scan_may_call_is_named() {
        AwsScope everything = new AwsScope(true, List.of(), List.of(), "role", null, null, ATHENA);
        String outline = outline(everything, true);
        assertThat(AwsCollector.operations())
                .filteredOn(operation -> !operation.permission().isEmpty())
                .allSatisfy(
                        operation -> assertThat(outline).containsPattern("[ ]" + operation.permission() + "(,|$|\n)"));
        assertThat(outline).contains("sts:GetCallerIdentity", "for each account if nothing is found");
    }

    @Test
    void what_is_not_requested_is_not_named() {
        String outline = outline(AwsScope.OWN_ACCOUNT, false);
        assertThat(outline)
                .doesNotContain("athena:", "glue:", "organizations:", "ce:GetCostAndUsage", "s3:GetObject,")
                .contains("$0.02", "in total about 485 requests and $0.02");
    }
}
