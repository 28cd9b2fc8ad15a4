package io.aiaudit.model;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes the one spelling of a resource's id that all of aiaudit uses, so that a bill, an inventory and a metric of the same thing meet. AWS: what the bill says, the
 * bare id for EC2 instances and volumes, else the ARN. Azure: the ARM id in lower case. GCP: the full resource name, which starts with {@code //}.
 */
public final class ResourceIds {
    // Constants of the Java form and of the SQL form: only syntax that java.util.regex and RE2 read alike, used on the
    // whole text.
    private static final String BLANKS = "^[ \\t\\r\\n]+|[ \\t\\r\\n]+$";
    private static final String EC2_ARN = "arn:aws[a-z-]*:ec2:[^:]*:[^:]*:(?:instance|volume)/((?:i|vol)-[0-9a-zA-Z]+)";
    private static final String COMPUTE_LINK =
            "https://(?:www[.]googleapis[.]com|compute[.]googleapis[.]com)/compute/(?:v1|beta)/(projects/[^\\r\\n]*)";
    private static final String COMPUTE_NAME = "//compute.googleapis.com/";
    private static final String ARM_PREFIX = "/subscriptions/";
    private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";

    private static final Pattern BLANKS_PATTERN = Pattern.compile(BLANKS.replace("$", "\\z"));
    private static final Pattern EC2_ARN_PATTERN = Pattern.compile(EC2_ARN);
    private static final Pattern COMPUTE_LINK_PATTERN = Pattern.compile(COMPUTE_LINK);

    private ResourceIds() {}

    /** The canonical form of {@code id}, or null when there is none. */
    public static String canonical(String id) {
        if (id == null) {
            return null;
        }
        String bare = BLANKS_PATTERN.matcher(id).replaceAll("");
        if (bare.isEmpty()) {
            return null;
        }
        Matcher ec2 = EC2_ARN_PATTERN.matcher(bare);
        if (ec2.matches()) {
            return ec2.group(1);
        }
        Matcher link = COMPUTE_LINK_PATTERN.matcher(bare);
        if (link.matches()) {
            return COMPUTE_NAME + link.group(1);
        }
        String lower = asciiLower(bare);
        return lower.startsWith(ARM_PREFIX) ? lower : bare;
    }

    /** The statement that makes {@code canonical_id(id)} in a database: the same function for whoever reads rows there. */
    public static String sqlMacro() {
        String bare = "regexp_replace(id, '" + BLANKS + "', '', 'g')";
        String lower = "translate(" + bare + ", '" + UPPER + "', '" + LOWER + "')";
        return "CREATE OR REPLACE TEMP MACRO canonical_id(id) AS CASE"
                + " WHEN " + bare + " = '' THEN NULL"
                + " WHEN regexp_full_match(" + bare + ", '" + EC2_ARN + "') THEN regexp_extract(" + bare + ", '"
                + EC2_ARN + "', 1)"
                + " WHEN regexp_full_match(" + bare + ", '" + COMPUTE_LINK + "') THEN '" + COMPUTE_NAME
                + "' || regexp_extract(" + bare + ", '" + COMPUTE_LINK + "', 1)"
                + " WHEN starts_with(" + lower + ", '" + ARM_PREFIX + "') THEN " + lower
                + " ELSE " + bare + " END";
    }

    private static String asciiLower(String text) {
        StringBuilder lower = new StringBuilder(text.length());
        text.chars().forEach(c -> lower.append((char) (c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c)));
        return lower.toString();
    }
}
