package io.aiaudit.savings;

import io.aiaudit.model.Component;
import io.aiaudit.model.Finding;
import io.aiaudit.model.Money;
import io.aiaudit.model.Range;
import io.aiaudit.model.ResourcePolicy;
import io.aiaudit.model.Saving;
import io.aiaudit.model.SavingBuilder;
import io.aiaudit.model.Spend;
import io.aiaudit.model.Status;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Turns findings into savings: what counts, what does not and why, each to the cent (DESIGN.md section 6,
 * docs/money.md).
 */
public final class Estimator {
    private Estimator() {}

    /**
     * One saving for each finding, in the order of the findings. Findings of the lever commit, which come from a second
     * pass, are put together with all others here: pass the findings of both passes and the whole spend.
     *
     * @param findings on leaves only
     * @param spend by resource id; a leaf without one is unpriced
     * @param policies by resource id; a leaf without one is unspecified
     * @param notes what the user says of single findings
     */
    public static List<Saving> estimate(
            List<Finding> findings, Map<String, Spend> spend, Map<String, ResourcePolicy> policies, UserNotes notes) {
        List<Claim> claims = new ArrayList<>();
        for (Finding finding : findings) {
            claims.add(Claim.of(claims.size(), finding, spend.get(finding.resourceId())));
        }
        Triage triage = new Triage(policies, notes);
        Decision[] alone = Standing.alone(claims, triage);
        KeptParts kept = new KeptParts(claims, alone, triage);
        List<Claim> possible = claims.stream()
                .map(claim -> kept.applied(claim, alone[claim.index()]))
                .toList();
        claims.forEach(claim -> alone[claim.index()] = kept.decision(claim, alone[claim.index()]));
        Decision[] decisions = Standing.together(possible, alone);
        Map<Integer, Split.Part> parts = parts(possible.stream()
                .filter(claim -> decisions[claim.index()].counts())
                .toList());
        return possible.stream()
                .map(claim -> saving(claim, decisions[claim.index()], parts.get(claim.index())))
                .toList();
    }

    private static Map<Integer, Split.Part> parts(List<Claim> counted) {
        Map<String, List<Claim>> leaves = new TreeMap<>();
        counted.forEach(claim ->
                leaves.computeIfAbsent(claim.leaf(), leaf -> new ArrayList<>()).add(claim));
        Map<Integer, Split.Part> parts = new HashMap<>();
        for (List<Claim> onLeaf : leaves.values()) {
            onLeaf.sort(Comparator.comparing(Claim::group));
            List<Split.Part> split = Split.of(onLeaf);
            for (int i = 0; i < onLeaf.size(); i++) {
                parts.put(onLeaf.get(i).index(), split.get(i));
            }
        }
        return parts;
    }

    private static Saving saving(Claim claim, Decision decision, Split.Part part) {
        if (!claim.hasMoney()) {
            return saving(claim, decision, null, null, null);
        }
        if (part == null) {
            return saving(claim, decision, claim.standAlone(), Range.NOTHING, Money.NOTHING);
        }
        boolean savesNothingYet =
                part.counted().likely().signum() == 0 && part.freed().signum() > 0;
        Decision note = new Decision(
                decision.status(),
                savesNothingYet
                        ? Triage.whereAllIsFreed(decision.reason(), part.freed(), claim.spend())
                        : Triage.withFreed(decision.reason(), part.freed(), claim.spend()));
        return saving(claim, note, claim.standAlone(), part.counted(), part.freed());
    }

    private static Saving saving(Claim claim, Decision decision, Range standAlone, Range counted, BigDecimal freed) {
        return SavingBuilder.builder()
                .finding(claim.finding())
                .status(decision.status())
                .statusReason(decision.reason())
                .monthlyCost(claim.monthlyCost())
                .runRate(claim.runRate())
                .changedAt(claim.changedAt())
                .basis(claim.basis())
                .standAlone(standAlone)
                .counted(counted)
                .freedCommitment(freed)
                .build();
    }

    /**
     * What is left of the spend after the counted savings turned out as likely: the spend of the second pass, for rules
     * of the lever commit.
     */
    public static Map<String, Spend> remaining(List<Saving> savings, Map<String, Spend> spend) {
        Map<String, List<Claim>> counted = claims(savings, spend, Set.of(Status.COUNTED));
        Map<String, List<Claim>> open = claims(savings, spend, Set.of(Status.COUNTED, Status.UNCONFIRMED));
        // What a commitment pays for in full has no charge to save, and leaves the commitment to others all the same.
        claims(savings, spend, Set.of(Status.NO_SAVING)).forEach((leaf, claims) -> {
            if (spend.get(leaf).runRate(Component.TIME).signum() == 0) {
                open.computeIfAbsent(leaf, none -> new ArrayList<>()).addAll(claims);
            }
        });
        Map<String, Spend> left = new TreeMap<>();
        spend.forEach((leaf, cost) -> left.put(
                leaf,
                without(cost, counted.getOrDefault(leaf, List.of()))
                        .withTimeLeft(LeafMoney.remaining(
                                Component.TIME, open.getOrDefault(leaf, List.of()), Scenario.LIKELY))));
        return left;
    }

    private static Map<String, List<Claim>> claims(
            List<Saving> savings, Map<String, Spend> spend, Set<Status> statuses) {
        Map<String, List<Claim>> claims = new HashMap<>();
        for (Saving saving : savings) {
            if (statuses.contains(saving.status())) {
                Finding finding = saving.finding();
                claims.computeIfAbsent(finding.resourceId(), leaf -> new ArrayList<>())
                        .add(Claim.of(0, finding, spend.get(finding.resourceId())));
            }
        }
        return claims;
    }

    private static Spend without(Spend spend, List<Claim> counted) {
        if (counted.isEmpty()) {
            return spend;
        }
        Map<Component, BigDecimal> left = new EnumMap<>(Component.class);
        LeafMoney money = counted.get(0).money();
        spend.runRate()
                .forEach((component, rate) ->
                        left.put(component, rate.multiply(money.left(component, counted, Scenario.LIKELY))));
        return spend.withRunRate(left, money.committedShareLeft(counted));
    }
}
