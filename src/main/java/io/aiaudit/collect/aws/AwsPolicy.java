package io.aiaudit.collect.aws;

import io.aiaudit.collect.Permission;
import java.util.List;
import java.util.stream.Collectors;

/** The policy that lets aiaudit read and do nothing else: JSON for IAM, made from permissions.txt. */
public final class AwsPolicy {
    private AwsPolicy() {}

    /** One statement; all of it is reading, so it holds for all resources. */
    public static String json(List<Permission> permissions) {
        String actions = permissions.stream()
                .map(Permission::action)
                .filter(action -> !action.isEmpty())
                .distinct()
                .sorted()
                .map(action -> "        \"" + action + "\"")
                .collect(Collectors.joining(",\n"));
        return """
                {
                  "Version": "2012-10-17",
                  "Statement": [
                    {
                      "Sid": "AiauditReads",
                      "Effect": "Allow",
                      "Action": [
                %s
                      ],
                      "Resource": "*"
                    }
                  ]
                }
                """.formatted(actions);
    }
}
