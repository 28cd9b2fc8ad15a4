package io.aiaudit.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Audit;
import io.aiaudit.report.SampleAudit;
import io.aiaudit.report.section.PageView;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ApiUsageTest {
    private static Audit requested() {
        return SampleAudit.withCostOfScan(Map.of(
                "aws_requests",
                new BigDecimal("1234"),
                "aws_usd",
                new BigDecimal("0.04008"),
                "aws_requests_by_operation",
                Map.of("Ec2.DescribeInstances", 17, "Ec2.DescribeVolumes", 1217),
                "gcp_requests",
                1,
                "gcp_usd",
                BigDecimal.ZERO,
                "seconds",
                41.5));
    }

    @Test
    void one_line_says_what_was_requested_and_what_it_cost() {
        assertThat(ApiUsage.line(requested()))
                .contains("Requests: aws 1,234 requests for $0.04008, gcp 1 request for $0.00.");
        assertThat(ApiUsage.line(SampleAudit.rich())).isEmpty();
        assertThat(ApiUsage.line(SampleAudit.withCostOfScan(null))).isEmpty();
    }

    @Test
    @SuppressWarnings("unchecked") // the views of templates are maps of anything
    void the_page_has_a_table_of_operations_and_other_facts_as_they_are() {
        Map<String, Object> method =
                (Map<String, Object>) PageView.of(requested()).get("method");
        assertThat(method.get("askings").toString())
                .contains("Ec2.DescribeVolumes", "1,217", "$0.04008")
                .doesNotContain("{\"");
        assertThat(method.get("scan_cost").toString()).contains("seconds").doesNotContain("aws");
    }
}
