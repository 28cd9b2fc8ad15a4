package io.aiaudit.config;

import io.aiaudit.collect.azure.AzureCloud;
import io.aiaudit.collect.azure.AzureScope;
import io.aiaudit.collect.rest.RestClient;
import io.aiaudit.model.DidYouMean;
import io.aiaudit.model.YamlNode;
import java.net.URI;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What aiaudit.yaml says about Azure under {@code azure}. */
final class AzureSection {
    private static final String SUBSCRIPTION = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

    private AzureSection() {}

    static AzureScope of(YamlNode azure) {
        azure.unknownKeysAgainst(List.of("cloud", "tenant", "subscriptions", "export", "endpoints"));
        return new AzureScope(
                azure.get("cloud").map(AzureSection::cloud).orElse(AzureCloud.PUBLIC),
                text(
                                azure,
                                "tenant",
                                "[a-zA-Z0-9.-]+",
                                "the id or a domain of a tenant, such as contoso.onmicrosoft.com")
                        .orElse(null),
                azure.get("subscriptions").map(YamlNode::items).orElse(List.of()).stream()
                        .map(AzureSection::subscription)
                        .toList(),
                text(azure, "export", "/?[^/]+/.+", "the id of an export, which ends in /exports/NAME")
                        .orElse(null),
                azure.get("endpoints").map(AzureSection::endpoints).orElse(Map.of()));
    }

    private static AzureCloud cloud(YamlNode node) {
        List<String> keys =
                Arrays.stream(AzureCloud.values()).map(AzureCloud::key).toList();
        return Arrays.stream(AzureCloud.values())
                .filter(cloud -> cloud.key().equals(node.text()))
                .findFirst()
                .orElseThrow(() -> node.error(
                        "\"" + node.text() + "\" is not an Azure cloud.", DidYouMean.sentence(node.text(), keys)));
    }

    private static String subscription(YamlNode node) {
        String id = node.text().toLowerCase(Locale.ROOT);
        if (!id.matches(SUBSCRIPTION)) {
            throw node.error(
                    "\"" + node.text() + "\" is not a subscription id.",
                    "'az account list --all -o table' shows the ids.");
        }
        return id;
    }

    private static Optional<String> text(YamlNode azure, String key, String form, String expected) {
        return azure.get(key).map(node -> {
            if (!node.text().matches(form)) {
                throw node.error(
                        "\"" + node.text() + "\" is not " + expected + ".",
                        "Correct it; docs/azure.md shows an example.");
            }
            return node.text();
        });
    }

    private static Map<String, String> endpoints(YamlNode node) {
        node.unknownKeysAgainst(AzureScope.ENDPOINTS.keySet());
        Map<String, String> endpoints = new LinkedHashMap<>();
        node.entries().forEach((name, address) -> endpoints.put(name, endpoint(name, address)));
        return endpoints;
    }

    /** A template; what goes there carries tokens, so it is https, but for this machine itself. */
    private static String endpoint(String name, YamlNode node) {
        String part = AzureScope.ENDPOINTS.get(name);
        String text = node.text().replaceFirst("/+$", "");
        String filled = text.replaceAll("[{][a-z]+[}]", "x");
        boolean address = filled.matches("https?://[A-Za-z0-9.:\\[\\]-]+(/[A-Za-z0-9._/-]*)?") && isSafe(filled);
        boolean hasPart = part.isEmpty() || text.contains(part) || isThisMachine(filled);
        if (!address || !hasPart) {
            throw node.error(
                    "\"" + node.text() + "\" is not an address that begins with https://"
                            + (part.isEmpty() ? "." : " and holds " + part + "."),
                    "Correct it; docs/azure.md shows an example.");
        }
        return text;
    }

    private static boolean isSafe(String address) {
        try {
            return RestClient.isSafe(URI.create(address));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isThisMachine(String address) {
        return isSafe(address.replaceFirst("^https", "http"));
    }
}
