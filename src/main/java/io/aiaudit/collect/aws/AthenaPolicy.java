package io.aiaudit.collect.aws;

import io.aiaudit.collect.Permission;
import java.util.List;
import java.util.stream.Collectors;

/** What has to be granted besides so that Athena may add up the bill: a policy of its own, since Athena keeps results and takes money, which nothing else of aiaudit does. */
public final class AthenaPolicy {
    private AthenaPolicy() {}

    /** Whether an action is needed for that alone. */
    static boolean needs(String action) {
        return action.startsWith("athena:") || action.startsWith("glue:");
    }

    /** The second statement is for a workgroup whose results go to a bucket, whose name has to be filled in; Athena writes there, aiaudit does not. */
    public static String json(List<Permission> permissions) {
        return """
                {
                  "Version": "2012-10-17",
                  "Statement": [
                    {
                      "Sid": "AiauditAsksAthena",
                      "Effect": "Allow",
                      "Action": [
                %s
                      ],
                      "Resource": "*"
                    },
                    {
                      "Sid": "AthenaKeepsItsResults",
                      "Effect": "Allow",
                      "Action": [
                        "s3:AbortMultipartUpload",
                        "s3:GetBucketLocation",
                        "s3:GetObject",
                        "s3:ListBucket",
                        "s3:PutObject"
                      ],
                      "Resource": ["arn:aws:s3:::BUCKET-OF-THE-RESULTS", "arn:aws:s3:::BUCKET-OF-THE-RESULTS/*"]
                    }
                  ]
                }
                """.formatted(permissions.stream()
                .map(Permission::action)
                .filter(AthenaPolicy::needs)
                .sorted()
                .map(action -> "        \"" + action + "\"")
                .collect(Collectors.joining(",\n")));
    }
}
