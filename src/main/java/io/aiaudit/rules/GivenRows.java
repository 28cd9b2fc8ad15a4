package io.aiaudit.rules;

import io.aiaudit.model.DidYouMean;
import io.aiaudit.model.Window;
import io.aiaudit.model.YamlNode;
import io.aiaudit.store.LockedStore;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Puts what a case of tests.yaml gives, and rows that must never matter, into temporary tables: missing columns are NULL. The salt is a huge metric of another name on
 * each resource, a costly resource of another kind, one that cannot be examined, and every offer, model and commitment once more from another provider.
 */
final class GivenRows {
    /** Stands before the names of the tables, in place of the store's own. */
    static final String BASE = "temp.main.given_";

    static final String SALT = "salt-";
    static final List<String> SPEND_COLUMNS = List.of(
            "resource_id",
            "monthly_cost",
            "time_cost",
            "usage_cost",
            "storage_cost",
            "licence_cost",
            "hours",
            "cost_basis",
            "committed_share");
    static final List<String> POLICY_COLUMNS = List.of(
            "resource_id",
            "allowed_regions",
            "latency_target_ms",
            "interruption",
            "latency",
            "quality",
            "residency",
            "environment",
            "owner",
            "data_class",
            "standby",
            "timezone",
            "excluded_periods");
    private static final List<String> STORE_TABLES =
            List.of("resources", "metrics", "charges", "offers", "models", "commitments", "scan");
    private static final double HUGE = 1e12;

    private final LockedStore store;
    private final Rule rule;
    private final TestCase testCase;
    private final Window window;

    GivenRows(LockedStore store, Rule rule, TestCase testCase, Window window) {
        this.store = store;
        this.rule = rule;
        this.testCase = testCase;
        this.window = window;
    }

    void fill() {
        for (String table : STORE_TABLES) {
            store.execute("CREATE OR REPLACE TEMP TABLE given_" + table + " AS FROM " + table(table) + " LIMIT 0");
        }
        List<Map<String, Object>> resources = rows("resources");
        resources.addAll(saltResources());
        fill("resources", resources);
        fill("metrics", metrics(resources));
        List<Map<String, Object>> charges = rows("charges");
        charges.add(saltCharge());
        fill("charges", charges);
        for (String table : List.of("offers", "models", "commitments")) {
            List<Map<String, Object>> rows = rows(table);
            List<Map<String, Object>> salt =
                    rows.stream().map(GivenRows::fromElsewhere).toList();
            rows.addAll(salt);
            fill(table, rows);
        }
    }

    List<List<Object>> spend() {
        List<List<Object>> spend = table(rows("spend", SPEND_COLUMNS), SPEND_COLUMNS);
        spend.add(Arrays.asList(SALT + "other-kind", HUGE, HUGE, 0, 0, 0, 720, "effective", 0));
        return spend;
    }

    List<List<Object>> policy() {
        return table(rows("policy", POLICY_COLUMNS), POLICY_COLUMNS);
    }

    /** The store's own table, which temporary ones of an earlier case may hide. */
    private String table(String name) {
        return Literal.name(String.valueOf(
                        store.select("SELECT current_database()").rows().get(0).get(0))) + ".main." + name;
    }

    private List<String> columns(String table) {
        return store.select("DESCRIBE " + table(table)).rows().stream()
                .map(row -> (String) row.get(0))
                .toList();
    }

    private List<Map<String, Object>> rows(String relation) {
        return rows(relation, columns(relation));
    }

    private List<Map<String, Object>> rows(String relation, List<String> columns) {
        List<Map<String, Object>> rows = new ArrayList<>();
        testCase.given().getOrDefault(relation, List.of()).forEach(node -> rows.add(row(node, columns)));
        return rows;
    }

    private static Map<String, Object> row(YamlNode node, List<String> columns) {
        Map<String, Object> row = new LinkedHashMap<>();
        node.entries().forEach((key, value) -> {
            String column = columns.stream()
                    .filter(key::equalsIgnoreCase)
                    .findFirst()
                    .orElseThrow(() ->
                            value.error("there is no column \"" + key + "\".", DidYouMean.sentence(key, columns)));
            row.put(
                    column.toLowerCase(Locale.ROOT),
                    value.isText() || value.isYesOrNo() ? value.text() : value.value());
        });
        return row;
    }

    private void fill(String table, List<Map<String, Object>> rows) {
        store.fill("given_" + table, table(rows, columns(table)));
    }

    private static List<List<Object>> table(List<Map<String, Object>> rows, List<String> columns) {
        List<List<Object>> table = new ArrayList<>();
        for (Map<String, Object> row : rows) {
            List<Object> values = new ArrayList<>();
            columns.forEach(column -> values.add(row.get(column.toLowerCase(Locale.ROOT))));
            table.add(values);
        }
        return table;
    }

    /** A later row of the same resource, metric and hour replaces an earlier one. */
    private List<Map<String, Object>> metrics(List<Map<String, Object>> resources) {
        List<String> columns = columns("metrics");
        List<String> keys = new ArrayList<>(columns);
        keys.addAll(HoursRow.KEYS);
        Map<List<Object>, Map<String, Object>> points = new LinkedHashMap<>();
        for (YamlNode node : testCase.given().getOrDefault("metrics", List.of())) {
            Map<String, Object> row = row(node, keys);
            row.keySet().retainAll(columns);
            new HoursRow(node, window).hours().forEach(hour -> {
                Map<String, Object> point = new LinkedHashMap<>(row);
                point.put("hour", text(hour));
                points.put(Arrays.asList(row.get("resource_id"), row.get("metric"), hour), point);
            });
        }
        List<Map<String, Object>> rows = new ArrayList<>(points.values());
        resources.forEach(resource -> rows.addAll(saltMetrics(String.valueOf(resource.get("resource_id")))));
        return rows;
    }

    private List<Map<String, Object>> saltMetrics(String resourceId) {
        List<String> metrics = new ArrayList<>(List.of("salt"));
        if (resourceId.equals(SALT + "other-kind")) {
            metrics.addAll(rule.needs());
        }
        List<Map<String, Object>> rows = new ArrayList<>();
        for (String metric : metrics) {
            // Twelve hours spread over the window are as misleading as all of them, and quicker.
            for (int i = 1; i <= 12; i++) {
                rows.add(point(
                        resourceId, metric, window.start().plusSeconds(window.hours() * 3600 * i / 13 / 3600 * 3600)));
            }
        }
        if (!resourceId.startsWith(SALT)) {
            rule.needs().forEach(metric -> {
                rows.add(point(resourceId, metric, window.start().minusSeconds(3600)));
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

    private List<Map<String, Object>> saltResources() {
        List<Map<String, Object>> salt = new ArrayList<>();
        salt.add(resource("other-kind", "salt_kind"));
        if (!rule.needs().isEmpty()) {
            salt.add(resource("not-examined", rule.appliesTo().get(0)));
        }
        return salt;
    }

    private static Map<String, Object> resource(String name, String kind) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("resource_id", SALT + name);
        row.put("kind", kind);
        row.put("provider", "aws");
        row.put("name", SALT + name);
        row.put("workload", SALT + name);
        row.put("created_at", "2020-01-01");
        return row;
    }

    private Map<String, Object> saltCharge() {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("resource_id", SALT + "other-kind");
        row.put("chargeperiodstart", text(window.start()));
        row.put("chargeperiodend", text(window.end()));
        row.put("effectivecost", HUGE);
        row.put("cost", HUGE);
        row.put("component", "time");
        row.put("charge_kind", "cost");
        return row;
    }

    private static Map<String, Object> fromElsewhere(Map<String, Object> given) {
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
