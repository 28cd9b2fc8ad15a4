package io.aiaudit.savings;

import io.aiaudit.model.Answer;
import io.aiaudit.model.Ask;
import io.aiaudit.model.Component;
import io.aiaudit.model.Confidence;
import io.aiaudit.model.Finding;
import io.aiaudit.model.Lever;
import io.aiaudit.model.OnDemandPart;
import io.aiaudit.model.Proof;
import io.aiaudit.model.ResourcePolicy;
import io.aiaudit.model.Spend;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The money of docs/money.md written a second time, from its text and in fractions, to be compared with the first. It
 * expects that a rule has at most one finding on a leaf and takes its time.
 */
final class SecondOpinion {
    /** What becomes of one finding; amounts are null where there are none. */
    record Opinion(
            String status, BigDecimal low, BigDecimal likely, BigDecimal high, BigDecimal freed, BigDecimal alone) {}

    private static final List<Set<Lever>> GROUPS = List.of(
            Set.of(Lever.ELIMINATE),
            Set.of(Lever.REPLACE),
            Set.of(Lever.SCHEDULE, Lever.AUTOSCALE),
            Set.of(Lever.RESIZE),
            Set.of(Lever.RATE, Lever.COMMIT),
            Set.of(Lever.ROUTE),
            Set.of(Lever.CACHE, Lever.BATCH));

    private final List<Finding> findings;
    private final Map<String, Spend> spend;
    private final Map<String, ResourcePolicy> policies;
    private final Predicate<Finding> accepted;

    SecondOpinion(
            List<Finding> findings,
            Map<String, Spend> spend,
            Map<String, ResourcePolicy> policies,
            Predicate<Finding> accepted) {
        this.findings = findings;
        this.spend = spend;
        this.policies = policies;
        this.accepted = accepted;
    }

    List<Opinion> opinions() {
        // Groups that lose a member before any findings meet are out from the start.
        Set<List<String>> broken = broken(findings.stream()
                .map(this::early)
                .map(s -> s == null ? "counted" : s)
                .toList());
        List<String> statuses = statuses(broken);
        while (broken.addAll(broken(statuses))) {
            statuses = statuses(broken);
        }
        List<Opinion> opinions = new ArrayList<>();
        for (int i = 0; i < findings.size(); i++) {
            opinions.add(opinion(findings.get(i), statuses.get(i), statuses));
        }
        return opinions;
    }

    private Set<List<String>> broken(List<String> statuses) {
        Set<List<String>> broken = new HashSet<>();
        for (int i = 0; i < findings.size(); i++) {
            Finding finding = findings.get(i);
            if (finding.groupId() != null
                    && !Set.of("counted", "no_saving", "govern").contains(statuses.get(i))) {
                broken.add(List.of(finding.rule(), finding.groupId()));
            }
        }
        return broken;
    }

    private List<String> statuses(Set<List<String>> broken) {
        List<String> statuses = new ArrayList<>();
        for (Finding finding : findings) {
            String status = early(finding);
            if (status == null) {
                boolean out = isBroken(finding, broken);
                List<Finding> rivals = findings.stream()
                        .filter(other -> other.resourceId().equals(finding.resourceId()))
                        .filter(other -> early(other) == null && !isBroken(other, broken))
                        .toList();
                status = !out && holding(rivals).contains(finding) ? "counted" : "alternative";
            }
            statuses.add(status);
        }
        return statuses;
    }

    private static boolean isBroken(Finding finding, Set<List<String>> broken) {
        return finding.groupId() != null && broken.contains(List.of(finding.rule(), finding.groupId()));
    }

    /** The status of a finding that leaves before it meets the others of its leaf, null when it stays. */
    private String early(Finding finding) {
        Spend cost = spend.get(finding.resourceId());
        ResourcePolicy policy = policies.getOrDefault(finding.resourceId(), ResourcePolicy.UNSPECIFIED);
        List<Answer> answers = finding.asks().stream().map(policy::answer).toList();
        if (finding.lever() == Lever.GOVERN) {
            return "govern";
        } else if (cost == null || cost.monthlyCost() == null) {
            return "unpriced";
        } else if (accepted.test(finding) || sameIsAccepted(finding)) {
            return "accepted";
        } else if (cost.gone()) {
            return "no_saving";
        } else if (answers.contains(Answer.NO)) {
            return "blocked";
        } else if (saved(List.of(finding), 1, false).cents().signum() == 0
                || finding.remaining().compareTo(BigDecimal.ONE) >= 0) {
            return "no_saving";
        }
        boolean doubtful = answers.contains(Answer.UNSPECIFIED)
                || finding.proof() == Proof.NONE
                || finding.confidence() == Confidence.LOW;
        return doubtful ? "unconfirmed" : null;
    }

    /** Deleting the same for the same money is accepted under the name of another rule. */
    private boolean sameIsAccepted(Finding finding) {
        return finding.lever() == Lever.ELIMINATE
                && findings.stream()
                        .filter(other -> other.resourceId().equals(finding.resourceId()))
                        .filter(other -> other.lever() == Lever.ELIMINATE)
                        .filter(other -> other.saves().equals(finding.saves()))
                        .anyMatch(accepted);
    }

    /** A cache that saves time has fewer instances, as scaling has. */
    private boolean isIn(Set<Lever> levers, Finding finding) {
        boolean countsInstances = finding.lever() == Lever.CACHE
                && finding.saves().contains(Component.TIME)
                && spend.get(finding.resourceId()).runRate(Component.TIME).signum() > 0;
        return levers.contains(countsInstances ? Lever.AUTOSCALE : finding.lever());
    }

    private List<Finding> holding(List<Finding> rivals) {
        List<Finding> first =
                rivals.stream().filter(f -> f.lever() != Lever.COMMIT).toList();
        List<Finding> best = bestOfGroups(first);
        List<Finding> kept = best;
        List<Finding> eliminate =
                best.stream().filter(f -> f.lever() == Lever.ELIMINATE).toList();
        if (!eliminate.isEmpty()) {
            boolean sure = best.stream()
                    .allMatch(f -> f.confidence().compareTo(eliminate.get(0).confidence()) <= 0);
            if (sure) {
                return eliminate;
            }
            kept = best.stream().filter(f -> f.lever() != Lever.ELIMINATE).toList();
        }
        List<Finding> replace =
                kept.stream().filter(f -> f.lever() == Lever.REPLACE).toList();
        List<Finding> rest =
                kept.stream().filter(f -> f.lever() != Lever.REPLACE).toList();
        if (!replace.isEmpty() && (rest.isEmpty() || saved(replace, 1, false).compare(saved(rest, 1, false)) > 0)) {
            return replace;
        }
        List<Finding> rate = best(Stream.concat(
                        rest.stream().filter(f -> f.lever() == Lever.RATE),
                        rivals.stream().filter(f -> f.lever() == Lever.COMMIT)))
                .toList();
        return Stream.concat(rest.stream().filter(f -> f.lever() != Lever.RATE), rate.stream())
                .toList();
    }

    /** One of each group; a batch and a slower tier are of two groups, and send the same requests. */
    private List<Finding> bestOfGroups(List<Finding> first) {
        List<Finding> best = new ArrayList<>();
        List<Finding> left = new ArrayList<>(first);
        while (!left.isEmpty()) {
            Finding next = best(left.stream()).findFirst().orElseThrow();
            left.remove(next);
            if (best.stream()
                    .noneMatch(other ->
                            sameGroup(other, next) || isTierOfBatch(other, next) || isTierOfBatch(next, other))) {
                best.add(next);
            }
        }
        best.sort(Comparator.comparing(this::group));
        return best;
    }

    private static boolean isTierOfBatch(Finding tier, Finding batch) {
        return tier.lever() == Lever.RATE
                && tier.asks().contains(Ask.LATENCY)
                && tier.saves().contains(Component.USAGE)
                && batch.lever() == Lever.BATCH;
    }

    private boolean sameGroup(Finding one, Finding other) {
        return group(one) == group(other);
    }

    private int group(Finding finding) {
        int group = 0;
        while (!isIn(GROUPS.get(group), finding)) {
            group++;
        }
        return group;
    }

    private Stream<Finding> best(Stream<Finding> some) {
        Comparator<Finding> order = Comparator.comparing(Finding::confidence, Comparator.reverseOrder())
                .thenComparing((one, other) -> saved(List.of(other), 1, false).compare(saved(List.of(one), 1, false)))
                .thenComparing(Finding::rule);
        return some.min(order).stream();
    }

    /** Scenario 0 is low, 1 likely, 2 high. */
    private Fraction saved(List<Finding> together, int scenario, boolean cashOnly) {
        Fraction sum = Fraction.ZERO;
        if (together.isEmpty()) {
            return sum;
        }
        Spend cost = spend.get(together.get(0).resourceId());
        for (Component component : Component.values()) {
            Fraction left = Fraction.ONE;
            Fraction leftUnderCommitment = Fraction.ONE;
            for (Finding finding : together) {
                boolean saves = finding.saves().contains(component);
                left = saves ? left.times(remaining(finding, scenario)) : left;
                leftUnderCommitment = saves && finding.lever() != Lever.COMMIT
                        ? leftUnderCommitment.times(remaining(finding, scenario))
                        : leftUnderCommitment;
            }
            if (!cashOnly && component == Component.TIME) {
                Fraction committed = Fraction.of(cost.committedShare());
                left = left.times(Fraction.ONE.minus(committed)).plus(leftUnderCommitment.times(committed));
            }
            Fraction amount = Fraction.of(cost.runRate(component)).times(Fraction.ONE.minus(left));
            if (cashOnly && component == Component.COMMITMENT) {
                continue;
            }
            boolean covered = cashOnly && component == Component.TIME;
            sum = sum.plus(
                    covered
                            ? Fraction.of(cost.runRate(component)).times(cashOfTime(cost, together, scenario))
                            : amount);
        }
        return sum;
    }

    /** What is on demand, less what all of them leave of it. */
    private static Fraction cashOfTime(Spend cost, List<Finding> together, int scenario) {
        Fraction onDemand = Fraction.ONE.minus(Fraction.of(cost.committedShare()));
        if (onDemand.compare(Fraction.ZERO) == 0) {
            return Fraction.ZERO;
        }
        Fraction left = onDemand;
        for (Finding finding : together) {
            if (finding.saves().contains(Component.TIME)) {
                left = left.times(onDemandLeft(cost, finding, scenario, onDemand))
                        .by(onDemand);
            }
        }
        return onDemand.minus(left);
    }

    private static Fraction onDemandLeft(Spend cost, Finding finding, int scenario, Fraction onDemand) {
        Fraction off = Fraction.ONE.minus(remaining(finding, scenario));
        if (finding.lever() == Lever.SCHEDULE && cost.committedShareOff().containsKey(finding.target())) {
            return hourByHour(cost, off, cost.committedShareOff().get(finding.target()));
        }
        if (finding.lever() == Lever.AUTOSCALE && finding.evidence().get("committed_off") != null) {
            return hourByHour(
                    cost,
                    off,
                    new BigDecimal(finding.evidence().get("committed_off").toString()));
        }
        if (finding.lever() == Lever.RESIZE) {
            return onDemand.minus(unitByUnit(cost, off, off, onDemand));
        }
        if (finding.lever() == Lever.AUTOSCALE) {
            Object least = finding.evidence().get("remaining_least");
            Fraction most =
                    least == null ? Fraction.ONE : Fraction.ONE.minus(Fraction.of(new BigDecimal(least.toString())));
            return onDemand.minus(unitByUnit(cost, off, most.compare(off) < 0 ? off : most, onDemand));
        }
        return onDemand.times(Fraction.ONE.minus(off));
    }

    /** So many hours give back {@code most} of what they have, on demand first, that it makes {@code off}. */
    private static Fraction unitByUnit(Spend cost, Fraction off, Fraction most, Fraction onDemand) {
        Fraction hours = Fraction.ZERO;
        Fraction given = Fraction.ZERO;
        for (OnDemandPart part : cost.onDemandParts()) {
            hours = hours.plus(Fraction.ONE);
            given = given.plus(Fraction.of(part.share()).atMost(most));
        }
        return hours.compare(Fraction.ZERO) == 0 || off.compare(Fraction.ZERO) == 0
                ? onDemand.times(off)
                : given.by(hours).times(off).by(most);
    }

    /** Two kinds of hours: those that are taken away, and those that are left. */
    private static Fraction hourByHour(Spend cost, Fraction off, BigDecimal shareOff) {
        Fraction committed = Fraction.of(cost.committedShare());
        Fraction on = Fraction.ONE.minus(off);
        Fraction committedOff = off.times(Fraction.of(shareOff)).atMost(committed);
        if (on.compare(committed.minus(committedOff)) < 0) {
            committedOff = committed.minus(on);
        }
        return on.minus(committed.minus(committedOff));
    }

    private static Fraction remaining(Finding finding, int scenario) {
        Fraction likely = Fraction.of(finding.remaining()).atMost(Fraction.ONE);
        if (scenario == 1) {
            return likely;
        }
        if (scenario == 2) {
            return finding.remainingBest() == null
                    ? likely
                    : Fraction.of(finding.remainingBest()).atMost(likely);
        }
        if (finding.remainingWorst() != null) {
            return Fraction.of(finding.remainingWorst()).atMost(Fraction.ONE);
        }
        return switch (finding.confidence()) {
            case HIGH -> likely;
            case MEDIUM -> likely.plus(Fraction.ONE).by(Fraction.of(BigDecimal.valueOf(2)));
            case LOW -> Fraction.ONE;
        };
    }

    private Opinion opinion(Finding finding, String status, List<String> statuses) {
        if (status.equals("govern") || status.equals("unpriced")) {
            return new Opinion(status, null, null, null, null, null);
        }
        BigDecimal nothing = new BigDecimal("0.00");
        boolean gone = spend.get(finding.resourceId()).gone();
        BigDecimal alone = gone ? nothing : saved(List.of(finding), 1, false).cents();
        if (!status.equals("counted")) {
            return new Opinion(status, nothing, nothing, nothing, nothing, alone);
        }
        List<Finding> counted = new ArrayList<>();
        for (Set<Lever> levers : GROUPS) {
            for (int i = 0; i < findings.size(); i++) {
                Finding other = findings.get(i);
                if (statuses.get(i).equals("counted")
                        && other.resourceId().equals(finding.resourceId())
                        && isIn(levers, other)) {
                    counted.add(other);
                }
            }
        }
        int index = counted.indexOf(finding);
        Fraction whole = saved(counted, 1, false);
        if (whole.compare(Fraction.ZERO) == 0) {
            return new Opinion(status, nothing, nothing, nothing, nothing, alone);
        }
        Fraction taken =
                saved(counted.subList(0, index + 1), 1, false).minus(saved(counted.subList(0, index), 1, false));
        Fraction proportion = taken.by(whole);
        BigDecimal gross = whole.times(proportion).cents();
        BigDecimal likely = saved(counted, 1, true).times(proportion).cents();
        return new Opinion(
                status,
                saved(counted, 0, true).times(proportion).cents(),
                likely,
                saved(counted, 2, true).times(proportion).cents(),
                gross.subtract(likely),
                alone);
    }
}
