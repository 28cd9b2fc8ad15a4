package io.aiaudit.savings;

import io.aiaudit.model.LeafCost;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Bills of parents that were divided anew in the last days: what one part begins to take another gave up, so the days
 * since then show what each of them costs (docs/money.md, "Parts that follow each other").
 */
public final class DividedBills {
    /** The longest span of a run rate, and the days that are not complete. */
    private static final Duration RECENT = Duration.ofDays(10);

    private static final Duration LASTING = Duration.ofDays(2);

    private DividedBills() {}

    /** The leaves, those of such bills with the time of the division. */
    public static List<LeafCost> of(List<LeafCost> leaves, Window window) {
        Map<String, Instant> divided = new HashMap<>();
        leaves.stream()
                .filter(leaf -> leaf.parent() != null)
                .collect(Collectors.groupingBy(leaf -> leaf.parent().id()))
                .forEach((parent, parts) -> Stream.concat(
                                lastDivision(parts, window).stream(), lastShares(parts).stream())
                        .max(Comparator.naturalOrder())
                        .ifPresent(at -> divided.put(parent, at)));
        return leaves.stream()
                .map(leaf -> {
                    Instant at = leaf.parent() == null
                            ? null
                            : divided.get(leaf.parent().id());
                    boolean isOlder = at != null
                            && leaf.course() != null
                            && !at.equals(leaf.resource().createdAt());
                    return isOlder ? leaf.withCourse(leaf.course().dividedAt(at)) : leaf;
                })
                .toList();
    }

    /** Of what scales, another share is only another load. */
    private static Optional<Instant> lastShares(List<LeafCost> parts) {
        boolean scales = parts.stream().anyMatch(part -> part.parent().scales());
        return scales ? Optional.empty() : DailyShares.lastChange(parts);
    }

    /** What comes and goes within two days, such as a workload of each night, divides nothing for good. */
    private static Optional<Instant> lastDivision(List<LeafCost> parts, Window window) {
        Instant recent = window.end().minus(RECENT);
        List<Resource> lasting = parts.stream()
                .map(LeafCost::resource)
                .filter(resource -> !MonthlyCost.isRecurring(resource))
                .toList();
        if (lasting.stream().anyMatch(resource -> isShort(resource, recent))) {
            return Optional.empty();
        }
        return lasting.stream()
                .flatMap(resource ->
                        Stream.of(Optional.ofNullable(resource.createdAt()), Optional.ofNullable(resource.endedAt())))
                .flatMap(Optional::stream)
                .filter(at -> at.isAfter(recent) && at.isBefore(window.end()))
                .max(Comparator.naturalOrder());
    }

    private static boolean isShort(Resource resource, Instant recent) {
        return resource.createdAt() != null
                && resource.endedAt() != null
                && resource.endedAt().isAfter(recent)
                && Duration.between(resource.createdAt(), resource.endedAt()).compareTo(LASTING) < 0;
    }
}
