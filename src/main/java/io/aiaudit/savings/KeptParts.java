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

    /** Findings of one rule and lever about one part, or about parts of one whole. */
    private record Key(String rule, Lever lever, String about) implements Comparable<Key> {
        private static final Comparator<Key> ORDER =
                Comparator.comparing(Key::rule).thenComparing(Key::lever).thenComparing(Key::about);

        static Key of(Finding finding, String about) {
            return new Key(finding.rule(), finding.lever(), about);
        }

        Key of(String other) {
            return new Key(rule, lever, other);
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

        /** Of a part that stays with this one. */
        Hold of(Claim claim) {
            return new Hold(strictness, claim.leaf(), "which stays with " + part + ", " + why);
        }

        String sentence(String beginning) {
            return beginning + " " + part + ", " + why + (why.endsWith(".") ? "" : ".");
        }
    }

    /** @param alone the decision on each claim by itself */
    KeptParts(List<Claim> claims, Decision[] alone, Triage triage) {
        this.triage = triage;
        Map<Key, Whole> wholes = new TreeMap<>();
        Map<Key, List<Claim>> byPart = new TreeMap<>();
        for (Claim claim : claims) {
            Finding finding = claim.finding();
            byPart.computeIfAbsent(Key.of(finding, claim.leaf()), key -> new ArrayList<>())
                    .add(claim);
            if (finding.whole() != null) {
                wholes.put(Key.of(finding, finding.whole().id()), finding.whole());
            }
        }
        wholes.forEach((key, whole) -> {
            List<Hold> ofWhole = holds.computeIfAbsent(key, none -> new ArrayList<>());
            whole.parts().stream()
                    .flatMap(part -> byPart.getOrDefault(key.of(part), List.of()).stream())
                    .flatMap(claim -> hold(claim, alone[claim.index()]).stream())
                    .forEach(ofWhole::add);
            whole.kept()
                    .forEach((part, reason) -> ofWhole.add(new Hold(
                            reason == Whole.Reason.STANDBY ? Strictness.CHOSEN : Strictness.IN_USE,
                            part,
                            reason.words())));
        });
        holdOthers(claims, alone, wholes);
    }

    /** What stays with one whole keeps another one that it is a part of, too, such as a group within a cluster. */
    private void holdOthers(List<Claim> claims, Decision[] alone, Map<Key, Whole> wholes) {
        Map<Key, List<Key>> around = new TreeMap<>();
        wholes.forEach((key, whole) -> whole.parts()
                .forEach(part -> around.computeIfAbsent(key.of(part), none -> new ArrayList<>())
                        .add(key)));
        List<Claim> ofSeveral = claims.stream()
                .filter(claim -> claim.finding().whole() != null && remedyOfPart(claim.finding()) == null)
                .filter(claim -> around.getOrDefault(Key.of(claim.finding(), claim.leaf()), List.of())
                                .size()
                        > 1)
                .sorted(Comparator.comparing(Claim::leaf))
                .toList();
        boolean isHeld = true;
        while (isHeld) {
            isHeld = false;
            for (Claim claim : ofSeveral) {
                Optional<Hold> hold = strictest(claim, alone[claim.index()]);
                for (Key key : around.get(Key.of(claim.finding(), claim.leaf()))) {
                    isHeld |= hold.isPresent()
                            && !key.equals(Key.of(
                                    claim.finding(), claim.finding().whole().id()))
                            && isAdded(hold.get().of(claim), holds.get(key));
                }
            }
        }
    }

    private static boolean isAdded(Hold hold, List<Hold> ofWhole) {
        return ofWhole.stream()
                        .noneMatch(known -> known.part().equals(hold.part())
                                && known.strictness().compareTo(hold.strictness()) <= 0)
                && ofWhole.add(hold);
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

    /** The claim, of its part alone where that can go alone and another part stays, else of the whole. */
    Claim applied(Claim claim, Decision decision) {
        Finding finding = claim.finding();
        if (finding.whole() == null || !mayHappen(decision)) {
            return claim;
        }
        Optional<Hold> hold = strictest(claim, decision);
        if (hold.isEmpty()) {
            return finding.whole().together() == null ? claim : claim.about(finding.together());
        }
        Remedy ofPart = remedyOfPart(finding);
        return ofPart == null || ofPart.equals(finding.remedy())
                ? claim
                : claim.about(finding.alone(hold.get().sentence("Only this part goes, not")));
    }

    private static boolean mayHappen(Decision decision) {
        return decision.counts() || decision.status() == Status.UNCONFIRMED;
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
        if (claim.finding().whole() == null || !mayHappen(decision)) {
            return Optional.empty();
        }
        boolean isOpen = decision.status() == Status.UNCONFIRMED;
        boolean isVerified = triage.isVerified(claim);
        return holds.get(Key.of(claim.finding(), claim.finding().whole().id())).stream()
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
