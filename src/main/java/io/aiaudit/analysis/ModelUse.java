package io.aiaudit.analysis;

import io.aiaudit.model.ModelName;
import io.aiaudit.store.ModelLine;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The use of one model through one leaf: lines of its bill, what metrics count, and its part of the leaf's money. */
final class ModelUse {
    /** In the order in which their prices are listed. */
    static final List<String> KINDS = List.of("input", "output", "cache_read", "cache_write");

    /** They answer with numbers and not with tokens. */
    private static final Pattern WITHOUT_OUTPUT = Pattern.compile("embed|rerank");

    private final String provider;
    private final String model;
    private final String paidBy;
    private final List<ModelLine> lines = new ArrayList<>();
    private final Map<String, BigDecimal> measured = new LinkedHashMap<>();
    private BigDecimal exactCost = BigDecimal.ZERO;
    private BigDecimal cost;
    private BigDecimal monthlyCost;

    /** @param model a name of it, null = unknown */
    ModelUse(String provider, String model, String paidBy) {
        this.provider = provider;
        this.model = model;
        this.paidBy = paidBy;
    }

    String provider() {
        return provider;
    }

    String model() {
        return model;
    }

    String paidBy() {
        return paidBy;
    }

    /** Uses of the same row of the table have it in common. */
    String row() {
        return provider + ' ' + paidBy + ' ' + key(model);
    }

    static String key(String model) {
        return model == null ? "" : ModelName.key(model);
    }

    void add(ModelLine line) {
        lines.add(line);
        exactCost = exactCost.add(line.cost());
    }

    /** What the bill says of the leaf without naming a model. */
    void addRest(BigDecimal rest) {
        exactCost = exactCost.add(rest);
    }

    void measured(String metric, BigDecimal total) {
        measured.put(metric, total);
    }

    BigDecimal exactCost() {
        return exactCost;
    }

    void costs(BigDecimal cents, BigDecimal monthlyCents) {
        cost = cents;
        monthlyCost = monthlyCents;
    }

    /** In cents; null = unknown. */
    BigDecimal cost() {
        return cost;
    }

    BigDecimal monthlyCost() {
        return monthlyCost;
    }

    List<ModelLine> lines(String kind) {
        return lines.stream().filter(line -> kind.equals(line.tokenKind())).toList();
    }

    Optional<BigDecimal> calls() {
        return Optional.ofNullable(measured.get("requests"));
    }

    boolean isBilled(String kind) {
        List<ModelLine> ofKind = lines(kind);
        return !ofKind.isEmpty() && ofKind.stream().allMatch(line -> line.tokens() != null);
    }

    /** Those that the bill counts, else those that were measured. */
    Optional<BigDecimal> tokens(String kind) {
        return isBilled(kind)
                ? lines(kind).stream().map(ModelLine::tokens).reduce(BigDecimal::add)
                : Optional.ofNullable(measured.get("tokens_" + kind));
    }

    /** All kinds together, where those are known that every use of such a model has. */
    Optional<BigDecimal> allTokens() {
        boolean known = tokens("input").isPresent()
                && (tokens("output").isPresent()
                        || WITHOUT_OUTPUT.matcher(key(model)).find());
        return known ? KINDS.stream().flatMap(kind -> tokens(kind).stream()).reduce(BigDecimal::add) : Optional.empty();
    }
}
