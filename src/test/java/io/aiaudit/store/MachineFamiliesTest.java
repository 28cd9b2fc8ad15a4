package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.testing.Slow;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Families of machines with accelerators are AI, with generations that are not out yet, and no other family is. */
@Slow
class MachineFamiliesTest {
    private static final Map<String, List<String>> AI_TYPES = Map.of(
            "AWS",
            List.of(
                    "p9.48xlarge",
                    "p6-b300.48xlarge",
                    "p7e-x900.metal-48xl",
                    "g9dn.xlarge",
                    "gr8.4xlarge",
                    "trn4.48xlarge",
                    "trn2u.48xlarge",
                    "inf3.xlarge",
                    "dl3.24xlarge",
                    "ml.p9.48xlarge",
                    "ml.g8e.large",
                    "vt1.3xlarge",
                    "g2.2xlarge"),
            "Microsoft",
            List.of(
                    "Standard_ND128isr_NDR_GB300_v6",
                    "Standard_NC24ads_X900_v9",
                    "Standard_NV36ads_A10_v5",
                    "Standard_NG32ads_V620_v1",
                    "Standard_NC6",
                    "Standard_NCC40ads_H100_v5",
                    "Standard_ND96isr_MI400X_v7"),
            "Google Cloud",
            List.of(
                    "a2-highgpu-1g",
                    "a3-edgegpu-8g",
                    "a5-omegagpu-8g",
                    "a4x-highgpu-4g",
                    "g2-standard-4",
                    "g6-standard-8",
                    "ct9x-hightpu-4t",
                    "tpu7x-standard-4t"));

    private static final Map<String, List<String>> OTHER_TYPES = Map.of(
            "AWS",
            List.of(
                    "m9g.xlarge",
                    "c8g.4xlarge",
                    "r7gd.large",
                    "t4g.small",
                    "db.r6g.large",
                    "f2.6xlarge",
                    "x2gd.metal",
                    "hpc7g.16xlarge",
                    "i4g.large",
                    "im4gn.large",
                    "is4gen.large"),
            "Microsoft",
            List.of(
                    "Standard_NP10s",
                    "Standard_D4s_v5",
                    "Standard_E8ads_v6",
                    "Standard_M128ms_v2",
                    "Standard_HB120rs_v3"),
            "Google Cloud",
            List.of(
                    "g1-small",
                    "n1-standard-8",
                    "n4-highmem-8",
                    "e2-medium",
                    "c4a-standard-8",
                    "m3-megamem-64",
                    "t2a-standard-1",
                    "c2-standard-4",
                    "h3-standard-88"));

    /** What a bill writes where it has no type of the machine. */
    private static final Map<String, List<String>> AI_METERS = Map.of(
            "AWS",
            List.of(
                    "USE1-BoxUsage:p9.48xlarge",
                    "$9 per On Demand Linux g9dn.xlarge Instance Hour",
                    "u-p6e-gb200x72",
                    "UnusedBox:p6-b300.48xlarge",
                    "SpotUsage:ml.trn4.48xlarge"),
            "Microsoft",
            List.of(
                    "Virtual Machines - ND GB300 v6 Series - ND128isr GB300 v6",
                    "ND128isr NDR GB300 v6",
                    "NCads X900 v9 Series",
                    "NC24ads X900 v9",
                    "ND96asr v4",
                    "NVSv3 Series",
                    "NCasT4 v3 Series",
                    "NC6s v3 Low Priority",
                    "Virtual Machines NDsv2 Series",
                    "NDasrA100_v4 Series",
                    "NDm A100 v4 Series",
                    "NC A100 v4 Series"),
            "Google Cloud",
            List.of(
                    "A5 Instance Core running in Iowa",
                    "Spot Preemptible A3Ultra Instance Ram running in Iowa",
                    "G6 Instance Core running in Iowa",
                    "A4X Instance Core",
                    "Commitment v1: A5 Cpu in Iowa",
                    "Commitment v2: Reserved A4 Ultra in Iowa for 1 year",
                    "a5-omegagpu-8g"));

    private static final Map<String, List<String>> OTHER_METERS = Map.of(
            "AWS",
            List.of(
                    "USE1-BoxUsage:c8g.xlarge",
                    "EBS:VolumeUsage.gp3",
                    "BoxUsage:m9g.large",
                    "BoxUsage:r8gn.metal-24xl",
                    "Graviton2 t4g.small",
                    "BoxUsage:f2.6xlarge"),
            "Microsoft",
            List.of(
                    "NP10s",
                    "NPS Series",
                    "Dv5 Series - D4 v5",
                    "NVMe v2 disk",
                    "NC2 Nutanix",
                    "NVMe Temp Disk v6 Series",
                    "NDS Gateway"),
            "Google Cloud",
            List.of(
                    "N1 Predefined Instance Core running in Americas",
                    "C4A Arm Instance Core",
                    "M3 Memory-optimized Core",
                    "Commitment v1: N2 Cpu in Iowa",
                    "T2A Arm Instance Ram",
                    "A record lookups"));

    @TempDir
    private Path folder;

    private Map<String, String> classes(Map<String, List<String>> names, boolean areTypes) {
        FocusCsv bill = new FocusCsv();
        names.forEach((provider, list) -> list.forEach(name -> bill.row(
                "ProviderName=" + provider,
                "ServiceName=Compute",
                "ResourceId=",
                "ResourceName=" + name,
                areTypes ? "SkuPriceDetails={\"InstanceType\":\"" + name + "\"}" : "SkuMeter=" + name)));
        try (TestStore store = TestStore.ofBills(folder, bill.write(folder, "bill.csv"))) {
            return BillSums.loaded(store, "spend_class || ' ' || ResourceName");
        }
    }

    @Test
    void the_type_of_the_machine_decides_by_its_family() {
        assertThat(classes(AI_TYPES, true))
                .allSatisfy((name, cost) -> assertThat(name).startsWith("ai "));
        assertThat(classes(OTHER_TYPES, true))
                .allSatisfy((name, cost) -> assertThat(name).startsWith("untold "));
    }

    @Test
    void a_meter_that_names_a_family_does_so_too() {
        assertThat(classes(AI_METERS, false))
                .allSatisfy((name, cost) -> assertThat(name).startsWith("ai "));
        assertThat(classes(OTHER_METERS, false))
                .allSatisfy((name, cost) -> assertThat(name).startsWith("untold "));
    }

    @Test
    void cores_and_memory_beside_an_attached_card_are_ai_and_other_machines_and_disks_are_not() {
        String[] card = {
            "ProviderName=Google Cloud",
            "ServiceName=Compute Engine",
            "ResourceId=" + "//compute.googleapis.com/projects/p/zones/us-central1-a/instances/1"
        };
        String[] plain = card.clone();
        plain[2] += "2";
        FocusCsv bill = new FocusCsv();
        for (String[] machine : List.of(card, plain)) {
            for (String meter :
                    List.of("N1 Predefined Instance Core", "N1 Predefined Instance Ram", "Network Egress")) {
                row(bill, machine, meter, "n1-standard-8", meter.startsWith("N1") ? "Hours" : "GB");
            }
        }
        row(bill, card, "Nvidia Tesla T4 GPU running in Americas", "n1-standard-8", "Hours");
        row(bill, card, "N2 Instance Core", "n2-standard-8", "Hours");
        try (TestStore store = TestStore.ofBills(folder, bill.write(folder, "bill.csv"))) {
            assertThat(BillSums.loaded(store, "resource_id[-2:] || ' ' || spend_class || ' ' || SkuMeter")
                            .keySet())
                    .containsExactlyInAnyOrder(
                            "/1 ai N1 Predefined Instance Core",
                            "/1 ai N1 Predefined Instance Ram",
                            "/1 ai Nvidia Tesla T4 GPU running in Americas",
                            "/1 untold N2 Instance Core",
                            "/1 untold Network Egress",
                            "12 untold N1 Predefined Instance Core",
                            "12 untold N1 Predefined Instance Ram",
                            "12 untold Network Egress");
        }
    }

    private static void row(FocusCsv bill, String[] machine, String meter, String type, String unit) {
        bill.row(
                machine[0],
                machine[1],
                machine[2],
                "SkuMeter=" + meter,
                "SkuPriceDetails={\"InstanceType\":\"" + type + "\"}",
                "ConsumedUnit=" + unit);
    }
}
