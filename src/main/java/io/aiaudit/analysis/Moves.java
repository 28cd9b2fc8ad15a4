package io.aiaudit.analysis;

import io.aiaudit.model.LeafCost;
import io.aiaudit.model.Resource;
import io.aiaudit.model.ResourceIds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Resources that moved to another region or account in the window: the old one is gone, and one of the same name or
 * workload, kind and machine type began about then.
 */
final class Moves {
    private static final Duration ABOUT_THEN = Duration.ofDays(2);

    private final Predicate<LeafCost> isGone;
    private final Function<LeafCost, Instant> lastCharge;
    private final List<List<LeafCost>> chains = new ArrayList<>();
    private final Map<String, Instant> ends = new HashMap<>();

    /** What has to be the same; more than that are names or workloads. */
    private record Sort(String provider, String kind, String machine) {}

    private Moves(Predicate<LeafCost> isGone, Function<LeafCost, Instant> lastCharge) {
        this.isGone = isGone;
        this.lastCharge = lastCharge;
    }

    /** Each with all of its regions and accounts, the last of which is still there. */
    static List<List<LeafCost>> of(
            List<LeafCost> leaves, Predicate<LeafCost> isGone, Function<LeafCost, Instant> lastCharge) {
        Map<Sort, List<LeafCost>> sorts = new HashMap<>();
        for (LeafCost leaf : leaves) {
            Resource resource = leaf.resource();
            Sort sort = new Sort(resource.provider(), resource.kind(), resource.machineType());
            if (Fleets.born(leaf) != null) {
                sorts.computeIfAbsent(sort, key -> new ArrayList<>()).add(leaf);
            }
        }
        Moves moves = new Moves(isGone, lastCharge);
        sorts.values().stream().filter(all -> all.stream().anyMatch(isGone)).forEach(moves::follow);
        return moves.chains.stream()
                .filter(chain -> chain.size() > 1 && !isGone.test(last(chain)))
                .toList();
    }

    /** In the order in which they began, so that what ended long before one of them is followed by no later one. */
    private void follow(List<LeafCost> all) {
        List<List<LeafCost>> open = new ArrayList<>();
        all.stream()
                .sorted(Comparator.comparing(Fleets::born)
                        .thenComparing(leaf -> leaf.resource().resourceId()))
                .forEach(leaf -> {
                    Instant longAgo = Fleets.born(leaf).minus(ABOUT_THEN);
                    open.removeIf(old -> end(last(old)).isBefore(longAgo));
                    List<LeafCost> chain = open.stream()
                            .filter(old -> isFollowedBy(last(old), leaf))
                            .findFirst()
                            .orElse(null);
                    if (chain == null) {
                        chain = new ArrayList<>();
                        chains.add(chain);
                    } else {
                        open.remove(chain);
                    }
                    chain.add(leaf);
                    if (isGone.test(leaf)) {
                        open.add(chain);
                    }
                });
    }

    private boolean isFollowedBy(LeafCost old, LeafCost next) {
        return Objects.equals(old.billed(), next.billed())
                && Fleets.born(next).isAfter(next.billed().start())
                && Duration.between(end(old), Fleets.born(next)).abs().compareTo(ABOUT_THEN) <= 0
                && !isSameScope(old.resource(), next.resource())
                && isSame(old.resource(), next.resource());
    }

    /** The last that is known of what is gone. */
    private Instant end(LeafCost gone) {
        return ends.computeIfAbsent(gone.resource().resourceId(), id -> {
            Instant ended = gone.resource().endedAt();
            return ended == null ? lastCharge.apply(gone) : ended;
        });
    }

    private static boolean isSameScope(Resource one, Resource other) {
        return Objects.equals(one.region(), other.region())
                && ResourceIds.isSameAccount(one.accountId(), other.accountId());
    }

    /** A tag is of too much to show a move. */
    private static boolean isSame(Resource one, Resource other) {
        return isSame(one.name(), other.name()) || isSame(group(one), group(other));
    }

    private static boolean isSame(String one, String other) {
        return one != null && !one.isBlank() && one.equals(other);
    }

    private static String group(Resource resource) {
        return resource.resourceId().equals(resource.workload()) ? null : resource.workload();
    }

    private static LeafCost last(List<LeafCost> chain) {
        return chain.get(chain.size() - 1);
    }
}
