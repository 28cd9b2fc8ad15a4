package io.aiaudit.scan;

import io.aiaudit.collect.Slice;
import io.aiaudit.collect.Slice.Dataset;
import io.aiaudit.model.Gap;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Gaps in which a scope of which no inventory could be read, such as a subscription that is closed, is one gap for all
 * slices with the same cause, and not one for each. What has another cause is a gap of its own, and so are bills and
 * commitments: one that hangs on a scope may be that of all scopes.
 */
final class FoldedGaps {
    private static final int NAMED = 3;

    private static final Set<Dataset> OF_MORE_THAN_THE_SCOPE = Set.of(Dataset.BILLING, Dataset.COMMITMENTS);

    /** How a missing permission is reported: one cause, whichever it is. */
    private static final String DENIED = "access denied";

    private final Map<Scope, Set<Slice>> inventory = new LinkedHashMap<>();
    private final Map<Scope, List<Failure>> failures = new LinkedHashMap<>();
    private final List<Failure> all = new ArrayList<>();

    /** An account or a region of a source. */
    private record Scope(String source, String account, String scope) {
        static Scope of(String source, Slice slice) {
            return new Scope(source, slice.account(), slice.scope());
        }

        String name() {
            return account + (scope.equals(Slice.EVERYWHERE) ? "" : "/" + scope);
        }
    }

    private record Failure(Scope scope, Slice slice, Gap gap, boolean isOurs) {
        boolean isOfInventory() {
            return slice.dataset() == Dataset.INVENTORY;
        }

        boolean hasCauseOf(Failure other) {
            return cause().equals(other.cause());
        }

        private String cause() {
            return gap.problem().startsWith(DENIED) ? DENIED : gap.problem();
        }
    }

    /** A slice that is to be read. */
    void planned(String source, Slice slice) {
        if (slice.dataset() == Dataset.INVENTORY && !slice.account().isEmpty()) {
            inventory
                    .computeIfAbsent(Scope.of(source, slice), key -> new HashSet<>())
                    .add(slice);
        }
    }

    /** A slice that was not read. What is {@code isOurs} failed by a defect, which says nothing about the scope. */
    void failed(Slice slice, Gap gap, boolean isOurs) {
        Failure failure = new Failure(Scope.of(gap.source(), slice), slice, gap, isOurs);
        all.add(failure);
        if (!OF_MORE_THAN_THE_SCOPE.contains(slice.dataset())) {
            failures.computeIfAbsent(failure.scope(), key -> new ArrayList<>()).add(failure);
        }
    }

    /** In the order in which they were noticed. */
    List<Gap> gaps() {
        List<Gap> gaps = new ArrayList<>();
        Set<Failure> reported = new HashSet<>();
        for (Failure failure : all) {
            List<Failure> alike = alike(failure);
            if (alike.stream().filter(Failure::isOfInventory).count() < 2) {
                gaps.add(failure.gap());
            } else if (reported.add(alike.get(0))) {
                gaps.add(folded(failure.scope(), alike));
            }
        }
        return gaps;
    }

    /** Those that are reported with it: of the same scope and with the same cause, where the scope is closed. */
    private List<Failure> alike(Failure failure) {
        List<Failure> ofScope = failures.getOrDefault(failure.scope(), List.of());
        return ofScope.contains(failure) && isClosed(failure.scope(), ofScope)
                ? ofScope.stream().filter(failure::hasCauseOf).toList()
                : List.of();
    }

    /** Not one of its inventories could be read. */
    private boolean isClosed(Scope scope, List<Failure> ofScope) {
        Set<Slice> unread = ofScope.stream().map(Failure::slice).collect(Collectors.toSet());
        return unread.containsAll(inventory.getOrDefault(scope, Set.of()))
                && ofScope.stream().noneMatch(Failure::isOurs);
    }

    private static Gap folded(Scope scope, List<Failure> alike) {
        Map<Boolean, List<Failure>> ofInventory =
                alike.stream().collect(Collectors.partitioningBy(Failure::isOfInventory));
        Gap cause = ofInventory.get(true).get(0).gap();
        List<Failure> others = ofInventory.get(false);
        return new Gap(
                        scope.source(),
                        scope.name(),
                        "no inventory of it could be read (" + named(ofInventory.get(true)) + ")"
                                + (others.isEmpty() ? "" : ", nor " + named(others)) + ": " + cause.problem(),
                        cause.fix())
                .in(cause.accountId(), cause.region(), cause.dataset());
    }

    private static String named(List<Failure> failures) {
        List<String> parts = failures.stream()
                .map(failure -> failure.slice().part())
                .distinct()
                .toList();
        return String.join(", ", parts.subList(0, Math.min(NAMED, parts.size())))
                + (parts.size() > NAMED ? " and " + (parts.size() - NAMED) + " more" : "");
    }
}
