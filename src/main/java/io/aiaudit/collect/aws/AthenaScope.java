package io.aiaudit.collect.aws;

import java.math.BigDecimal;

/**
 * Leave to add up a large export in Athena, which costs by the byte and keeps results: only the user can give it.
 *
 * @param workgroup the queries are made in
 * @param output where in S3 results go, such as s3://BUCKET/PREFIX/; null = the workgroup leaves them to Athena
 * @param table DATABASE.TABLE over the export; null = it is looked for
 * @param aboveGib an export below is downloaded
 * @param maxScanGib an export above is downloaded
 */
public record AthenaScope(String workgroup, String output, String table, BigDecimal aboveGib, BigDecimal maxScanGib) {
    /**
     * Downloading as much to a machine outside of AWS costs 18 times what Athena takes, and reading it some 20 seconds.
     * See docs/adr/0058.
     */
    public static final BigDecimal DEFAULT_ABOVE_GIB = BigDecimal.ONE;

    /** Half a dollar. */
    public static final BigDecimal DEFAULT_MAX_SCAN_GIB = new BigDecimal(100);
}
