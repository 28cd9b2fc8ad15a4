package io.aiaudit.collect.azure;

import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobContainerClientBuilder;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobItemProperties;
import com.azure.storage.blob.models.ListBlobsOptions;
import com.azure.storage.common.StorageSharedKeyCredential;
import com.azure.storage.common.policy.RequestRetryOptions;
import com.azure.storage.common.policy.RetryPolicyType;
import io.aiaudit.model.UserError;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * One container of a storage account, read with the token of the login, or with the key that AZURE_STORAGE_KEY holds.
 */
final class Blobs {
    private static final String KEY = "AZURE_STORAGE_KEY";

    static final Duration FIRST_WAIT = Duration.ofMillis(500);

    private final BlobContainerClient container;

    Blobs(Arm arm, String account, String container) {
        String address = arm.scope().blobs(account);
        BlobContainerClientBuilder builder = new BlobContainerClientBuilder()
                .endpoint(address)
                .containerName(container)
                .httpClient(arm.http())
                .retryOptions(retries(arm.firstWait()))
                .addPolicy(new BlobGuard(arm.operations()));
        String key = System.getProperty(KEY, System.getenv(KEY));
        if (key == null || key.isEmpty()) {
            keepTokenIn(address);
            builder.credential(arm.tokens());
        } else {
            builder.credential(new StorageSharedKeyCredential(account, key));
        }
        this.container = builder.buildClient();
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

    /** Retried as often as everything else; the SDK's own retries wait for minutes where no server answers. */
    private static RequestRetryOptions retries(Duration firstWait) {
        return new RequestRetryOptions(
                RetryPolicyType.EXPONENTIAL, 5, (Duration) null, firstWait, Duration.ofSeconds(30), null);
    }

    /** What the list shows of a blob. */
    record Facts(long size, Instant modified) {}

    /** By name, all blobs whose name begins so. */
    Map<String, Facts> list(String prefix) {
        Map<String, Facts> blobs = new HashMap<>();
        for (BlobItem blob : container.listBlobs(new ListBlobsOptions().setPrefix(prefix), null)) {
            if (!Boolean.TRUE.equals(blob.isPrefix())) {
                BlobItemProperties properties = blob.getProperties();
                blobs.put(
                        blob.getName(),
                        new Facts(
                                properties.getContentLength(),
                                properties.getLastModified().toInstant()));
            }
        }
        return blobs;
    }

    boolean hasAny() {
        return container
                .listBlobs(new ListBlobsOptions().setMaxResultsPerPage(1), null)
                .iterator()
                .hasNext();
    }

    /** A copy in a folder of its own below {@code folder}, under the blob's own name. */
    Path download(String name, Path folder) throws IOException {
        Path target = Files.createTempDirectory(folder, "part-").resolve(name.substring(name.lastIndexOf('/') + 1));
        try (OutputStream out = Files.newOutputStream(target)) {
            container.getBlobClient(name).downloadStream(out);
        }
        return target;
    }
}
