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

/** Gaps in which a place of which no inventory could be read, such as a subscription that is closed, is one gap: with its cause, and not one for each of its slices. */
final class FoldedGaps {
    private static final int NAMED = 3;

    /** How a permission that is missing is told; what else went wrong is the better cause. */
    private static final String DENIED = "access denied";

    private final Map<Place, Set<Slice>> inventory = new LinkedHashMap<>();
    private final Map<Place, List<Failure>> failures = new LinkedHashMap<>();
    private final List<Failure> all = new ArrayList<>();

    /** A place of a source. */
    private record Place(String source, String account, String scope) {
        static Place of(String source, Slice slice) {
            return new Place(source, slice.account(), slice.scope());
        }

        String name() {
            return account + (scope.equals("all") ? "" : "/" + scope);
        }
    }

    private record Failure(Place place, Slice slice, Gap gap, boolean isOurs) {}

    /** A slice that is to be read. */
    void planned(String source, Slice slice) {
        if (slice.dataset() == Dataset.INVENTORY && !slice.account().isEmpty()) {
            inventory
                    .computeIfAbsent(Place.of(source, slice), key -> new HashSet<>())
                    .add(slice);
        }
    }

    /** A slice that was not read. What is {@code isOurs} failed by a defect, which says nothing about the place. */
    void failed(Slice slice, Gap gap, boolean isOurs) {
        Failure failure = new Failure(Place.of(gap.source(), slice), slice, gap, isOurs);
        all.add(failure);
        failures.computeIfAbsent(failure.place(), key -> new ArrayList<>()).add(failure);
    }

    /** In the order in which they were noticed. */
    List<Gap> gaps() {
        List<Gap> gaps = new ArrayList<>();
        Set<Place> told = new HashSet<>();
        for (Failure failure : all) {
            if (!isClosed(failure.place())) {
                gaps.add(failure.gap());
            } else if (told.add(failure.place())) {
                gaps.add(folded(failure.place(), failures.get(failure.place())));
            }
        }
        return gaps;
    }

    /** Several inventories, and not one could be read. */
    private boolean isClosed(Place place) {
        List<Failure> ofPlace = failures.get(place);
        Set<Slice> unread = ofPlace.stream().map(Failure::slice).collect(Collectors.toSet());
        Set<Slice> wanted = inventory.getOrDefault(place, Set.of());
        return wanted.size() > 1
                && unread.containsAll(wanted)
                && ofPlace.stream().noneMatch(Failure::isOurs);
    }

    private static Gap folded(Place place, List<Failure> ofPlace) {
        List<Gap> ofInventory = ofPlace.stream()
                .filter(failure -> failure.slice().dataset() == Dataset.INVENTORY)
                .map(Failure::gap)
                .toList();
        Gap cause = ofInventory.stream()
                .filter(gap -> !gap.problem().startsWith(DENIED))
                .findFirst()
                .orElse(ofInventory.get(0));
        List<String> parts = ofPlace.stream()
                .map(failure -> failure.slice().part())
                .distinct()
                .toList();
        String named = String.join(", ", parts.subList(0, Math.min(NAMED, parts.size())))
                + (parts.size() > NAMED ? " and " + (parts.size() - NAMED) + " more" : "");
        return new Gap(
                place.source(),
                place.name(),
                "nothing of it could be read (" + named + "): " + cause.problem(),
                cause.fix());
    }
}
