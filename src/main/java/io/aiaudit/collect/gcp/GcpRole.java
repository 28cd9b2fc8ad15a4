package io.aiaudit.collect.gcp;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The custom role that lets aiaudit read and do nothing else: YAML for {@code gcloud iam roles create}, made from the
 * declared operations. What is granted on a billing account, a folder or an organization cannot be in the role of a
 * project.
 */
public final class GcpRole {
    /** Of no operation of its own: in the project that requests are counted on, each of them needs it. */
    private static final String COUNTED = "serviceusage.services.use";

    private GcpRole() {}

    public static String yaml() {
        return """
                title: aiaudit read
                description: What aiaudit reads, and nothing else.
                stage: GA
                includedPermissions:
                %s
                """.formatted(Stream.concat(
                        Stream.of(COUNTED), GcpCollector.operations().stream().map(GoogleOperation::permission))
                .filter(action -> !action.isEmpty() && !action.startsWith("billing."))
                .filter(action -> !action.matches("resourcemanager[.](folders|organizations)[.].*"))
                .distinct()
                .sorted()
                .map(action -> "- " + action)
                .collect(Collectors.joining("\n")));
    }
}
