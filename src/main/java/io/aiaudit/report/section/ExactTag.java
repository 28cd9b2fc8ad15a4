package io.aiaudit.report.section;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedResource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The tag of an owner by which an entry of the configuration is about some resources of an audit and no other. Another
 * tag may name the same ones today, such as all of production, and others of other owners tomorrow.
 */
final class ExactTag {
    private ExactTag() {}

    /** As {@code name=value}; empty where no tag with the owner for its value names exactly these. */
    static Optional<String> of(Audit audit, List<String> resourceIds, String owner) {
        Set<String> wanted = new HashSet<>(resourceIds);
        List<AuditedResource> resources = audit.resources();
        return resources.stream()
                .filter(resource -> wanted.contains(resource.resourceId()))
                .findFirst()
                .flatMap(first -> tags(first).entrySet().stream()
                        .filter(tag -> owner.equals(tag.getValue()) && isPlain(tag))
                        .filter(tag -> isExact(tag, wanted, resources))
                        .map(tag -> tag.getKey() + "=" + tag.getValue())
                        .findFirst());
    }

    private static boolean isExact(Map.Entry<String, String> tag, Set<String> wanted, List<AuditedResource> resources) {
        return wanted.equals(resources.stream()
                .filter(resource -> tag.getValue().equals(tags(resource).get(tag.getKey())))
                .map(AuditedResource::resourceId)
                .collect(Collectors.toSet()));
    }

    /** Nothing in it is a wildcard, a separator, or trimmed. */
    private static boolean isPlain(Map.Entry<String, String> tag) {
        String text = tag.getKey() + tag.getValue();
        return !text.contains("*")
                && !text.contains("?")
                && !tag.getKey().contains("=")
                && tag.getKey().strip().equals(tag.getKey())
                && !tag.getKey().isEmpty()
                && tag.getValue().strip().equals(tag.getValue())
                && !tag.getValue().isEmpty();
    }

    private static Map<String, String> tags(AuditedResource resource) {
        return resource.tags() == null ? Map.of() : new TreeMap<>(resource.tags());
    }
}
