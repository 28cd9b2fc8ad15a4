package io.aiaudit.savings;

import io.aiaudit.model.Ask;
import io.aiaudit.model.Component;
import io.aiaudit.model.Finding;
import io.aiaudit.model.Lever;
import io.aiaudit.model.Money;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Decides which findings of one leaf can hold together (docs/money.md, "Findings that meet on one resource"). */
final class Contest {
    private final Map<Group, Claim> winners = new EnumMap<>(Group.class);
    private final Map<Claim, String> losers = new LinkedHashMap<>();

    Contest(List<Claim> claims) {
        List<Claim> sorted = claims.stream().sorted(Claim.BEST_FIRST).toList();
        sorted.stream().filter(claim -> !isCommit(claim)).forEach(this::enter);
        settleEliminate();
        settleReplace();
        // Last, since a commitment is bought for what remains after everything else: it can only push out its like.
        sorted.stream().filter(Contest::isCommit).forEach(this::enterCommit);
    }

    /** Those that count, in the order in which their savings are taken off. */
    List<Claim> counting() {
        return new ArrayList<>(winners.values());
    }

    /** Those set aside, each with the reason. */
    Map<Claim, String> setAside() {
        return losers;
    }

    private static boolean isCommit(Claim claim) {
        return claim.finding().lever() == Lever.COMMIT;
    }

    private void enter(Claim claim) {
        Claim sameRequests = winners.values().stream()
                .filter(winner -> sendTheSameRequests(winner, claim))
                .findFirst()
                .orElse(null);
        if (sameRequests != null && !winners.containsKey(claim.group())) {
            losers.put(
                    claim,
                    instead(
                            sameRequests,
                            "both send the same requests at a lower price, and " + why(sameRequests, claim)));
            return;
        }
        Claim winner = winners.putIfAbsent(claim.group(), claim);
        if (winner != null) {
            losers.put(claim, instead(winner, exclusion(winner, claim) + why(winner, claim)));
        }
    }

    /** A batch is one way for requests that can wait, and a slower tier at a lower rate is another. */
    private static boolean sendTheSameRequests(Claim one, Claim other) {
        return (isSlowerTier(one.finding()) && other.finding().lever() == Lever.BATCH)
                || (isSlowerTier(other.finding()) && one.finding().lever() == Lever.BATCH);
    }

    private static boolean isSlowerTier(Finding finding) {
        return finding.lever() == Lever.RATE
                && finding.asks().contains(Ask.LATENCY)
                && finding.saves().contains(Component.USAGE);
    }

    /** Why two of different levers do not add up, where that is not plain. */
    private static String exclusion(Claim winner, Claim loser) {
        boolean sameLever = winner.finding().lever() == loser.finding().lever();
        return winner.group() == Group.ANSWER && !sameLever ? "in a batch nothing is read from a cache, and " : "";
    }

    private void enterCommit(Claim claim) {
        Claim whole = winners.getOrDefault(Group.ELIMINATE, winners.get(Group.REPLACE));
        Claim rival = winners.get(Group.RATE);
        if (whole != null) {
            losers.put(claim, instead(whole, "it leaves no usage to commit to"));
        } else if (rival != null && Claim.BEST_FIRST.compare(rival, claim) > 0) {
            winners.put(Group.RATE, claim);
            losers.put(rival, instead(claim, why(claim, rival)));
        } else {
            enter(claim);
        }
    }

    private void settleEliminate() {
        Claim eliminate = winners.get(Group.ELIMINATE);
        if (eliminate == null) {
            return;
        }
        List<Claim> others = others(Group.ELIMINATE);
        for (Claim other : others) {
            if (other.finding().confidence().compareTo(eliminate.finding().confidence()) > 0) {
                setAside(List.of(eliminate), other, why(other, eliminate));
                return;
            }
        }
        setAside(others, eliminate, "it removes the resource, so this would save nothing");
    }

    private void settleReplace() {
        Claim replace = winners.get(Group.REPLACE);
        List<Claim> others = others(Group.REPLACE);
        if (replace == null || others.isEmpty()) {
            return;
        }
        BigDecimal together = replace.money().saved(others, Scenario.LIKELY);
        String amounts = Money.inProse(together.max(replace.likelySaving())) + " a month instead of "
                + Money.inProse(together.min(replace.likelySaving()));
        if (replace.likelySaving().compareTo(together) > 0) {
            setAside(
                    others,
                    replace,
                    "it saves " + (others.size() == 1 ? "" : "more than all other findings together, ") + amounts);
        } else {
            setAside(
                    List.of(replace),
                    others.get(0),
                    (others.size() == 1 ? "it saves " : "the findings without replacement save more together, ")
                            + amounts);
        }
    }

    private List<Claim> others(Group group) {
        return winners.values().stream().filter(claim -> claim.group() != group).toList();
    }

    private void setAside(Collection<Claim> claims, Claim winner, String why) {
        for (Claim claim : claims) {
            winners.remove(claim.group());
            losers.put(claim, instead(winner, why));
        }
    }

    private static String instead(Claim winner, String why) {
        return winner.finding().rule() + " was chosen: " + why + ".";
    }

    private static String why(Claim winner, Claim loser) {
        if (winner.finding().confidence() != loser.finding().confidence()) {
            return "its confidence is " + winner.finding().confidence().key() + ", not "
                    + loser.finding().confidence().key();
        }
        if (winner.likelySaving().compareTo(loser.likelySaving()) != 0) {
            return "it saves " + Money.inProse(winner.likelySaving()) + " a month instead of "
                    + Money.inProse(loser.likelySaving());
        }
        return "both save the same";
    }
}
