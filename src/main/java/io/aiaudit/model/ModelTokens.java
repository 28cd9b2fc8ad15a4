package io.aiaudit.model;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.math.BigDecimal;

/**
 * What one model was used for and what that cost in the window: a row of the table of models. Tokens and calls are
 * those of the resources that report them; the shares say of how much of the cost that is. Unknown is null.
 *
 * @param model its short name, null = unknown
 * @param paidBy tokens, or units of throughput that cost whether they are used or not
 * @param tokensFrom bill, metrics or both; null where no tokens are known
 * @param cost in the window, or in the part of it that the bill covers
 * @param monthlyCost its part of the monthly cost of the resources, to the cent
 * @param tokensShare share (0..1) of the cost whose tokens are known; null where no cost is known
 * @param callsShare share (0..1) of the cost whose calls are known
 */
@RecordBuilder
public record ModelTokens(
        String provider,
        String model,
        String paidBy,
        int resources,
        BigDecimal calls,
        BigDecimal tokensInput,
        BigDecimal tokensOutput,
        BigDecimal tokensCacheRead,
        BigDecimal tokensCacheWrite,
        String tokensFrom,
        BigDecimal cost,
        BigDecimal monthlyCost,
        BigDecimal tokensShare,
        BigDecimal callsShare,
        BigDecimal costPerThousandCalls,
        PerMillion perMillion) {
    /**
     * What a million tokens cost: of each kind by the lines of the bill that name it, and all of them together.
     *
     * @param blended cost over the tokens, of the resources whose tokens are known
     */
    public record PerMillion(
            BigDecimal input, BigDecimal output, BigDecimal cacheRead, BigDecimal cacheWrite, BigDecimal blended) {}
}
