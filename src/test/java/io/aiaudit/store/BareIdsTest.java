package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.FileSet;
import io.aiaudit.model.LeafCost;
import io.aiaudit.model.Resource;
import io.aiaudit.testing.Slow;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a bill of AWS names by the last part of an ARN alone is the resource of the inventory. */
@Slow
class BareIdsTest {
    private static final String ID = "cr-0aaaaaaaaaaaaaaaa";

    @TempDir
    private Path folder;

    private static Resource reservation(String region, String account, String id) {
        return Resource.builder(
                        "arn:aws:ec2:" + region + ":" + account + ":capacity-reservation/" + id,
                        "capacity_reservation",
                        "aws")
                .accountId(account)
                .accountName(null)
                .region(region)
                .build();
    }

    /** By resource: what it cost. */
    private Map<String, String> costs(String billed, String region, Resource... inventory) {
        Path file = new FocusCsv()
                .row(
                        "ResourceId=" + billed,
                        "ProviderName=AWS",
                        "ServiceName=Amazon Elastic Compute Cloud - Compute",
                        "SubAccountId=111122223333",
                        "RegionId=" + region,
                        "BilledCost=5",
                        "EffectiveCost=5")
                .write(folder, "b.csv");
        try (TestStore store = TestStore.of(folder, IngestSettings.NONE, staging -> {
            List.of(inventory).forEach(staging::resource);
            staging.files(TestStore.set(FileSet.Content.BILLING, file));
        })) {
            Map<String, String> costs = new TreeMap<>();
            for (LeafCost leaf : store.scan().leafCosts(TestStore.JUNE)) {
                leaf.parts().stream()
                        .map(part -> part.cost())
                        .reduce(BigDecimal::add)
                        .ifPresent(cost -> costs.put(
                                leaf.resource().resourceId(),
                                cost.stripTrailingZeros().toPlainString()));
            }
            return costs;
        }
    }

    @Test
    void it_is_the_one_of_its_account_and_region_whose_arn_ends_with_it() {
        Resource own = reservation("us-east-1", "111122223333", ID);
        assertThat(costs(
                        ID,
                        "us-east-1",
                        own,
                        reservation("eu-west-1", "111122223333", ID),
                        reservation("us-east-1", "444455556666", ID),
                        reservation("us-east-1", "111122223333", "x" + ID)))
                .isEqualTo(Map.of(own.resourceId(), "5"));
    }

    @Test
    void its_region_is_the_same_in_capitals() {
        Resource own = reservation("us-east-1", "111122223333", ID);
        assertThat(costs(ID, "US-East-1", own)).isEqualTo(Map.of(own.resourceId(), "5"));
    }

    @Test
    void what_none_or_several_end_with_is_for_itself() {
        assertThat(costs(ID, "us-east-1", reservation("eu-west-1", "111122223333", ID)))
                .isEqualTo(Map.of(ID, "5"));
        Resource snapshot = Resource.builder("arn:aws:ec2:us-east-1:111122223333:other/" + ID, "service", "aws")
                .accountId("111122223333")
                .accountName(null)
                .region("us-east-1")
                .build();
        assertThat(costs(ID, "us-east-1", reservation("us-east-1", "111122223333", ID), snapshot))
                .isEqualTo(Map.of(ID, "5"));
    }

    @Test
    void a_name_that_somebody_chose_is_no_id() {
        Resource endpoint = Resource.builder(
                        "arn:aws:sagemaker:us-east-1:111122223333:endpoint/models", "inference_endpoint", "aws")
                .accountId("111122223333")
                .accountName(null)
                .region("us-east-1")
                .build();
        assertThat(costs("models", "us-east-1", endpoint)).isEqualTo(Map.of("models", "5"));
    }
}
