package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.aiaudit.model.FileSet;
import io.aiaudit.testing.Slow;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

/** What a bill says of things that compliance is the usual reason for. */
@Slow
class ComplianceChargesTest {
    @TempDir
    private Path folder;

    private List<ComplianceCharge> charges(FocusCsv bill) {
        try (TestStore store = TestStore.of(
                folder,
                IngestSettings.NONE,
                staging -> staging.files(TestStore.set(FileSet.Content.BILLING, bill.write(folder, "bill.csv"))))) {
            return store.scan().complianceCharges(TestStore.JUNE);
        }
    }

    private static final FocusCsv BILL = new FocusCsv();
    private static List<ComplianceCharge> billed;

    /** A row with a resource of its own. */
    private static Arguments meter(String row, String kind) {
        String[] cells = row.split(", ");
        String id = "r-" + BILL.size();
        BILL.row("ProviderName=" + cells[0], "ServiceName=" + cells[1], "SkuMeter=" + cells[2], "ResourceId=" + id);
        return argumentSet(row + ", " + kind, id, kind);
    }

    static final List<Arguments> METERS = List.of(
            meter("AWS, Amazon Virtual Private Cloud, EU-VpcEndpoint-Hours", "private_endpoint"),
            meter("Microsoft, Virtual Network, Standard Private Endpoint", "private_endpoint"),
            meter("Google Cloud, Networking, Private Service Connect Endpoint", "private_endpoint"),
            meter("AWS, AWS Direct Connect, EU-PortUsage:1G", "dedicated_network"),
            meter("Microsoft, ExpressRoute, Standard Metered Data 1 Gbps Circuit", "dedicated_network"),
            meter("Google Cloud, Compute Engine, Dedicated Interconnect Circuit 10 Gbps", "dedicated_network"),
            meter("AWS, AWS Key Management Service, us-east-1-KMS-Keys", "encryption_key"),
            meter("Microsoft, Key Vault, Premium HSM-protected Keys", "encryption_key"),
            meter("Google Cloud, Cloud Key Management Service (KMS), Active HSM key versions", "encryption_key"),
            meter("AWS, AmazonCloudWatch, EU-DataProcessing-Bytes", "log_store"),
            meter("Microsoft, Log Analytics, Pay-as-you-go Data Ingestion", "log_store"),
            meter("Google Cloud, Cloud Logging, Log Storage cost", "log_store"),
            meter("AWS, AWS CloudTrail, USE1-DataEventsRecorded", "audit_service"),
            meter("Microsoft, Microsoft Defender for Cloud, Standard Node", "audit_service"),
            meter("Google Cloud, Security Command Center, Premium", "audit_service"),
            meter("AWS, Amazon Elastic Compute Cloud, DedicatedUsage:p4d.24xlarge", "dedicated_capacity"),
            meter("Google Cloud, Compute Engine, Sole Tenancy Premium for A2", "dedicated_capacity"),
            meter("AWS, AmazonCloudWatch, CW:MetricMonitorUsage", null),
            meter("AWS, AWS Glue, AWS Glue Data Catalog storage", null),
            meter("AWS, AWS Lake Formation, Catalogs storage", null),
            meter("AWS, Example Backlogs, Blog storage", null),
            meter("Microsoft, Azure Synapse, Catalog Data Blogs Retention", null),
            meter("AWS, Amazon SageMaker, Host:ml.g5.xlarge", null),
            meter("Microsoft, Virtual Network, Standard IPv4 Static Public IP", null));

    @ParameterizedTest
    @FieldSource("METERS")
    void a_meter_says_what_is_paid_for(String id, String kind) {
        if (billed == null) {
            billed = charges(BILL);
        }
        List<ComplianceCharge> charges =
                billed.stream().filter(charge -> charge.resourceId().equals(id)).toList();
        if (kind == null) {
            assertThat(charges).isEmpty();
        } else {
            assertThat(charges).extracting(ComplianceCharge::kind).containsExactly(kind);
        }
    }

    @Test
    void the_workload_is_that_of_the_tags_and_what_lies_outside_the_window_is_left_out() {
        FocusCsv bill = new FocusCsv();
        String[] key = {
            "ProviderName=AWS",
            "ServiceName=AWS Key Management Service",
            "SkuMeter=us-east-1-KMS-Keys",
            "ResourceId=arn:aws:kms:us-east-1:111122223333:key/k-1",
            "BilledCost=3",
            "EffectiveCost=3",
            "Tags={\"workload\":\"chat\"}"
        };
        bill.row(key);
        String[] before = key.clone();
        before[5] = "EffectiveCost=50";
        String[] earlier = java.util.Arrays.copyOf(before, before.length + 2);
        earlier[before.length] = "ChargePeriodStart=2026-05-30T00:00:00Z";
        earlier[before.length + 1] = "ChargePeriodEnd=2026-05-31T00:00:00Z";
        bill.row(earlier);
        assertThat(charges(bill))
                .extracting(ComplianceCharge::workload, charge -> charge.cost().intValueExact())
                .containsExactly(tuple("chat", 3));
    }
}
