package io.aiaudit.collect.aws;

import io.aiaudit.collect.Operations;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.client.config.SdkAdvancedClientOption;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * The clients of the SDK, one for each account, region and service, all over one HTTP client and all with the guard.
 * Made when they are first needed; the SDK retries in them, and slows down by itself where AWS throttles.
 */
final class AwsClients implements AutoCloseable {
    /** What the SDK would log is in what it throws. Referenced, since a logger without a reference loses its level. */
    private static final Logger SDK_LOG = Logger.getLogger("software.amazon.awssdk");

    /** Unless AWS_MAX_ATTEMPTS is set. */
    private static final int ATTEMPTS = 5;

    private static final Duration LONGEST_CALL = Duration.ofMinutes(2);

    private final Operations operations;
    private final AwsGuard guard;
    private final Duration longestCall;
    private final SdkHttpClient http = UrlConnectionHttpClient.builder()
            .connectionTimeout(Duration.ofSeconds(10))
            .socketTimeout(Duration.ofSeconds(60))
            .build();
    private final AwsCredentialsProvider own =
            DefaultCredentialsProvider.builder().build();
    private final Map<String, SdkAutoCloseable> clients = new ConcurrentHashMap<>();
    private final Map<String, AwsCredentialsProvider> credentials = new ConcurrentHashMap<>();
    private final RequestedOnce requested = new RequestedOnce();

    AwsClients(Operations operations) {
        this(operations, LONGEST_CALL);
    }

    AwsClients(Operations operations, Duration longestCall) {
        SDK_LOG.setLevel(Level.OFF);
        this.operations = operations;
        this.guard = new AwsGuard(operations);
        this.longestCall = longestCall;
    }

    /**
     * Of one client. Each has a retry strategy of its own: the SDK counts failures and slows down by strategy,
     * so that with a common one a service that is down or throttles would take the repetitions of all others, too.
     */
    private ClientOverrideConfiguration configuration() {
        return ClientOverrideConfiguration.builder()
                .addExecutionInterceptor(guard)
                .retryStrategy(AwsRetryStrategy.adaptiveRetryStrategy().toBuilder()
                        .maxAttempts(SdkSystemSetting.AWS_MAX_ATTEMPTS
                                .getIntegerValue()
                                .orElse(ATTEMPTS))
                        .retryOnException(AwsClients::isLimit)
                        .retryOnException(AwsFailure::isBroken)
                        .build())
                .apiCallTimeout(longestCall)
                .putAdvancedOption(SdkAdvancedClientOption.USER_AGENT_PREFIX, "aiaudit")
                .build();
    }

    /** True where an address other than AWS's own is configured. */
    static boolean isElsewhere() {
        return elsewhere() != null;
    }

    /** The addresses that are configured instead of AWS's own; null = none is. */
    static String elsewhere() {
        String named = Stream.concat(
                        Stream.ofNullable(System.getProperty("aws.endpointUrl")),
                        new TreeMap<>(System.getenv())
                                .entrySet().stream()
                                        .filter(variable -> variable.getKey().startsWith("AWS_ENDPOINT_URL"))
                                        .map(Map.Entry::getValue))
                .collect(Collectors.joining(" "));
        return named.isEmpty() ? null : named;
    }

    /** Cost Explorer's own code for too many requests, which the SDK does not know. */
    private static boolean isLimit(Throwable thrown) {
        return thrown instanceof AwsServiceException response
                && response.awsErrorDetails() != null
                && "LimitExceededException".equals(response.awsErrorDetails().errorCode());
    }

    /** The client of a service, such as {@code of(Ec2Client.class, Ec2Client::builder, account, region)}. */
    <C extends SdkClient, B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>> C of(
            Class<C> type, Supplier<B> builder, String account, String region) {
        return type.cast(clients.computeIfAbsent(
                type.getName() + " " + account + " " + region,
                key -> builder.get()
                        .httpClient(http)
                        .overrideConfiguration(configuration())
                        .credentialsProvider(credentials.getOrDefault(account, own))
                        .region(Region.of(region))
                        .build()));
    }

    /**
     * Counts what an operation for the bill will cost whose request does not show it, unless that would go over the
     * limit or take what metrics need.
     */
    void charge(String operation, BigDecimal usd) {
        operations.charge(operation, usd, AwsOperation.KEPT_FOR_METRICS, "metrics");
    }

    /** What several slices need and one of them requests. */
    RequestedOnce requested() {
        return requested;
    }

    /** The caller's own account, before its number is known. */
    StsClient sts(String region) {
        return of(StsClient.class, StsClient::builder, "", region);
    }

    /** From now on {@code account} is read as this role of it. */
    void assume(String account, String roleArn, String externalId, String region) {
        credentials.computeIfAbsent(
                account,
                key -> StsAssumeRoleCredentialsProvider.builder()
                        .stsClient(sts(region))
                        .refreshRequest(request -> request.roleArn(roleArn)
                                .roleSessionName("aiaudit")
                                .externalId(externalId))
                        .build());
    }

    @Override
    public void close() {
        clients.values().forEach(SdkAutoCloseable::close);
        List.copyOf(credentials.values()).stream()
                .filter(SdkAutoCloseable.class::isInstance)
                .map(SdkAutoCloseable.class::cast)
                .forEach(SdkAutoCloseable::close);
        http.close();
    }
}
