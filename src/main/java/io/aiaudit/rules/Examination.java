package io.aiaudit.rules;

import io.aiaudit.model.Lever;
import io.aiaudit.store.LockedStore;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Which resources a rule can judge, and why not the others. Candidates are the lowest resources of its kinds; one
 * without any needed metric is represented by the nearest resource above it, of its kinds, that has some. Reasons hold
 * no number of a resource, so that equal ones can be counted.
 */
final class Examination {
    private static final int NEWEST_POINT_HOURS = 48;
    private static final Set<Lever> TAKES_AWAY =
            Set.of(Lever.ELIMINATE, Lever.REPLACE, Lever.SCHEDULE, Lever.AUTOSCALE);

    private final Rule rule;
    private final Lifetimes lifetimes;
    private final Map<String, Lifetime> ofKind = new LinkedHashMap<>();
    /** Of each need what each resource has of it. */
    private final List<Map<String, MetricPoints.Seen>> seen = new ArrayList<>();

    private final Map<String, String> notExamined = new TreeMap<>();
    private final List<List<Object>> judged = new ArrayList<>();
    /** Measured in part, and what is there is too little to try. */
    private final Set<String> open = new TreeSet<>();
    /** Those that lack a metric, wholly or in many hours, and nothing else; some are judged with their whole. */
    private final Set<String> unmeasured = new TreeSet<>();
    /** Those that can be judged and lack a point in some hours. */
    private final Map<String, String> lackingHours = new TreeMap<>();
    /** Measured as most rules want it, and not as this one does. */
    private final Map<String, List<Object>> nearly = new LinkedHashMap<>();

    Examination(Rule rule, Lifetimes lifetimes) {
        this.rule = rule;
        this.lifetimes = lifetimes;
        lifetimes.all().stream()
                .filter(lifetime -> lifetime.kind() != null && rule.appliesTo().contains(lifetime.kind()))
                .forEach(lifetime -> ofKind.put(lifetime.resourceId(), lifetime));
        if (!ofKind.isEmpty()) {
            lifetimes.points().read(rule.neededMetrics());
            rule.needs().forEach(need -> seen.add(lifetimes.points().seen(need)));
            candidates().forEach(this::examine);
        }
    }

    /** The reason for each candidate that cannot be judged. */
    Map<String, String> notExamined() {
        return notExamined;
    }

    /** Those of them of which a metric is there in part, so that the rest of it may hide a finding. */
    Set<String> open() {
        return open;
    }

    /** Those that nothing but a metric, which may be there in part, keeps the rule from judging by themselves. */
    Set<String> unmeasured() {
        return unmeasured;
    }

    /** Those of them that have a point in most hours, and the rule wants one in more. */
    Set<String> nearly() {
        return nearly.keySet();
    }

    /** Those that can be judged and lack points of a needed metric in some hours, each with which. */
    Map<String, String> lackingHours() {
        return lackingHours;
    }

    /** True when there is nothing that the rule can judge. */
    boolean isEmpty() {
        return judged.isEmpty();
    }

    /** How many resources the rule can judge. */
    int size() {
        return judged.size();
    }

    /** Puts those that can be judged into the temporary table {@code aiaudit_coverage}. */
    void fill(LockedStore store) {
        fill(store, judged);
    }

    /** The same with those that have a point in most hours. */
    void fillWithNearly(LockedStore store) {
        fill(store, Stream.concat(judged.stream(), nearly.values().stream()).toList());
    }

    private static void fill(LockedStore store, List<List<Object>> rows) {
        TempTable.fill(store, "aiaudit_coverage", "resource_id VARCHAR, seen_days DOUBLE, life_days DOUBLE", rows);
    }

    private List<Lifetime> candidates() {
        Map<String, List<ResourceTree.Ancestor>> above = new LinkedHashMap<>();
        Set<String> notLowest = new HashSet<>();
        ofKind.keySet().forEach(id -> {
            List<ResourceTree.Ancestor> ofSameRule = lifetimes.tree().above(id).stream()
                    .filter(ancestor -> ofKind.containsKey(ancestor.resourceId()))
                    .toList();
            above.put(id, ofSameRule);
            ofSameRule.forEach(ancestor -> notLowest.add(ancestor.resourceId()));
        });
        Map<String, Lifetime> candidates = new LinkedHashMap<>();
        for (Lifetime lifetime : ofKind.values()) {
            if (notLowest.contains(lifetime.resourceId())) {
                continue;
            }
            Optional<String> representative = hasPoints(lifetime.resourceId())
                    ? Optional.empty()
                    : above.get(lifetime.resourceId()).stream()
                            .filter(ancestor -> hasPoints(ancestor.resourceId()))
                            .min(Comparator.comparing(ResourceTree.Ancestor::depth)
                                    .thenComparing(ResourceTree.Ancestor::resourceId))
                            .map(ResourceTree.Ancestor::resourceId);
            if (representative.isPresent()) {
                candidates.put(representative.get(), ofKind.get(representative.get()));
                recordAsUnmeasured(lifetime);
            } else if (mayHaveAccelerator(lifetime)) {
                candidates.put(lifetime.resourceId(), lifetime);
            }
        }
        return List.copyOf(candidates.values());
    }

    private boolean hasPoints(String resourceId) {
        return seen.stream().anyMatch(ofNeed -> ofNeed.containsKey(resourceId));
    }

    /** Null where no metric has a point that will do. */
    private MetricPoints.Seen seenOf(Need need, Lifetime lifetime) {
        MetricPoints.Seen points = seen.get(rule.needs().indexOf(need)).get(lifetime.resourceId());
        return points == null || points.wantedHours() == null ? null : points;
    }

    /** One without an accelerator is no candidate of a rule that needs the metrics of accelerators. */
    private boolean mayHaveAccelerator(Lifetime lifetime) {
        return !Boolean.FALSE.equals(lifetime.accelerated())
                || hasPoints(lifetime.resourceId())
                || rule.needs().stream().noneMatch(Need::isOfAccelerators);
    }

    private void examine(Lifetime lifetime) {
        Optional<String> reason = reason(lifetime);
        if (reason.isPresent()) {
            notExamined.put(lifetime.resourceId(), reason.get());
            recordWhatIsOpen(lifetime);
            return;
        }
        judged.add(row(lifetime));
        rule.needs().stream()
                .filter(need -> LostHours.canFill(need) && lacksHours(need, lifetime))
                .findFirst()
                .ifPresent(need -> lackingHours.put(
                        lifetime.resourceId(),
                        LostHours.reason(need.of(lifetime.accelerated()).toString())));
    }

    private boolean lacksHours(Need need, Lifetime lifetime) {
        return seenOf(need, lifetime).wantedHours() < lifetime.wantedHours();
    }

    /** Where nothing but a metric that is there in part keeps the rule from judging it. */
    private void recordWhatIsOpen(Lifetime lifetime) {
        if (besidePoints(lifetime).isPresent()) {
            return;
        }
        unmeasured.add(lifetime.resourceId());
        if (rule.needs().stream().anyMatch(need -> !isThere(need, lifetime))) {
            return;
        }
        if (rule.needs().stream().allMatch(need -> isMostlyMeasured(need, lifetime))) {
            nearly.put(lifetime.resourceId(), row(lifetime));
        } else if (rule.testsUse()) {
            open.add(lifetime.resourceId());
        }
    }

    private void recordAsUnmeasured(Lifetime part) {
        if (mayHaveAccelerator(part) && ofItsLife(part).isEmpty()) {
            unmeasured.add(part.resourceId());
        }
    }

    private boolean isThere(Need need, Lifetime lifetime) {
        return seenOf(need, lifetime) != null || lifetimes.points().isPartlyMeasured(lifetime.resourceId(), need);
    }

    private boolean isMostlyMeasured(Need need, Lifetime lifetime) {
        MetricPoints.Seen points = seenOf(need, lifetime);
        return points != null && covers(points, Rule.USUAL_COVERAGE, lifetime) && !isOver(points, lifetime);
    }

    private List<Object> row(Lifetime lifetime) {
        double seenDays = seen.stream()
                .mapToDouble(ofNeed -> ofNeed.get(lifetime.resourceId()).wantedHours() / 24.0)
                .min()
                .orElse(lifetime.windowDays());
        List<Object> row = new ArrayList<>();
        row.add(lifetime.resourceId());
        row.add(seenDays);
        row.add(lifetime.lifeDays());
        return row;
    }

    private Optional<String> reason(Lifetime lifetime) {
        return ofItsHost(lifetime)
                .or(() -> unassessed(lifetime))
                .or(() -> ofItsLife(lifetime))
                .or(() -> ofItsPoints(lifetime))
                .or(() -> paidInPart(lifetime))
                .or(() -> unread(lifetime))
                .or(() -> undecided(lifetime));
    }

    private Optional<String> besidePoints(Lifetime lifetime) {
        return ofItsHost(lifetime)
                .or(() -> unassessed(lifetime))
                .or(() -> ofItsLife(lifetime))
                .or(() -> paidInPart(lifetime))
                .or(() -> unread(lifetime))
                .or(() -> undecided(lifetime));
    }

    /** What saves money belongs to what is billed. */
    private Optional<String> ofItsHost(Lifetime lifetime) {
        return lifetime.isGuest() && rule.lever() != Lever.GOVERN
                ? Optional.of("it has no charge of its own; the instance, cluster or pool that it runs on is examined")
                : Optional.empty();
    }

    /** Most machines of a bill are of this kind; apart from those with accelerators, they do not hide them. */
    private Optional<String> unassessed(Lifetime lifetime) {
        return rule.needs().stream()
                .filter(Need::isOfAccelerators)
                .findFirst()
                .filter(need -> lifetime.accelerated() == null && seenOf(need, lifetime) == null)
                .map(need -> "no " + need + " metric, and no known accelerator");
    }

    /** Whoever takes away what does not work has to know all that was to be known of its work. */
    private Optional<String> unread(Lifetime lifetime) {
        boolean judgesWork = !rule.needs().isEmpty() || Work.isReadBy(rule);
        if (!judgesWork || !TAKES_AWAY.contains(rule.lever())) {
            return Optional.empty();
        }
        return showingWork(lifetime.unreadMetrics(), lifetime)
                .map(metric -> metric + " of it could not be read, which may show work")
                .or(() -> showingWork(lifetimes.unreadOfParts(lifetime.resourceId()), lifetime)
                        .map(metric -> metric + " of a part of it could not be read, which may show work"));
    }

    /** The first of these metrics that may show work. Without an accelerator a resource has none of accelerators. */
    private static Optional<String> showingWork(String metrics, Lifetime lifetime) {
        return Stream.ofNullable(metrics)
                .flatMap(all -> Stream.of(all.split(",")))
                .filter(Work.MAY_SHOW::contains)
                .filter(metric -> !Boolean.FALSE.equals(lifetime.accelerated()) || !Need.isOfAccelerators(metric))
                .findFirst();
    }

    /** What is off already costs nothing in these hours, and a schedule would save them a second time. */
    private Optional<String> paidInPart(Lifetime lifetime) {
        Long hours = lifetimes.billed().hoursPaidADay(lifetime.resourceId());
        return hours != null && (rule.lever() == Lever.SCHEDULE || rule.lever() == Lever.AUTOSCALE)
                ? Optional.of("its bill by the day shows about " + hours + " of 24 hours, but not which")
                : Optional.empty();
    }

    /** Lost rows silence findings that would take the load away: a commitment must not take over. */
    private Optional<String> undecided(Lifetime lifetime) {
        return rule.lever() == Lever.COMMIT && lifetimes.points().isPartlyMeasured(lifetime.resourceId())
                ? Optional.of("some hours lack rows of its metrics, so other findings on it may be missing")
                : Optional.empty();
    }

    private Optional<String> ofItsLife(Lifetime lifetime) {
        if (lifetime.windowDays() == 0) {
            return Optional.of("it did not exist in the window");
        }
        if (lifetimes.windowDays() < rule.minDays()) {
            return Optional.of("the window is shorter than " + rule.minDays() + " days");
        }
        if (lifetime.windowDays() < rule.minDays()) {
            return Optional.of("it existed for less than " + rule.minDays() + " days in the window");
        }
        Double since = rule.sinceChange() ? lifetime.daysSinceChange(rule) : null;
        if (since != null && since < rule.minDays()) {
            return Optional.of("its instance type, purchase option"
                    + (rule.atAnyNumber() ? "" : ", number of instances") + " or replica limits changed less than "
                    + rule.minDays() + " days before the end of the window");
        }
        if (lifetime.expectedHours() == 0) {
            return Optional.of("it did not run in the window");
        }
        return lifetime.wantedHours() == 0 ? Optional.of("all its hours are in excluded periods") : Optional.empty();
    }

    private Optional<String> ofItsPoints(Lifetime lifetime) {
        return rule.needs().stream()
                .flatMap(need -> ofItsPoints(lifetime, need).stream())
                .findFirst();
    }

    private String lost(Lifetime lifetime) {
        return lifetimes.points().hasRejectedRows(lifetime.resourceId()) ? "have rows that were rejected" : "lack rows";
    }

    private Optional<String> ofItsPoints(Lifetime lifetime, Need need) {
        String name = need.of(lifetime.accelerated()).toString();
        MetricPoints.Seen points = seenOf(need, lifetime);
        boolean isPartly = lifetimes.points().isPartlyMeasured(lifetime.resourceId(), need);
        if (points == null && !isPartly) {
            return Optional.of("no " + name + " metric");
        }
        if (points == null || !covers(points, rule.minCoverage(), lifetime)) {
            String percent = BigDecimal.valueOf(rule.minCoverage() * 100)
                    .stripTrailingZeros()
                    .toPlainString();
            return Optional.of(name + " covers less than " + percent + " % of its hours"
                    + (isPartly ? (points == null ? "; all of them " : "; some of them ") + lost(lifetime) : ""));
        }
        return isOver(points, lifetime)
                ? Optional.of(name + " ends more than " + NEWEST_POINT_HOURS + " h before the end of the window")
                : Optional.empty();
    }

    /** A share such as 0.9 is not exact in binary: 90 of 100 hours must not fail for that. */
    private static boolean covers(MetricPoints.Seen points, double share, Lifetime lifetime) {
        return points.wantedHours() >= share * lifetime.wantedHours() - 1e-9;
    }

    private static boolean isOver(MetricPoints.Seen points, Lifetime lifetime) {
        return points.newest().isBefore(lifetime.seenTo().minus(Duration.ofHours(NEWEST_POINT_HOURS)));
    }
}
