package io.aiaudit.collect.azure;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpPipelineBuilder;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.UserAgentPolicy;
import com.azure.core.util.Context;
import com.fasterxml.jackson.databind.JsonNode;
import io.aiaudit.collect.rest.RestAnswer;
import io.aiaudit.collect.rest.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * The pipeline of the Azure SDK over the JDK's HTTP client: proxies, as its variables name them, and tokens. Its own
 * retries are left out: they do not wait as long as Azure requires.
 */
final class AzureTransport implements Transport {
    /** A name for us that stays: Cost Management gives each kind of client a share of its own. */
    private static final HttpHeaderName CLIENT_TYPE = HttpHeaderName.fromString("ClientType");

    private static final String NAME = "aiaudit";

    private final HttpPipeline pipeline;
    private final AzureTokens tokens;

    AzureTransport(HttpClient http, AzureTokens tokens) {
        this.tokens = tokens;
        this.pipeline = new HttpPipelineBuilder()
                .httpClient(http)
                .policies(new UserAgentPolicy(NAME))
                .build();
    }

    @Override
    public RestAnswer send(String method, URI address, String audience, JsonNode body) throws IOException {
        HttpRequest request = new HttpRequest(HttpMethod.valueOf(method), address.toURL());
        request.setHeader(HttpHeaderName.ACCEPT, "application/json").setHeader(CLIENT_TYPE, NAME);
        if (audience != null) {
            request.setHeader(HttpHeaderName.AUTHORIZATION, "Bearer " + tokens.of(audience));
        }
        if (body != null) {
            request.setHeader(HttpHeaderName.CONTENT_TYPE, "application/json").setBody(body.toString());
        }
        try (HttpResponse response = pipeline.sendSync(request, Context.NONE)) {
            Map<String, String> headers = new TreeMap<>();
            response.getHeaders().forEach(header -> headers.put(header.getName(), header.getValue()));
            String text = response.getBodyAsBinaryData() == null
                    ? ""
                    : response.getBodyAsBinaryData().toString();
            return new RestAnswer(response.getStatusCode(), headers, text);
        } catch (UncheckedIOException e) {
            return withoutContent(e.getCause());
        } catch (RuntimeException e) {
            return withoutContent(unwrapped(e));
        }
    }

    /**
     * Java refuses a 204 whose headers claim a content, such as that of a proxy. The service responded all the same,
     * with nothing.
     */
    private static RestAnswer withoutContent(IOException failure) throws IOException {
        if (String.valueOf(failure.getMessage()).contains("content length header with 204 response")) {
            return new RestAnswer(HttpURLConnection.HTTP_NO_CONTENT, Map.of(), "");
        }
        throw failure;
    }

    @Override
    public void refused(String audience, Instant sent) {
        tokens.refused(audience, sent);
    }

    /** The SDK hides what went wrong below it. */
    private static IOException unwrapped(RuntimeException thrown) {
        for (Throwable below = thrown; below != null; below = below.getCause()) {
            if (below instanceof IOException failure) {
                return failure;
            }
            if (below instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
        }
        throw thrown;
    }
}
