package io.aiaudit.savings;

import io.aiaudit.model.Finding;
import io.aiaudit.model.Lever;
import io.aiaudit.model.Remedy;
import io.aiaudit.model.Status;
import io.aiaudit.model.Whole;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Findings on parts of one whole, whose remedy acts on the whole, where another part is kept: by the policy, by the
 * user, by an open decision or because it works. What can go alone is counted with the remedy of the part; all else
 * follows the strictest part (docs/adr/0249).
 */
final class KeptParts {
    private final Triage triage;
    private final Map<Key, List<Hold>> holds = new TreeMap<>();

    /** Findings of one rule and lever about parts of one whole. */
    private record Key(String rule, Lever lever, String whole) implements Comparable<Key> {
        private static final Comparator<Key> ORDER =
                Comparator.comparing(Key::rule).thenComparing(Key::lever).thenComparing(Key::whole);

        static Key of(Finding finding) {
            return new Key(finding.rule(), finding.lever(), finding.whole().id());
        }

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    /** Strictest first. */
    private enum Strictness {
        DENIED,
        CHOSEN,
        IN_USE,
        OPEN
    }

    private record Hold(Strictness strictness, String part, String why) {
        private static final Comparator<Hold> STRICTEST_FIRST =
                Comparator.comparing(Hold::strictness).thenComparing(Hold::part);

        String sentence(String beginning) {
            return beginning + " " + part + ", " + why + (why.endsWith(".") ? "" : ".");
        }
    }

    /** @param alone the decision on each claim by itself */
    KeptParts(List<Claim> claims, Decision[] alone, Triage triage) {
        this.triage = triage;
        for (Claim claim : claims) {
            Whole whole = claim.finding().whole();
            if (whole == null) {
                continue;
            }
            List<Hold> ofWhole = holds.computeIfAbsent(Key.of(claim.finding()), key -> new ArrayList<>());
            hold(claim, alone[claim.index()]).ifPresent(ofWhole::add);
            whole.kept()
                    .forEach((part, reason) -> ofWhole.add(new Hold(
                            reason == Whole.Reason.STANDBY ? Strictness.CHOSEN : Strictness.IN_USE,
                            part,
                            reason.words())));
        }
    }

    /** How a finding on a part keeps the others. */
    private Optional<Hold> hold(Claim claim, Decision decision) {
        return switch (decision.status()) {
            case BLOCKED -> denied(claim, triage.denied(claim.finding()));
            case ACCEPTED -> hold(Strictness.CHOSEN, claim, "whose finding is ignored");
            case UNCONFIRMED ->
                triage.isOpen(claim) ? hold(Strictness.OPEN, claim, "which waits for a decision") : Optional.empty();
            case UNPRICED -> unpriced(claim);
            case COUNTED, ALTERNATIVE, NO_SAVING, GOVERN -> Optional.empty();
        };
    }

    private Optional<Hold> unpriced(Claim claim) {
        String denied = triage.denied(claim.finding());
        if (!denied.isEmpty()) {
            return denied(claim, denied);
        }
        return triage.isAccepted(claim.finding())
                ? hold(Strictness.CHOSEN, claim, "whose finding is ignored")
                : Optional.empty();
    }

    private static Optional<Hold> denied(Claim claim, String denied) {
        return hold(Strictness.DENIED, claim, "where it is blocked: " + denied);
    }

    private static Optional<Hold> hold(Strictness strictness, Claim claim, String why) {
        return Optional.of(new Hold(strictness, claim.leaf(), why));
    }

    /** The claim, of its part alone where that can go alone and another part stays. */
    Claim applied(Claim claim, Decision decision) {
        Finding finding = claim.finding();
        Optional<Hold> hold = strictest(claim, decision);
        return hold.isPresent() && remedyOfPart(finding) != null
                ? claim.about(finding.alone(hold.get().sentence("Only this part goes, not")))
                : claim;
    }

    /** The decision on a claim beside what its whole is kept by. */
    Decision decision(Claim claim, Decision decision) {
        Optional<Hold> strictest = strictest(claim, decision);
        // findings that hold only together say so themselves
        if (strictest.isEmpty()
                || remedyOfPart(claim.finding()) != null
                || claim.finding().whole().id().equals(claim.finding().groupId())) {
            return decision;
        }
        Hold hold = strictest.get();
        String reason = hold.sentence("The fix also affects");
        if (hold.strictness() == Strictness.DENIED) {
            return new Decision(Status.BLOCKED, reason);
        }
        return decision.counts() ? new Decision(Status.UNCONFIRMED, reason) : decision;
    }

    private Optional<Hold> strictest(Claim claim, Decision decision) {
        boolean isOpen = decision.status() == Status.UNCONFIRMED;
        if (claim.finding().whole() == null || !(decision.counts() || isOpen)) {
            return Optional.empty();
        }
        boolean isVerified = triage.isVerified(claim);
        return holds.get(Key.of(claim.finding())).stream()
                .filter(hold -> !hold.part().equals(claim.leaf()))
                .filter(hold -> hold.strictness().compareTo(Strictness.CHOSEN) <= 0
                        || (hold.strictness() == Strictness.IN_USE && !isVerified)
                        || (hold.strictness() == Strictness.OPEN && !isVerified && !isOpen))
                .min(Hold.STRICTEST_FIRST);
    }

    private static Remedy remedyOfPart(Finding finding) {
        return finding.whole().alone().get(finding.resourceId());
    }
}
