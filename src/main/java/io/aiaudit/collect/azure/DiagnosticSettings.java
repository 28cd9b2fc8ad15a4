package io.aiaudit.collect.azure;

import com.fasterxml.jackson.databind.JsonNode;
import io.aiaudit.collect.rest.Json;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/** Which logs a diagnostic setting of Azure Monitor sends where. */
final class DiagnosticSettings {
    static final String VERSION = "2021-05-01-preview";

    private static final Map<String, String> DESTINATIONS = new TreeMap<>(Map.of(
            "storage", "/properties/storageAccountId",
            "workspace", "/properties/workspaceId",
            "event hub", "/properties/eventHubAuthorizationRuleId",
            "partner", "/properties/marketplacePartnerId"));

    private DiagnosticSettings() {}

    /** Those that export at least one of these categories, or groups of categories, somewhere. */
    static List<JsonNode> recording(List<JsonNode> settings, Set<String> categories) {
        return settings.stream()
                .filter(setting -> StreamSupport.stream(
                                setting.at("/properties/logs").spliterator(), false)
                        .filter(log -> log.path("enabled").asBoolean())
                        .anyMatch(log -> categories.contains(String.valueOf(Json.text(log, "/category")))
                                || categories.contains(String.valueOf(Json.text(log, "/categoryGroup")))))
                .filter(setting -> !destinations(setting).isEmpty())
                .toList();
    }

    static List<String> destinations(JsonNode setting) {
        return DESTINATIONS.entrySet().stream()
                .filter(destination -> Json.text(setting, destination.getValue()) != null)
                .map(Map.Entry::getKey)
                .toList();
    }
}
