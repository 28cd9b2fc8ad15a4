package io.aiaudit.model;

import java.util.Map;

/** What people call a provider whose key is {@code aws}, {@code azure} or {@code gcp}. */
public final class CloudName {
    private static final Map<String, String> NAMES = Map.of("aws", "AWS", "azure", "Azure", "gcp", "Google Cloud");

    private CloudName() {}

    /** The name; any other key is its own. */
    public static String of(String provider) {
        return provider == null ? null : NAMES.getOrDefault(provider, provider);
    }
}
