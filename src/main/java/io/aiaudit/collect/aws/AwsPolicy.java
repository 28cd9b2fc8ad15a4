package io.aiaudit.collect.aws;

import io.aiaudit.collect.Permission;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The policy that lets aiaudit read and do nothing else: JSON for IAM, made from permissions.txt. */
public final class AwsPolicy {
    /** What is in the bucket of the bill. How a bucket is set up is asked of those of logs, whose names are not known before. */
    private static final Predicate<String> ON_BUCKET = Set.of("s3:ListBucket", "s3:GetObject")::contains;

    private AwsPolicy() {}

    /** What describes is allowed on all resources; objects are read in the bucket of the bill only, whose name has to be filled in. */
    public static String json(List<Permission> permissions) {
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
                    },
                    {
                      "Sid": "AiauditReadsTheExportOfTheBill",
                      "Effect": "Allow",
                      "Action": [
                %s
                      ],
                      "Resource": ["arn:aws:s3:::BUCKET-OF-THE-EXPORT", "arn:aws:s3:::BUCKET-OF-THE-EXPORT/*"]
                    }
                  ]
                }
                """.formatted(actions(permissions, ON_BUCKET.negate()), actions(permissions, ON_BUCKET));
    }

    private static String actions(List<Permission> permissions, Predicate<String> wanted) {
        return permissions.stream()
                .map(Permission::action)
                .filter(action -> !action.isEmpty() && !AthenaPolicy.needs(action))
                .filter(wanted)
                .distinct()
                .sorted()
                .map(action -> "        \"" + action + "\"")
                .collect(Collectors.joining(",\n"));
    }
}
