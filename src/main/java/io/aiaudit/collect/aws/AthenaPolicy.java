package io.aiaudit.collect.aws;

import java.util.stream.Collectors;

/**
 * What has to be granted besides so that Athena may add up the bill: a policy of its own, since Athena keeps results
 * and takes money, which nothing else of aiaudit does.
 */
public final class AthenaPolicy {
    private AthenaPolicy() {}

    /**
     * The second statement is for a workgroup whose results go to a bucket, whose name has to be filled in; Athena
     * writes there, aiaudit does not.
     */
    public static String json() {
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
                """.formatted(AwsCollector.operations().stream()
                .filter(operation -> operation.grant() == AwsOperation.Grant.ATHENA)
                .map(AwsOperation::permission)
                .sorted()
                .map(action -> "        \"" + action + "\"")
                .collect(Collectors.joining(",\n")));
    }
}
