package io.aiaudit.analysis;

import io.aiaudit.model.LeafCost;
import io.aiaudit.model.Money;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Spend;
import io.aiaudit.store.ModelLine;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which models were used through one leaf, each with its part of the leaf's money, to the cent. */
final class LeafModels {
    private static final Map<String, String> PAID_BY =
            Map.of("model_usage", "tokens", "provisioned_throughput", "units");
    private static final Set<String> METRICS =
            Set.of("requests", "tokens_input", "tokens_output", "tokens_cache_read", "tokens_cache_write");

    private LeafModels() {}

    /** Empty where the leaf is no use of models, and its bill counts no tokens. */
    static List<ModelUse> of(LeafCost leaf, Spend spend, List<ModelLine> lines, MeasuredWork work) {
        Resource resource = leaf.resource();
        boolean isUse = PAID_BY.containsKey(String.valueOf(resource.kind()));
        String paidBy = PAID_BY.getOrDefault(String.valueOf(resource.kind()), "tokens");
        String configured = model(resource);
        Map<String, ModelUse> uses = new LinkedHashMap<>();
        lines.stream().filter(line -> isUse || line.tokenKind() != null).forEach(line -> {
            String model = line.model() == null ? configured : line.model();
            uses.computeIfAbsent(ModelUse.key(model), key -> new ModelUse(resource.provider(), model, paidBy))
                    .add(line);
        });
        if (isUse && uses.isEmpty()) {
            uses.put(ModelUse.key(configured), new ModelUse(resource.provider(), configured, paidBy));
        }
        if (uses.isEmpty()) {
            return List.of();
        }
        ModelUse rest = restOf(uses, configured, resource.provider(), paidBy, isUse);
        if (leaf.inWindow() != null) {
            BigDecimal named = uses.values().stream().map(ModelUse::exactCost).reduce(BigDecimal.ZERO, BigDecimal::add);
            rest.addRest(leaf.inWindow().subtract(named));
        }
        List<ModelUse> used = new ArrayList<>(uses.values());
        if (isUse && !used.contains(rest) && rest.exactCost().signum() != 0) {
            used.add(rest);
        }
        if (isUse && used.size() == 1) {
            METRICS.forEach(metric -> work.of(resource.resourceId(), metric, leaf)
                    .filter(sum -> sum.total() != null)
                    .ifPresent(sum -> used.get(0).measured(metric, new BigDecimal(sum.total()))));
        }
        share(leaf, spend, used, rest);
        return used;
    }

    /**
     * Whose is what the bill says of the leaf without a model: the one that the leaf is configured to run, or the only
     * one; of what does other things too it is nobody's.
     */
    private static ModelUse restOf(
            Map<String, ModelUse> uses, String configured, String provider, String paidBy, boolean isUse) {
        if (isUse && uses.containsKey(ModelUse.key(configured))) {
            return uses.get(ModelUse.key(configured));
        }
        return isUse && uses.size() == 1
                ? uses.values().iterator().next()
                : new ModelUse(provider, isUse ? configured : null, paidBy);
    }

    private static String model(Resource resource) {
        String attribute = resource.attributes().get("model");
        String model = attribute == null ? resource.machineType() : attribute;
        return model == null || model.isBlank() ? null : model;
    }

    private static void share(LeafCost leaf, Spend spend, List<ModelUse> used, ModelUse rest) {
        if (leaf.inWindow() == null || spend.monthlyCost() == null) {
            return;
        }
        List<ModelUse> all = new ArrayList<>(used);
        if (!all.contains(rest)) {
            all.add(rest);
        }
        List<BigDecimal> exact = all.stream().map(ModelUse::exactCost).toList();
        List<BigDecimal> cents = CentShares.of(Money.toCents(leaf.inWindow()), exact);
        List<BigDecimal> monthly = CentShares.of(Money.toCents(spend.monthlyCost()), exact);
        for (int i = 0; i < all.size(); i++) {
            all.get(i).costs(cents.get(i), monthly.get(i));
        }
    }
}
