package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.aiaudit.model.FileSet;
import io.aiaudit.testing.Slow;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @ParameterizedTest
    @CsvSource({
        "AWS, Amazon Virtual Private Cloud, EU-VpcEndpoint-Hours, private_endpoint",
        "Microsoft, Virtual Network, Standard Private Endpoint, private_endpoint",
        "Google Cloud, Networking, Private Service Connect Endpoint, private_endpoint",
        "AWS, AWS Direct Connect, EU-PortUsage:1G, dedicated_network",
        "Microsoft, ExpressRoute, Standard Metered Data 1 Gbps Circuit, dedicated_network",
        "Google Cloud, Compute Engine, Dedicated Interconnect Circuit 10 Gbps, dedicated_network",
        "AWS, AWS Key Management Service, us-east-1-KMS-Keys, encryption_key",
        "Microsoft, Key Vault, Premium HSM-protected Keys, encryption_key",
        "Google Cloud, Cloud Key Management Service (KMS), Active HSM key versions, encryption_key",
        "AWS, AmazonCloudWatch, EU-DataProcessing-Bytes, log_store",
        "Microsoft, Log Analytics, Pay-as-you-go Data Ingestion, log_store",
        "Google Cloud, Cloud Logging, Log Storage cost, log_store",
        "AWS, AWS CloudTrail, USE1-DataEventsRecorded, audit_service",
        "Microsoft, Microsoft Defender for Cloud, Standard Node, audit_service",
        "Google Cloud, Security Command Center, Premium, audit_service",
        "AWS, Amazon Elastic Compute Cloud, DedicatedUsage:p4d.24xlarge, dedicated_capacity",
        "Google Cloud, Compute Engine, Sole Tenancy Premium for A2, dedicated_capacity",
        "AWS, AmazonCloudWatch, CW:MetricMonitorUsage,",
        "AWS, Amazon SageMaker, Host:ml.g5.xlarge,",
        "Microsoft, Virtual Network, Standard IPv4 Static Public IP,"
    })
    void a_meter_says_what_is_paid_for(String provider, String service, String meter, String kind) {
        List<ComplianceCharge> charges = charges(new FocusCsv()
                .row("ProviderName=" + provider, "ServiceName=" + service, "SkuMeter=" + meter, "ResourceId=r-1"));
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
