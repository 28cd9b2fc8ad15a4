package io.aiaudit.rules;

import io.aiaudit.model.Answer;
import io.aiaudit.model.Ask;
import io.aiaudit.model.Component;
import io.aiaudit.model.Confidence;
import io.aiaudit.model.CostBasis;
import io.aiaudit.model.Finding;
import io.aiaudit.model.Lever;
import io.aiaudit.model.ResourcePolicy;
import io.aiaudit.model.RuleOutcome;
import io.aiaudit.model.Spend;
import io.aiaudit.model.UserError;
import io.aiaudit.model.Window;
import io.aiaudit.store.LockedStore;
import io.aiaudit.store.Rows;
import io.aiaudit.store.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Runs rules one after the other on a locked store. What all of them need is computed once; a rule that fails does not touch the others. */
public final class RuleRun implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Longer texts and lists than these are cut, so that no rule fills the memory of the process. */
    private static final int LONGEST_TEXT = 20_000;

    private static final int LONGEST_LIST = 10_000;

    private final LockedStore store;
    private final Window window;
    private final Duration patience;
    private final String base;
    private final Lives lives;
    private final Relations relations;

    /**
     * On a store, with what is known of cost and policy.
     *
     * @param spend by leaf; a leaf that is not in it is unpriced
     * @param policies by resource; one that is not in it is untold
     */
    public RuleRun(LockedStore store, Window window, Map<String, Spend> spend, Map<String, ResourcePolicy> policies) {
        this(store, window, storeTables(store), PATIENCE, spendRows(spend), policyRows(policies));
    }

    /** For tests of rules, which bring rows of {@code aiaudit_spend} and {@code aiaudit_policy} and tables under another name. */
    RuleRun(
            LockedStore store,
            Window window,
            String base,
            Duration patience,
            List<List<Object>> spend,
            List<List<Object>> policies) {
        this.store = store;
        this.window = window;
        this.patience = patience;
        this.base = base;
        store.execute(
                "CREATE OR REPLACE TEMP TABLE aiaudit_spend (resource_id VARCHAR, monthly_cost DECIMAL(28,12), time_cost DECIMAL(28,12), usage_cost DECIMAL(28,12),"
                        + " storage_cost DECIMAL(28,12), licence_cost DECIMAL(28,12), hours DOUBLE, cost_basis VARCHAR, committed_share DOUBLE)");
        store.fill("aiaudit_spend", spend);
        store.execute(
                "CREATE OR REPLACE TEMP TABLE aiaudit_policy (resource_id VARCHAR, allowed_regions VARCHAR[], latency_target_ms DOUBLE, interruption VARCHAR,"
                        + " latency VARCHAR, quality VARCHAR, residency VARCHAR, environment VARCHAR, owner VARCHAR, data_class VARCHAR, standby BOOLEAN, timezone VARCHAR,"
                        + " excluded_periods VARCHAR[])");
        store.fill("aiaudit_policy", policies);
        this.lives = new Lives(store, window, base);
        this.relations = new Relations(store, window, base);
    }

    /**
     * Runs one rule. Whatever is wrong with the rule itself becomes its outcome.
     *
     * @throws UserError when an override names an unknown parameter or has another type
     */
    public RuleOutcome run(Rule rule, Map<String, Object> parameterOverrides) {
        Map<String, Object> parameters = rule.parameters(parameterOverrides);
        try {
            return judge(rule, parameters).outcome();
        } catch (RuleException e) {
            return new RuleOutcome.Failed(rule.id(), e.in(rule));
        } catch (StoreException e) {
            return new RuleOutcome.Failed(rule.id(), rule.sqlFile() + ": " + e.getMessage());
        }
    }

    /** While it is open, the relations of the rules hide the store's tables of the same names. */
    @Override
    public void close() {
        relations.drop();
    }

    /** An outcome with the rows behind its findings, which tests of rules compare. */
    record Judged(RuleOutcome.Evaluated outcome, List<Map<String, Object>> rows) {}

    Judged judge(Rule rule, Map<String, Object> parameters) {
        String sql = withoutSemicolon(rule.sql());
        SqlGate.check(store, sql);
        Map<String, String> notExamined = new Examination(rule, window).run(store, lives);
        relations.create(rule, parameters);
        List<Rows.Column> columns = columns(rule, sql);
        Map<String, Map<String, String>> subjects = subjects();
        List<Map<String, Object>> rows = RuleAnswer.named(store.select(
                "SELECT " + String.join(", ", bounded(columns)) + " FROM (\n" + sql + "\n) LIMIT "
                        + (subjects.size() + 1),
                patience));
        List<Finding> findings = new ArrayList<>();
        List<Map<String, Object>> kept = new ArrayList<>();
        Set<Object> seen = new HashSet<>();
        RuleAnswer answer = new RuleAnswer(rule, subjects);
        for (Map<String, Object> row : rows) {
            if (!seen.add(row.get("resource_id"))) {
                throw new RuleException("it returned the resource \"" + row.get("resource_id") + "\" more than once.");
            }
            answer.finding(row).ifPresent(finding -> {
                findings.add(finding);
                kept.add(withDefaults(rule, row));
            });
        }
        findings.sort(java.util.Comparator.comparing(Finding::resourceId));
        return new Judged(
                new RuleOutcome.Evaluated(
                        rule.id(), List.copyOf(new java.util.TreeSet<>(subjects.keySet())), notExamined, findings),
                kept);
    }

    private static Map<String, Object> withDefaults(Rule rule, Map<String, Object> row) {
        Map<String, Object> complete = new LinkedHashMap<>(row);
        complete.merge("confidence", Confidence.MEDIUM.key(), (given, standard) -> given);
        complete.merge("remedy", rule.remedies().keySet().iterator().next(), (given, standard) -> given);
        return complete;
    }

    private List<Rows.Column> columns(Rule rule, String sql) {
        List<Rows.Column> columns = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (List<Object> row :
                store.select("DESCRIBE (\n" + sql + "\n)", patience).rows()) {
            Rows.Column column = new Rows.Column((String) row.get(0), (String) row.get(1));
            if (!names.add(column.name().toLowerCase(Locale.ROOT))) {
                throw new RuleException("it returns two columns called " + column.name() + ".");
            }
            columns.add(column);
        }
        List<String> needed =
                rule.lever() == Lever.GOVERN ? List.of("resource_id") : List.of("resource_id", "remaining");
        for (String name : needed) {
            if (!names.contains(name)) {
                throw new RuleException("it returns no column " + name + ", only "
                        + String.join(
                                ", ", columns.stream().map(Rows.Column::name).toList()) + ".");
            }
        }
        return columns;
    }

    private static List<String> bounded(List<Rows.Column> columns) {
        return columns.stream()
                .map(column -> {
                    String name = Literal.name(column.name());
                    if (column.name().equalsIgnoreCase("resource_id")) {
                        return name;
                    }
                    if (column.type().equals("VARCHAR")) {
                        return "left(" + name + ", " + LONGEST_TEXT + ") AS " + name;
                    }
                    return column.type().endsWith("[]")
                            ? "list_slice(" + name + ", 1, " + LONGEST_LIST + ") AS " + name
                            : name;
                })
                .toList();
    }

    /** Resource id to the values that commands are filled with. */
    private Map<String, Map<String, String>> subjects() {
        Rows rows = store.select(
                "SELECT s.resource_id, s.provider, s.name, CASE WHEN s.parent_id IS NULL THEN s.name END AS standalone_name, max(p.name) AS parent_name,"
                        + " s.parent_id, s.account_id, s.region, s.machine_type, s.workload FROM temp.main.subject s LEFT JOIN "
                        + base
                        + "resources p ON p.resource_id = s.parent_id GROUP BY ALL");
        Map<String, Map<String, String>> subjects = new TreeMap<>();
        for (List<Object> row : rows.rows()) {
            Map<String, String> values = new HashMap<>();
            for (int i = 0; i < row.size(); i++) {
                values.put(rows.columns().get(i).name(), (String) row.get(i));
            }
            subjects.put((String) row.get(0), values);
        }
        return subjects;
    }

    private static String withoutSemicolon(String sql) {
        String stripped = sql.stripTrailing();
        return stripped.endsWith(";") ? stripped.substring(0, stripped.length() - 1) : stripped;
    }

    private static String storeTables(LockedStore store) {
        Object catalog = store.select("SELECT current_database()").rows().get(0).get(0);
        return Literal.name(String.valueOf(catalog)) + ".main.";
    }

    private static List<List<Object>> spendRows(Map<String, Spend> spend) {
        List<List<Object>> rows = new ArrayList<>();
        spend.forEach((id, cost) -> {
            boolean priced = cost.basis() != CostBasis.UNPRICED;
            List<Object> row = new ArrayList<>(Arrays.asList(id, cost.monthlyCost()));
            for (Component component : List.of(Component.TIME, Component.USAGE, Component.STORAGE, Component.LICENCE)) {
                row.add(priced ? cost.cost(component) : null);
            }
            row.addAll(Arrays.asList(cost.hours(), cost.basis().key(), cost.committedShare()));
            rows.add(row);
        });
        return rows;
    }

    private static List<List<Object>> policyRows(Map<String, ResourcePolicy> policies) {
        List<List<Object>> rows = new ArrayList<>();
        policies.forEach((id, policy) -> {
            Map<String, Object> columns = new LinkedHashMap<>();
            columns.put("resource_id", id);
            columns.put("allowed_regions", policy.allowedRegions().isEmpty() ? null : policy.allowedRegions());
            columns.put("latency_target_ms", policy.latencyTargetMs());
            for (Ask ask : List.of(Ask.INTERRUPTION, Ask.LATENCY, Ask.QUALITY, Ask.RESIDENCY)) {
                columns.put(
                        ask.key(),
                        policy.answers().getOrDefault(ask, Answer.UNTOLD).key());
            }
            columns.put("environment", policy.environment());
            columns.put("owner", policy.owner());
            columns.put("data_class", policy.dataClass());
            columns.put("standby", policy.standby());
            columns.put("timezone", policy.timezone());
            columns.put("excluded_periods", policy.excludedPeriods().isEmpty() ? null : policy.excludedPeriods());
            rows.add(new ArrayList<>(columns.values()));
        });
        return rows;
    }
}
