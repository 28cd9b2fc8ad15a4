package io.aiaudit.collect.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.collect.Operations;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.ec2.Ec2Client;

class AwsClientsTest {
    private static RetryStrategy retries(AwsClients clients, String account, String region) {
        return clients.of(Ec2Client.class, Ec2Client::builder, account, region)
                .serviceClientConfiguration()
                .overrideConfiguration()
                .retryStrategy()
                .orElseThrow();
    }

    /** The SDK keeps in it how many repetitions are left, and how fast requests may follow each other. */
    @Test
    void a_region_that_throttles_slows_no_other_down() {
        try (AwsClients clients = new AwsClients(Operations.of(AwsCollector.operations(), null))) {
            RetryStrategy first = retries(clients, "1", "us-east-1");
            assertThat(first).isNotSameAs(retries(clients, "1", "eu-west-1"));
            assertThat(first).isNotSameAs(retries(clients, "2", "us-east-1"));
            assertThat(first).isSameAs(retries(clients, "1", "us-east-1"));
        }
    }

    /** Where services with one address for all regions are: a region of another partition knows no such credentials. */
    @Test
    void each_partition_of_the_sdk_has_its_own_home_region() {
        List<PartitionMetadata> partitions =
                Region.regions().stream().map(PartitionMetadata::of).distinct().toList();
        assertThat(partitions)
                .hasSizeGreaterThan(3)
                .allSatisfy(partition -> assertThat(
                                PartitionMetadata.of(Region.of(AwsAccounts.homeRegion(partition.id())))
                                        .id())
                        .isEqualTo(partition.id()));
    }
}
