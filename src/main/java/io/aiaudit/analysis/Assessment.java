package io.aiaudit.analysis;

import io.aiaudit.model.Audit.RuleReport;
import io.aiaudit.model.Coverage;
import io.aiaudit.model.Money;
import io.aiaudit.model.Saving;
import io.aiaudit.model.Spend;
import io.aiaudit.savings.SpendCoverage;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** Coverage of the AI money of the window, leaf by leaf and in total. */
final class Assessment {
    private final Map<String, BigDecimal> costs;
    private final Map<String, Coverage> byLeaf;
    private final List<BigDecimal> decisions;
    private final List<BigDecimal> frees;
    private final UseTests tests;

    /** @param costs dollars of the window by leaf, see {@link AiCosts} */
    Assessment(
            Map<String, BigDecimal> costs,
            List<Saving> savings,
            Map<String, Spend> spend,
            UseTests tests,
            Fleets fleets) {
        SpendCoverage coverage = new SpendCoverage(savings, spend);
        this.costs = costs;
        this.tests = tests;
        this.byLeaf = coverage.of(costs, tests::isInUse);
        byLeaf.replaceAll((leaf, classes) -> goingOn(classes, fleets.member(leaf), tests.isInUse(leaf)));
        this.decisions = coverage.decisions();
        this.frees = coverage.frees();
    }

    /** What is gone and will be made again is not over. */
    private static Coverage goingOn(Coverage classes, Fleets.Member member, boolean inUse) {
        if (member == null) {
            return classes;
        }
        BigDecimal again = classes.past().multiply(member.goesOn());
        return new Coverage(
                classes.past().subtract(again),
                classes.counted(),
                classes.freedCommitment(),
                classes.accepted(),
                classes.blocked(),
                classes.needsDecision(),
                inUse ? classes.inUse().add(again) : classes.inUse(),
                inUse ? classes.notAssessed() : classes.notAssessed().add(again));
    }

    Map<String, BigDecimal> costs() {
        return costs;
    }

    UseTests tests() {
        return tests;
    }

    /** Exact. */
    Map<String, Coverage> byLeaf() {
        return byLeaf;
    }

    Coverage total() {
        return byLeaf.values().stream().reduce(Coverage.NOTHING, Coverage::plus).inCents();
    }

    /**
     * What is in use without waste found, of leaves that a rule about money could not examine: there may be more. What
     * the policy does not set keeps nothing from being examined.
     */
    BigDecimal inUsePartlyChecked() {
        return Money.toCents(Money.sum(byLeaf.entrySet().stream()
                .filter(leaf ->
                        tests.unexamined(leaf.getKey()).stream().anyMatch(reason -> !RuleReport.isNotInPolicy(reason)))
                .map(leaf -> leaf.getValue().inUse())
                .toList()));
    }

    /**
     * What each saving, by its index, would add if everything that needs a decision were approved; null for what needs
     * none.
     */
    List<BigDecimal> decisions() {
        return decisions;
    }

    /** The same of what is only freed until a commitment expires. */
    List<BigDecimal> frees() {
        return frees;
    }
}
