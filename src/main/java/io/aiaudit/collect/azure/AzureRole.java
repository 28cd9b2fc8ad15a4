package io.aiaudit.collect.azure;

import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The custom role that lets aiaudit read and do nothing else: JSON for {@code az role definition create}, made from the
 * declared operations.
 */
public final class AzureRole {
    private static final Predicate<String> ON_DATA = action -> action.contains("/containers/blobs/");

    private AzureRole() {}

    public static String json() {
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
                """.formatted(actions(ON_DATA.negate()), actions(ON_DATA))
                .replace("  \"DataActions\": [\n\n  ]", "  \"DataActions\": []");
    }

    private static String actions(Predicate<String> wanted) {
        return AzureCollector.operations().stream()
                .map(AzureOperation::permission)
                .filter(action -> !action.isEmpty())
                .filter(wanted)
                .distinct()
                .sorted()
                .map(action -> "    \"" + action + "\"")
                .collect(Collectors.joining(",\n"));
    }
}
