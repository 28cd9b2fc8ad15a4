package io.aiaudit.analysis;

import io.aiaudit.model.Ask;
import io.aiaudit.model.Component;
import io.aiaudit.model.CostBasis;
import io.aiaudit.model.GpuMix;
import io.aiaudit.model.LeafCost;
import io.aiaudit.model.Lever;
import io.aiaudit.model.Money;
import io.aiaudit.model.Resource;
import io.aiaudit.model.ResourcePolicy;
import io.aiaudit.model.Saving;
import io.aiaudit.model.Spend;
import io.aiaudit.model.Status;
import io.aiaudit.model.Window;
import io.aiaudit.store.InstanceTime;
import io.aiaudit.store.StoredScan;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * How the accelerators of each family are bought, now and as proposed after all other findings that count
 * (docs/money.md).
 */
final class GpuMixes {
    private static final Set<String> JOBS = Set.of("training_job", "batch_job");
    /** What changes how many hours run; every other lever changes what an hour costs. */
    private static final Set<Lever> OF_HOURS =
            Set.of(Lever.ELIMINATE, Lever.REPLACE, Lever.SCHEDULE, Lever.AUTOSCALE, Lever.BATCH, Lever.CACHE);

    /** The mix itself. */
    private static final Set<Lever> OF_BUYING = Set.of(Lever.RATE, Lever.COMMIT);

    /** In the evidence of rules that move work to spot. */
    private static final String SPOT_RATIO = "spot_ratio";

    private final StoredScan scan;
    private final Window window;
    private final Map<String, Spend> spend;
    private final Map<String, ResourcePolicy> policies;
    private final int hours;

    GpuMixes(StoredScan scan, Window window, Map<String, Spend> spend, Map<String, ResourcePolicy> policies) {
        this.scan = scan;
        this.window = window;
        this.spend = spend;
        this.policies = policies;
        this.hours = (int) Duration.between(window.start(), window.end()).toHours();
    }

    /** All of them first, then each family, the one with most hours first; none where no accelerator has a price. */
    List<GpuMix> of(List<LeafCost> leaves, List<Saving> savings) {
        List<LeafCost> priced = leaves.stream().filter(this::isPriced).toList();
        List<String> ids =
                priced.stream().map(leaf -> leaf.resource().resourceId()).toList();
        Map<String, List<InstanceTime>> billed = scan.instanceTime(ids, window);
        Map<String, Map<Instant, Double>> counts = scan.instances(ids, window);
        Map<String, Double> ratios = spotRatios(savings);
        Map<String, ProposedCommitment> commitments = commitments(savings);
        Map<String, List<Saving>> counted = new HashMap<>();
        savings.stream()
                .filter(saving -> saving.status() == Status.COUNTED
                        && !OF_BUYING.contains(saving.finding().lever())
                        && saving.finding().saves().contains(Component.TIME))
                .forEach(saving -> counted.computeIfAbsent(saving.finding().resourceId(), leaf -> new ArrayList<>())
                        .add(saving));
        Map<String, List<GpuUse>> families = new TreeMap<>();
        for (LeafCost leaf : priced) {
            String id = leaf.resource().resourceId();
            GpuUse use = use(
                    leaf,
                    GpuHours.of(
                            leaf,
                            spend.get(id),
                            window,
                            billed.getOrDefault(id, List.of()),
                            counts.getOrDefault(id, Map.of())),
                    ratios.get(id),
                    commitments.get(id),
                    counted.getOrDefault(id, List.of()));
            if (use != null) {
                families.computeIfAbsent(leaf.resource().accelerator(), family -> new ArrayList<>())
                        .add(use);
            }
        }
        int firstHour = window.start().atZone(ZoneOffset.UTC).getHour();
        Map<String, BigDecimal> unused = unusedCommitments(leaves);
        unused.keySet().forEach(family -> families.computeIfAbsent(family, none -> List.of()));
        List<FamilyMix> mixes = families.entrySet().stream()
                .map(family -> FamilyMix.of(
                        family.getKey(),
                        family.getValue(),
                        unused.getOrDefault(family.getKey(), BigDecimal.ZERO),
                        hours,
                        firstHour))
                .sorted(Comparator.comparingDouble(FamilyMix::gpuHours).reversed())
                .toList();
        if (mixes.isEmpty()) {
            return List.of();
        }
        List<GpuMix> all = new ArrayList<>();
        all.add(FamilyMix.sum(mixes, hours, firstHour).mix());
        mixes.forEach(mix -> all.add(mix.mix()));
        return all;
    }

    /** By leaf. Where a finding that counts moves it to spot, its price is what the finding leaves of it. */
    private Map<String, Double> spotRatios(List<Saving> savings) {
        Map<String, Double> ratios = new HashMap<>(scan.spotRatios());
        savings.stream()
                .filter(saving -> saving.status() == Status.COUNTED)
                .map(Saving::finding)
                .filter(finding ->
                        finding.lever() == Lever.RATE && finding.evidence().containsKey(SPOT_RATIO))
                .forEach(finding ->
                        ratios.put(finding.resourceId(), finding.remaining().doubleValue()));
        return ratios;
    }

    /** By leaf. */
    private Map<String, ProposedCommitment> commitments(List<Saving> savings) {
        Map<String, ProposedCommitment> proposed = new HashMap<>();
        savings.forEach(saving -> ProposedCommitment.of(
                        saving, policy(saving.finding().resourceId()).answer(Ask.COMMITMENT))
                .ifPresent(commitment -> proposed.put(saving.finding().resourceId(), commitment)));
        return proposed;
    }

    private ResourcePolicy policy(String resourceId) {
        return policies.getOrDefault(resourceId, ResourcePolicy.UNSPECIFIED);
    }

    /** By accelerator, what commitments for machines that have it cost over the window without a use. */
    private Map<String, BigDecimal> unusedCommitments(List<LeafCost> leaves) {
        Map<String, BigDecimal> byAccelerator = new TreeMap<>();
        Map<String, BigDecimal> unusedShares = scan.unusedShares(window);
        for (LeafCost leaf : leaves) {
            Resource resource = leaf.resource();
            Spend cost = spend.get(resource.resourceId());
            BigDecimal unused = unusedShares.get(resource.resourceId());
            if (resource.accelerator() != null
                    && unused != null
                    && resource.kind().equals("commitment")
                    && cost != null
                    && cost.basis() != CostBasis.UNPRICED
                    && !cost.gone()) {
                byAccelerator.merge(
                        resource.accelerator(),
                        cost.byComponent()
                                .getOrDefault(Component.COMMITMENT, BigDecimal.ZERO)
                                .multiply(unused)
                                .multiply(BigDecimal.valueOf(hours))
                                .divide(Money.HOURS_PER_MONTH, Money.PRECISION),
                        BigDecimal::add);
            }
        }
        return byAccelerator;
    }

    private boolean isPriced(LeafCost leaf) {
        Resource resource = leaf.resource();
        Spend cost = spend.get(resource.resourceId());
        return resource.accelerator() != null
                && resource.acceleratorCount() != null
                && resource.acceleratorCount().signum() > 0
                && cost != null
                && cost.basis() != CostBasis.UNPRICED
                && (!cost.gone() || JOBS.contains(resource.kind()))
                && cost.byComponent()
                                .getOrDefault(Component.TIME, BigDecimal.ZERO)
                                .signum()
                        > 0;
    }

    /** Null where nothing says for how long it ran. */
    private GpuUse use(
            LeafCost leaf, GpuHours hours, Double spotRatio, ProposedCommitment commitment, List<Saving> counted) {
        if (hours.isEmpty()) {
            return null;
        }
        Resource resource = leaf.resource();
        double hoursLeft = 1;
        double priceLeft = 1;
        for (Saving saving : counted) {
            double remaining = saving.finding().remaining().doubleValue();
            boolean ofHours = OF_HOURS.contains(saving.finding().lever());
            hoursLeft *= ofHours ? remaining : 1;
            priceLeft *= ofHours ? 1 : remaining;
        }
        return GpuUseBuilder.builder()
                .gpus(hours.all())
                .covered(hours.covered())
                .openPrice(hours.openPrice())
                .coveredPrice(hours.coveredPrice())
                .onSpot("spot".equals(resource.purchase()))
                .interruption(policy(resource.resourceId()).answer(Ask.INTERRUPTION))
                .spotRatio(spotRatio)
                .hoursLeft(hoursLeft)
                .priceLeft(priceLeft)
                .commitment(commitment)
                .build();
    }
}
