package io.aiaudit.collect.gcp;

import com.google.api.client.http.HttpExecuteInterceptor;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpRequestInitializer;
import com.google.cloud.ServiceOptions;
import com.google.cloud.http.HttpTransportOptions;
import io.aiaudit.collect.Operations;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Sits in the libraries of Google: lets only listed operations out and counts each attempt, as our own client does.
 */
final class GoogleGuard implements HttpExecuteInterceptor {
    private final Operations operations;
    private final Map<String, Pattern> listed = new LinkedHashMap<>();

    GoogleGuard(Operations operations) {
        this.operations = operations;
        for (GoogleOperation operation : GcpCollector.operations()) {
            String form = operation.name().replaceAll("[{]\\w+[}]", "\\\\E[^/]+\\\\Q");
            listed.put(operation.name(), Pattern.compile("\\Q" + form + "\\E"));
        }
    }

    @Override
    public void intercept(HttpRequest request) {
        send(request.getRequestMethod(), request.getUrl().getRawPath());
    }

    /** An operation is its method and its path; what the list does not have is refused. */
    void send(String method, String path) {
        String called = method + ":" + path;
        String operation = listed.entrySet().stream()
                .filter(line -> line.getValue().matcher(called).matches())
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(called);
        operations.allow(operation);
        operations.send(operation);
    }

    /** How BigQuery's library reaches Google, with this guard in each of its requests. */
    HttpTransportOptions transport(GoogleHttp http) {
        return new Guarded(
                HttpTransportOptions.newBuilder()
                        .setHttpTransportFactory(http)
                        .setConnectTimeout(GoogleTransport.CONNECT_MILLIS)
                        .setReadTimeout(GoogleTransport.READ_MILLIS),
                this);
    }

    private static final class Guarded extends HttpTransportOptions {
        private static final long serialVersionUID = 1L;

        private final transient GoogleGuard guard;

        Guarded(Builder builder, GoogleGuard guard) {
            super(builder);
            this.guard = guard;
        }

        @Override
        public HttpRequestInitializer getHttpRequestInitializer(ServiceOptions<?, ?> options) {
            HttpRequestInitializer usual = super.getHttpRequestInitializer(options);
            return request -> {
                usual.initialize(request);
                HttpExecuteInterceptor before = request.getInterceptor();
                request.setInterceptor(sent -> {
                    guard.intercept(sent);
                    if (before != null) {
                        before.intercept(sent);
                    }
                });
            };
        }
    }
}
