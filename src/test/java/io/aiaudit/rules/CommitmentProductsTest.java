package io.aiaudit.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.analysis.CommitmentReach;
import io.aiaudit.model.Resource;
import io.aiaudit.store.LockedStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a commitment is sold for is decided by its words in SQL (commitments.sql), and by what it covers in Java
 * (CommitmentReach): of each product that a cloud sells commitments for, both say the same.
 */
class CommitmentProductsTest {
    private static final List<String> REGIONS = List.of("eu-west-1", "us-east-1");

    /** A resource, and a commitment under which it can lie: its kind, its id, and the SKU that the bill has of it. */
    private record Covered(
            String provider, String resource, String kind, String machine, String commitment, String id, String sku) {}

    private static List<Covered> covered() {
        return """
                aws   | i-1                                    | instance         | g5.xlarge     | \
                Compute Savings Plan        | arn:aws:savingsplans::1:savingsplan/c   | ComputeSP:1yrNoUpfront
                aws   | i-2                                    | instance         | p5.48xlarge   | \
                EC2 Instance Savings Plan   | arn:aws:savingsplans::1:savingsplan/e   | EC2SP:p5.1yrNoUpfront
                aws   | i-3                                    | instance         | -             | \
                Reserved Instance           | arn:aws:ec2:us-east-1:1:reserved-instances/r | HeavyUsage:g5.xlarge
                aws   | arn:aws:eks:us-east-1:1:nodegroup/g    | node_group       | g5.xlarge     | \
                Compute Savings Plan        | arn:aws:savingsplans::1:savingsplan/n   | ComputeSP:3yrAllUpfront
                aws   | arn:aws:sagemaker:us-east-1:1:endpoint/e | inference_endpoint | ml.g5.xlarge | \
                SageMaker Savings Plan      | arn:aws:savingsplans::1:savingsplan/s   | MachineLearningSP:1yrNoUpfront
                aws   | arn:aws-us-gov:sagemaker:us-gov-west-1:1:endpoint/e | inference_endpoint | - | \
                SageMaker Savings Plan      | arn:aws-us-gov:savingsplans::1:savingsplan/s | MachineLearningSP:1yr
                aws   | arn:aws-cn:sagemaker:cn-north-1:1:notebook-instance/n | notebook | - | \
                SageMaker Savings Plan      | arn:aws-cn:savingsplans::1:savingsplan/s | MachineLearningSP:1yr
                aws   | arn:aws:sagemaker:us-east-1:1:cluster/c | training_cluster | - | \
                Machine Learning Savings Plan | arn:aws:savingsplans::1:savingsplan/m | MachineLearningSP:3yr
                aws   | arn:aws:es:us-east-1:1:domain/d        | search_index     | r6g.large.search | \
                Reserved Instance           | arn:aws:es:us-east-1:1:reserved-instance/o | HeavyUsage:r6g.large.search
                aws   | arn:aws:bedrock:us-east-1:1:provisioned-model/p | provisioned_throughput | - | \
                Bedrock model units         | arn:aws:bedrock:us-east-1:1:provisioned-model/p | ProvisionedThroughput
                azure | /subscriptions/s/virtualmachines/v     | instance         | Standard_NC24ads_A100_v4 | \
                reservation of 1 Standard_NC24ads_A100_v4 | reservation-1 | Virtual Machines
                azure | /subscriptions/s/virtualmachines/w     | instance         | Standard_D4s_v5 | \
                savings plan for compute    | plan-1                                  | Compute savings plan
                azure | /subscriptions/s/endpoints/e/deployments/d | inference_endpoint | Standard_NC24ads_A100_v4 | \
                reservation of 1 Standard_NC24ads_A100_v4 | reservation-2 | Virtual Machines
                azure | /subscriptions/s/accounts/a/deployments/d | provisioned_throughput | - | \
                reservation of 50 Provisioned Managed Global | reservation-3 | Azure OpenAI Provisioned Managed
                gcp   | //compute.googleapis.com/projects/p/zones/z/instances/i | instance | e2-standard-4 | \
                GENERAL_PURPOSE_E2 compute commitment | commitment-1 | Commitment v1: E2 Cpu
                gcp   | //compute.googleapis.com/projects/p/zones/z/instances/j | instance | g2-standard-4 | \
                GRAPHICS_OPTIMIZED vCPU commitment | commitment-2 | Commitment v1: Nvidia L4 GPU
                """.lines().map(line -> line.split("\\|", -1)).map(cells -> {
            List<String> texts = new ArrayList<>();
            for (String cell : cells) {
                texts.add(cell.strip().equals("-") ? null : cell.strip());
            }
            return new Covered(
                    texts.get(0), texts.get(1), texts.get(2), texts.get(3), texts.get(4), texts.get(5), texts.get(6));
        }).toList();
    }

    @Test
    void sql_and_java_agree_on_what_a_commitment_can_cover(@TempDir Path folder) throws Exception {
        List<Covered> all = covered();
        Map<Covered, String> sold = soldFor(folder, all);
        List<String> differences = new ArrayList<>();
        for (Covered one : all) {
            for (Covered other : all) {
                for (String region : REGIONS) {
                    boolean sql = one.provider().equals(other.provider())
                            && Objects.equals(sold.get(one), sold.get(other))
                            // units of Bedrock are the commitment, and machines of Google Cloud that differ in their
                            // accelerator, or in the region of one, have commitments of their own
                            && !(one.provider().equals("aws") && "units".equals(sold.get(one)))
                            && !(one.provider().equals("gcp") && !isOfSameAccelerator(one, other, region));
                    boolean java = CommitmentReach.mayReach(resource(one, REGIONS.get(0)), resource(other, region));
                    if (sql != java) {
                        differences.add(one + " and " + other + " in " + region + ": sold for " + sold.get(one)
                                + " and " + sold.get(other) + ", Java says " + java);
                    }
                }
            }
        }
        assertThat(sold.values()).doesNotContainNull().hasSizeGreaterThan(10);
        assertThat(differences).isEmpty();
    }

    private static boolean isOfSameAccelerator(Covered one, Covered other, String region) {
        String accelerator = accelerator(one);
        return Objects.equals(accelerator, accelerator(other))
                && (accelerator == null || region.equals(REGIONS.get(0)));
    }

    private static String accelerator(Covered covered) {
        return covered.machine() != null && covered.machine().startsWith("g2-") ? "L4" : null;
    }

    private static Resource resource(Covered covered, String region) {
        return Resource.builder(covered.resource(), covered.kind(), covered.provider())
                .machineType(covered.machine())
                .accelerator(accelerator(covered))
                .region(region)
                .build();
    }

    /** By the words of the commitment alone, and by those of its SKU. */
    private static Map<Covered, String> soldFor(Path folder, List<Covered> all) throws Exception {
        Map<Covered, String> sold = new LinkedHashMap<>();
        String rows = all.stream()
                .map(one -> "('%s', '%s', '%s')".formatted(one.provider(), one.id(), one.commitment()))
                .distinct()
                .collect(Collectors.joining(", "));
        String charges = all.stream()
                .map(one -> "('%s', '%s', 'commitment', 'cost', '%s')".formatted(one.provider(), one.id(), one.sku()))
                .distinct()
                .collect(Collectors.joining(", "));
        try (LockedStore store = TestRule.store(
                folder,
                "INSERT INTO commitments (provider, id, kind) VALUES " + rows
                        + "; INSERT INTO charges (provider, CommitmentDiscountId, component, charge_kind, SkuMeter) "
                        + "VALUES "
                        + charges)) {
            store.execute(Relations.INSTANCE_FAMILY);
            String query = Work.text("commitments.sql").replace("{base}", RuleRun.storeTables(store));
            for (Covered one : all) {
                sold.put(one, (String) store.select("SELECT sold_for FROM (" + query + ") WHERE id = ?", one.id())
                        .rows()
                        .get(0)
                        .get(0));
            }
        }
        return sold;
    }
}
