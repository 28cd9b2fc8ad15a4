package io.aiaudit.rules;

import io.aiaudit.model.DidYouMean;
import io.aiaudit.model.Window;
import io.aiaudit.model.YamlNode;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The rows that cases of tests.yaml give, with salt. Missing columns are NULL. */
final class GivenRows {
    private static final List<String> SPEND_COLUMNS = List.of(
            "resource_id",
            "monthly_cost",
            "run_rate",
            "time_cost",
            "usage_cost",
            "storage_cost",
            "licence_cost",
            "hours",
            "cost_basis",
            "committed_share",
            "time_left",
            "run_rate_from",
            "changed_at");
    /** The last one is of any change in a case. */
    private static final List<String> WITH_ALTERATION =
            Stream.concat(SPEND_COLUMNS.stream(), Stream.of("altered_at")).toList();

    private static final List<String> POLICY_COLUMNS = List.of(
            "resource_id",
            "allowed_regions",
            "latency_target_ms",
            "interruption",
            "latency",
            "quality",
            "residency",
            "commitment",
            "environment",
            "owner",
            "data_class",
            "standby",
            "checkpointed",
            "quality_tolerance",
            "timezone",
            "excluded_periods");

    private final GivenTables tables;
    private final List<CaseApart> cases;
    private final Window window;
    private final Salt salt;

    GivenRows(GivenTables tables, Rule rule, List<CaseApart> cases, Window window) {
        this.tables = tables;
        this.cases = cases;
        this.window = window;
        this.salt = new Salt(rule, window);
    }

    void fill() {
        tables.empty();
        List<Map<String, Object>> resources = rows("resources");
        resources.addAll(salt.resources());
        tables.fill("resources", resources);
        List<Map<String, Object>> metrics = metrics();
        resources.forEach(resource -> metrics.addAll(salt.metrics(String.valueOf(resource.get("resource_id")))));
        tables.fill("metrics", metrics);
        List<Map<String, Object>> charges = charges();
        charges.add(salt.charge());
        tables.fill("charges", charges);
        for (String table : TestCase.SHARED) {
            List<Map<String, Object>> rows = rows(cases.get(0), table, tables.columns(table));
            rows.addAll(rows.stream().map(Salt::elsewhere).toList());
            tables.fill(table, rows);
        }
    }

    /** Rows of {@code aiaudit_spend}. */
    List<List<Object>> spend() {
        List<Map<String, Object>> rows = rows("spend", SPEND_COLUMNS);
        // A case in which nothing changed names its cost once.
        rows.forEach(row -> row.computeIfAbsent("run_rate", rate -> row.get("monthly_cost")));
        rows.forEach(row -> row.computeIfAbsent("altered_at", at -> row.get("changed_at")));
        rows.add(Salt.spend());
        return GivenTables.inOrder(rows, WITH_ALTERATION);
    }

    /** Rows of {@code aiaudit_policy}. */
    List<List<Object>> policy() {
        return GivenTables.inOrder(rows("policy", POLICY_COLUMNS), POLICY_COLUMNS);
    }

    private List<Map<String, Object>> rows(String relation) {
        return rows(relation, tables.columns(relation));
    }

    private List<Map<String, Object>> rows(String relation, List<String> columns) {
        List<Map<String, Object>> rows = new ArrayList<>();
        cases.forEach(apart -> rows.addAll(rows(apart, relation, columns)));
        return rows;
    }

    private static List<Map<String, Object>> rows(CaseApart apart, String relation, List<String> columns) {
        List<Map<String, Object>> rows = new ArrayList<>();
        apart.testCase().rows(relation).forEach(node -> rows.add(row(apart, relation, node, columns)));
        return rows;
    }

    private static Map<String, Object> row(CaseApart apart, String relation, YamlNode node, List<String> columns) {
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
        return apart.own(relation, row);
    }

    /** A charge that names hours as a metrics row does is repeated in each of them. */
    private List<Map<String, Object>> charges() {
        List<String> columns = tables.columns("charges");
        List<String> keys = new ArrayList<>(columns);
        keys.addAll(HoursRow.KEYS);
        List<Map<String, Object>> charges = new ArrayList<>();
        cases.forEach(apart -> apart.testCase()
                .rows("charges")
                .forEach(node -> charges.addAll(charges(node, row(apart, "charges", node, keys)))));
        return charges;
    }

    private List<Map<String, Object>> charges(YamlNode node, Map<String, Object> row) {
        List<Map<String, Object>> charges = new ArrayList<>();
        boolean hourly = HoursRow.KEYS.stream().anyMatch(row::containsKey);
        row.keySet().removeAll(HoursRow.KEYS);
        if (!hourly) {
            return List.of(row);
        }
        new HoursRow(node, window).hours().forEach(hour -> {
            Map<String, Object> charge = new LinkedHashMap<>(row);
            charge.put(
                    "chargeperiodstart",
                    LocalDateTime.ofInstant(hour, ZoneOffset.UTC).toString());
            charge.put(
                    "chargeperiodend",
                    LocalDateTime.ofInstant(hour.plusSeconds(3600), ZoneOffset.UTC)
                            .toString());
            charges.add(charge);
        });
        return charges;
    }

    /** A later row of the same resource, metric and hour replaces an earlier one. */
    private List<Map<String, Object>> metrics() {
        List<String> columns = tables.columns("metrics");
        List<String> keys = new ArrayList<>(columns);
        keys.addAll(HoursRow.KEYS);
        Map<List<Object>, Map<String, Object>> points = new LinkedHashMap<>();
        cases.forEach(apart -> apart.testCase().rows("metrics").forEach(node -> {
            Map<String, Object> row = row(apart, "metrics", node, keys);
            row.keySet().retainAll(columns);
            new HoursRow(node, window).hours().forEach(hour -> {
                Map<String, Object> point = new LinkedHashMap<>(row);
                point.put("hour", LocalDateTime.ofInstant(hour, ZoneOffset.UTC).toString());
                points.put(Arrays.asList(row.get("resource_id"), row.get("metric"), hour), point);
            });
        }));
        return new ArrayList<>(points.values());
    }
}
