package io.aiaudit.store;

import io.aiaudit.model.Component;
import io.aiaudit.model.CostBasis;
import io.aiaudit.model.Keyed;
import io.aiaudit.model.LeafCost;
import io.aiaudit.model.Money;
import io.aiaudit.model.Window;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Sums the charges that touch a window, by leaf and by provider. */
final class LeafCosts {
    private final LockedStore store;
    private final Window window;

    LeafCosts(LockedStore store, Window window) {
        this.store = store;
        this.window = window;
    }

    List<LeafCost> read() {
        Map<String, Window> billed = billed();
        Map<String, List<LeafCost.Part>> parts = parts();
        WithoutPrice withoutPrice = WithoutPrice.read(store, window);
        List<LeafCost> leaves = new ArrayList<>();
        for (List<Object> row : store.select(Sql.resource("read/leaves.sql"), window.start(), window.end())
                .rows()) {
            String id = (String) row.get(0);
            String provider = (String) row.get(2);
            int at = ResourceRow.COLUMNS;
            leaves.add(withoutPrice.priced(new LeafCost(
                    ResourceRow.read(row),
                    (Instant) row.get(at),
                    provider == null ? null : billed.get(provider),
                    parts.getOrDefault(id, List.of()),
                    Keyed.find(CostBasis.class, (String) row.get(at + 1)).orElseThrow(),
                    hours(row.get(at + 2)),
                    (BigDecimal) row.get(at + 3),
                    (Boolean) row.get(at + 4))));
        }
        return leaves;
    }

    private static BigDecimal hours(Object hours) {
        if (hours == null) {
            return null;
        }
        BigDecimal exact = new BigDecimal(hours.toString()).stripTrailingZeros();
        return exact.scale() < 0 ? exact.setScale(0) : exact;
    }

    /** The part of the window that each provider's bill covers. */
    private Map<String, Window> billed() {
        Map<String, Window> billed = new HashMap<>();
        for (List<Object> row : store.select("SELECT provider, " + Coverage.BILL
                        + " FROM charges WHERE ChargePeriodStart IS NOT NULL GROUP BY provider ORDER BY provider")
                .rows()) {
            Instant start = latest(window.start(), (Instant) row.get(1));
            Instant end = row.get(2) == null ? window.end() : earliest(window.end(), (Instant) row.get(2));
            if (row.get(0) != null && start.isBefore(end)) {
                billed.put((String) row.get(0), new Window(start, end));
            }
        }
        return billed;
    }

    private static Instant latest(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    private static Instant earliest(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    private Map<String, List<LeafCost.Part>> parts() {
        Map<String, List<LeafCost.Part>> parts = new HashMap<>();
        for (List<Object> row : windowSums("resource_id")) {
            parts.computeIfAbsent((String) row.get(0), id -> new ArrayList<>())
                    .add(new LeafCost.Part(
                            Keyed.find(Component.class, (String) row.get(1)).orElse(Component.USAGE),
                            (BigDecimal) row.get(2),
                            (BigDecimal) row.get(3),
                            (Long) row.get(4),
                            (Long) row.get(5)));
        }
        return parts;
    }

    private List<List<Object>> windowSums(String by) {
        String sql = Sql.resource("read/window-sums.sql").replace("grouped_by", by);
        return store.select(sql, window.start(), window.end()).rows();
    }

    /** Exact but for the share of charges that cross an edge, which has 34 digits. */
    List<WindowCost> byProvider() {
        Map<String, Window> billed = billed();
        Map<String, BigDecimal> all = new HashMap<>();
        Map<String, BigDecimal> ai = new HashMap<>();
        for (List<Object> row : windowSums("provider || '|' || coalesce(spend_class, 'untold')")) {
            String[] key = ((String) row.get(0)).split("\\|");
            BigDecimal inside = ((BigDecimal) row.get(2))
                    .multiply(BigDecimal.valueOf((Long) row.get(4)))
                    .divide(BigDecimal.valueOf((Long) row.get(5)), Money.PRECISION);
            all.merge(key[0], inside, BigDecimal::add);
            ai.merge(key[0], key[1].equals("ai") ? inside : BigDecimal.ZERO, BigDecimal::add);
        }
        return billed.keySet().stream()
                .sorted()
                .map(provider -> new WindowCost(
                        provider,
                        all.getOrDefault(provider, BigDecimal.ZERO),
                        ai.getOrDefault(provider, BigDecimal.ZERO),
                        Duration.between(
                                        billed.get(provider).start(),
                                        billed.get(provider).end())
                                .toHours()))
                .toList();
    }
}
