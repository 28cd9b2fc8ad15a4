package io.aiaudit.analysis;

import io.aiaudit.model.Course;
import io.aiaudit.model.LeafCost;
import io.aiaudit.model.Money;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Spend;
import io.aiaudit.model.Window;
import io.aiaudit.savings.RunRate;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Workloads whose resources follow each other: instances of a group, a cluster that is made each night. Each is gone
 * after a while, and what they cost together goes on. The last seven days of all of them say how much a month that is.
 * So it is with a resource that moved to another region or account.
 */
final class Fleets {
    private static final Duration YOUNG = Duration.ofDays(7);
    private static final Duration SILENT = Duration.ofDays(2);

    private final Map<String, Member> members = new HashMap<>();

    /**
     * A resource of a fleet. Shares are fractions.
     *
     * @param share of its mean of the window, what it represents in the coming month: nothing of what stays
     * @param goesOn of what it cost in the window, what the fleet goes on to cost, whoever is there then
     * @param more of what it costs in a month beyond its bill in the window, what those before it did not cost
     * @param size how many came and went in the window
     * @param workload null of a part of the bill of a parent, see {@link FollowingParts}
     * @param movedTo where it is now; null of what did not move
     */
    record Member(BigDecimal share, BigDecimal goesOn, BigDecimal more, int size, String workload, Resource movedTo) {
        boolean isPartOfBill() {
            return workload == null;
        }
    }

    private record Key(String workload, String provider, String account, String region, String kind, String machine) {
        static Key of(Resource resource) {
            return new Key(
                    Workloads.of(resource),
                    resource.provider(),
                    resource.accountId(),
                    resource.region(),
                    resource.kind(),
                    resource.machineType());
        }
    }

    Fleets(List<LeafCost> leaves, Map<String, Spend> spend, Window window, Instant scannedAt) {
        members.putAll(FollowingParts.of(leaves, spend));
        Map<Key, List<LeafCost>> byWorkload = new HashMap<>();
        Predicate<LeafCost> isGone = leaf -> spendOf(leaf, spend).gone();
        for (LeafCost leaf : leaves) {
            boolean isBilledByDay = leaf.billed() != null
                    && leaf.course() != null
                    && !leaf.course().days().isEmpty();
            String id = leaf.resource().resourceId();
            if (isBilledByDay && spend.containsKey(id) && !members.containsKey(id)) {
                byWorkload
                        .computeIfAbsent(Key.of(leaf.resource()), key -> new ArrayList<>())
                        .add(leaf);
            }
        }
        byWorkload.forEach((key, all) -> {
            Window billed = all.get(0).billed();
            Window recent = RunRate.lastDays(billed, window, scannedAt);
            if (all.size() > 1 && isRenewed(all, billed) && !isOver(all, isGone, recent.end())) {
                add(key.workload(), null, all, spend, recent);
            }
        });
        List<LeafCost> single = byWorkload.values().stream()
                .flatMap(List::stream)
                .filter(leaf -> member(leaf.resource().resourceId()) == null)
                .toList();
        for (List<LeafCost> moved : Moves.of(single, isGone, Fleets::last)) {
            Resource now = moved.get(moved.size() - 1).resource();
            Window recent = RunRate.lastDays(moved.get(0).billed(), window, scannedAt);
            add(Workloads.of(now), now, moved, spend, recent);
        }
    }

    private void add(String workload, Resource movedTo, List<LeafCost> all, Map<String, Spend> spend, Window recent) {
        Window billed = all.get(0).billed();
        Set<LeafCost> passing = all.stream()
                .filter(leaf -> spendOf(leaf, spend).gone() || isYoung(leaf))
                .collect(Collectors.toCollection(() -> Collections.newSetFromMap(new IdentityHashMap<>())));
        BigDecimal mean = cost(passing, billed).divide(billed.exactHours(), Money.PRECISION);
        if (mean.signum() <= 0) {
            return;
        }
        BigDecimal share = cost(passing, recent)
                .divide(recent.exactHours(), Money.PRECISION)
                .divide(mean, Money.PRECISION)
                .max(BigDecimal.ZERO);
        BigDecimal before = billed(passing, leaf -> spendOf(leaf, spend).gone());
        BigDecimal beyond = Money.sum(all.stream()
                .map(leaf -> WholeMonth.beyondWindow(leaf, spendOf(leaf, spend)))
                .toList());
        BigDecimal more = beyond.signum() == 0
                ? BigDecimal.ONE
                : beyond.subtract(before).max(BigDecimal.ZERO).divide(beyond, Money.PRECISION);
        BigDecimal taken = Money.sum(all.stream()
                .filter(leaf -> !passing.contains(leaf) && spendOf(leaf, spend).monthlyRunRate() != null)
                .map(leaf -> spendOf(leaf, spend).monthlyRunRate().subtract(WholeMonth.billed(leaf)))
                .map(BigDecimal.ZERO::max)
                .toList());
        BigDecimal cost = billed(passing, leaf -> true);
        // A correction may take back what they cost: then nothing of it is past or goes on.
        BigDecimal goesOn = cost.signum() <= 0 ? share : share.add(taken.divide(cost, Money.PRECISION));
        for (LeafCost leaf : all) {
            boolean passes = passing.contains(leaf);
            Member member = new Member(
                    passes ? share : BigDecimal.ZERO,
                    passes ? goesOn.min(BigDecimal.ONE) : BigDecimal.ZERO,
                    more,
                    passing.size(),
                    workload,
                    movedTo);
            members.put(leaf.resource().resourceId(), member);
        }
    }

    private static Spend spendOf(LeafCost leaf, Map<String, Spend> spend) {
        return spend.get(leaf.resource().resourceId());
    }

    private static BigDecimal billed(Collection<LeafCost> leaves, Predicate<LeafCost> which) {
        return Money.sum(leaves.stream().filter(which).map(WholeMonth::billed).toList());
    }

    /** Null of what is of no fleet. */
    Member member(String leaf) {
        return members.get(leaf);
    }

    /** Whether one of them began while the others were seen. */
    private static boolean isRenewed(List<LeafCost> all, Window billed) {
        return all.stream().map(Fleets::born).anyMatch(born -> born != null && born.isAfter(billed.start()));
    }

    /** As of one resource: nothing for two days, and for longer than ever before. */
    private static boolean isOver(List<LeafCost> all, Predicate<LeafCost> isGone, Instant end) {
        TreeMap<Instant, Instant> lifetimes = new TreeMap<>();
        all.forEach(leaf -> lifetimes.merge(first(leaf), isGone.test(leaf) ? last(leaf) : end, Fleets::later));
        Duration longest = SILENT;
        Instant to = lifetimes.firstKey();
        for (Map.Entry<Instant, Instant> lifetime : lifetimes.entrySet()) {
            Duration gap = Duration.between(to, lifetime.getKey());
            longest = gap.compareTo(longest) > 0 ? gap : longest;
            to = later(to, lifetime.getValue());
        }
        return Duration.between(to, end).compareTo(longest) > 0;
    }

    private static Instant later(Instant one, Instant other) {
        return other.isAfter(one) ? other : one;
    }

    static boolean isYoung(LeafCost leaf) {
        Instant born = born(leaf);
        return leaf.billed() != null
                && born != null
                && born.isAfter(leaf.billed().end().minus(YOUNG));
    }

    static Instant born(LeafCost leaf) {
        return leaf.resource().createdAt() == null
                ? leaf.firstCharge()
                : leaf.resource().createdAt();
    }

    private static Instant first(LeafCost leaf) {
        return leaf.course().days().stream()
                .map(Course.Day::from)
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    /** The end of the last day on which it was charged. */
    private static Instant last(LeafCost leaf) {
        return leaf.course().days().stream()
                .map(Course.Day::date)
                .max(Comparator.naturalOrder())
                .orElseThrow()
                .plusDays(1)
                .atStartOfDay()
                .toInstant(ZoneOffset.UTC);
    }

    private static Instant start(Course.Day day) {
        return day.date().atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    private static BigDecimal cost(Collection<LeafCost> leaves, Window days) {
        return leaves.stream()
                .flatMap(leaf -> leaf.course().days().stream())
                .filter(day -> start(day).isBefore(days.end())
                        && start(day).plus(Duration.ofDays(1)).isAfter(days.start()))
                .map(day -> day.cost()
                        .multiply(BigDecimal.valueOf(day.insideSeconds()))
                        .divide(BigDecimal.valueOf(day.periodSeconds()), Money.PRECISION))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
