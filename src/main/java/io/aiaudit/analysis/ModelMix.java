package io.aiaudit.analysis;

import io.aiaudit.model.LeafCost;
import io.aiaudit.model.ModelTokens;
import io.aiaudit.model.Spend;
import io.aiaudit.store.ModelLine;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The use of models through all leaves, added up by model. */
final class ModelMix {
    private static final Comparator<ModelTokens> ORDER = Comparator.comparing(
                    ModelTokens::cost, Comparator.nullsFirst(Comparator.<BigDecimal>naturalOrder()))
            .reversed()
            .thenComparing(ModelTokens::provider)
            .thenComparing(ModelTokens::model, Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(ModelTokens::paidBy);

    private final List<ModelTokens> rows;
    private final Map<String, BigDecimal> tokens;

    private ModelMix(List<ModelTokens> rows, Map<String, BigDecimal> tokens) {
        this.rows = rows;
        this.tokens = tokens;
    }

    static ModelMix of(List<ModelLine> lines, List<LeafCost> leaves, Map<String, Spend> spend, MeasuredWork work) {
        Map<String, List<ModelLine>> byLeaf = lines.stream().collect(Collectors.groupingBy(ModelLine::resourceId));
        Map<String, ModelRow> rows = new TreeMap<>();
        Map<String, BigDecimal> tokens = new HashMap<>();
        for (LeafCost leaf : leaves) {
            String id = leaf.resource().resourceId();
            List<ModelUse> uses = LeafModels.of(leaf, spend.get(id), byLeaf.getOrDefault(id, List.of()), work);
            for (ModelUse use : uses) {
                rows.computeIfAbsent(use.row(), key -> new ModelRow(use.provider(), use.paidBy()))
                        .add(use);
            }
            tokens(uses).ifPresent(all -> tokens.put(id, all));
        }
        return new ModelMix(
                rows.values().stream().map(ModelRow::row).sorted(ORDER).toList(), tokens);
    }

    /** All tokens of one leaf, where they are known of every model that it used. */
    private static Optional<BigDecimal> tokens(List<ModelUse> uses) {
        List<BigDecimal> known = new ArrayList<>();
        uses.forEach(use -> use.allTokens().ifPresent(known::add));
        return uses.isEmpty() || known.size() < uses.size()
                ? Optional.empty()
                : known.stream().reduce(BigDecimal::add);
    }

    List<ModelTokens> rows() {
        return rows;
    }

    /** How many tokens went through a leaf in the time of its bill, where that is known. */
    Optional<BigDecimal> tokensOf(String leafId) {
        return Optional.ofNullable(tokens.get(leafId));
    }
}
