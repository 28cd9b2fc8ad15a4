package io.aiaudit.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The data files that the manifest of an export names, as paths in its bucket or container, or as s3:// addresses. */
public final class ExportKeys {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ExportKeys() {}

    /** Of a manifest in a file. */
    public static List<String> in(Path manifest) throws IOException {
        return of(JSON.readTree(Files.readString(manifest)));
    }

    /** AWS: reportKeys, or any list of s3:// addresses; Azure: blobs with a blobName. */
    public static List<String> of(JsonNode root) {
        List<String> keys = new ArrayList<>();
        root.path("reportKeys").forEach(key -> keys.add(key.asText()));
        root.path("blobs").forEach(blob -> keys.add(blob.path("blobName").asText()));
        root.properties()
                .forEach(field -> field.getValue().forEach(value -> {
                    if (value.isTextual() && value.asText().startsWith("s3://") && !keys.contains(value.asText())) {
                        keys.add(value.asText());
                    }
                }));
        keys.removeIf(key -> key.isBlank()
                || key.endsWith("/")
                || key.toLowerCase(Locale.ROOT).endsWith("manifest.json"));
        return keys;
    }
}
