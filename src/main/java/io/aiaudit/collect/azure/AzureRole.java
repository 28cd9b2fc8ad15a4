package io.aiaudit.collect.azure;

import io.aiaudit.collect.Permission;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The custom role that lets aiaudit read and do nothing else: JSON for {@code az role definition create}, made from permissions.txt. */
public final class AzureRole {
    private static final Predicate<String> ON_DATA = action -> action.contains("/containers/blobs/");

    private AzureRole() {}

    public static String json(List<Permission> permissions) {
        return """
                {
                  "Name": "aiaudit-read",
                  "IsCustom": true,
                  "Description": "What aiaudit reads, and nothing else.",
                  "Actions": [
                %s
                  ],
                  "NotActions": [],
                  "DataActions": [
                %s
                  ],
                  "NotDataActions": [],
                  "AssignableScopes": ["/subscriptions/SUBSCRIPTION-ID"]
                }
                """.formatted(actions(permissions, ON_DATA.negate()), actions(permissions, ON_DATA))
                .replace("  \"DataActions\": [\n\n  ]", "  \"DataActions\": []");
    }

    private static String actions(List<Permission> permissions, Predicate<String> wanted) {
        return permissions.stream()
                .map(Permission::action)
                .filter(action -> !action.isEmpty())
                .filter(wanted)
                .distinct()
                .sorted()
                .map(action -> "    \"" + action + "\"")
                .collect(Collectors.joining(",\n"));
    }
}
