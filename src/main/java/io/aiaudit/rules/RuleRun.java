package io.aiaudit.rules;

import io.aiaudit.model.Confidence;
import io.aiaudit.model.Lever;
import io.aiaudit.model.ResourcePolicy;
import io.aiaudit.model.RuleOutcome;
import io.aiaudit.model.Spend;
import io.aiaudit.model.UserError;
import io.aiaudit.model.Window;
import io.aiaudit.store.CutBill;
import io.aiaudit.store.LockedStore;
import io.aiaudit.store.Rows;
import io.aiaudit.store.StatementTimes;
import io.aiaudit.store.StoreException;
import io.aiaudit.store.StoreTimeout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Runs rules one after the other on a locked store. What all of them need is computed once; a rule that fails does not
 * touch the others.
 */
public final class RuleRun implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** What is no money, or is bought for a term, depends on no hour without work. */
    private static final Set<Lever> SAYS_NOTHING_OF_USE = Set.of(Lever.GOVERN, Lever.COMMIT);

    /** In the reason why a resource was not examined, where what a metric lacks may hide a finding. */
    static final String DEPENDS = "a finding depends on it";

    /**
     * The relations that a built-in rule reads, and what it returns, by its SQL: the same in each run of the process.
     */
    private static final Map<String, Set<String>> BUILT_IN_READS = new ConcurrentHashMap<>();

    private static final Map<String, ResultColumns> BUILT_IN_COLUMNS = new ConcurrentHashMap<>();

    private final LockedStore store;
    private final Duration patience;
    private final Lifetimes lifetimes;
    private final Relations relations;
    private final ResourceValues values;
    /** As they are in {@code aiaudit_spend}; empty before the first. */
    private List<List<Object>> known = List.of();

    /** Where rules of the user run; null where they run here. */
    private ConfinedRules confined;

    /** Makes it with these rows of spend. */
    private Function<List<List<Object>>, ConfinedRules> confinement;

    private final List<String> warnings = new ArrayList<>();

    /** Of each rule that ran: the relations that it reads, and what it returns. */
    private final Map<Rule, Set<String>> read = new HashMap<>();

    private final Map<Rule, ResultColumns> columns = new HashMap<>();

    /**
     * On a store, with what is known of cost and policy.
     *
     * @param spend by leaf; a leaf that is not in it is unpriced
     * @param policies by resource; one that is not in it is unspecified
     */
    public RuleRun(LockedStore store, Window window, Map<String, Spend> spend, Map<String, ResourcePolicy> policies) {
        this(store, window, spend, policies, PATIENCE);
    }

    RuleRun(
            LockedStore store,
            Window window,
            Map<String, Spend> spend,
            Map<String, ResourcePolicy> policies,
            Duration patience) {
        this(store, window, storeTables(store), CutBill.byLeaf(store, window), patience);
        List<List<Object>> policyRows = KnownFacts.policyRows(policies);
        know(KnownFacts.spendRows(spend), policyRows);
        confinement = rows -> new ConfinedRules(store, window, patience, rows, policyRows);
    }

    /** The same run, in which the SQL of a rule of the user runs in a process of its own. */
    public RuleRun confiningRulesOfUser() {
        confined = confinement.apply(known);
        return this;
    }

    /** In that process. */
    static RuleRun confined(LockedStore store, Window window, Duration patience, ConfinedRules.Known known) {
        RuleRun run = new RuleRun(store, window, storeTables(store), CutBill.byLeaf(store, window), patience);
        run.know(known.spend(), known.policies());
        return run;
    }

    /** For tests of rules, which bring tables under another name, and call {@link #know} before they run one. */
    RuleRun(LockedStore store, Window window, String base, Duration patience) {
        this(store, window, base, Map.of(), patience);
    }

    private RuleRun(LockedStore store, Window window, String base, Map<String, CutBill> cutBills, Duration patience) {
        this.store = store;
        this.patience = patience;
        this.lifetimes = new Lifetimes(store, window, base, cutBills);
        this.relations = new Relations(store, window, base, lifetimes);
        this.values = new ResourceValues(store, base, window);
    }

    /** Reads the store, with these rows of {@code aiaudit_spend} and {@code aiaudit_policy}. */
    void know(List<List<Object>> spend, List<List<Object>> policies) {
        KnownFacts.fillSpend(store, spend);
        known = spend;
        KnownFacts.fillPolicies(store, policies);
        lifetimes.read();
        relations.forget();
        values.forget();
    }

    /** The same run with other costs. */
    public RuleRun with(Map<String, Spend> spend) {
        List<List<Object>> rows = KnownFacts.spendRows(spend);
        if (!rows.equals(known)) {
            KnownFacts.fillSpend(store, rows);
            known = rows;
            relations.forgetSpend();
            if (confined != null) {
                confined.close();
                confined = confinement.apply(rows);
            }
        }
        return this;
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
        } catch (ConfinedRuleFailed e) {
            return new RuleOutcome.Failed(rule.id(), e.getMessage());
        } catch (RuleException | StoreException e) {
            return new RuleOutcome.Failed(rule.id(), problem(rule, e));
        }
    }

    /**
     * What one rule returns.
     *
     * @param lostHoursAreQuiet see {@link LostHours}
     * @throws ConfinedRuleFailed with what is wrong with it
     */
    Rows rows(Rule rule, Map<String, Object> parameters, boolean lostHoursAreQuiet) {
        try {
            Examination examination = new Examination(rule, lifetimes);
            if (lostHoursAreQuiet) {
                examination.fillWithNearly(store);
            } else {
                examination.fill(store);
            }
            return rows(
                    prepared(rule, parameters, lostHoursAreQuiet), subjectIds().size());
        } catch (RuleException | StoreException e) {
            throw new ConfinedRuleFailed(problem(rule, e), e);
        }
    }

    private static String problem(Rule rule, RuntimeException failure) {
        if (failure instanceof RuleException wrong) {
            return wrong.in(rule);
        }
        return rule.sqlFile() + ": "
                + (failure instanceof StoreTimeout late ? tooSlow(late.limit()) : failure.getMessage());
    }

    /** What went wrong beside the outcomes so far. */
    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    /** What is known of the use of resources that the rules which test use are for; to be read after all rules ran. */
    public Map<String, UseFact> use(List<Rule> rules) {
        return relations.use(rules.stream()
                .filter(Rule::testsUse)
                .flatMap(rule -> rule.appliesTo().stream())
                .distinct()
                .filter(lifetimes::has)
                .toList());
    }

    static String tooSlow(Duration limit) {
        long seconds = limit.toSeconds();
        return "it was stopped after " + (seconds == 1 ? "1 second" : seconds + " seconds")
                + ", the longest that a rule may take. Read less in it: join on resource_id, take one metric at a "
                + "time, and group before joining.";
    }

    /** While it is open, relations of the rules hide the store's tables of the same names. A rule opens it again. */
    @Override
    public void close() {
        relations.drop();
        if (confined != null) {
            confined.close();
        }
    }

    /** An outcome with the rows behind its findings, which tests of rules compare. */
    record Judged(RuleOutcome.Evaluated outcome, List<Map<String, Object>> rows) {}

    /** A rule of the user runs even where there is nothing to examine: what is wrong with it has to be reported. */
    Judged judge(Rule rule, Map<String, Object> parameters) {
        Examination examination = new Examination(rule, lifetimes);
        Map<String, String> notExamined = examination.notExamined();
        if (rule.builtIn() && examination.isEmpty() && examination.nearly().isEmpty()) {
            return nothing(rule, examination);
        }
        examination.fill(store);
        Prepared prepared = prepared(rule, parameters, false);
        List<String> subjectIds = subjectIds();
        List<Map<String, Object>> rows = RuleAnswer.named(
                isConfined(rule) ? confined.rows(rule, parameters, false) : rows(prepared, subjectIds.size()));
        refuseRepetition(rows);
        RuleAnswers answers = answers(prepared, rows, subjectIds);
        notExamined.putAll(answers.notExamined());
        Set<String> open = new HashSet<>(examination.open());
        dependingOnLostHours(examination, prepared, parameters, answers)
                .forEach((id, reason) -> notExamined.put(id, reason + "; " + DEPENDS));
        notExamined.forEach((id, reason) -> {
            if (reason.contains(DEPENDS)) {
                open.add(id);
            }
        });
        List<String> examined = subjectIds.stream()
                .filter(id ->
                        !notExamined.containsKey(id) && !answers.notConcerned().contains(id))
                .toList();
        return new Judged(
                new RuleOutcome.Evaluated(
                        rule.id(), examined, notExamined, open, examination.unmeasured(), answers.findings()),
                answers.rows().stream().map(row -> withDefaults(rule, row)).toList());
    }

    private boolean isConfined(Rule rule) {
        return confined != null && !rule.builtIn();
    }

    private RuleAnswers answers(Prepared prepared, List<Map<String, Object>> rows, List<String> subjectIds) {
        Map<String, Map<String, String>> subjects = new HashMap<>();
        if (!rows.isEmpty()) {
            subjectIds.forEach(id -> subjects.put(id, values.of(id, prepared.readsModels())));
        }
        return new RuleAnswers(prepared.rule(), rows, subjects, prepared.readsModels(), lifetimes.shared(), parts());
    }

    private Parts parts() {
        return new Parts(lifetimes.tree(), lifetimes.shared(), id -> values.of(id, false));
    }

    /**
     * What the rule says nothing about, and would if nothing happened in the hours that a metric lacks, or if it were
     * judged as it is, each with the metric. Where the second run fails it may be all that lacks hours, and
     * what the first one found is kept.
     */
    private Map<String, String> dependingOnLostHours(
            Examination examination, Prepared first, Map<String, Object> parameters, RuleAnswers known) {
        Rule rule = first.rule();
        if (SAYS_NOTHING_OF_USE.contains(rule.lever())) {
            return Map.of();
        }
        Set<String> lacking = new HashSet<>(relations.lackingHours(first.relationsRead()));
        lacking.addAll(examination.lackingHours().keySet());
        lacking.removeAll(known.found());
        lacking.addAll(examination.nearly());
        if (lacking.isEmpty()) {
            return Map.of();
        }
        Set<String> depending = new HashSet<>();
        try {
            examination.fillWithNearly(store);
            depending.addAll(foundOrHidden(rule, parameters, true));
            // Where all metrics lack the same hours, a point of one of them without the others hides a finding.
            if (!examination.nearly().isEmpty()) {
                depending.addAll(foundOrHidden(rule, parameters, false));
            }
        } catch (RuleException | StoreException | ConfinedRuleFailed e) {
            depending.addAll(lacking);
            warnings.add(rule.id() + ": a second run, without the hours that metrics lack, failed, so all that lacks "
                    + "hours is not examined. "
                    + (e instanceof ConfinedRuleFailed ? e.getMessage() : problem(rule, e)));
        }
        depending.removeAll(known.found());
        depending.removeAll(known.foundOrHidden());
        Map<String, String> reasons = relations.lostHours().reasons(depending);
        reasons.putAll(examination.lackingHours());
        reasons.putAll(known.notExamined());
        reasons.putAll(examination.notExamined());
        reasons.keySet().retainAll(depending);
        return reasons;
    }

    /** What the rule finds or hides of all that is in {@code aiaudit_coverage}. */
    private Set<String> foundOrHidden(Rule rule, Map<String, Object> parameters, boolean areQuiet) {
        Prepared prepared = prepared(rule, parameters, areQuiet);
        List<String> subjectIds = subjectIds();
        List<Map<String, Object>> rows = RuleAnswer.named(
                isConfined(rule) ? confined.rows(rule, parameters, areQuiet) : rows(prepared, subjectIds.size()));
        return answers(prepared, rows, subjectIds).foundOrHidden();
    }

    /** A rule whose relations are there. */
    private record Prepared(Rule rule, String sql, Set<String> relationsRead) {
        boolean readsModels() {
            return relationsRead.contains("models")
                    || relationsRead.contains("token_price")
                    || relationsRead.contains(Relations.TOKEN_TIER);
        }
    }

    /** Runs its SQL. One row more than there are resources shows that one is there twice. */
    private Rows rows(Prepared prepared, int resources) {
        ResultColumns result = columns.computeIfAbsent(prepared.rule(), rule -> columns(rule, prepared.sql()));
        return StatementTimes.named(
                "rules/" + prepared.rule().id(),
                () -> store.select(result.bounded(prepared.sql(), resources + 1), patience));
    }

    private Prepared prepared(Rule rule, Map<String, Object> parameters, boolean lostHoursAreQuiet) {
        String sql = withoutSemicolon(rule.sql());
        Set<String> relationsRead = read.computeIfAbsent(rule, first -> reads(rule, sql));
        relations.create(rule, parameters, relationsRead, lostHoursAreQuiet);
        return new Prepared(rule, sql, relationsRead);
    }

    private Set<String> reads(Rule rule, String sql) {
        return rule.builtIn()
                ? BUILT_IN_READS.computeIfAbsent(sql, first -> SqlGate.check(store, sql))
                : SqlGate.check(store, sql);
    }

    private ResultColumns columns(Rule rule, String sql) {
        return rule.builtIn()
                ? BUILT_IN_COLUMNS.computeIfAbsent(sql, first -> ResultColumns.describe(store, rule, sql, patience))
                : ResultColumns.describe(store, rule, sql, patience);
    }

    private static Judged nothing(Rule rule, Examination examination) {
        return new Judged(
                new RuleOutcome.Evaluated(
                        rule.id(),
                        List.of(),
                        examination.notExamined(),
                        examination.open(),
                        examination.unmeasured(),
                        List.of()),
                List.of());
    }

    private static void refuseRepetition(List<Map<String, Object>> rows) {
        Set<Object> seen = new HashSet<>();
        for (Map<String, Object> row : rows) {
            if (!seen.add(row.get("resource_id"))) {
                throw new RuleException("it returned the resource \"" + row.get("resource_id") + "\" more than once.");
            }
        }
    }

    private static Map<String, Object> withDefaults(Rule rule, Map<String, Object> row) {
        Map<String, Object> complete = new LinkedHashMap<>(row);
        complete.merge("confidence", Confidence.MEDIUM.key(), (given, standard) -> given);
        complete.merge("remedy", rule.remedies().keySet().iterator().next(), (given, standard) -> given);
        return complete;
    }

    private List<String> subjectIds() {
        return store.select("SELECT resource_id FROM temp.main.subject").rows().stream()
                .map(row -> (String) row.get(0))
                .distinct()
                .sorted()
                .toList();
    }

    private static String withoutSemicolon(String sql) {
        String stripped = sql.stripTrailing();
        return stripped.endsWith(";") ? stripped.substring(0, stripped.length() - 1) : stripped;
    }

    static String storeTables(LockedStore store) {
        Object catalog = store.select("SELECT current_database()").rows().get(0).get(0);
        return Literal.name(String.valueOf(catalog)) + ".main.";
    }
}
