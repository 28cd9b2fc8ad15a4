package io.aiaudit.analysis;

import io.aiaudit.collect.Slice;
import io.aiaudit.model.Audit.NotAssessed;
import io.aiaudit.model.Coverage;
import io.aiaudit.model.Gap;
import io.aiaudit.model.Money;
import io.aiaudit.model.Resource;
import io.aiaudit.model.ResourceIds;
import io.aiaudit.rules.SharedMachines;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The one thing, such as a metric, that would examine most of the money that was not assessed; then the one that
 * would examine most of the rest; and so on.
 */
final class NotAssessedThings {
    /** The reasons of {@code rules.Examination} that a metric is missing for. */
    private static final Pattern METRIC = Pattern.compile(
            "(?:no (?<none>\\S+(?: or \\S+)*) metric\\b.*|(?<part>\\S+(?: or \\S+)*) (?:covers less than|ends more "
                    + "than|has no hourly) .*)");

    private static final Pattern DAYS =
            Pattern.compile("(?:it (?:existed for less than|did not exist|did not run)|the window is shorter than) .*");

    private static final String ENDS_EARLY = " ends more than ";

    /** In the reason of a rule that is silent whatever the data. */
    private static final String BY_HAND = "check by hand";

    private static final Comparator<Map.Entry<Thing, Set<String>>> BY_NAME = Comparator.comparing(
            (Map.Entry<Thing, Set<String>> entry) -> entry.getKey().missing());

    /** As the dataset of a gap says it. */
    private static final String METRICS = Slice.Dataset.METRICS.label();

    private final Map<String, Resource> resources;
    private final List<Gap> gaps;
    private final UseTests tests;
    private final QuietReasons quiet;
    private final Map<String, BigDecimal> open = new TreeMap<>();
    private final Map<String, BigDecimal> refunded = new TreeMap<>();
    private final Set<String> withFindings = new HashSet<>();
    /** Metrics that some of it has, in too few hours: what is nearest to being enough. */
    private final Set<Thing> partial = new HashSet<>();

    /** @param fix null: the common fix of all that is missing in the same way */
    private record Thing(String missing, String what, String fix) {
        Thing(String missing, String what) {
            this(missing, what, null);
        }
    }

    private static final Thing REST = new Thing(
            NotAssessed.MARGIN,
            "rule",
            "A saving leaves out a part of the cost, since some findings prove wrong and some fixes leave disks. "
                    + "No data is missing.");
    private static final Thing LEFT_OVER = new Thing(
            "the workloads that have the rest of the accelerators of their node",
            "rule",
            "If none is missing in the inventory, fewer nodes or smaller ones would do.");
    private static final Thing KEPT = new Thing(
            "the use of capacity kept by the policy",
            "rule",
            "Standby capacity is billed without use; check it by hand.");
    private static final Thing PREPAID = new Thing(
            "idle instances that are prepaid",
            "rule",
            "They are paid for until the term ends: use them for other jobs, and renew only what is used.");
    private static final Thing COMMITMENT = new Thing(
            "what of a commitment is unused",
            "column",
            "Use a bill with effective (amortized) cost, which shows the unused part, then scan again.");
    private static final Thing BESIDE_ACCELERATORS = new Thing(
            "what needs its idle accelerators",
            "rule",
            "Check with its owner what runs on it: an instance without accelerators may do, and costs a fraction.");
    private static final Thing LOST_ROWS = new Thing(
            "hours without data, which count as use",
            "metric",
            "Add the missing rows to the usage files, or scan again when all hours of more days were measured.");
    private static final Thing EXCLUDED = new Thing(
            "days outside excluded_periods",
            "days",
            "Scan a window with more days outside excluded_periods, or shorten those in the policy.");
    private static final Thing ENDED = new Thing(
            "what has ended and is billed no more",
            "rule",
            "Nothing of it can be saved any more. Check with its owner whether the next one like it is needed.");
    private static final Thing SHARED = new Thing(
            "the share of instances that other parts still need",
            "rule",
            "The instances go only when all of their parts go; or give a part that is in use smaller ones.");
    private static final Thing RESOURCE_IDS = new Thing(
            "no resource ids in the bill",
            "column",
            "Export the bill with resource ids (column ResourceId); fees for support or a commitment have none.");
    private static final Thing UNEXPLAINED = new Thing(
            "what no known part of its resource explains",
            "column",
            "Add all parts of it to the inventory, with replicas and times; what is left is to be looked up by hand.");
    private static final Thing RESTS = new Thing(
            "why it has a cost though nothing of it runs",
            "column",
            "Look it up: delete it if it is still billed, or correct its state or replicas in the inventory.");

    private static final Thing REFUNDED = new Thing(
            "refunds and discounts above what was charged",
            "rule",
            "Nothing is to be assessed: they lower the total of this list.");

    NotAssessedThings(Map<String, Resource> resources, Assessment assessment, QuietReasons quiet, List<Gap> gaps) {
        this.resources = resources;
        this.quiet = quiet;
        this.gaps = gaps;
        this.tests = assessment.tests();
        for (Map.Entry<String, Coverage> leaf : assessment.byLeaf().entrySet()) {
            if (leaf.getValue().notAssessed().signum() > 0) {
                open.put(leaf.getKey(), leaf.getValue().notAssessed());
                if (leaf.getValue().claimed().signum() > 0) {
                    withFindings.add(leaf.getKey());
                }
            } else if (leaf.getValue().notAssessed().signum() < 0) {
                refunded.put(leaf.getKey(), leaf.getValue().notAssessed());
            }
        }
    }

    /** By money, refunds last, so that the costs add up to what was not assessed. */
    List<NotAssessed> all() {
        Map<Thing, Set<String>> leaves =
                new TreeMap<>(Comparator.comparing(Thing::missing).thenComparing(Thing::what));
        open.keySet()
                .forEach(leaf -> things(leaf)
                        .forEach(thing -> leaves.computeIfAbsent(thing, key -> new TreeSet<>())
                                .add(leaf)));
        List<NotAssessed> all = new ArrayList<>();
        Set<String> left = new HashSet<>(open.keySet());
        while (!left.isEmpty()) {
            leaves.values().forEach(ids -> ids.retainAll(left));
            Map.Entry<Thing, Set<String>> most = leaves.entrySet().stream()
                    .max(Comparator.comparing((Map.Entry<Thing, Set<String>> entry) -> cost(entry.getValue()))
                            .thenComparing(entry -> partial.contains(entry.getKey()))
                            .thenComparing(entry -> partial.contains(entry.getKey())
                                    && !entry.getKey().missing().contains(" or "))
                            .thenComparing(entry -> rulesOf(entry.getKey(), entry.getValue()))
                            .thenComparing(BY_NAME.reversed()))
                    .orElseThrow();
            all.add(row(most.getKey(), most.getValue()));
            left.removeAll(most.getValue());
        }
        all.add(row(REFUNDED, refunded.keySet()));
        return all.stream()
                .filter(thing -> thing.cost().signum() != 0)
                .sorted(Comparator.comparing(NotAssessed::cost).reversed())
                .toList();
    }

    /** Of metrics that each would do, the one that most rules wait for: those of use need the same. */
    private long rulesOf(Thing thing, Set<String> leaves) {
        return leaves.stream()
                .flatMap(leaf -> Stream.concat(tests.unable(leaf).values().stream(), tests.open(leaf).values().stream())
                        .filter(reason -> thing(leaf, reason).equals(thing)))
                .count();
    }

    private BigDecimal cost(Set<String> leaves) {
        return leaves.stream().map(this::cost).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private BigDecimal cost(String leaf) {
        return open.getOrDefault(leaf, refunded.get(leaf));
    }

    private NotAssessed row(Thing thing, Set<String> leaves) {
        Set<String> rules = new TreeSet<>();
        leaves.forEach(leaf -> Stream.of(tests.unable(leaf), tests.open(leaf))
                .forEach(reasons -> reasons.forEach((rule, reason) -> {
                    if (thing(leaf, reason).equals(thing)) {
                        rules.add(rule);
                    }
                })));
        Optional<Gap> gap = thing.what().equals("metric") ? denied(leaves) : Optional.empty();
        return new NotAssessed(
                thing.missing(),
                gap.isPresent() ? "permission" : thing.what(),
                Money.toCents(cost(leaves)),
                leaves.size(),
                List.copyOf(rules),
                gap.map(Gap::fix).orElseGet(() -> fix(thing)),
                leaves.stream()
                        .filter(resources::containsKey)
                        .sorted(Comparator.comparing((String leaf) -> cost(leaf).abs())
                                .reversed()
                                .thenComparing(Comparator.naturalOrder()))
                        .limit(NotAssessed.LONGEST_LIST)
                        .toList());
    }

    /** A failed call for metrics in the account of one of them. */
    private Optional<Gap> denied(Set<String> leaves) {
        return gaps.stream()
                .filter(gap -> METRICS.equals(gap.dataset())
                        && leaves.stream()
                                .map(resources::get)
                                .filter(Objects::nonNull)
                                .anyMatch(resource -> isThere(gap, resource)))
                .findFirst();
    }

    private static boolean isThere(Gap gap, Resource resource) {
        return gap.source().equals(resource.provider())
                && gap.accountId() != null
                && ResourceIds.isSameAccount(gap.accountId(), resource.accountId())
                && (gap.region() == null || gap.region().equals(resource.region()));
    }

    private Set<Thing> things(String leaf) {
        if (tests.isQuiet(leaf)) {
            return Set.of(quiet(quiet.of(leaf, tests)));
        }
        if (tests.isLeftOver(leaf)) {
            return Set.of(LEFT_OVER);
        }
        if (tests.isUnused(leaf)) {
            return Set.of(REST); // no metric would say more of what is to be deleted
        }
        if (tests.isReportedIdle(leaf)) {
            return Set.of(RESTS); // what ended in the window is gone, and its money past
        }
        Set<Thing> things = new HashSet<>();
        Map<String, String> open = tests.open(leaf);
        (open.isEmpty() ? tests.unable(leaf) : open).values().forEach(reason -> {
            things.add(thing(leaf, reason));
            if (isPartial(reason)) {
                partial.add(thing(reason));
            }
        });
        if (things.isEmpty()) {
            Resource resource = resources.get(leaf);
            things.add(withFindings.contains(leaf) || !tests.found(leaf).isEmpty() ? REST : untested(resource));
        }
        return things;
    }

    private static Thing quiet(QuietReasons.Reason reason) {
        if (reason.equals(QuietReasons.STANDBY)) {
            return KEPT;
        }
        if (reason.equals(QuietReasons.PREPAID)) {
            return PREPAID;
        }
        if (reason.equals(QuietReasons.BESIDE_ACCELERATORS)) {
            return BESIDE_ACCELERATORS;
        }
        if (reason.equals(QuietReasons.MISSING_HOURS)) {
            return LOST_ROWS;
        }
        if (reason.equals(QuietReasons.EXCLUDED)) {
            return EXCLUDED;
        }
        if (reason.equals(QuietReasons.ENDED)) {
            return ENDED;
        }
        return SharedMachines.isKept(reason.clause()) ? SHARED : new Thing(reason.clause(), reason.what());
    }

    private static boolean isPartial(String reason) {
        Matcher metric = METRIC.matcher(reason);
        return metric.matches() && metric.group("part") != null;
    }

    /** No rule tests it; what a bill says of a service as a whole could be tested if it named resources. */
    private static Thing untested(Resource resource) {
        String kind = resource == null ? null : resource.kind();
        if (kind == null) {
            return new Thing("unknown kind", "rule");
        }
        if (resource.attributes().containsKey("unallocated")) {
            return UNEXPLAINED;
        }
        return switch (kind) {
            case "account" -> RESOURCE_IDS;
            case "commitment" -> COMMITMENT;
            default -> new Thing(kind.replace('_', ' '), "rule");
        };
    }

    /** A metric that ends with its resource lacks no hour that anybody could add. */
    private Thing thing(String leaf, String reason) {
        return quiet.hasEnded(leaf) && reason.contains(ENDS_EARLY) ? ENDED : thing(reason);
    }

    private static Thing thing(String reason) {
        Matcher metric = METRIC.matcher(reason);
        if (metric.matches()) {
            return new Thing(metric.group("none") == null ? metric.group("part") : metric.group("none"), "metric");
        }
        if (SharedMachines.isKept(reason)) {
            return SHARED;
        }
        if (reason.contains(BY_HAND)) {
            return new Thing(
                    reason,
                    "rule",
                    NotAssessed.CHECK_WITH_OWNER + "how much of it is used at the same time; no metric shows that.");
        }
        return new Thing(reason, DAYS.matcher(reason).matches() ? "days" : "column");
    }

    private String fix(Thing thing) {
        if (thing.fix() != null) {
            return thing.fix();
        }
        return switch (thing.what()) {
            case "metric" ->
                (partial.contains(thing) ? NotAssessed.MISSING_HOURS : "Add the metric ")
                        + thing.missing()
                        + ": 'aiaudit sources check' lists the resources that lack it and how to export it.";
            case "days" -> "Scan again once it has run unchanged for that long, or use a longer window (--days).";
            case "column" -> MissingFact.fix(thing.missing());
            default -> "This scan has no rule that can show whether it is used; check it by hand.";
        };
    }
}
