package io.aiaudit.collect.aws;

import io.aiaudit.collect.aws.AwsOperation.Grant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The policy that lets aiaudit read and do nothing else: JSON for IAM, made from the declared operations. */
public final class AwsPolicy {
    private AwsPolicy() {}

    /**
     * What describes is allowed on all resources. Other accounts are entered through the role of {@code scope} only,
     * and objects are read in the bucket of the bill only: that of {@code scope}, else its name has to be filled in.
     */
    public static String json(AwsScope scope) {
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
                        statement("AiauditReads", EnumSet.of(Grant.ACCOUNT, Grant.PAYER), "\"*\""),
                        statement("AiauditListsTheAccountsOfTheOrganization", EnumSet.of(Grant.ORGANIZATION), "\"*\""),
                        statement(
                                "AiauditEntersOtherAccounts",
                                EnumSet.of(Grant.ROLE),
                                "\"arn:aws:iam::*:role/" + scope.role() + "\""),
                        statement(
                                "AiauditReadsTheExportOfTheBill",
                                EnumSet.of(Grant.EXPORT),
                                "[\"arn:aws:s3:::" + bucket + "\", \"arn:aws:s3:::" + bucket + "/*\"]"));
    }

    private static String statement(String id, Set<Grant> grants, String resource) {
        return """
                    {
                      "Sid": "%s",
                      "Effect": "Allow",
                      "Action": [
                %s
                      ],
                      "Resource": %s
                    }""".formatted(id, permissions(grants), resource);
    }

    private static String permissions(Set<Grant> grants) {
        return granted(grants)
                .map(permission -> "        \"" + permission + "\"")
                .collect(Collectors.joining(",\n"));
    }

    /** What the audit role of a member account needs: everything but the requests that go to the payer only. */
    static List<String> ofMember() {
        return granted(EnumSet.of(Grant.ACCOUNT)).toList();
    }

    private static Stream<String> granted(Set<Grant> grants) {
        return AwsCollector.operations().stream()
                .filter(operation -> grants.contains(operation.grant()))
                .map(AwsOperation::permission)
                .filter(permission -> !permission.isEmpty())
                .distinct()
                .sorted();
    }
}
