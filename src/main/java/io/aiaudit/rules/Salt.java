package io.aiaudit.rules;

import io.aiaudit.model.Window;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rows that must never matter to a rule, added to every case of its tests: a huge metric of another name on each
 * resource, points outside the window, a costly resource of another kind, one that cannot be examined, and every offer,
 * model and commitment once more from another provider.
 */
final class Salt {
    private static final String PREFIX = "salt-";
    private static final String OTHER_KIND = PREFIX + "other-kind";
    private static final double HUGE = 1e12;
    /** Points spread over the window are as misleading as one in every hour, and quicker. */
    private static final int POINTS = 12;

    private final Rule rule;
    private final Window window;

    Salt(Rule rule, Window window) {
        this.rule = rule;
        this.window = window;
    }

    static boolean isSalt(String resourceId) {
        return resourceId.startsWith(PREFIX);
    }

    List<Map<String, Object>> resources() {
        List<Map<String, Object>> salt = new ArrayList<>();
        salt.add(resource(OTHER_KIND, "salt_kind"));
        if (!rule.needs().isEmpty()) {
            salt.add(resource(PREFIX + "not-examined", rule.appliesTo().get(0)));
        }
        return salt;
    }

    private static Map<String, Object> resource(String id, String kind) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("resource_id", id);
        row.put("kind", kind);
        row.put("provider", "aws");
        row.put("name", id);
        row.put("workload", id);
        row.put("created_at", "2020-01-01");
        return row;
    }

    List<Map<String, Object>> metrics(String resourceId) {
        List<String> metrics = new ArrayList<>(List.of("salt"));
        if (resourceId.equals(OTHER_KIND)) {
            metrics.addAll(rule.neededMetrics());
        }
        List<Map<String, Object>> rows = new ArrayList<>();
        for (String metric : metrics) {
            for (int i = 1; i <= POINTS; i++) {
                rows.add(point(
                        resourceId, metric, window.start().plusSeconds(window.hours() * i / (POINTS + 1) * 3600)));
            }
        }
        if (!isSalt(resourceId)) {
            rule.neededMetrics().forEach(metric -> {
                if (!Work.isReadBy(rule)) { // to the others work before the window matters
                    rows.add(point(resourceId, metric, window.start().minusSeconds(3600)));
                }
                rows.add(point(resourceId, metric, window.end()));
            });
        }
        return rows;
    }

    private static Map<String, Object> point(String resourceId, String metric, Instant hour) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("resource_id", resourceId);
        row.put("metric", metric);
        row.put("hour", text(hour));
        row.put("average", HUGE);
        row.put("maximum", HUGE);
        row.put("total", HUGE);
        row.put("samples", 1L);
        return row;
    }

    Map<String, Object> charge() {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("resource_id", OTHER_KIND);
        row.put("chargeperiodstart", text(window.start()));
        row.put("chargeperiodend", text(window.end()));
        row.put("effectivecost", HUGE);
        row.put("cost", HUGE);
        row.put("component", "time");
        row.put("charge_kind", "cost");
        return row;
    }

    static Map<String, Object> spend() {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("resource_id", OTHER_KIND);
        row.put("monthly_cost", HUGE);
        row.put("run_rate", HUGE);
        row.put("time_cost", HUGE);
        row.put("cost_basis", "effective");
        return row;
    }

    /** The same offer, model or commitment at another provider, at a thousandth of the price. */
    static Map<String, Object> elsewhere(Map<String, Object> given) {
        Map<String, Object> row = new LinkedHashMap<>(given);
        row.put("provider", "salt");
        row.replaceAll(
                (column, value) -> value instanceof Number number ? (Object) (number.doubleValue() / 1000) : value);
        return row;
    }

    private static String text(Instant time) {
        return LocalDateTime.ofInstant(time, ZoneOffset.UTC).toString();
    }
}
