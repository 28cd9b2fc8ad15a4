package io.aiaudit.collect.azure;

import com.azure.core.exception.HttpResponseException;
import com.azure.core.exception.UnexpectedLengthException;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.rest.PagedResponse;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobContainerClientBuilder;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobItemProperties;
import com.azure.storage.blob.models.ListBlobsOptions;
import com.azure.storage.common.StorageSharedKeyCredential;
import com.azure.storage.common.policy.RequestRetryOptions;
import com.azure.storage.common.policy.RetryPolicyType;
import io.aiaudit.collect.PagesRead;
import io.aiaudit.collect.rest.Patience;
import io.aiaudit.collect.rest.RestAnswer;
import io.aiaudit.collect.rest.Retry;
import io.aiaudit.model.UserError;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;

/**
 * One container of a storage account, read with the token of the login, or with the key that AZURE_STORAGE_KEY holds.
 */
final class Blobs {
    private static final String KEY = "AZURE_STORAGE_KEY";

    static final Duration FIRST_WAIT = Duration.ofMillis(500);

    /** Whom tokens for storage are for, in all clouds. */
    private static final String AUDIENCE = "https://storage.azure.com";

    private static final int UNAUTHORIZED = 401;

    private final Arm arm;
    private final Supplier<BlobContainerClient> login;
    private final Duration firstWait;
    private BlobContainerClient container;

    Blobs(Arm arm, String account, String container) {
        this.arm = arm;
        this.firstWait = arm.firstWait();
        String address = arm.scope().blobs(account);
        BlobContainerClientBuilder builder = new BlobContainerClientBuilder()
                .endpoint(address)
                .containerName(container)
                .httpClient(arm.http())
                .retryOptions(noRetries())
                .addPolicy(new BlobGuard(arm.operations()));
        String key = System.getProperty(KEY, System.getenv(KEY));
        if (key == null || key.isEmpty()) {
            keepTokenIn(address);
            builder.credential(arm.tokens());
        } else {
            builder.credential(new StorageSharedKeyCredential(account, key));
        }
        this.login = builder::buildClient;
        this.container = login.get();
    }

    /** The SDK gives no token to http, not even on this computer. */
    private static void keepTokenIn(String address) {
        if (!address.startsWith("https://")) {
            throw new UserError(
                    address + " is not read: tokens for storage are sent over https only.",
                    "Name an address that begins with https:// under azure: endpoints: blobs in aiaudit.yaml, or set "
                            + KEY + " to read with the key of the account.");
        }
    }

    /**
     * None of its own: they do not wait as long as Azure requires, and break over the JDK's client when a download is
     * to be tried again.
     */
    private static RequestRetryOptions noRetries() {
        return new RequestRetryOptions(RetryPolicyType.FIXED, 1, (Duration) null, null, null, null);
    }

    /** What is sent, again and again. */
    private interface Request<T> {
        T send() throws IOException;
    }

    /** Tried as often as everything else. */
    private <T> T patiently(Request<T> request) throws IOException {
        Patience patience = new Patience(Retry.USUAL);
        boolean renewed = false;
        while (true) {
            Instant sent = Instant.now();
            try {
                return request.send();
            } catch (RuntimeException e) {
                if (isTokenRefused(e) && !renewed) {
                    renewed = true; // the client keeps its token, too
                    arm.tokens().refused(AUDIENCE, sent);
                    container = login.get();
                    continue;
                }
                Optional<Duration> wait = wait(e, sent, patience);
                if (wait.isEmpty()) {
                    throw e instanceof HttpResponseException || !isNetwork(e) ? e : AzureFailure.storageNotAnswered(e);
                }
                sleep(wait.get());
            }
        }
    }

    private static boolean isTokenRefused(RuntimeException failure) {
        return failure instanceof HttpResponseException responded
                && responded.getResponse() != null
                && responded.getResponse().getStatusCode() == UNAUTHORIZED;
    }

    private Optional<Duration> wait(RuntimeException failure, Instant sent, Patience patience) {
        Duration own = firstWait.multipliedBy(1L << patience.tries());
        if (failure instanceof HttpResponseException responded) {
            HttpResponse response = responded.getResponse();
            Map<String, String> headers = new HashMap<>();
            if (response != null) {
                response.getHeaders().forEach(header -> headers.put(header.getName(), header.getValue()));
            }
            int status = response == null ? 0 : response.getStatusCode();
            return patience.failed(new RestAnswer(status, headers, ""), own);
        }
        if (!isNetwork(failure)) {
            return Optional.empty();
        }
        if (isCausedBy(failure, HttpTimeoutException.class)) { // a download that breaks off was no silence
            patience.waitedInVain(Duration.between(sent, Instant.now()));
        }
        return patience.failed(own);
    }

    /** Failures of the way there, such as a response that breaks off; a host that does not exist stays away. */
    private static boolean isNetwork(RuntimeException failure) {
        return !isCausedBy(failure, UnknownHostException.class)
                && !isCausedBy(failure, SSLException.class)
                && (isCausedBy(failure, IOException.class) || isCausedBy(failure, UnexpectedLengthException.class));
    }

    private static boolean isCausedBy(Throwable failure, Class<?> type) {
        for (Throwable below = failure; below != null; below = below.getCause()) {
            if (type.isInstance(below)) {
                return true;
            }
        }
        return false;
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while it waited for storage", e);
        }
    }

    /** What the list shows of a blob. */
    record Facts(long size, Instant modified) {}

    /** By name, all blobs whose name begins so. */
    Map<String, Facts> list(String prefix) {
        Map<String, Facts> blobs = new HashMap<>();
        PagesRead pages = new PagesRead();
        String next = null;
        do {
            PagedResponse<BlobItem> page = page(new ListBlobsOptions().setPrefix(prefix), next);
            for (BlobItem blob : page.getValue()) {
                if (!Boolean.TRUE.equals(blob.isPrefix())) {
                    BlobItemProperties properties = blob.getProperties();
                    blobs.put(
                            blob.getName(),
                            new Facts(
                                    properties.getContentLength(),
                                    properties.getLastModified().toInstant()));
                }
            }
            next = page.getContinuationToken();
            List<String> names = page.getValue().stream().map(BlobItem::getName).toList();
            if (next != null && pages.isEndless(names, next)) {
                throw new UserError(
                        "Azure returned page after page of the blobs of the export: the list does not end.",
                        "Run it again; if it persists, report it to Azure.");
            }
        } while (next != null && !next.isEmpty());
        return blobs;
    }

    private PagedResponse<BlobItem> page(ListBlobsOptions options, String token) {
        try {
            return patiently(() -> container
                    .listBlobs(options, token, null)
                    .iterableByPage()
                    .iterator()
                    .next());
        } catch (IOException e) { // none of a file
            throw new UncheckedIOException(e);
        }
    }

    boolean hasAny() {
        return !page(new ListBlobsOptions().setMaxResultsPerPage(1), null)
                .getValue()
                .isEmpty();
    }

    /** A copy in a folder of its own below {@code folder}, under the blob's own name. */
    Path download(String name, Path folder) throws IOException {
        Path target = Files.createTempDirectory(folder, "part-").resolve(name.substring(name.lastIndexOf('/') + 1));
        return patiently(() -> {
            try (OutputStream out = Files.newOutputStream(target)) {
                container.getBlobClient(name).downloadStream(out);
            }
            return target;
        });
    }
}
