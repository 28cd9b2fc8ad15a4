package io.aiaudit.savings;

import io.aiaudit.model.Answer;
import io.aiaudit.model.Ask;
import io.aiaudit.model.Check;
import io.aiaudit.model.Component;
import io.aiaudit.model.Confidence;
import io.aiaudit.model.CostBasis;
import io.aiaudit.model.Finding;
import io.aiaudit.model.Lever;
import io.aiaudit.model.Money;
import io.aiaudit.model.PolicyLine;
import io.aiaudit.model.Proof;
import io.aiaudit.model.ResourcePolicy;
import io.aiaudit.model.Spend;
import io.aiaudit.model.Status;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Decides what can be decided about a finding alone: who leaves before the findings of a leaf meet, and by which line
 * of the policy the others may stay.
 */
final class Triage {
    /** How a check by hand is recorded, so that the finding counts. */
    private static final String THEN = ", list its rule and resource under `verified` in aiaudit.yaml.";

    private final Map<String, ResourcePolicy> policies;
    private final UserNotes notes;

    Triage(Map<String, ResourcePolicy> policies, UserNotes notes) {
        this.policies = policies;
        this.notes = notes;
    }

    /**
     * {@code COUNTED} here means: nothing excludes it but the other findings of its leaf.
     *
     * @param onLeaf all claims of its leaf
     */
    Decision decide(Claim claim, List<Claim> onLeaf) {
        Decision decision = decideByMoney(claim, onLeaf);
        String policyReason = inPolicy(claim.finding());
        return policyReason.isEmpty()
                ? decision
                : new Decision(decision.status(), followedBy(decision.reason(), policyReason));
    }

    /** What a rule needs of the policy beside permissions is in its evidence, under the name of the key. */
    private String inPolicy(Finding finding) {
        Map<String, PolicyLine> decidedBy = policies.getOrDefault(finding.resourceId(), ResourcePolicy.UNSPECIFIED)
                .decidedBy();
        String lines = finding.evidence().keySet().stream()
                .filter(decidedBy::containsKey)
                .sorted()
                .map(key -> setting(key) + " (" + decidedBy.get(key).wordsWithin() + ")")
                .collect(Collectors.joining(", "));
        return lines.isEmpty() ? "" : "The policy sets " + lines + ".";
    }

    private static String setting(String key) {
        return key.equals("checkpointed")
                ? "whether it writes checkpoints"
                : "its " + key.replaceFirst("_ms$", "").replace('_', ' ');
    }

    private static String followedBy(String reason, String sentence) {
        return reason.isEmpty() ? sentence : reason + (reason.endsWith(".") ? " " : ". ") + sentence;
    }

    private Decision decideByMoney(Claim claim, List<Claim> onLeaf) {
        Finding finding = claim.finding();
        if (finding.lever() == Lever.GOVERN) {
            return new Decision(Status.GOVERN, "A governance finding claims no money.");
        }
        if (!claim.hasMoney()) {
            return new Decision(Status.UNPRICED, unpriced(claim));
        }
        Optional<String> accepted = accepted(finding, onLeaf);
        if (accepted.isPresent()) {
            return new Decision(Status.ACCEPTED, withCommitment(accepted.get(), claim));
        }
        if (claim.spend().gone()) {
            return new Decision(
                    Status.NO_SAVING,
                    claim.spend().note() == null
                            ? "The resource no longer existed at the end of the window, so nothing is left to save."
                            : claim.spend().note());
        }
        return byPermission(claim);
    }

    /**
     * Who keeps a resource keeps it whatever rule would delete it: money that was accepted under one name does not
     * count under another.
     */
    private Optional<String> accepted(Finding finding, List<Claim> onLeaf) {
        Optional<String> own = notes.accepted().apply(finding);
        if (own.isPresent() || finding.lever() != Lever.ELIMINATE) {
            return own;
        }
        return onLeaf.stream()
                .map(Claim::finding)
                .filter(other ->
                        other.lever() == Lever.ELIMINATE && other.saves().equals(finding.saves()))
                .flatMap(other -> notes
                        .accepted()
                        .apply(other)
                        .map(why -> other.rule() + " has the same effect and is ignored: " + why)
                        .stream())
                .min(Comparator.naturalOrder());
    }

    /** Whether the user ignores it. */
    boolean isAccepted(Finding finding) {
        return notes.accepted().apply(finding).isPresent();
    }

    private static String unpriced(Claim claim) {
        Spend spend = claim.spend();
        if (spend != null && !spend.gone() && spend.basis() == CostBasis.UNPRICED && spend.note() != null) {
            return spend.note();
        }
        return claim.monthlyCost() == null
                ? "No bill or list price covers this resource, so no saving is stated."
                : "The bill does not say what "
                        + Money.toCents(claim.spend().undetermined()).toPlainString()
                        + " a month of its cost is for (run time or usage), so this saving has no amount.";
    }

    /** A finding that counts is worth something. */
    private static String worthless(Claim claim) {
        String saved =
                claim.finding().saves().stream().sorted().map(Component::key).collect(Collectors.joining(", "));
        if (claim.finding().saves().stream()
                .anyMatch(component -> claim.spend().runRate(component).signum() < 0)) {
            return "In the last seven days more was given back than charged for what the fix would save (" + saved
                    + "), so nothing is left to save.";
        }
        boolean ended = claim.finding().saves().stream()
                .anyMatch(component -> claim.spend().cost(component).signum() > 0
                        && claim.spend().runRate(component).signum() <= 0);
        if (ended && claim.spend().basis() == CostBasis.LIST) {
            return "No metric shows it running in the last seven days, so nothing is known to be left to save.";
        }
        return ended
                ? "The cost that the fix would save (" + saved + ") is no longer charged, so nothing is left to save."
                : "Nothing is charged now for what the fix would save (" + saved
                        + "): it was paid in advance, a commitment or a credit pays for it, or it is free.";
    }

    private Decision byPermission(Claim claim) {
        String denied = denied(claim.finding());
        if (!denied.isEmpty()) {
            return new Decision(Status.BLOCKED, withCommitment(denied, claim));
        }
        // Nobody has to decide about nothing.
        if (claim.finding().remaining().compareTo(BigDecimal.ONE) >= 0) {
            return new Decision(Status.NO_SAVING, "The fix would cost as much as it saves, or more.");
        }
        if (claim.standAlone().likely().signum() == 0) {
            return new Decision(Status.NO_SAVING, worthless(claim));
        }
        String doubts = doubts(claim, true);
        if (!doubts.isEmpty()) {
            return new Decision(Status.UNCONFIRMED, withCommitment(doubts, claim));
        }
        String allowed = answers(claim.finding(), Answer.YES);
        String reason = allowed.isEmpty() ? Approval.NOT_NEEDED : allowed;
        return new Decision(
                Status.COUNTED,
                verified(claim)
                        .map(note -> followedBy(reason, "Checked by hand: " + note + "."))
                        .orElse(reason));
    }

    /** What forbids it, empty where nothing does. */
    String denied(Finding finding) {
        String answers = answers(finding, Answer.NO);
        Object region = finding.evidence().get("forbidden_region");
        if (region == null) {
            return answers;
        }
        PolicyLine line = policies.getOrDefault(finding.resourceId(), ResourcePolicy.UNSPECIFIED)
                .decidedBy()
                .get("allowed_regions");
        String sentence = "The policy does not allow its region " + region + (line == null ? "" : ", " + line.words())
                + ": move it first.";
        return answers.isEmpty() ? sentence : followedBy(answers, sentence);
    }

    private String answers(Finding finding, Answer answer) {
        ResourcePolicy policy = policies.getOrDefault(finding.resourceId(), ResourcePolicy.UNSPECIFIED);
        List<String> lines = new ArrayList<>();
        for (Ask ask : sorted(finding)) {
            if (policy.answer(ask) == answer) {
                PolicyLine line = policy.decidedBy().get(ask.key());
                lines.add(ask.key() + ": " + answer.key() + (line == null ? "" : ", " + line.words()));
            }
        }
        return String.join("; ", lines);
    }

    /** Whether more than its price keeps it from being counted. */
    boolean isOpen(Claim claim) {
        return !doubts(claim, false).isEmpty();
    }

    /** Whether it counts only since it was checked by hand. */
    boolean isVerified(Claim claim) {
        return verified(claim).isPresent();
    }

    private String doubts(Claim claim, boolean withPrice) {
        Finding finding = claim.finding();
        ResourcePolicy policy = policies.getOrDefault(finding.resourceId(), ResourcePolicy.UNSPECIFIED);
        List<String> unspecified = new ArrayList<>();
        for (Ask ask : sorted(finding)) {
            if (policy.answer(ask) == Answer.UNSPECIFIED) {
                unspecified.add("`" + ask.key() + ": yes`");
            }
        }
        List<String> doubts = new ArrayList<>();
        if (policy.undecided() != null) {
            doubts.add("Its tags could not be read, and " + policy.undecided()
                    + " depends on them: allow them to be read, or name the resource there.");
        }
        boolean isVerified = verified(claim).isPresent();
        if (withPrice && isPriceUncertain(claim) && !isVerified) {
            doubts.add(claim.spend().note() + "; or, if the amount is right" + THEN);
        }
        Object standby = finding.evidence().get("standby_hint");
        if (standby != null && !isVerified) {
            doubts.add("Its name or tags say \"" + standby
                    + "\". Is it a standby? Set `standby: false` to include it, or `standby: true`.");
        } else if (finding.confidence() == Confidence.LOW && !isVerified) {
            doubts.add(Check.BY_HAND.sentence() + "; if it is right" + THEN);
        } else if (finding.proof() == Proof.NONE && !isVerified) {
            doubts.add(Check.BY_TEST.sentence() + "; if it holds" + THEN);
        }
        if (!unspecified.isEmpty()) {
            doubts.add((doubts.isEmpty() ? "Needs your approval" : "It also needs your approval") + ": set "
                    + String.join(" and ", unspecified) + " for it under policy in aiaudit.yaml.");
        }
        return String.join(" ", doubts);
    }

    private static boolean isPriceUncertain(Claim claim) {
        return (claim.spend().basis() == CostBasis.LIST || claim.spend().basis() == CostBasis.ALLOCATED)
                && claim.spend().note() != null;
    }

    /** Only of what is not counted without it. */
    private Optional<String> verified(Claim claim) {
        Finding finding = claim.finding();
        return isPriceUncertain(claim)
                        || finding.confidence() == Confidence.LOW
                        || finding.proof() == Proof.NONE
                        || finding.evidence().get("standby_hint") != null
                ? notes.verified().apply(finding)
                : Optional.empty();
    }

    private static List<Ask> sorted(Finding finding) {
        return finding.asks().stream().sorted(Comparator.naturalOrder()).toList();
    }

    private static String withCommitment(String reason, Claim claim) {
        return withNote(
                reason, claim.standAloneUnderCommitment(), claim.spend(), "would not be realized until it expires");
    }

    /** Adds to the reason of what counts how much of it is not cash. */
    static String withFreed(String reason, BigDecimal freed, Spend spend) {
        return withNote(reason, freed, spend, "is not realized until it expires");
    }

    /** Where all of it is: that nobody has to approve it would send people to a fix that saves nothing yet. */
    static String whereAllIsFreed(String reason, BigDecimal freed, Spend spend) {
        return withFreed(Approval.withoutNotNeeded(reason), freed, spend);
    }

    private static String withNote(String reason, BigDecimal freed, Spend spend, String what) {
        if (freed.signum() == 0) {
            return reason;
        }
        String unseen = spend.unseenCommitment();
        return followedBy(
                reason,
                Money.inProse(freed) + " a month of it "
                        + (unseen == null
                                ? (isCommitmentItself(spend)
                                                ? "is the price of a commitment"
                                                : "is covered by a commitment")
                                        + " and " + what + "."
                                : "may be covered by a commitment (" + unseen + "), so it is not counted."));
    }

    private static boolean isCommitmentItself(Spend spend) {
        return spend.runRate(Component.COMMITMENT).signum() > 0
                && spend.runRate(Component.TIME).signum() == 0;
    }
}
