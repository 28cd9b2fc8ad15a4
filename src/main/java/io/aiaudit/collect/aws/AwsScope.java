package io.aiaudit.collect.aws;

import java.util.List;

/**
 * What of AWS to read.
 *
 * @param organization all active accounts of the caller's organization
 * @param accounts these accounts; empty = the caller's own, or all of the organization
 * @param regions empty = all that are switched on
 * @param role name of the role that is assumed in accounts other than the caller's
 * @param export where the export of the bill lies, such as s3://BUCKET/PREFIX/NAME; null = it is looked for
 * @param externalId what the role's trust policy requires, null = nothing
 * @param athena how a large export may be added up in Athena, null = it is downloaded
 */
public record AwsScope(
        boolean organization,
        List<String> accounts,
        List<String> regions,
        String role,
        String externalId,
        String export,
        AthenaScope athena) {
    /** The name that docs/aws.md gives the role. */
    public static final String DEFAULT_ROLE = "aiaudit-read";

    /** The caller's own account, all regions. */
    public static final AwsScope OWN_ACCOUNT =
            new AwsScope(false, List.of(), List.of(), DEFAULT_ROLE, null, null, null);

    public AwsScope {
        accounts = List.copyOf(accounts);
        regions = List.copyOf(regions);
    }
}
