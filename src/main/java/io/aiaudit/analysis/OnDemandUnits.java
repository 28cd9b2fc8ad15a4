package io.aiaudit.analysis;

import io.aiaudit.model.Finding;
import io.aiaudit.model.Lever;
import io.aiaudit.model.Money;
import io.aiaudit.model.OnDemandPart;
import io.aiaudit.model.Spend;
import io.aiaudit.model.Window;
import io.aiaudit.store.HourCost;
import io.aiaudit.store.StoredScan;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Of resources that are partly under a commitment, and of which a fix gives units back, what was on demand beside it,
 * period by period: that is given back first, and the commitment is used as before.
 */
public final class OnDemandUnits {
    private static final Set<Lever> OF_UNITS = Set.of(Lever.RESIZE, Lever.AUTOSCALE);
    private static final int DECIMALS = 12;

    private final StoredScan scan;
    private final Window window;

    public OnDemandUnits(StoredScan scan, Window window) {
        this.scan = scan;
        this.window = window;
    }

    /** Puts it into the spend of the leaves that these findings are about. */
    public void addTo(Map<String, Spend> spend, List<Finding> findings) {
        Set<String> leaves = findings.stream()
                .filter(finding -> OF_UNITS.contains(finding.lever()))
                .map(Finding::resourceId)
                .filter(leaf -> HoursOff.isPartlyCommitted(spend.get(leaf)))
                .collect(Collectors.toSet());
        if (!leaves.isEmpty()) {
            scan.timeOfUnits(leaves, window)
                    .forEach((leaf, periods) ->
                            spend.computeIfPresent(leaf, (id, cost) -> cost.withOnDemandParts(parts(periods, cost))));
        }
    }

    /** Those of the days that the run rate is from. */
    private static List<OnDemandPart> parts(List<HourCost> periods, Spend spend) {
        Map<BigDecimal, BigDecimal> costs = new TreeMap<>();
        for (HourCost period : periods) {
            boolean isRecent = spend.runRateFrom() == null || !period.hour().isBefore(spend.runRateFrom());
            if (isRecent && period.cost().signum() > 0) {
                BigDecimal share = BigDecimal.ONE
                        .subtract(period.committed().divide(period.cost(), Money.PRECISION))
                        .max(BigDecimal.ZERO)
                        .min(BigDecimal.ONE)
                        .setScale(DECIMALS, RoundingMode.HALF_EVEN);
                costs.merge(share, period.cost(), BigDecimal::add);
            }
        }
        List<OnDemandPart> parts = new ArrayList<>();
        costs.forEach((share, cost) -> parts.add(new OnDemandPart(cost, share)));
        return parts;
    }
}
