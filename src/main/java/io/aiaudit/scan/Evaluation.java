package io.aiaudit.scan;

import io.aiaudit.analysis.AuditAssembly;
import io.aiaudit.analysis.HoursOff;
import io.aiaudit.analysis.Leaves;
import io.aiaudit.analysis.OnDemandUnits;
import io.aiaudit.analysis.UncertainPrices;
import io.aiaudit.analysis.UnpricedReason;
import io.aiaudit.analysis.UnseenCoverage;
import io.aiaudit.analysis.Wholes;
import io.aiaudit.config.Config;
import io.aiaudit.config.FindingEntries;
import io.aiaudit.config.Lineage;
import io.aiaudit.config.RuleSelection;
import io.aiaudit.model.Audit;
import io.aiaudit.model.CostBasis;
import io.aiaudit.model.Finding;
import io.aiaudit.model.LeafCost;
import io.aiaudit.model.Lever;
import io.aiaudit.model.OwnerName;
import io.aiaudit.model.Resource;
import io.aiaudit.model.ResourcePolicy;
import io.aiaudit.model.RuleOutcome;
import io.aiaudit.model.Saving;
import io.aiaudit.model.Spend;
import io.aiaudit.model.UserText;
import io.aiaudit.model.Window;
import io.aiaudit.rules.Rule;
import io.aiaudit.rules.RuleRun;
import io.aiaudit.rules.UseFact;
import io.aiaudit.savings.DividedBills;
import io.aiaudit.savings.Estimator;
import io.aiaudit.savings.ListPriceLimit;
import io.aiaudit.savings.RunRate;
import io.aiaudit.savings.SmallerBills;
import io.aiaudit.savings.UserNotes;
import io.aiaudit.store.LockedStore;
import io.aiaudit.store.ScanFacts;
import io.aiaudit.store.StoredScan;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Judges one store: costs of the leaves, rules, savings, audit. Rules that commit money run last, on what the other
 * savings leave.
 */
final class Evaluation {
    private final LockedStore store;
    private final StoredScan scan;
    private final Config config;
    private final RuleSelection rules;
    private final Progress progress;
    private final Consumer<RuleOutcome> outcomesSeen;
    private final Window window;
    private final Instant scannedAt;
    private final LocalDate day;
    private final Map<String, Resource> resources = new LinkedHashMap<>();
    private final Map<String, Lineage> lineages = new LinkedHashMap<>();
    private final Map<String, Spend> spend = new LinkedHashMap<>();
    private final Map<String, ResourcePolicy> policies = new LinkedHashMap<>();
    /** Both passes need the same of the store; null before the first. */
    private RuleRun ruleRun;

    private static final Set<Lever> TAKE_LOAD =
            Set.of(Lever.ELIMINATE, Lever.REPLACE, Lever.SCHEDULE, Lever.AUTOSCALE, Lever.RESIZE);

    private static final long SECONDS_PER_DAY = 86_400;

    private final Map<String, UseFact> use = new LinkedHashMap<>();

    /** @param outcomesSeen is shown what became of each rule */
    Evaluation(
            LockedStore store,
            Config config,
            RuleSelection rules,
            Progress progress,
            Consumer<RuleOutcome> outcomesSeen) {
        this.store = store;
        this.scan = new StoredScan(store);
        this.config = config;
        this.rules = rules;
        this.progress = progress;
        this.outcomesSeen = outcomesSeen;
        ScanFacts facts = scan.facts();
        this.window = facts.window();
        this.scannedAt = facts.scannedAt();
        this.day = LocalDate.ofInstant(scannedAt, ZoneOffset.UTC);
    }

    Audit audit() {
        for (Resource resource : scan.resources()) {
            resources.put(resource.resourceId(), resource);
        }
        resources.forEach((id, resource) -> {
            Lineage lineage = Lineage.of(resource, resources);
            lineages.put(id, lineage);
            policies.put(id, policy(lineage));
        });
        UnaryOperator<String> owner = OwnerName.oneSpelling(
                policies.values().stream().map(ResourcePolicy::owner).toList());
        policies.replaceAll((id, policy) -> policy.withOwner(owner.apply(policy.owner())));
        List<LeafCost> leaves = DividedBills.of(
                new ListPriceLimit(scan.aiCosts(window), window, scannedAt).limited(scan.leafCosts(window)), window);
        Map<String, String> otherCurrencies = scan.listedInOtherCurrency();
        UnseenCoverage unseen =
                new UnseenCoverage(scan.commitments(), scan.gaps(), scan.leavesWithPricing(), window.end());
        Map<String, Audit.ListPrice> listed = scan.priceFacts();
        UncertainPrices uncertain = new UncertainPrices(scan.gaps(), leaves, scan.billPeriods(), listed, window);
        SmallerBills smaller = new SmallerBills(scan.smallerBills());
        UnpricedReason unpriced = new UnpricedReason(listed.keySet());
        for (LeafCost leaf : leaves) {
            Resource resource = leaf.resource();
            Spend cost = smaller.applied(
                    leaf, uncertain.applied(leaf, unseen.applied(resource, RunRate.of(leaf, window, scannedAt))));
            Spend rated = withMissingRate(cost, otherCurrencies.get(resource.resourceId()));
            spend.put(resource.resourceId(), unpriced.applied(leaf, rated));
        }
        List<RuleOutcome> outcomes = new ArrayList<>(run(false, spend));
        List<Saving> savings = estimate(outcomes);
        Map<String, Spend> bounded = unseen.bounded(spend, savings);
        if (!bounded.isEmpty()) {
            spend.putAll(bounded);
            savings = estimate(outcomes);
        }
        HiddenFindings hidden = new HiddenFindings(takingLoad(outcomes), lineages, resources, spend);
        List<RuleOutcome> commitments = run(true, hidden.applied(Estimator.remaining(savings, spend))).stream()
                .map(outcome ->
                        outcome instanceof RuleOutcome.Evaluated evaluated ? hidden.applied(evaluated) : outcome)
                .toList();
        if (!commitments.isEmpty()) {
            outcomes.addAll(commitments);
            savings = estimate(outcomes);
        }
        outcomes.addAll(rules.skipped());
        outcomes.forEach(outcomesSeen);
        Audit audit = new AuditAssembly(
                        scan,
                        rules,
                        resources,
                        leaves,
                        spend,
                        policies,
                        use,
                        config.policy().ownership())
                .audit(outcomes, savings, warnings(outcomes, savings, unseen));
        return audit.withUserTexts(quoted(audit));
    }

    /** What of the configuration the sentences of the audit have word for word. */
    private List<UserText> quoted(Audit audit) {
        Set<String> sentences = Stream.concat(
                        audit.warnings().stream(),
                        audit.findings().stream()
                                .map(Audit.AuditedFinding::statusReason)
                                .filter(Objects::nonNull))
                .collect(Collectors.toSet());
        return config.userTexts()
                .filter(text -> sentences.stream().anyMatch(sentence -> sentence.contains(text.text())))
                .toList();
    }

    private List<RuleOutcome.Evaluated> takingLoad(List<RuleOutcome> outcomes) {
        Set<String> takeLoad = rules.selected().stream()
                .map(RuleSelection.Selected::rule)
                .filter(rule -> TAKE_LOAD.contains(rule.lever()))
                .map(Rule::id)
                .collect(Collectors.toSet());
        return outcomes.stream()
                .filter(RuleOutcome.Evaluated.class::isInstance)
                .map(RuleOutcome.Evaluated.class::cast)
                .filter(outcome -> takeLoad.contains(outcome.rule()))
                .toList();
    }

    private Spend withMissingRate(Spend cost, String currency) {
        return cost.basis() != CostBasis.UNPRICED || cost.note() != null || currency == null
                ? cost
                : cost.withNote("Its list price is in " + currency + ", and exchange_rates in aiaudit.yaml has no rate "
                        + "from " + currency + " to " + scan.facts().currency() + ", so no saving is stated.");
    }

    /** What of the configuration has no effect, each with its line. */
    private List<String> warnings(List<RuleOutcome> outcomes, List<Saving> savings, UnseenCoverage unseen) {
        List<String> warnings = new ArrayList<>(unseen.warnings());
        Set<String> ran = outcomes.stream()
                .filter(RuleOutcome.Evaluated.class::isInstance)
                .map(RuleOutcome::rule)
                .collect(Collectors.toSet());
        List<Finding> findings = savings.stream().map(Saving::finding).toList();
        for (FindingEntries entries : List.of(config.ignores(), config.verified())) {
            warnings.addAll(entries.expired(findings, lineages, day));
            warnings.addAll(entries.misspelt(rules.ids()));
            warnings.addAll(entries.unused(findings, lineages, ran, day));
        }
        warnings.addAll(config.policy().warnings(resources.values()));
        warnings.addAll(rules.warnings(outcomes));
        if (ruleRun != null) {
            warnings.addAll(ruleRun.warnings());
        }
        return warnings;
    }

    private List<RuleOutcome> run(boolean commit, Map<String, Spend> costs) {
        List<RuleSelection.Selected> pass = rules.selected().stream()
                .filter(selected -> (selected.rule().lever() == Lever.COMMIT) == commit)
                .toList();
        if (pass.isEmpty()) {
            return List.of();
        }
        ruleRun = ruleRun == null
                ? new RuleRun(store, window, costs, policies).confiningRulesOfUser()
                : ruleRun.with(costs);
        try (RuleRun run = ruleRun) {
            List<RuleOutcome> outcomes =
                    pass.stream().map(selected -> run(run, selected)).toList();
            if (!commit) {
                use.putAll(
                        run.use(pass.stream().map(RuleSelection.Selected::rule).toList()));
            }
            return outcomes;
        }
    }

    private RuleOutcome run(RuleRun run, RuleSelection.Selected selected) {
        RuleOutcome outcome = run.run(selected.rule(), selected.parameters());
        progress.evaluated(selected.rule().id());
        return outcome;
    }

    private List<Saving> estimate(List<RuleOutcome> outcomes) {
        Leaves leaves = new Leaves(resources.values(), spend.keySet());
        Set<String> readStandby = rules.selected().stream()
                .map(RuleSelection.Selected::rule)
                .filter(Rule::readsStandby)
                .map(Rule::id)
                .collect(Collectors.toSet());
        Map<String, Instant> young = youngSince();
        Wholes wholes = new Wholes(resources, leaves, spend, policies);
        List<Finding> findings = new ArrayList<>();
        for (RuleOutcome outcome : outcomes) {
            if (outcome instanceof RuleOutcome.Evaluated evaluated) {
                Set<String> judged = evaluated.judged();
                List<Finding> ofRule = new ArrayList<>();
                evaluated
                        .findings()
                        .forEach(finding -> leaves.findings(finding, judged).stream()
                                .filter(part -> !isKeptPart(part, finding, readStandby))
                                .filter(part -> !isYoungPart(part, finding, young.get(finding.rule())))
                                .map(part -> wholes.within(part, finding))
                                .forEach(ofRule::add));
                findings.addAll(wholes.withKept(ofRule, evaluated.findings()));
            }
        }
        new HoursOff(scan, window).addTo(spend, findings);
        new OnDemandUnits(scan, window).addTo(spend, findings);
        return Estimator.estimate(
                findings, spend, policies, new UserNotes(reason(config.ignores()), reason(config.verified())));
    }

    /**
     * Whether a part is a standby of which the whole is none: the rule saw the policy of the whole, on which the
     * metrics are, and would have left out the part.
     */
    private boolean isKeptPart(Finding part, Finding whole, Set<String> readStandby) {
        return TAKE_LOAD.contains(whole.lever())
                && readStandby.contains(whole.rule())
                && policies.get(part.resourceId()).standby()
                && !policies.get(whole.resourceId()).standby();
    }

    /** What was made after this is too young for a rule. */
    private Map<String, Instant> youngSince() {
        Map<String, Instant> young = new LinkedHashMap<>();
        rules.selected().forEach(selected -> {
            Rule rule = selected.rule();
            Object idleDays = rule.idleDays()
                    .map(rule.parameters(selected.parameters())::get)
                    .orElse(null);
            double days =
                    idleDays instanceof Number number ? Math.max(rule.minDays(), number.doubleValue()) : rule.minDays();
            young.put(rule.id(), window.end().minusSeconds(Math.round(days * SECONDS_PER_DAY)));
        });
        return young;
    }

    /**
     * Whether a part was made later than what the rule would look at by itself: somebody works with it, whatever the
     * whole shows. An instance is replaced by its group or cluster, and nobody has to.
     */
    private boolean isYoungPart(Finding part, Finding whole, Instant youngSince) {
        Resource resource = resources.get(part.resourceId());
        return TAKE_LOAD.contains(whole.lever())
                && !part.resourceId().equals(whole.resourceId())
                && resource.createdAt() != null
                && resource.createdAt().isAfter(youngSince)
                && !"instance".equals(resource.kind());
    }

    private ResourcePolicy policy(Lineage lineage) {
        ResourcePolicy policy = config.policy().of(lineage);
        return policy.undecided() == null
                ? policy.withUndecided(config.ignores().undecided(lineage, day).orElse(null))
                : policy;
    }

    private Function<Finding, Optional<String>> reason(FindingEntries entries) {
        return finding -> entries.reason(finding, lineages.get(finding.resourceId()), day);
    }
}
