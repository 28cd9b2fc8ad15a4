package io.aiaudit.analysis;

import io.aiaudit.config.Glob;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.ComplianceCost;
import io.aiaudit.model.ComplianceCostBuilder;
import io.aiaudit.model.Component;
import io.aiaudit.model.Confidence;
import io.aiaudit.model.Money;
import io.aiaudit.model.Resource;
import io.aiaudit.model.ResourceIds;
import io.aiaudit.model.ResourcePolicy;
import io.aiaudit.model.Spend;
import io.aiaudit.model.Status;
import io.aiaudit.model.Window;
import io.aiaudit.store.ComplianceCharge;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What compliance costs by workload: charges of the bill, and what allowed regions cost above the cheapest one of
 * all.
 */
final class ComplianceCosts {
    private static final BigDecimal SECONDS_PER_HOUR = BigDecimal.valueOf(3600);

    /** Kinds of resources whose own workload is that of what they serve; of others the tags of the charge decide. */
    private static final Set<String> WITHOUT_WORKLOAD = Set.of("service", "account");

    private static final String OVERHEAD = "compliance-overhead";

    private static final String REGION_PREMIUM = "region_premium";

    private static final String REQUIRED = "Only what is required, less of ";

    private static final String ALLOWED = "Also allowed by the policy, at a lower list price: ";

    private final Window window;
    private final Map<String, Window> billed;
    private final Map<String, Resource> resources;
    private final ServedWorkloads served;
    private final Map<Key, Sum> sums = new TreeMap<>(Comparator.comparing(Key::provider)
            .thenComparing(Key::accountId)
            .thenComparing(Key::workload)
            .thenComparing(Key::kind));

    private record Key(String provider, String accountId, String workload, String kind) {}

    private static final class Sum {
        private BigDecimal cost = BigDecimal.ZERO;
        private final Set<String> of = new TreeSet<>();
        private final Cheaper sure = new Cheaper();
        private final Cheaper toCheck = new Cheaper();

        private void add(BigDecimal amount, String resource) {
            cost = cost.add(amount);
            of.add(resource);
        }

        private BigDecimal saving(Cheaper way) {
            return way.amounts.isEmpty() ? null : Money.toCents(way.saving().min(cost));
        }
    }

    /**
     * Of several ways the one that saves most is named and the others are counted; what they save is added up, to no
     * more than the cost: a saving is of the coming month, and of all that a resource costs.
     */
    private static final class Cheaper {
        private final Map<String, BigDecimal> amounts = new TreeMap<>();
        private final Map<String, String> names = new HashMap<>();

        private void add(String id, String name, BigDecimal amount) {
            amounts.merge(id, amount, BigDecimal::add);
            names.put(id, name);
        }

        private BigDecimal saving() {
            return Money.sum(amounts.values());
        }

        private String way(String before) {
            int others = amounts.size() - 1;
            return amounts.entrySet().stream()
                    .max(Map.Entry.<String, BigDecimal>comparingByValue()
                            .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                    .map(largest -> before + names.get(largest.getKey()))
                    .map(way -> others == 0 ? way : way + " and " + others + (others == 1 ? " other" : " others"))
                    .orElse(null);
        }
    }

    /** @param billed the period that the bill of each provider covers */
    ComplianceCosts(Window window, Map<String, Window> billed, Map<String, Resource> resources) {
        this.window = window;
        this.billed = billed;
        this.resources = resources;
        this.served = new ServedWorkloads(resources.values());
    }

    /** Adds what bills charge. */
    ComplianceCosts charged(List<ComplianceCharge> charges) {
        for (ComplianceCharge charge : charges) {
            BigDecimal hours = hours(billed.get(charge.provider()));
            if (hours.signum() > 0) {
                BigDecimal monthly =
                        charge.cost().multiply(Money.HOURS_PER_MONTH).divide(hours, Money.PRECISION);
                Key key = new Key(charge.provider(), text(charge.accountId()), text(workload(charge)), charge.kind());
                sums.computeIfAbsent(key, each -> new Sum()).add(monthly, charge.resourceId());
            }
        }
        return this;
    }

    /**
     * Names what findings would save on these charges without giving up what is required: the gross saving of each.
     * What is of low confidence may be required, so it has to be checked; what is accepted or blocked stays.
     */
    ComplianceCosts beyondWhatIsRequired(List<AuditedFinding> findings) {
        Map<String, Key> keys = new TreeMap<>();
        sums.forEach((key, sum) -> sum.of.forEach(resource -> keys.putIfAbsent(resource, key)));
        findings.stream()
                .filter(finding -> finding.rule().equals(OVERHEAD) && finding.standAlone() != null)
                .filter(finding -> finding.status() != Status.ACCEPTED && finding.status() != Status.BLOCKED)
                .filter(finding -> finding.standAlone().likely().signum() > 0 && keys.containsKey(finding.resourceId()))
                .forEach(finding -> {
                    Sum sum = sums.get(keys.get(finding.resourceId()));
                    String name = Objects.requireNonNullElse(finding.resourceName(), finding.resourceId());
                    (finding.confidence() == Confidence.LOW ? sum.toCheck : sum.sure)
                            .add(
                                    finding.resourceId(),
                                    name,
                                    finding.standAlone().likely());
                });
        return this;
    }

    /**
     * Adds what resources in allowed regions cost above the same instance type in the cheapest region of all: what the
     * limit costs. A cheaper region that is allowed as well is the alternative. What is outside of the allowed regions
     * is not there for compliance.
     *
     * @param regionPrices gives the list prices an hour of instance types (lower case), by provider and type, then
     * region
     */
    ComplianceCosts limitedToRegions(
            Map<String, ResourcePolicy> policies,
            Map<String, Spend> spend,
            Function<Set<String>, Map<String, Map<String, BigDecimal>>> regionPrices) {
        List<Spend> limited = spend.values().stream()
                .filter(cost -> !cost.gone() && cost.monthlyCost() != null)
                .filter(cost -> !allowedRegions(policies, cost).isEmpty())
                .filter(cost -> isOfTypeInRegion(resources.get(cost.resourceId())))
                .toList();
        if (limited.isEmpty()) {
            return this;
        }
        Map<String, Map<String, BigDecimal>> prices = regionPrices.apply(limited.stream()
                .map(cost -> typeOf(resources.get(cost.resourceId())))
                .collect(Collectors.toSet()));
        for (Spend cost : limited) {
            Resource resource = resources.get(cost.resourceId());
            premium(
                    resource,
                    allowedRegions(policies, cost),
                    cost.cost(Component.TIME),
                    prices.getOrDefault(resource.provider() + "/" + typeOf(resource), Map.of()));
        }
        return this;
    }

    private static List<String> allowedRegions(Map<String, ResourcePolicy> policies, Spend cost) {
        return policies.getOrDefault(cost.resourceId(), ResourcePolicy.UNSPECIFIED)
                .allowedRegions();
    }

    private static boolean isOfTypeInRegion(Resource resource) {
        return resource != null && resource.region() != null && resource.machineType() != null;
    }

    private static String typeOf(Resource resource) {
        return resource.machineType().toLowerCase(Locale.ROOT);
    }

    private void premium(Resource resource, List<String> allowed, BigDecimal time, Map<String, BigDecimal> byRegion) {
        String region = resource.region().toLowerCase(Locale.ROOT);
        BigDecimal here = byRegion.get(region);
        if (here == null || !isAllowed(allowed, resource, region)) {
            return;
        }
        Key key = new Key(resource.provider(), text(resource.accountId()), Workloads.of(resource), REGION_PREMIUM);
        cheapest(here, byRegion, other -> true).ifPresent(other -> {
            Sum sum = sums.computeIfAbsent(key, each -> new Sum());
            sum.add(above(time, here, other), resource.resourceId());
            cheapest(here, byRegion, each -> isAllowed(allowed, resource, each))
                    .ifPresent(way -> sum.sure.add(way.getKey(), way.getKey(), above(time, here, way)));
        });
    }

    private static Optional<Map.Entry<String, BigDecimal>> cheapest(
            BigDecimal here, Map<String, BigDecimal> byRegion, Predicate<String> allowed) {
        return byRegion.entrySet().stream()
                .filter(other -> other.getValue().compareTo(here) < 0 && allowed.test(other.getKey()))
                .min(Map.Entry.<String, BigDecimal>comparingByValue().thenComparing(Map.Entry.comparingByKey()));
    }

    private static BigDecimal above(BigDecimal time, BigDecimal here, Map.Entry<String, BigDecimal> other) {
        return time.multiply(here.subtract(other.getValue())).divide(here, Money.PRECISION);
    }

    private static boolean isAllowed(List<String> allowed, Resource resource, String region) {
        return allowed.stream().anyMatch(pattern -> matches(pattern, resource.provider(), region));
    }

    private static boolean matches(String pattern, String provider, String region) {
        Glob glob = new Glob(pattern.toLowerCase(Locale.ROOT));
        return glob.matches(region) || glob.matches(provider + "/" + region);
    }

    /**
     * Those of accounts with AI spend first, of these the largest: what an account without any pays for compliance is
     * hardly that of AI.
     *
     * @param aiResources what the bill calls AI
     */
    List<ComplianceCost> all(Set<String> aiResources) {
        Set<String> accounts = aiResources.stream()
                .map(resources::get)
                .filter(Objects::nonNull)
                .map(resource -> account(resource.provider(), resource.accountId()))
                .collect(Collectors.toSet());
        List<ComplianceCost> costs = new ArrayList<>();
        sums.forEach((key, sum) -> costs.add(ComplianceCostBuilder.builder()
                .provider(key.provider())
                .accountId(key.accountId().isEmpty() ? null : key.accountId())
                .workload(key.workload().isEmpty() ? null : key.workload())
                .kind(key.kind())
                .monthlyCost(Money.toCents(sum.cost))
                .resources(sum.of.size())
                .alternative(sum.sure.way(key.kind().equals(REGION_PREMIUM) ? ALLOWED : REQUIRED))
                .alternativeSaving(sum.saving(sum.sure))
                .toCheck(sum.toCheck.way(REQUIRED))
                .toCheckSaving(sum.saving(sum.toCheck))
                .build()));
        return costs.stream()
                .filter(cost -> cost.monthlyCost().signum() > 0)
                .sorted(Comparator.comparing(
                                (ComplianceCost cost) -> !accounts.contains(account(cost.provider(), cost.accountId())))
                        .thenComparing(ComplianceCost::monthlyCost, Comparator.reverseOrder())) // stable: else by name
                .toList();
    }

    private static String account(String provider, String account) {
        return provider + "/" + text(ResourceIds.accountKey(account));
    }

    private String workload(ComplianceCharge charge) {
        Resource resource = resources.get(charge.resourceId());
        if (charge.workload() != null || resource == null || WITHOUT_WORKLOAD.contains(resource.kind())) {
            return charge.workload();
        }
        String own = resource.workload();
        if (own != null && !own.equals(resource.resourceId()) && !own.equals(resource.name())) {
            return own;
        }
        Resource endpoint = served.of(resource);
        return endpoint == null ? null : Workloads.of(endpoint);
    }

    private BigDecimal hours(Window bill) {
        if (bill == null) {
            return BigDecimal.ZERO;
        }
        Instant start = bill.start().isAfter(window.start()) ? bill.start() : window.start();
        Instant end = bill.end().isBefore(window.end()) ? bill.end() : window.end();
        long seconds = Math.max(0, Duration.between(start, end).toSeconds());
        return BigDecimal.valueOf(seconds).divide(SECONDS_PER_HOUR, Money.PRECISION);
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }
}
