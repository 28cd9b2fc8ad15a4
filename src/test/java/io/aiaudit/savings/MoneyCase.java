package io.aiaudit.savings;

import io.aiaudit.model.Answer;
import io.aiaudit.model.Ask;
import io.aiaudit.model.Component;
import io.aiaudit.model.Confidence;
import io.aiaudit.model.CostBasis;
import io.aiaudit.model.Finding;
import io.aiaudit.model.FindingBuilder;
import io.aiaudit.model.Lever;
import io.aiaudit.model.OnDemandPart;
import io.aiaudit.model.Proof;
import io.aiaudit.model.ResourcePolicy;
import io.aiaudit.model.ResourcePolicyBuilder;
import io.aiaudit.model.Saving;
import io.aiaudit.model.Spend;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * A random company in small: a few leaves, what they cost, what the policy says of them, and findings of every kind.
 */
record MoneyCase(
        List<Finding> findings,
        Map<String, Spend> spend,
        Map<String, ResourcePolicy> policies,
        Set<String> acceptedRules) {

    private static final String SCHEDULE = "Mon-Fri 07-19 UTC";

    List<Saving> savings() {
        return Estimator.estimate(
                findings, spend, policies, new UserNotes(this::acceptedReason, finding -> Optional.empty()));
    }

    Optional<String> acceptedReason(Finding finding) {
        return acceptedRules.contains(finding.rule()) ? Optional.of("accepted by aiaudit.yaml:3") : Optional.empty();
    }

    MoneyCase shuffled(long seed) {
        List<Finding> other = new ArrayList<>(findings);
        Collections.shuffle(other, new Random(seed));
        return new MoneyCase(other, spend, policies, acceptedRules);
    }

    MoneyCase withFindings(List<Finding> some) {
        return new MoneyCase(some, spend, policies, acceptedRules);
    }

    MoneyCase allowing(String leaf, Ask ask) {
        Map<Ask, Answer> answers = new HashMap<>(
                policies.getOrDefault(leaf, ResourcePolicy.UNSPECIFIED).answers());
        answers.putIfAbsent(ask, Answer.YES);
        Map<String, ResourcePolicy> other = new HashMap<>(policies);
        other.put(leaf, policy(answers));
        return new MoneyCase(findings, spend, other, acceptedRules);
    }

    /** Every rule at most once on a leaf, as the engine hands them over. */
    static Arbitrary<MoneyCase> cases() {
        return Combinators.combine(
                        finding().list().ofMinSize(1).ofMaxSize(14),
                        spends().list().ofSize(3),
                        answers().list().ofSize(3),
                        Arbitraries.of("schedule-a", "rate-b", "eliminate-a")
                                .set()
                                .ofMaxSize(1))
                .as((findings, spends, answers, accepted) -> {
                    Map<String, Spend> spend = new HashMap<>();
                    Map<String, ResourcePolicy> policies = new HashMap<>();
                    for (int i = 0; i < 3; i++) {
                        String leaf = "leaf-" + i;
                        spend.put(leaf, spends.get(i).apply(leaf));
                        policies.put(leaf, policy(answers.get(i)));
                    }
                    return new MoneyCase(onceEach(findings), spend, policies, accepted);
                });
    }

    private static List<Finding> onceEach(List<Finding> findings) {
        Set<List<String>> seen = new HashSet<>();
        return findings.stream()
                .filter(finding -> seen.add(List.of(finding.rule(), finding.resourceId())))
                .toList();
    }

    private static ResourcePolicy policy(Map<Ask, Answer> answers) {
        return ResourcePolicyBuilder.builder()
                .allowedRegions(List.of())
                .answers(answers)
                .excludedPeriods(List.of())
                .decidedBy(Map.of())
                .build();
    }

    private static Arbitrary<Map<Ask, Answer>> answers() {
        return Arbitraries.maps(
                        Arbitraries.of(Ask.class),
                        Arbitraries.of(Answer.YES, Answer.YES, Answer.NO, Answer.UNSPECIFIED))
                .ofMaxSize(4);
    }

    /** A spend that only lacks its leaf's name. */
    private interface NamelessSpend {
        Spend apply(String leaf);
    }

    private static Arbitrary<NamelessSpend> spends() {
        Arbitrary<CostBasis> basis = Arbitraries.of(
                CostBasis.EFFECTIVE,
                CostBasis.EFFECTIVE,
                CostBasis.BILLED,
                CostBasis.ALLOCATED,
                CostBasis.LIST,
                CostBasis.UNPRICED);
        Arbitrary<Boolean> gone = Arbitraries.of(false, false, false, false, true);
        Arbitrary<Map<String, BigDecimal>> off =
                Arbitraries.oneOf(Arbitraries.just(Map.of()), ratio().map(share -> Map.of(SCHEDULE, share)));
        Arbitrary<List<BigDecimal>> ofComponents = amounts().list().ofSize(Component.values().length);
        return Combinators.combine(ofComponents, ofComponents, basis, ratio(), off, gone)
                .as((amounts, rates, where, share, shareOff, isGone) -> leaf -> {
                    Map<Component, BigDecimal> byComponent = new EnumMap<>(Component.class);
                    Iterator<BigDecimal> amount = amounts.iterator();
                    for (Component component : Component.values()) {
                        byComponent.put(component, amount.next());
                    }
                    Map<Component, BigDecimal> rate = new EnumMap<>(Component.class);
                    Iterator<BigDecimal> next = rates.iterator();
                    for (Component component : Component.values()) {
                        rate.put(component, next.next());
                    }
                    boolean isPriced = where != CostBasis.UNPRICED && !isGone;
                    return new Spend(
                                    leaf,
                                    where == CostBasis.UNPRICED ? Map.of() : byComponent,
                                    where,
                                    BigDecimal.TEN,
                                    share,
                                    isGone)
                            .withRunRate(isPriced ? rate : Map.of(), share)
                            .withCommittedShareOff(shareOff)
                            .withOnDemandParts(shareOff.isEmpty() ? List.of() : parts(share));
                });
    }

    /** Two hours that have so much on demand together, and not alike. */
    private static List<OnDemandPart> parts(BigDecimal committedShare) {
        BigDecimal onDemand = BigDecimal.ONE.subtract(committedShare);
        BigDecimal apart = onDemand.min(committedShare).divide(BigDecimal.valueOf(2));
        return List.of(
                new OnDemandPart(BigDecimal.TEN, onDemand.subtract(apart)),
                new OnDemandPart(BigDecimal.TEN, onDemand.add(apart)));
    }

    /** Nothing, cents that fall between two, and amounts with all digits of a bill. */
    private static Arbitrary<BigDecimal> amounts() {
        return Arbitraries.oneOf(
                Arbitraries.just(BigDecimal.ZERO),
                Arbitraries.integers().between(0, 2_000).map(cents -> BigDecimal.valueOf(cents, 2)),
                Arbitraries.bigDecimals()
                        .between(BigDecimal.ZERO, new BigDecimal("90000"))
                        .ofScale(12));
    }

    private static Arbitrary<BigDecimal> ratio() {
        return Arbitraries.oneOf(
                Arbitraries.of("0", "0", "0.1", "0.25", "0.5", "0.5", "0.9", "1")
                        .map(BigDecimal::new),
                Arbitraries.bigDecimals()
                        .between(BigDecimal.ZERO, BigDecimal.ONE)
                        .ofScale(6));
    }

    private static Arbitrary<Finding> finding() {
        Arbitrary<List<BigDecimal>> remaining = ratio().list()
                .ofSize(3)
                .map(list -> list.stream()
                        .sorted()
                        .map(share -> share.compareTo(BigDecimal.ONE) == 0 ? new BigDecimal("1.2") : share)
                        .toList());
        Arbitrary<Set<Component>> saves = Arbitraries.oneOf(
                Arbitraries.just(Set.of(Component.TIME)),
                Arbitraries.of(Component.class).set().ofMinSize(1));
        Arbitrary<Set<Ask>> asks = Arbitraries.oneOf(
                Arbitraries.just(Set.of()), Arbitraries.of(Ask.class).set().ofMaxSize(2));
        return Combinators.combine(
                        Arbitraries.integers().between(0, 2),
                        rules(),
                        Arbitraries.of(Confidence.HIGH, Confidence.HIGH, Confidence.MEDIUM, Confidence.LOW),
                        remaining,
                        Arbitraries.integers().between(0, 3),
                        saves,
                        asks,
                        Arbitraries.of(null, null, null, "group-a", "group-b"))
                .as((leaf, rule, confidence, shares, given, saved, requested, group) -> FindingBuilder.builder()
                        .rule(rule.name)
                        .resourceId("leaf-" + leaf)
                        .lever(rule.lever)
                        .proof(rule.proof)
                        .saves(saved)
                        .asks(requested)
                        .remaining(shares.get(1))
                        .remainingBest(given % 2 == 0 ? null : shares.get(0))
                        .remainingWorst(given < 2 ? null : shares.get(2))
                        .confidence(confidence)
                        .reason("reason")
                        .target(rule.lever == Lever.SCHEDULE ? SCHEDULE : null)
                        .groupId(group)
                        .evidence(rule.lever == Lever.AUTOSCALE ? ofScaling(leaf, shares) : Map.of())
                        .build());
    }

    /** The bill of the last leaf shows in which hours its plan lies. */
    private static Map<String, Object> ofScaling(int leaf, List<BigDecimal> shares) {
        return switch (leaf) {
            case 0 -> Map.of();
            case 1 -> Map.of("remaining_least", shares.get(2).doubleValue());
            default -> Map.of("committed_off", shares.get(0).doubleValue());
        };
    }

    private record Rule(String name, Lever lever, Proof proof) {}

    /** Two rules for each lever; one finding in ten has no proof. */
    private static Arbitrary<Rule> rules() {
        return Combinators.combine(
                        Arbitraries.of(Lever.class),
                        Arbitraries.of("a", "b"),
                        Arbitraries.integers().between(0, 9))
                .as((lever, name, unproven) ->
                        new Rule(lever.key() + "-" + name, lever, unproven == 0 ? Proof.NONE : Proof.BACKTEST));
    }
}
