package io.aiaudit.model;

import java.math.BigDecimal;

/**
 * A cloud's own recommendation beside a finding, never added to it.
 *
 * @param monthlySaving null when the cloud gives none
 * @param verdict how it compares with what the finding is worth by itself; null in audits of before it existed
 * @param difference what the cloud sees more than the finding, negative = less; null where one of the two is unknown
 */
public record SecondOpinion(
        String resourceId,
        String source,
        String recommendation,
        BigDecimal monthlySaving,
        Verdict verdict,
        BigDecimal difference) {
    /** Two estimates that are so near, as a share of the larger, say the same. */
    private static final BigDecimal SAME = new BigDecimal("0.1");

    /** Whether two estimates say the same. */
    public enum Verdict implements Keyed {
        AGREES,
        DIFFERS,
        /** One of the two gives no amount. */
        UNKNOWN
    }

    /**
     * {@code own} is the whole claim of the finding if nothing else were done, as clouds claim it; null where that is
     * unknown.
     */
    public static SecondOpinion of(Advice advice, BigDecimal own) {
        BigDecimal theirs = advice.monthlySaving();
        BigDecimal difference = own == null || theirs == null ? null : Money.toCents(theirs.subtract(own));
        Verdict verdict = difference == null
                ? Verdict.UNKNOWN
                : difference.abs().compareTo(theirs.max(own).multiply(SAME)) <= 0 ? Verdict.AGREES : Verdict.DIFFERS;
        return new SecondOpinion(
                advice.resourceId(), advice.source(), advice.recommendation(), theirs, verdict, difference);
    }
}
