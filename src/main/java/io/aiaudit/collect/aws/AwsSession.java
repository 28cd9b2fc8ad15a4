package io.aiaudit.collect.aws;

import io.aiaudit.collect.Details;
import io.aiaudit.model.Resource;
import io.aiaudit.model.ResourceBuilder;
import io.aiaudit.model.Sink;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.sagemaker.SageMakerClient;

/**
 * One region of one account, and the clients that read there.
 *
 * @param accountName null where it is unknown
 * @param partition such as {@code aws} or {@code aws-cn}, the second part of every ARN
 */
record AwsSession(AwsClients clients, String account, String accountName, String partition, String region) {
    <C extends SdkClient, B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>> C client(
            Class<C> type, Supplier<B> builder) {
        return clients.of(type, builder, account, region);
    }

    /** The same account where services with one global address are requested. */
    AwsSession atHome() {
        return in(AwsAccounts.homeRegion(partition));
    }

    /** The same account in another region. */
    AwsSession in(String other) {
        return new AwsSession(clients, account, accountName, partition, other);
    }

    /** What several slices need of this region, requested by the first of them. */
    <T> T requestOnce(Class<T> type, String what, List<?> parameters, Supplier<T> call) {
        return clients.requested().of(type, List.of(account, region, what, parameters), call);
    }

    Ec2Client ec2() {
        return client(Ec2Client.class, Ec2Client::builder);
    }

    SageMakerClient sageMaker() {
        return client(SageMakerClient.class, SageMakerClient::builder);
    }

    /** Optional calls here, none of which takes another with it. */
    Details details(Sink sink) {
        return details(account + "/" + region, sink);
    }

    /**
     * Those that are made beside regions; {@code scope} is the prefix of the text of a gap, such as {@code
     * 123456789012/all}.
     */
    static Details details(String scope, Sink sink) {
        return new Details("aws", scope, AwsFailure.FAILURES, sink);
    }

    /** A resource here. */
    ResourceBuilder resource(String id, String kind) {
        return Resource.builder(id, kind, "aws")
                .accountId(account)
                .accountName(accountName)
                .region(region);
    }

    /** What a commitment counts for here: the account and whatever is known of {@code parts}. */
    String scope(String... parts) {
        return Stream.concat(Stream.of(account), Stream.of(parts))
                .filter(Objects::nonNull)
                .collect(Collectors.joining("/"));
    }

    /** Such as {@code 2 x p4d.24xlarge}, as far as it is known. */
    static String counted(Integer count, String type) {
        return count == null || type == null ? type : count + " x " + type;
    }

    /** Those of {@code resources} that are here. */
    List<Resource> here(List<Resource> resources) {
        return resources.stream()
                .filter(resource -> "aws".equals(resource.provider())
                        && account.equals(resource.accountId())
                        && region.equals(resource.region()))
                .toList();
    }
}
