package io.aiaudit.analysis;

import io.aiaudit.model.Component;
import io.aiaudit.model.CostBasis;
import io.aiaudit.model.LeafCost;
import io.aiaudit.model.ModelTokens;
import io.aiaudit.model.Money;
import io.aiaudit.model.Resource;
import io.aiaudit.model.ResourceBuilder;
import io.aiaudit.model.Spend;
import io.aiaudit.model.TestLeaf;
import io.aiaudit.model.UnitCost;
import io.aiaudit.model.Window;
import io.aiaudit.savings.MonthlyCost;
import io.aiaudit.store.MetricSum;
import io.aiaudit.store.ModelLine;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Resources with costs and metrics in June 2026, and what the tables of models and of unit costs make of them. */
final class UseCase {
    static final Window JUNE = Window.parse("2026-06-01/2026-07-01");
    static final long HOURS = 720;

    private final Map<String, Resource> resources = new LinkedHashMap<>();
    private final List<LeafCost> leaves = new ArrayList<>();
    private final Map<String, Spend> spend = new LinkedHashMap<>();
    private final List<ModelLine> lines = new ArrayList<>();
    private final Map<String, Map<String, MetricSum>> metrics = new HashMap<>();
    private Window billed = JUNE;

    /** The bill of what follows covers this part of June. */
    UseCase billed(String window) {
        billed = Window.parse(window);
        return this;
    }

    UseCase parent(String id, String kind) {
        resources.put(id, Resource.builder(id, kind, "aws").build());
        return this;
    }

    /** A leaf; without a cost it is unknown. */
    UseCase leaf(String id, String kind, String cost, Component component, UnaryOperator<ResourceBuilder> more) {
        Resource resource =
                more.apply(Resource.builder(id, kind, "aws").name(id)).build();
        resources.put(id, resource);
        List<LeafCost.Part> parts = cost == null
                ? List.of()
                : List.of(new LeafCost.Part(component, new BigDecimal(cost), BigDecimal.ZERO, 1, 1));
        LeafCost leaf = TestLeaf.of(
                resource,
                null,
                cost == null ? null : billed,
                parts,
                cost == null ? CostBasis.UNPRICED : CostBasis.EFFECTIVE,
                BigDecimal.valueOf(HOURS),
                null);
        leaves.add(leaf);
        spend.put(id, MonthlyCost.of(leaf, JUNE));
        return this;
    }

    UseCase usage(String id, String model, String cost) {
        return leaf(
                id,
                "model_usage",
                cost,
                Component.USAGE,
                builder -> model == null ? builder : builder.attributes(Map.of("model", model)));
    }

    UseCase machine(String id, String cost, int accelerators) {
        return leaf(
                id,
                "instance",
                cost,
                Component.TIME,
                builder -> builder.accelerator("H100")
                        .acceleratorCount(BigDecimal.valueOf(accelerators))
                        .acceleratorMemoryGib(null));
    }

    UseCase line(String id, String model, String kind, String cost, String tokens) {
        lines.add(new ModelLine(id, model, kind, new BigDecimal(cost), tokens == null ? null : new BigDecimal(tokens)));
        return this;
    }

    UseCase counts(String id, String metric, long hours, double total) {
        metrics.computeIfAbsent(id, key -> new HashMap<>()).put(metric, new MetricSum(hours, total, null));
        return this;
    }

    UseCase averages(String id, String metric, long hours, double average) {
        metrics.computeIfAbsent(id, key -> new HashMap<>()).put(metric, new MetricSum(hours, null, average));
        return this;
    }

    List<ModelTokens> models() {
        return mix().rows();
    }

    ModelTokens model() {
        List<ModelTokens> rows = models();
        if (rows.size() != 1) {
            throw new AssertionError(rows);
        }
        return rows.get(0);
    }

    UnitCost unit(String unit) {
        return units().stream()
                .filter(each -> each.unit().equals(unit))
                .findFirst()
                .orElseThrow();
    }

    List<UnitCost> units() {
        return new UnitCosts(work(), leaves, resources, mix()).all();
    }

    BigDecimal monthlyCents() {
        return Money.sum(spend.values().stream()
                .filter(each -> each.monthlyCost() != null)
                .map(each -> Money.toCents(each.monthlyCost()))
                .toList());
    }

    private ModelMix mix() {
        return ModelMix.of(lines, leaves, spend, work());
    }

    /** Metrics of the whole of June stand for those of a part of it by its share of the hours. */
    private MeasuredWork work() {
        return new MeasuredWork(
                span -> {
                    Map<String, Map<String, MetricSum>> inside = new HashMap<>();
                    metrics.forEach((id, byMetric) ->
                            byMetric.forEach((metric, sum) -> inside.computeIfAbsent(id, key -> new HashMap<>())
                                    .put(
                                            metric,
                                            new MetricSum(
                                                    sum.hours() * span.hours() / HOURS,
                                                    sum.total() == null ? null : sum.total() * span.hours() / HOURS,
                                                    sum.average()))));
                    return inside;
                },
                JUNE);
    }
}
