package io.aiaudit.analysis;

import io.aiaudit.model.Component;
import io.aiaudit.model.Money;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Saving;
import io.aiaudit.model.Spend;
import io.aiaudit.model.Status;
import io.aiaudit.store.BilledTime;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Knows the machine hours that no commitment covers yet, after all counted savings: what a freed commitment could be
 * used for instead. As far as the bill shows: of the same service, and for commitments of certain machines of the same
 * family in the same region. The rest of its terms is not in the bill, so it is shown beside the freed amount and never
 * counted.
 */
final class OtherOnDemand {
    /** The service of AWS that plans themselves are billed under: it has no hours of instances. */
    private static final String OF_PLANS = "Savings Plans";

    /** Where a bill names no service (read/billed-time.sql). */
    private static final String NO_SERVICE = "unknown";

    private final Map<String, Resource> resources;
    private final Map<String, Spend> remaining;
    private final Map<String, BilledTime> billed;
    private final Map<String, Instant> coveredUntil;

    /** @param coveredUntil when the commitments over a leaf end, as far as that is known */
    OtherOnDemand(
            Map<String, Resource> resources,
            Map<String, Spend> remaining,
            Map<String, BilledTime> billed,
            Map<String, Instant> coveredUntil) {
        this.coveredUntil = coveredUntil;
        this.resources = resources;
        this.remaining = remaining;
        this.billed = billed;
    }

    /** The reason of the status, and for what frees a commitment how much else it could cover a month. */
    String reason(Saving saving) {
        BigDecimal freed = saving.freedCommitment();
        String leaf = saving.finding().resourceId();
        if (!billed.containsKey(leaf)) {
            return saving.statusReason();
        }
        if (freed == null || freed.signum() == 0) {
            return saving.statusReason() + (saving.status() == Status.NO_SAVING ? ofWhatIsPaidElsewhere(leaf) : "");
        }
        if (resources.get(leaf).attributes().containsKey(UnseenCoverage.TERM_UNKNOWN)) {
            return saving.statusReason();
        }
        Optional<String> hours = hours(leaf);
        if (hours.isEmpty()) {
            return saving.statusReason()
                    + " What else it could cover is unknown: the bill does not show which type and region it is for.";
        }
        BigDecimal coverable = Money.toCents(onDemand(leaf)).min(freed);
        return saving.statusReason()
                + (coveredUntil.containsKey(leaf)
                        ? " The commitment ends on " + LocalDate.ofInstant(coveredUntil.get(leaf), ZoneOffset.UTC) + "."
                        : "")
                + (coverable.signum() == 0
                        ? " The bill has no other " + hours.get() + " that it could cover."
                        : " It could cover up to " + Money.inProse(coverable) + " a month of other " + hours.get()
                                + ", if its terms allow.");
    }

    /** Hours that cost nothing on their own line may be paid for by a commitment, which is freed all the same. */
    private String ofWhatIsPaidElsewhere(String leaf) {
        Spend spend = remaining.get(leaf);
        BigDecimal coverable = Money.toCents(onDemand(leaf));
        return spend.gone() || spend.runRate(Component.TIME).signum() != 0 || coverable.signum() == 0
                ? ""
                : hours(leaf)
                        .map(hours -> " If a commitment pays for it, that could cover up to " + Money.inProse(coverable)
                                + " a month of other " + hours + ", if its terms allow.")
                        .orElse("");
    }

    /** In words; empty where a commitment of certain machines is freed and the machines are unknown. */
    private Optional<String> hours(String leaf) {
        Set<String> services = new TreeSet<>(billed.get(leaf).services());
        services.removeIf(service -> service.startsWith(OF_PLANS) && services.size() > 1);
        services.remove(NO_SERVICE);
        String hours = "on-demand instance hours" + (services.isEmpty() ? "" : " of " + String.join(" and ", services));
        if (billed.get(leaf).flexible()) {
            return Optional.of(hours);
        }
        Set<String> machines = new TreeSet<>();
        for (Resource resource : ofCertainMachines(leaf)) {
            MachineFamily.of(resource.machineType())
                    .filter(family -> resource.region() != null)
                    .ifPresent(family -> machines.add(family + " instances in " + resource.region()));
        }
        return machines.isEmpty() ? Optional.empty() : Optional.of(hours + " with " + String.join(" and ", machines));
    }

    /** The resource itself, and of a commitment what used a part of it: it may not say itself what it is for. */
    private List<Resource> ofCertainMachines(String leaf) {
        return Stream.concat(Stream.of(leaf), billed.get(leaf).usedBy().stream())
                .map(resources::get)
                .filter(Objects::nonNull)
                .toList();
    }

    private BigDecimal onDemand(String leaf) {
        return remaining.values().stream()
                .filter(spend -> !spend.resourceId().equals(leaf) && !spend.gone())
                .filter(spend -> isCoverable(leaf, spend.resourceId()))
                .map(spend -> spend.runRate(Component.TIME).multiply(BigDecimal.ONE.subtract(spend.committedShare())))
                .filter(cost -> cost.signum() > 0)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private boolean isCoverable(String freed, String other) {
        Resource from = resources.get(freed);
        Resource to = resources.get(other);
        if (to == null || !billed.containsKey(other) || "spot".equals(to.purchase())) {
            return false;
        }
        boolean sameService = from.provider().equals(to.provider())
                && !Collections.disjoint(
                        billed.get(freed).services(), billed.get(other).services());
        return sameService
                && (billed.get(freed).flexible()
                        || ofCertainMachines(freed).stream().anyMatch(one -> isOfOneFamily(one, to)));
    }

    private static boolean isOfOneFamily(Resource one, Resource other) {
        return one.region() != null
                && one.region().equals(other.region())
                && MachineFamily.of(one.machineType()).isPresent()
                && MachineFamily.of(one.machineType()).equals(MachineFamily.of(other.machineType()));
    }
}
