package io.aiaudit.analysis;

import io.aiaudit.model.ModelName;
import io.aiaudit.model.ModelTokens;
import io.aiaudit.model.ModelTokensBuilder;
import io.aiaudit.model.Money;
import io.aiaudit.store.ModelLine;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * One row of the table of models, made of its uses. Each figure is of the uses that report it; a price has the same
 * uses above and below the line.
 */
final class ModelRow {
    private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);
    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

    /** Of prices, which may be far below a cent. */
    private static final MathContext SIX_DIGITS = new MathContext(6, RoundingMode.HALF_EVEN);

    private final String provider;
    private final String paidBy;
    private final List<ModelUse> uses = new ArrayList<>();

    ModelRow(String provider, String paidBy) {
        this.provider = provider;
        this.paidBy = paidBy;
    }

    void add(ModelUse use) {
        uses.add(use);
    }

    ModelTokens row() {
        BigDecimal cost = money(uses, ModelUse::cost);
        return ModelTokensBuilder.builder()
                .provider(provider)
                .model(name())
                .paidBy(paidBy)
                .resources(uses.size())
                .calls(whole(ModelUse::calls))
                .tokensInput(whole(use -> use.tokens("input")))
                .tokensOutput(whole(use -> use.tokens("output")))
                .tokensCacheRead(whole(use -> use.tokens("cache_read")))
                .tokensCacheWrite(whole(use -> use.tokens("cache_write")))
                .tokensFrom(tokensFrom())
                .cost(cost)
                .monthlyCost(money(uses, ModelUse::monthlyCost))
                .tokensShare(share(ModelUse::allTokens, cost))
                .callsShare(share(ModelUse::calls, cost))
                .costPerThousandCalls(price(ModelUse::calls, THOUSAND))
                .perMillion(new ModelTokens.PerMillion(
                        billed("input"),
                        billed("output"),
                        billed("cache_read"),
                        billed("cache_write"),
                        price(ModelUse::allTokens, MILLION)))
                .build();
    }

    /** As the bill writes it, where it does; without vendor, date and version. */
    private String name() {
        return uses.stream()
                .map(ModelUse::model)
                .filter(Objects::nonNull)
                .map(ModelName::shortened)
                .min(String::compareTo)
                .orElse(null);
    }

    private BigDecimal whole(Function<ModelUse, Optional<BigDecimal>> count) {
        return uses.stream()
                .flatMap(use -> count.apply(use).stream())
                .reduce(BigDecimal::add)
                .map(sum -> sum.setScale(0, RoundingMode.HALF_EVEN))
                .orElse(null);
    }

    private String tokensFrom() {
        List<String> from = uses.stream()
                .filter(use -> use.allTokens().isPresent())
                .flatMap(use -> ModelUse.KINDS.stream()
                        .filter(kind -> use.tokens(kind).isPresent())
                        .map(kind -> use.isBilled(kind) ? "bill" : "metrics"))
                .distinct()
                .sorted()
                .toList();
        return from.isEmpty() ? null : String.join(", ", from);
    }

    private static BigDecimal money(List<ModelUse> uses, Function<ModelUse, BigDecimal> amount) {
        List<BigDecimal> known =
                uses.stream().map(amount).filter(Objects::nonNull).toList();
        return known.isEmpty() ? null : Money.sum(known);
    }

    /** Of the cost, how much is of uses that report something. */
    private BigDecimal share(Function<ModelUse, Optional<BigDecimal>> value, BigDecimal cost) {
        if (cost == null || cost.signum() <= 0) {
            return null;
        }
        BigDecimal known =
                money(uses.stream().filter(use -> value.apply(use).isPresent()).toList(), ModelUse::cost);
        return known == null ? BigDecimal.ZERO : known.divide(cost, SIX_DIGITS);
    }

    private BigDecimal price(Function<ModelUse, Optional<BigDecimal>> count, BigDecimal units) {
        List<ModelUse> both = uses.stream()
                .filter(use -> use.cost() != null && count.apply(use).isPresent())
                .toList();
        BigDecimal counted =
                both.stream().map(use -> count.apply(use).orElseThrow()).reduce(BigDecimal.ZERO, BigDecimal::add);
        return counted.signum() == 0
                ? null
                : money(both, ModelUse::cost).multiply(units).divide(counted, SIX_DIGITS);
    }

    private BigDecimal billed(String kind) {
        List<ModelLine> lines = uses.stream()
                .filter(use -> use.cost() != null && use.isBilled(kind))
                .flatMap(use -> use.lines(kind).stream())
                .toList();
        BigDecimal tokens = lines.stream().map(ModelLine::tokens).reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal cost = lines.stream().map(ModelLine::cost).reduce(BigDecimal.ZERO, BigDecimal::add);
        return tokens.signum() == 0 ? null : cost.multiply(MILLION).divide(tokens, SIX_DIGITS);
    }
}
