package io.aiaudit.report.section;

import io.aiaudit.model.Audit;
import io.aiaudit.model.CloudName;
import io.aiaudit.model.ModelTokens;
import io.aiaudit.model.Money;
import io.aiaudit.report.text.Amounts;
import io.aiaudit.report.text.Times;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The table of models: what each was used for and what that cost. */
public final class TokensView {
    private TokensView() {}

    static Map<String, Object> of(Audit audit, Amounts amounts) {
        return View.of(
                "any", !audit.tokens().isEmpty(),
                "window", Times.window(audit.window()),
                "models",
                        audit.tokens().stream().map(row -> model(row, amounts)).toList(),
                "total", amounts.plain(total(audit)));
    }

    /** Null where no cost is known at all. */
    public static BigDecimal total(Audit audit) {
        List<BigDecimal> known = audit.tokens().stream()
                .map(ModelTokens::cost)
                .filter(Objects::nonNull)
                .toList();
        return known.isEmpty() ? null : Money.sum(known);
    }

    public static String name(ModelTokens row) {
        return row.model() == null ? "unknown model" : row.model();
    }

    /** Read from a cache or written to it; null where neither is known. */
    public static BigDecimal cached(ModelTokens row) {
        if (row.tokensCacheRead() == null) {
            return row.tokensCacheWrite();
        }
        return row.tokensCacheWrite() == null
                ? row.tokensCacheRead()
                : row.tokensCacheRead().add(row.tokensCacheWrite());
    }

    private static Map<String, Object> model(ModelTokens row, Amounts amounts) {
        ModelTokens.PerMillion prices = row.perMillion();
        return View.of(
                "name", name(row),
                "provider", Findings.orUnknown(CloudName.of(row.provider())),
                "notes", notes(row),
                "calls", Amounts.count(row.calls()),
                "input", Amounts.millions(row.tokensInput()),
                "output", Amounts.millions(row.tokensOutput()),
                "cached", Amounts.millions(cached(row)),
                "cost", amounts.plain(row.cost()),
                "thousand", Amounts.price(row.costPerThousandCalls()),
                "price_input", Amounts.price(prices.input()),
                "price_output", Amounts.price(prices.output()),
                "price_cached", Amounts.price(prices.cacheRead()),
                "price_blended", Amounts.price(prices.blended()));
    }

    /** What keeps the figures of a row from being all of it. */
    static List<String> notes(ModelTokens row) {
        List<String> notes = new ArrayList<>();
        if ("units".equals(row.paidBy())) {
            notes.add("billed by provisioned units");
        }
        if (row.cost() == null) {
            notes.add("cost unknown");
        }
        if (row.tokensFrom() == null) {
            notes.add("tokens unknown");
        } else if (isPart(row.tokensShare())) {
            notes.add("tokens of " + Amounts.share(row.tokensShare(), BigDecimal.ONE) + " of the cost");
        }
        if (row.calls() == null) {
            notes.add("requests unknown");
        } else if (isPart(row.callsShare())) {
            notes.add("requests of " + Amounts.share(row.callsShare(), BigDecimal.ONE) + " of the cost");
        }
        if (row.tokensCacheWrite() != null && row.tokensCacheWrite().signum() > 0) {
            notes.add(Amounts.millions(row.tokensCacheWrite()) + " M written to a cache"
                    + (row.perMillion().cacheWrite() == null
                            ? ""
                            : " at " + Amounts.price(row.perMillion().cacheWrite())));
        }
        return notes;
    }

    private static boolean isPart(BigDecimal share) {
        return share != null && share.compareTo(BigDecimal.ONE) < 0;
    }
}
