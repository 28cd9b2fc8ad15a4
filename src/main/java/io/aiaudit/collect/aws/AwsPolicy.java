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

    private static final Predicate<String> ON_ROLE = "sts:AssumeRole"::equals;
    private static final Predicate<String> ON_ORGANIZATION = "organizations:ListAccounts"::equals;

    private AwsPolicy() {}

    /**
     * What describes is allowed on all resources. Other accounts are entered through the role of {@code scope} only, and objects are read in the bucket of the bill only:
     * that of {@code scope}, else its name has to be filled in.
     */
    public static String json(List<Permission> permissions, AwsScope scope) {
        String bucket = scope.export() == null
                ? "BUCKET-OF-THE-EXPORT"
                : S3Export.named(scope.export(), "").bucket();
        return """
                {
                  "Version": "2012-10-17",
                  "Statement": [
                %s,
                %s,
                %s,
                %s
                  ]
                }
                """.formatted(
                        statement(
                                "AiauditReads",
                                permissions,
                                ON_BUCKET.or(ON_ROLE).or(ON_ORGANIZATION).negate(),
                                "\"*\""),
                        statement("AiauditListsTheAccountsOfTheOrganization", permissions, ON_ORGANIZATION, "\"*\""),
                        statement(
                                "AiauditEntersOtherAccounts",
                                permissions,
                                ON_ROLE,
                                "\"arn:aws:iam::*:role/" + scope.role() + "\""),
                        statement(
                                "AiauditReadsTheExportOfTheBill",
                                permissions,
                                ON_BUCKET,
                                "[\"arn:aws:s3:::" + bucket + "\", \"arn:aws:s3:::" + bucket + "/*\"]"));
    }

    private static String statement(
            String id, List<Permission> permissions, Predicate<String> wanted, String resource) {
        return """
                    {
                      "Sid": "%s",
                      "Effect": "Allow",
                      "Action": [
                %s
                      ],
                      "Resource": %s
                    }""".formatted(id, actions(permissions, wanted), resource);
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
