package io.aiaudit.collect.azure;

import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpPipelineNextSyncPolicy;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelinePolicy;
import io.aiaudit.collect.Operations;
import reactor.core.publisher.Mono;

/** Sits in the client of the SDK for blobs: lets only listed operations out, and counts what is sent. */
final class BlobGuard implements HttpPipelinePolicy {
    static final String LIST = "Blob.ListBlobs";
    static final String GET = "Blob.GetBlob";

    private final Operations operations;

    BlobGuard(Operations operations) {
        this.operations = operations;
    }

    @Override
    public HttpResponse processSync(HttpPipelineCallContext context, HttpPipelineNextSyncPolicy next) {
        pass(context.getHttpRequest());
        return next.processSync();
    }

    @Override
    public Mono<HttpResponse> process(HttpPipelineCallContext context, HttpPipelineNextPolicy next) {
        pass(context.getHttpRequest());
        return next.process();
    }

    private void pass(HttpRequest request) {
        String operation = operation(request);
        operations.allow(operation);
        operations.send(operation);
    }

    private static String operation(HttpRequest request) {
        String query =
                request.getUrl().getQuery() == null ? "" : request.getUrl().getQuery();
        if (request.getHttpMethod() != HttpMethod.GET) {
            return "Blob." + request.getHttpMethod();
        }
        return query.contains("comp=list") ? LIST : query.contains("comp=") ? "Blob." + query : GET;
    }
}
