package io.aiaudit.collect.gcp;

import com.google.api.gax.core.FixedCredentialsProvider;
import com.google.api.gax.httpjson.ApiMethodDescriptor;
import com.google.api.gax.httpjson.ForwardingHttpJsonClientCall.SimpleForwardingHttpJsonClientCall;
import com.google.api.gax.httpjson.HttpJsonCallOptions;
import com.google.api.gax.httpjson.HttpJsonChannel;
import com.google.api.gax.httpjson.HttpJsonClientCall;
import com.google.api.gax.httpjson.HttpJsonClientInterceptor;
import com.google.api.gax.httpjson.InstantiatingHttpJsonChannelProvider;
import com.google.api.gax.retrying.RetrySettings;
import com.google.api.gax.rpc.ClientSettings;
import com.google.api.gax.rpc.StatusCode;
import com.google.api.gax.rpc.UnaryCallSettings;
import com.google.cloud.billing.v1.CloudBillingClient;
import com.google.cloud.billing.v1.CloudBillingSettings;
import com.google.cloud.billing.v1.CloudCatalogClient;
import com.google.cloud.billing.v1.CloudCatalogSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;

/**
 * Google's library of Cloud Billing: its retries and pages, over JSON and our transport, with our fence in each of its
 * requests.
 */
final class CloudBilling {
    private static final int ATTEMPTS = 6;

    private final String endpoint;
    private final GoogleHttp http;
    private final GoogleLogin login;
    private final GoogleGuard guard;

    CloudBilling(String endpoint, GoogleHttp http, GoogleLogin login, GoogleGuard guard) {
        this.endpoint = endpoint;
        this.http = http;
        this.login = login;
        this.guard = guard;
    }

    /** Services and the prices of what they sell. To be closed. */
    CloudCatalogClient catalog() {
        try {
            return CloudCatalogClient.create(with(
                            CloudCatalogSettings.newHttpJsonBuilder().applyToAllUnaryMethods(CloudBilling::patient),
                            CloudCatalogSettings.defaultHttpJsonTransportProviderBuilder())
                    .build());
        } catch (IOException e) {
            throw new UncheckedIOException("the client of the price catalog cannot be made", e);
        }
    }

    /** Billing accounts, and the projects that they pay for. To be closed. */
    CloudBillingClient accounts() {
        try {
            return CloudBillingClient.create(with(
                            CloudBillingSettings.newHttpJsonBuilder().applyToAllUnaryMethods(CloudBilling::patient),
                            CloudBillingSettings.defaultHttpJsonTransportProviderBuilder())
                    .build());
        } catch (IOException e) {
            throw new UncheckedIOException("the client of billing accounts cannot be made", e);
        }
    }

    private <B extends ClientSettings.Builder<?, B>> B with(
            B settings, InstantiatingHttpJsonChannelProvider.Builder transport) {
        return settings.setEndpoint(endpoint)
                .setCredentialsProvider(FixedCredentialsProvider.create(login.credentials()))
                .setTransportChannelProvider(transport
                        .setHttpTransport(http.create())
                        .setEndpoint(endpoint)
                        .setInterceptorProvider(() -> List.of(new Fence(guard)))
                        .build());
    }

    /** Too many requests and a service that is not well are waited for, as our own client does. */
    private static Void patient(UnaryCallSettings.Builder<?, ?> call) {
        call.setRetryableCodes(
                        StatusCode.Code.RESOURCE_EXHAUSTED,
                        StatusCode.Code.UNAVAILABLE,
                        StatusCode.Code.INTERNAL,
                        StatusCode.Code.DEADLINE_EXCEEDED)
                .setRetrySettings(RetrySettings.newBuilder()
                        .setInitialRetryDelayDuration(Duration.ofMillis(500))
                        .setRetryDelayMultiplier(2)
                        .setMaxRetryDelayDuration(Duration.ofSeconds(20))
                        .setInitialRpcTimeoutDuration(Duration.ofSeconds(60))
                        .setMaxRpcTimeoutDuration(Duration.ofSeconds(60))
                        .setTotalTimeoutDuration(Duration.ofMinutes(5))
                        .setMaxAttempts(ATTEMPTS)
                        .build());
        return null;
    }

    /** Asks the fence about each attempt of a request. */
    private record Fence(GoogleGuard guard) implements HttpJsonClientInterceptor {
        @Override
        public <Q, A> HttpJsonClientCall<Q, A> interceptCall(
                ApiMethodDescriptor<Q, A> method, HttpJsonCallOptions options, HttpJsonChannel next) {
            return new SimpleForwardingHttpJsonClientCall<>(next.newCall(method, options)) {
                @Override
                public void sendMessage(Q message) {
                    String path = method.getRequestFormatter().getPath(message);
                    guard.send(method.getHttpMethod(), path.startsWith("/") ? path : "/" + path);
                    super.sendMessage(message);
                }
            };
        }
    }
}
