package io.aiaudit.backtest;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.AuditedFinding;
import io.aiaudit.model.Confidence;
import io.aiaudit.testing.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Does a step of daily cost that spend-anomaly finds last, and does it find one that was put there? The daily cost of
 * the resources of a real organisation (data/optscale_demo), judged over four weeks; the week after them says whether
 * it lasted.
 */
final class SpendSteps {
    private static final int DAYS = 60;
    private static final int SEEN_BEFORE = 45;
    private static final int WINDOW = 28;
    private static final int WEEK = 7;

    /** Days from one window to the next. */
    private static final int STRIDE = 3;

    /** Of a step that was put there, and of a rise that is none. */
    private static final double DOUBLED = 2;

    private static final double SOME = 1.4;

    /** Id to the cost of each day, the oldest first. */
    private final Map<String, double[]> costs = new HashMap<>();

    /**
     * What came out.
     *
     * @param windows resources x windows that were examined
     * @param lasted share of the steps whose next week costs at least a quarter more than the more expensive week
     * before
     * @param found share of doublings of the last week that were found, where nothing was without
     * @param reported share of rises by 40 % that were
     */
    record Result(
            int resources,
            int windows,
            int steps,
            int stepResources,
            double lasted,
            int trends,
            double found,
            double reported) {}

    private SpendSteps() {
        Map<String, Integer> oldest = new HashMap<>();
        Table.read(Needs.data("optscale_demo/clean_expenses.csv.gz"), row -> {
            String id = row.get("cloud") + "/" + row.get("resource_id");
            int ago = (int) Double.parseDouble(row.get("days_ago"));
            oldest.merge(id, ago, Math::max);
            costs.computeIfAbsent(id, key -> new double[DAYS])[DAYS - ago] += Double.parseDouble(row.get("cost"));
        });
        costs.keySet().removeIf(id -> oldest.get(id) < SEEN_BEFORE);
    }

    static Result result() throws IOException {
        return new SpendSteps().measure();
    }

    private Result measure() throws IOException {
        List<String> steps = new ArrayList<>();
        int lasted = 0;
        int windows = 0;
        int trends = 0;
        Set<String> last = Set.of();
        int window = 0;
        for (int start = 0; start + WINDOW + WEEK <= DAYS; start += STRIDE) {
            window = start;
            Audit audit = scan(start, 1);
            windows +=
                    audit.rules().stream().mapToInt(Audit.RuleReport::examined).sum();
            last = ids(audit, Confidence.MEDIUM);
            steps.addAll(last);
            trends += ids(audit, Confidence.LOW).size();
            for (String id : last) {
                lasted += lasts(costs.get(id), start) ? 1 : 0;
            }
        }
        Set<String> quiet = new HashSet<>(costs.keySet());
        quiet.removeAll(last);
        for (Map.Entry<String, double[]> cost : costs.entrySet()) {
            if (!everyWeekCosts(cost.getValue(), window)) {
                quiet.remove(cost.getKey());
            }
        }
        return new Result(
                costs.size(),
                windows,
                steps.size(),
                Set.copyOf(steps).size(),
                (double) lasted / steps.size(),
                trends,
                share(quiet, scan(window, DOUBLED)),
                share(quiet, scan(window, SOME)));
    }

    private static Set<String> ids(Audit audit, Confidence confidence) {
        return audit.findings().stream()
                .filter(finding -> finding.confidence() == confidence)
                .map(AuditedFinding::resourceName)
                .collect(Collectors.toSet());
    }

    private static double share(Set<String> quiet, Audit audit) {
        Set<String> found = ids(audit, Confidence.MEDIUM);
        return (double) quiet.stream().filter(found::contains).count() / quiet.size();
    }

    private static double week(double[] cost, int from) {
        double sum = 0;
        for (int day = from; day < from + WEEK; day++) {
            sum += cost[day];
        }
        return sum;
    }

    private static boolean lasts(double[] cost, int start) {
        return week(cost, start + WINDOW) >= 1.25 * Math.max(week(cost, start), week(cost, start + WEEK));
    }

    private static boolean everyWeekCosts(double[] cost, int start) {
        for (int from = start; from < start + WINDOW; from += WEEK) {
            if (week(cost, from) <= 0) {
                return false;
            }
        }
        return true;
    }

    /** Four weeks from a day on; the last of them costs {@code factor} times as much. */
    private Audit scan(int start, double factor) throws IOException {
        Path folder = Files.createTempDirectory("aiaudit-steps-");
        try {
            List<String> bill = new ArrayList<>(
                    List.of("BilledCost,EffectiveCost,BillingCurrency,ChargePeriodStart,ChargePeriodEnd,"
                            + "ChargeCategory,ServiceName,ProviderName,ResourceId,SubAccountId"));
            List<String> inventory = new ArrayList<>(List.of("resource_id,kind,provider,account_id,name,created_at"));
            costs.forEach((id, cost) -> {
                inventory.add("\"" + id + "\",instance,aws,1,\"" + id + "\",2020-01-01");
                for (int day = start; day < start + WINDOW; day++) {
                    String amount = String.format(
                            Locale.ROOT, "%.10f", cost[day] * (day >= start + WINDOW - WEEK ? factor : 1));
                    bill.add(amount + "," + amount + ",USD," + Company.day(day) + "," + Company.day(day + 1)
                            + ",Usage,Machines,AWS,\"" + id + "\",1");
                }
            });
            Files.write(folder.resolve("bill.csv"), bill);
            Files.write(folder.resolve("inventory.csv"), inventory);
            return Company.scan(
                    "billing: [" + folder.resolve("bill.csv") + "]",
                    "inventory: [" + folder.resolve("inventory.csv") + "]",
                    "window: " + Company.day(start) + "/" + Company.day(start + WINDOW),
                    "rule: [spend-anomaly]",
                    "rules: {spend-anomaly: {min_daily: 0}}");
        } finally {
            Folders.delete(folder);
        }
    }
}
