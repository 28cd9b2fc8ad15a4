package io.aiaudit.collect.aws;

import io.aiaudit.collect.Frequency;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.bedrock.BedrockClient;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.costexplorer.CostExplorerClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sagemaker.SageMakerClient;

/**
 * A service of AWS. Those that several collectors call are constants here; the others are declared beside their only
 * caller.
 *
 * @param name before the names of its operations, as the SDK counts them
 * @param prefix before its permissions
 * @param client the one that permissions are tried with
 * @param isIn false for regions that lack the service
 * @param usd what AWS charges for each request
 */
record AwsService<C>(
        String name, String prefix, Function<AwsSession, C> client, Predicate<String> isIn, BigDecimal usd) {
    static final AwsService<Ec2Client> EC2 = of("Ec2", "ec2", Ec2Client.class, Ec2Client::builder);
    static final AwsService<SageMakerClient> SAGEMAKER =
            of("SageMaker", "sagemaker", SageMakerClient.class, SageMakerClient::builder);
    static final AwsService<AutoScalingClient> AUTO_SCALING =
            of("AutoScaling", "autoscaling", AutoScalingClient.class, AutoScalingClient::builder);
    static final AwsService<BedrockClient> BEDROCK = of(
                    "Bedrock", "bedrock", BedrockClient.class, BedrockClient::builder)
            .isOnlyIn(Bedrock::isIn);
    static final AwsService<CloudTrailClient> CLOUD_TRAIL =
            of("CloudTrail", "cloudtrail", CloudTrailClient.class, CloudTrailClient::builder);
    static final AwsService<S3Client> S3 = of("S3", "s3", S3Client.class, S3Export::client);
    static final AwsService<CostExplorerClient> COST_EXPLORER = of(
                    "CostExplorer", "ce", CostExplorerClient.class, CostExplorerClient::builder)
            .atHome()
            .charges("0.01");

    static <C extends SdkClient, B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>> AwsService<C> of(
            String name, String prefix, Class<C> type, Supplier<B> builder) {
        return new AwsService<>(
                name, prefix, session -> session.client(type, builder), region -> true, BigDecimal.ZERO);
    }

    /** One address for all regions. */
    AwsService<C> atHome() {
        return new AwsService<>(name, prefix, session -> client.apply(session.atHome()), isIn, usd);
    }

    AwsService<C> isOnlyIn(Predicate<String> regions) {
        return new AwsService<>(name, prefix, client, regions, usd);
    }

    private AwsService<C> charges(String each) {
        return new AwsService<>(name, prefix, client, isIn, new BigDecimal(each));
    }

    C in(AwsSession session) {
        return client.apply(session);
    }

    /** Declares an operation, under the name that the SDK gives it; {@code reads} is what is not known without it. */
    AwsOperation.Declaration<C> operation(String operation, Frequency frequency, String... reads) {
        return new AwsOperation.Declaration<>(this, operation, frequency, List.of(reads));
    }
}
