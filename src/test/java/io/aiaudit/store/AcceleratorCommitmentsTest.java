package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

/** The fee of a commitment for instances with accelerators is AI spend, as the instances are. */
class AcceleratorCommitmentsTest {
    @TempDir
    private Path folder;

    private static final List<Arguments> FEES = Cases.of("""
            Google Cloud | Compute Engine | Commitment v1: A2 Cpu in Americas for 1 Year | ai
            Google Cloud | Compute Engine | Commitment v1: A2 Ram in us-central1 for 3 Years | ai
            Google Cloud | Compute Engine | Commitment v1: A3 Ram in Americas for 1 Year | ai
            Google Cloud | Compute Engine | Commitment v1: A3Plus Cpu in Americas for 1 Year | ai
            Google Cloud | Compute Engine | Commitment v1: A4 Nvidia B200 (1 gpu slice) in Iowa for 1 Year | ai
            Google Cloud | Compute Engine | Commitment v1: A4X Cpu in Americas for 1 Year | ai
            Google Cloud | Compute Engine | Commitment v1: G2 Cpu in Americas for 1 Year | ai
            Google Cloud | Compute Engine | Commitment v1: G4 Ram in Americas for 1 Year | ai
            Google Cloud | Compute Engine | Commitment v1: Nvidia Tesla T4 GPU running in Iowa for 1 Year | ai
            Google Cloud | Compute Engine | Commitment v1: TpuV5e in Americas for 1 Year | ai
            Google Cloud | Compute Engine | Commitment v1: Cpu in Americas for 1 Year | other
            Google Cloud | Compute Engine | Commitment v1: C3 Cpu in Americas for 1 Year | other
            Google Cloud | Compute Engine | Commitment - dollar based v1: GCE for 1 year | other
            Google Cloud | Compute Engine | A3Plus Instance Core running in Americas | ai
            AWS | Amazon Elastic Compute Cloud | HeavyUsage:p4d.24xlarge | ai
            AWS | Amazon Elastic Compute Cloud | Linux/UNIX, g5.xlarge reserved instance applied | ai
            AWS | Savings Plans for AWS Compute usage | USE1-EC2SP:g5.1yrNoUpfront | ai
            AWS | Savings Plans for AWS Compute usage | USE1-EC2SP:p6-b200.3yrAllUpfront | ai
            AWS | Savings Plans for AWS Machine Learning usage | 1yrNoUpfront | ai
            AWS | AWS Savings Plans | SageMakerSP:1yrNoUpfront | ai
            AWS | Savings Plans for AWS Compute usage | ComputeSP:1yrNoUpfront | other
            AWS | Savings Plans for AWS Compute usage | EC2SP:m5.1yrNoUpfront | other
            Microsoft | Virtual Machines | Reserved VM Instance, Standard_NC24ads_A100_v4, US East, 1 Year | ai
            Microsoft | Virtual Machines | Reserved VM Instance, Standard_ND96isr_H100_v5, US East, 1 Year | ai
            Microsoft | Virtual Machines | Reserved VM Instance, Standard_NC6s_v3, US East, 3 Years | ai
            Microsoft | Virtual Machines | Reserved VM Instance, Standard_NC6, US East, 3 Years | ai
            Microsoft | Virtual Machines | Reserved VM Instance, Standard_ND128isr_NDR_GB200_v6, US East | ai
            Microsoft | Virtual Machines | Reserved VM Instance, Standard_NV36ads_A10_v5, US East | ai
            Microsoft | Virtual Machines | Reserved VM Instance, Standard_D4s_v5, US East, 1 Year | other
            Microsoft | Virtual Machines | Compute Savings Plan, 1 Year | other
            """);
    private static final Once<Map<String, String>> CLASSES = new Once<>();

    /** By description. */
    private Map<String, String> classes() {
        FocusCsv bill = new FocusCsv();
        for (Arguments fee : FEES) {
            bill.row(
                    "ProviderName=" + Cases.text(fee, 0),
                    "ServiceName=" + Cases.text(fee, 1),
                    "ServiceCategory=Compute",
                    "ResourceId=",
                    "ChargeCategory=Purchase",
                    "ChargeDescription=" + Cases.text(fee, 2));
        }
        try (TestStore store = TestStore.ofBills(folder, bill.write(folder, "bill.csv"))) {
            return store
                    .locked()
                    .select("SELECT ChargeDescription, if(spend_class = 'ai', 'ai', 'other') FROM charges")
                    .rows()
                    .stream()
                    .collect(Collectors.toMap(row -> (String) row.get(0), row -> (String) row.get(1)));
        }
    }

    @ParameterizedTest
    @FieldSource("FEES")
    void the_fee_of_a_commitment_is_of_the_class_of_its_family(
            String provider, String service, String description, String spendClass) {
        assertThat(CLASSES.get(this::classes)).containsEntry(description, spendClass);
    }
}
