package io.aiaudit.config;

import io.aiaudit.collect.gcp.GcpScope;
import io.aiaudit.collect.rest.RestClient;
import io.aiaudit.model.YamlNode;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What aiaudit.yaml says about Google Cloud under {@code gcp}. */
final class GcpSection {
    private static final String NUMBER = "[0-9]{1,20}";
    private static final String PROJECT = "([a-z0-9.-]+:)?[a-z][a-z0-9-]{4,28}[a-z0-9]";

    private GcpSection() {}

    static GcpScope of(YamlNode gcp) {
        gcp.unknownKeysAgainst(
                List.of("organization", "folders", "projects", "locations", "export", "quota_project", "endpoints"));
        return new GcpScope(
                text(gcp, "organization", NUMBER, "the number of an organization, such as 123456789012")
                        .orElse(null),
                texts(gcp, "folders", NUMBER, "the number of a folder, such as 345678901234"),
                texts(gcp, "projects", PROJECT, "the id of a project, such as acme-ml-prod"),
                texts(gcp, "locations", "[a-z]+(-[a-z]+[0-9]+)?", "a location such as europe-west4"),
                text(gcp, "export", PROJECT + "([.]\\w+){1,2}", "a dataset or table such as acme-billing.export")
                        .orElse(null),
                text(gcp, "quota_project", PROJECT, "the id of a project, such as acme-ml-prod")
                        .orElse(null),
                gcp.get("endpoints").map(GcpSection::endpoints).orElse(Map.of()));
    }

    private static List<String> texts(YamlNode gcp, String key, String form, String expected) {
        return gcp.get(key).map(YamlNode::items).orElse(List.of()).stream()
                .map(item -> text(item, form, expected))
                .toList();
    }

    private static final Pattern ADDRESS = Pattern.compile("(?<host>https?://[A-Za-z0-9.:-]+)(?<rest>[/?#].*)?");

    private static Optional<String> text(YamlNode gcp, String key, String form, String expected) {
        return gcp.get(key).map(node -> text(node, form, expected));
    }

    private static String text(YamlNode node, String form, String expected) {
        String text = node.text();
        if (!text.matches(form)) {
            throw node.error("\"" + text + "\" is not " + expected + ".", "Correct it; docs/gcp.md shows an example.");
        }
        return text;
    }

    private static Map<String, String> endpoints(YamlNode node) {
        node.unknownKeysAgainst(List.copyOf(GcpScope.ENDPOINTS.keySet()));
        Map<String, String> endpoints = new LinkedHashMap<>();
        node.entries().forEach((name, address) -> endpoints.put(name, endpoint(address)));
        return endpoints;
    }

    /** What goes there carries tokens, so it is https, but for this machine itself. */
    private static String endpoint(YamlNode node) {
        String text = node.text().replaceFirst("/+$", "");
        Matcher address = ADDRESS.matcher(text.replace("{location}", "x"));
        if (!address.matches() || !RestClient.isSafe(URI.create(address.group("host")))) {
            throw node.error(
                    "\"" + node.text() + "\" is not an address that begins with https:// and has a host.",
                    "Correct it; docs/gcp.md shows an example.");
        }
        if (address.group("rest") != null) {
            throw node.error(
                    "\"" + node.text() + "\" has more than a host and a port.",
                    "Remove the path: the clients of Google Cloud add their own.");
        }
        return text;
    }
}
