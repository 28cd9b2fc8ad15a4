package io.aiaudit.collect.azure;

import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobContainerClientBuilder;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.ListBlobsOptions;
import com.azure.storage.common.StorageSharedKeyCredential;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** One container of a storage account, read with the token of the login, or with the key that AZURE_STORAGE_KEY holds. */
final class Blobs {
    private static final String KEY = "AZURE_STORAGE_KEY";

    private final BlobContainerClient container;

    Blobs(Arm arm, String account, String container) {
        BlobContainerClientBuilder builder = new BlobContainerClientBuilder()
                .endpoint(arm.scope().blobs(account))
                .containerName(container)
                .httpClient(arm.http())
                .addPolicy(new BlobGuard(arm.operations()));
        String key = System.getProperty(KEY, System.getenv(KEY));
        if (key == null || key.isEmpty()) {
            builder.credential(arm.tokens());
        } else {
            builder.credential(new StorageSharedKeyCredential(account, key));
        }
        this.container = builder.buildClient();
    }

    /** Sizes by name, of all blobs whose name begins so. */
    Map<String, Long> list(String prefix) {
        Map<String, Long> sizes = new HashMap<>();
        for (BlobItem blob : container.listBlobs(new ListBlobsOptions().setPrefix(prefix), null)) {
            if (!Boolean.TRUE.equals(blob.isPrefix())) {
                sizes.put(blob.getName(), blob.getProperties().getContentLength());
            }
        }
        return sizes;
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
