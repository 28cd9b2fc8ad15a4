package io.aiaudit.model;

import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes the one spelling of a resource's id that all of aiaudit uses, so that a bill, an inventory and a metric of the
 * same thing meet. AWS: what the bill says, the bare id for EC2 instances and volumes, else the ARN. Azure: the ARM id
 * in lower case, without a slash at its end. GCP: the full resource name, which starts with {@code //}.
 */
public final class ResourceIds {
    // Constants of the Java form and of the SQL form: only syntax that java.util.regex and RE2 read alike, used on the
    // whole text.
    private static final String BLANKS = " \t\r\n";
    private static final String EC2_START = "arn:aws";
    private static final String EC2_ARN = "arn:aws[a-z-]*:ec2:[^:]*:[^:]*:(?:instance|volume)/((?:i|vol)-[0-9a-zA-Z]+)";
    private static final String COMPUTE_START = "https://";
    private static final String COMPUTE_LINK =
            "https://(?:www[.]googleapis[.]com|compute[.]googleapis[.]com)/compute/(?:v1|beta)/(projects/[^\\r\\n]*)";
    private static final String COMPUTE_NAME = "//compute.googleapis.com/";
    /**
     * A name of a machine begins with a letter, so that digits alone are its number, which is unique whatever project
     * and zone are before it.
     */
    private static final String MACHINE_NUMBER =
            "//compute[.]googleapis[.]com/projects/[^/]+/zones/[^/]+/instances/([0-9]+)";

    private static final String ARM_PREFIX = "/subscriptions/";
    /** Slashes at the end of an ARM id say nothing, nor do the blanks before them: what is left is canonical itself. */
    private static final String ARM_END = "/" + BLANKS;

    /** As a spreadsheet saves the number of an account of AWS, and as its console writes it. */
    private static final Pattern DROPPED_ZEROS = Pattern.compile("[0-9]{9,12}(?:[.]0)?");

    private static final Pattern AWS_GROUPS = Pattern.compile("[0-9]{4}-[0-9]{4}-[0-9]{4}");
    private static final int AWS_DIGITS = 12;
    private static final Pattern AZURE_ACCOUNT =
            Pattern.compile("/(?:subscriptions|providers/microsoft[.]billing/billingaccounts)/([^/]+).*");

    private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";

    private static final Pattern EC2_ARN_PATTERN = Pattern.compile(EC2_ARN);
    private static final Pattern COMPUTE_LINK_PATTERN = Pattern.compile(COMPUTE_LINK);

    private ResourceIds() {}

    /** The canonical form of {@code id}, or null when there is none. */
    public static String canonical(String id) {
        if (id == null) {
            return null;
        }
        String bare = trimmed(id);
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
        return lower.startsWith(ARM_PREFIX) ? withoutEnd(lower) : bare;
    }

    /**
     * An account as bills and inventories write it alike, null for none: the function {@code account_key} of
     * store/ids.sql.
     */
    public static String accountKey(String account) {
        if (account == null) {
            return null;
        }
        String bare = account.strip();
        if (DROPPED_ZEROS.matcher(bare).matches()) {
            String digits = bare.replace(".0", "");
            return "0".repeat(AWS_DIGITS - digits.length()) + digits;
        }
        if (AWS_GROUPS.matcher(bare).matches()) {
            return bare.replace("-", "");
        }
        String lower = bare.toLowerCase(Locale.ROOT);
        Matcher path = AZURE_ACCOUNT.matcher(lower);
        return path.matches() ? path.group(1) : lower;
    }

    /** Whether both are the same account, however each is written; none is the same as none only. */
    public static boolean isSameAccount(String one, String other) {
        return Objects.equals(accountKey(one), accountKey(other));
    }

    /**
     * The statement that makes {@code canonical_id(id)} in a database: the same function for whoever reads rows there.
     * Each pattern is tried only on ids that start like it, since bills have millions.
     */
    public static String sqlMacro() {
        String bare = "trim(id, " + sql(BLANKS) + ")";
        String lower = "translate(" + bare + ", " + sql(UPPER) + ", " + sql(LOWER) + ")";
        return "CREATE OR REPLACE TEMP MACRO canonical_id(id) AS CASE"
                + " WHEN " + bare + " = '' THEN NULL"
                + " WHEN starts_with(" + bare + ", " + sql(EC2_START) + ") THEN CASE WHEN regexp_full_match(" + bare
                + ", "
                + sql(EC2_ARN) + ") THEN regexp_extract(" + bare + ", " + sql(EC2_ARN) + ", 1) ELSE " + bare + " END"
                + " WHEN starts_with(" + bare + ", " + sql(COMPUTE_START) + ") THEN CASE WHEN regexp_full_match(" + bare
                + ", "
                + sql(COMPUTE_LINK) + ") THEN " + sql(COMPUTE_NAME) + " || regexp_extract(" + bare + ", "
                + sql(COMPUTE_LINK)
                + ", 1) ELSE " + bare + " END"
                + " WHEN starts_with(" + bare + ", '/') THEN CASE WHEN starts_with(" + lower + ", " + sql(ARM_PREFIX)
                + ") THEN rtrim(" + lower + ", " + sql(ARM_END) + ") ELSE " + bare + " END"
                + " ELSE " + bare + " END";
    }

    /**
     * The statement that makes {@code machine_number(id)} in a database: the number of a machine of Google Cloud that
     * goes by it, which bills and the Ops Agent do, NULL for any other id. Only an inventory has its name.
     */
    public static String sqlMacroOfMachineNumbers() {
        return "CREATE OR REPLACE TEMP MACRO machine_number(id) AS CASE WHEN starts_with(id, " + sql(COMPUTE_NAME)
                + ") THEN nullif(regexp_extract(id, " + sql("^" + MACHINE_NUMBER + "$") + ", 1), '') END";
    }

    private static String sql(String text) {
        return "'" + text + "'";
    }

    private static String trimmed(String id) {
        int start = 0;
        int end = id.length();
        while (start < end && BLANKS.indexOf(id.charAt(start)) >= 0) {
            start++;
        }
        while (start < end && BLANKS.indexOf(id.charAt(end - 1)) >= 0) {
            end--;
        }
        return id.substring(start, end);
    }

    private static String withoutEnd(String id) {
        int end = id.length();
        while (ARM_END.indexOf(id.charAt(end - 1)) >= 0) {
            end--;
        }
        return id.substring(0, end);
    }

    private static String asciiLower(String text) {
        StringBuilder lower = new StringBuilder(text.length());
        text.chars().forEach(c -> lower.append((char) (c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c)));
        return lower.toString();
    }
}
