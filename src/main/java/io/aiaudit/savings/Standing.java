package io.aiaudit.savings;

import io.aiaudit.model.Lever;
import io.aiaudit.model.Status;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Gives every finding its status: each alone, then those of one leaf together, then groups that hold whole or not at
 * all, until nothing changes any more. A group that broke stays broken, and all that break in one round break together,
 * so the order of the findings does not matter.
 */
final class Standing {
    private static final Comparator<Claim> SAME_RULE = Claim.BEST_FIRST
            .thenComparing(claim -> claim.shares().worst())
            .thenComparing(claim -> claim.shares().best())
            .thenComparing(claim -> claim.finding().lever())
            .thenComparing(claim -> claim.finding().asks().size())
            .thenComparing(claim -> String.valueOf(claim.finding().groupId()))
            .thenComparing(claim -> String.valueOf(claim.finding().target()))
            .thenComparing(claim -> String.valueOf(claim.finding().reason()));

    private final List<Claim> members;
    private final Decision[] alone;
    private final Decision[] decisions;
    /** Each broken group with what it broke on. */
    private final Map<GroupKey, String> broken = new TreeMap<>();

    private Standing(List<Claim> members, Decision[] alone) {
        this.members = members;
        this.alone = alone;
        this.decisions = alone.clone();
    }

    /** The decision on each claim by itself, by its index. */
    static Decision[] alone(List<Claim> claims, Triage triage) {
        Decision[] alone = new Decision[claims.size()];
        Map<String, List<Claim>> byLeaf = claims.stream().collect(Collectors.groupingBy(Claim::leaf));
        claims.forEach(claim -> alone[claim.index()] = triage.decide(claim, byLeaf.get(claim.leaf())));
        List<Claim> repeated = repeated(claims);
        repeated.forEach(claim -> alone[claim.index()] =
                new Decision(Status.ALTERNATIVE, "Another finding of the same rule on this resource counts."));
        return alone;
    }

    /** The decision on each claim beside all others, by its index. */
    static Decision[] together(List<Claim> claims, Decision[] alone) {
        List<Claim> members = claims.stream()
                .filter(claim ->
                        claim.finding().lever() != Lever.GOVERN && alone[claim.index()].status() != Status.ALTERNATIVE)
                .toList();
        Standing standing = new Standing(members, alone);
        do {
            standing.settleLeaves();
        } while (standing.breakGroups());
        standing.noteWhatCountsAlready();
        return standing.decisions;
    }

    /**
     * All but the best of the findings that one rule has on one leaf: they are set aside for good and belong to no
     * group.
     */
    private static List<Claim> repeated(List<Claim> claims) {
        Map<String, List<Claim>> byRule = new TreeMap<>();
        claims.stream()
                .filter(Claim::hasMoney)
                .forEach(claim -> byRule.computeIfAbsent(
                                claim.finding().rule() + "\n" + claim.leaf(), key -> new ArrayList<>())
                        .add(claim));
        return byRule.values().stream()
                .flatMap(same -> same.stream().sorted(SAME_RULE).skip(1))
                .toList();
    }

    private void settleLeaves() {
        breakGroups();
        Map<String, List<Claim>> leaves = new TreeMap<>();
        for (Claim claim : members) {
            String brokenOn = brokenOn(claim);
            if (!alone[claim.index()].counts()) {
                continue;
            }
            if (brokenOn == null) {
                leaves.computeIfAbsent(claim.leaf(), leaf -> new ArrayList<>()).add(claim);
            } else {
                decisions[claim.index()] = new Decision(Status.ALTERNATIVE, brokenOn);
            }
        }
        leaves.values().forEach(this::settleLeaf);
    }

    private void settleLeaf(List<Claim> claims) {
        Contest contest = new Contest(claims);
        contest.counting().forEach(claim -> decisions[claim.index()] = alone[claim.index()]);
        contest.setAside().forEach((claim, why) -> decisions[claim.index()] = new Decision(Status.ALTERNATIVE, why));
    }

    private boolean breakGroups() {
        Map<GroupKey, String> breaking = new TreeMap<>();
        for (Claim claim : members) {
            GroupKey key = GroupKey.of(claim);
            Status status = decisions[claim.index()].status();
            if (key == null || broken.containsKey(key) || status == Status.COUNTED || status == Status.NO_SAVING) {
                continue;
            }
            String on = "Its group " + key.groupId() + " counts only as a whole, and on " + claim.leaf() + " it is "
                    + status.key() + ".";
            breaking.merge(key, on, (one, other) -> one.compareTo(other) <= 0 ? one : other);
        }
        broken.putAll(breaking);
        return !breaking.isEmpty();
    }

    /**
     * An answer would move an unconfirmed finding, but not all of its money, where another finding has taken some of
     * it. What would be done instead of the other says so beside its amount.
     */
    private void noteWhatCountsAlready() {
        Map<String, String> counting = new TreeMap<>();
        for (Claim claim : members) {
            if (decisions[claim.index()].counts()) {
                counting.merge(
                        claim.leaf(), claim.finding().rule(), (one, other) -> one.compareTo(other) <= 0 ? one : other);
            }
        }
        for (Claim claim : members) {
            Decision decision = decisions[claim.index()];
            if (decision.status() == Status.UNCONFIRMED && counting.containsKey(claim.leaf()) && !isInstead(claim)) {
                String already = " " + counting.get(claim.leaf())
                        + " is already counted for this resource, so this adds less than its gross saving.";
                decisions[claim.index()] = new Decision(decision.status(), decision.reason() + already);
            }
        }
    }

    /** Whether it leaves nothing to do for what else is counted on its resource. */
    private static boolean isInstead(Claim claim) {
        return claim.group() == Group.ELIMINATE || claim.group() == Group.REPLACE;
    }

    private String brokenOn(Claim claim) {
        GroupKey key = GroupKey.of(claim);
        return key == null ? null : broken.get(key);
    }
}
