package io.aiaudit.analysis;

import io.aiaudit.config.RuleSelection;
import io.aiaudit.model.Resource;
import io.aiaudit.model.ResourcePolicy;
import io.aiaudit.model.Spend;
import io.aiaudit.model.Window;
import io.aiaudit.rules.SharedMachines;
import io.aiaudit.rules.UseFact;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/** Why nobody calls a resource idle of which all that was measured shows nothing. */
final class QuietReasons {
    /** With fewer it may as well have been off. */
    private static final double MOST_HOURS = 0.9;

    private final Map<String, Resource> resources;
    private final Map<String, ResourcePolicy> policies;
    private final Map<String, Spend> spend;
    private final RuleSelection rules;
    private final Window window;

    /**
     * Why it was not assessed.
     *
     * @param clause as a part of a sentence, which says what is missing
     * @param what as in {@link io.aiaudit.model.Audit.NotAssessed}
     */
    record Reason(String clause, String what) {}

    static final Reason STANDBY = new Reason("the policy keeps it as a standby", "rule");
    static final Reason BESIDE_ACCELERATORS = new Reason(
            "only its processors, network, sessions or jobs were in use: an instance without accelerators may do",
            "rule");
    static final Reason PREPAID =
            new Reason("it is prepaid until its term ends, so that stopping it saves nothing before", "rule");
    private static final Reason YOUNG = new Reason("it is too new to count as idle", "days");
    private static final Reason SHORT = new Reason("the window is too short to show that it is idle", "days");
    private static final Reason NOT_FOR_LONG = new Reason("it was not idle long enough to be reported", "days");
    static final Reason MISSING_HOURS =
            new Reason("hours without data count as use, so it was not idle for long enough to be reported", "metric");
    static final Reason EXCLUDED = new Reason(
            "without the periods that the policy excludes (excluded_periods) it was not idle for long enough", "days");
    static final Reason ENDED = new Reason("it has ended, and what it did will not be saved any more", "rule");
    private static final Reason CONTRADICTORY = new Reason("inventory without contradictions about its use", "column");

    QuietReasons(
            Map<String, Resource> resources,
            Map<String, ResourcePolicy> policies,
            Map<String, Spend> spend,
            RuleSelection rules,
            Window window) {
        this.resources = resources;
        this.policies = policies;
        this.spend = spend;
        this.rules = rules;
        this.window = window;
    }

    Reason of(String leaf, UseTests tests) {
        String witness = tests.witness(leaf);
        if (tests.fact(witness).contradictory()) {
            return CONTRADICTORY;
        }
        if (isStandby(leaf) || isStandby(witness)) {
            return STANDBY;
        }
        if (isPrepaid(leaf) || isPrepaid(witness)) {
            return PREPAID;
        }
        if (tests.fact(witness).onlyBesideAccelerators()) {
            return BESIDE_ACCELERATORS;
        }
        // The rule that wants the fewest days would have spoken first.
        OptionalLong days = tests.clean(leaf).stream()
                .map(rules::idleDays)
                .flatMap(Optional::stream)
                .mapToLong(Long::longValue)
                .min();
        if (days.isEmpty()) {
            return tests.unable(leaf).values().stream()
                    .filter(SharedMachines::isKept)
                    .map(reason -> new Reason(reason, "rule"))
                    .findFirst()
                    .orElse(notForLong(leaf, witness, window.start()));
        }
        Instant since = window.end().minus(Duration.ofDays(days.getAsLong()));
        if (isYounger(leaf, since) || isYounger(witness, since)) {
            return YOUNG;
        }
        Instant changed = spend.containsKey(leaf) ? spend.get(leaf).shiftedAt() : null;
        if (changed != null && changed.isAfter(since)) {
            return new Reason(
                    "it was changed on " + LocalDate.ofInstant(changed, ZoneOffset.UTC)
                            + ", and earlier hours do not count",
                    "days");
        }
        if (window.start().isAfter(since)) {
            return SHORT;
        }
        long hours = tests.fact(witness).hours();
        long existed = countedHours(witness);
        if (hours >= MOST_HOURS * existed && hours < existed) {
            return MISSING_HOURS;
        }
        return notForLong(leaf, witness, since);
    }

    private Reason notForLong(String leaf, String witness, Instant since) {
        if (isExcluded(leaf, since, window.end()) || isExcluded(witness, since, window.end())) {
            return EXCLUDED;
        }
        return hasEnded(leaf) ? ENDED : NOT_FOR_LONG;
    }

    boolean hasEnded(String leaf) {
        Resource resource = resources.get(leaf);
        return resource != null
                && resource.endedAt() != null
                && !resource.endedAt().isAfter(window.end());
    }

    /** Whether a period that the policy excludes, as {@code 2026-12-24/2027-01-02}, has a part of that time. */
    private boolean isExcluded(String resourceId, Instant since, Instant until) {
        ResourcePolicy policy = policies.getOrDefault(resourceId, ResourcePolicy.UNSPECIFIED);
        ZoneId zone = policy.timezone() == null ? ZoneOffset.UTC : ZoneId.of(policy.timezone());
        return policy.excludedPeriods().stream()
                .map(period -> period.split("/", 2))
                .anyMatch(days -> start(days[0], zone).isBefore(until)
                        && start(days[1], zone).isAfter(since));
    }

    private static Instant start(String day, ZoneId zone) {
        return LocalDate.parse(day.strip()).atStartOfDay(zone).toInstant();
    }

    /** The hours of the window in which it existed, without those that the policy excludes. */
    private long countedHours(String resourceId) {
        Resource resource = resources.get(resourceId);
        Instant from = window.start();
        if (resource != null
                && resource.createdAt() != null
                && resource.createdAt().isAfter(from)) {
            from = resource.createdAt();
        }
        Instant existed = from;
        long hours = Duration.between(existed, window.end()).toHours();
        ResourcePolicy policy = policies.getOrDefault(resourceId, ResourcePolicy.UNSPECIFIED);
        return policy.excludedPeriods().isEmpty()
                ? hours
                : LongStream.range(0, hours)
                        .mapToObj(hour -> existed.plus(Duration.ofHours(hour)))
                        .filter(hour -> !isExcluded(resourceId, hour, hour.plus(Duration.ofHours(1))))
                        .count();
    }

    private boolean isStandby(String resourceId) {
        return policies.getOrDefault(resourceId, ResourcePolicy.UNSPECIFIED).standby();
    }

    /**
     * Instances of a training plan, about which training-cluster-idle is silent. A bill calls a resource committed as
     * soon as a part of it is, and the rest is cash.
     */
    private boolean isPrepaid(String resourceId) {
        Resource resource = resources.get(resourceId);
        return resource != null
                && "training_cluster".equals(resource.kind())
                && "committed".equals(resource.purchase())
                && (!spend.containsKey(resourceId)
                        || spend.get(resourceId).committedShare().compareTo(BigDecimal.ONE) >= 0);
    }

    private boolean isYounger(String resourceId, Instant since) {
        Resource resource = resources.get(resourceId);
        return resource != null
                && resource.createdAt() != null
                && resource.createdAt().isAfter(since);
    }

    /** What was measured and why that is not enough, as sentences. */
    static String sentence(UseFact fact, Reason reason) {
        if (fact.contradictory()) {
            return fact.says() + ".";
        }
        String seen = fact.says() != null
                ? fact.says()
                : "No use was measured" + (fact.hours() == 0 ? "" : " in " + fact.hours() + " hours");
        return seen + "; " + reason.clause() + ".";
    }
}
