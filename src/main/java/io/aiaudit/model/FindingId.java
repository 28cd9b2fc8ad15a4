package io.aiaudit.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What a finding is about, whichever audit has it: the id is made of it, so that two audits can be compared though
 * machines come and go.
 *
 * @param accountId in one spelling, since a bill and an inventory may write it otherwise
 */
public record FindingId(String rule, String provider, String accountId, String workload) {
    private static final int HEX_DIGITS = 16;

    public FindingId {
        accountId = accountId == null ? "" : ResourceIds.accountKey(accountId);
    }

    /** The id of a finding of a workload that is one resource, whichever that is at the time. */
    public String ofWorkload() {
        return hash(text());
    }

    /** The id of a finding of one resource among several of its workload. */
    public String of(String resourceId) {
        return hash(text() + "\n" + resourceId);
    }

    private String text() {
        return String.join("\n", rule, String.valueOf(provider), accountId, workload);
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, HEX_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
