package io.aiaudit.store;

import io.aiaudit.model.Component;
import io.aiaudit.model.CostBasis;
import io.aiaudit.model.Course;
import io.aiaudit.model.LeafCost;
import io.aiaudit.model.LeafCostBuilder;
import io.aiaudit.model.Money;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Window;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Sums the charges that touch a window, by leaf and by provider, in one reading of them. */
final class LeafCosts {
    /** What is summed before the share of the period that lies inside the window is taken of it. */
    record Share(String provider, boolean isAi, long insideSeconds, long periodSeconds) {
        BigDecimal of(BigDecimal cost) {
            return cost.multiply(BigDecimal.valueOf(insideSeconds))
                    .divide(BigDecimal.valueOf(periodSeconds), Money.PRECISION);
        }
    }

    private final LockedStore store;
    private final Window window;
    private final Map<String, Window> billed;
    private final Map<String, CutBill> cutBills;
    private final Map<Bill, Map<Share, BigDecimal>> shares = new HashMap<>();
    private final Map<String, BigDecimal> aiByLeaf = new HashMap<>();

    /** What no bill and no kind says the component of, by leaf; it is in the usage. */
    private final Map<String, BigDecimal> undetermined = new HashMap<>();

    /** The provider whose bill has the charges of a leaf. */
    private final Map<String, String> chargedBy = new HashMap<>();

    private final List<LeafCost> leaves;

    /** A bill of a provider; of an account of it whose bill is cut, when that begins or ends. */
    private record Bill(String provider, Instant from, Instant to) {}

    private LeafCosts(LockedStore store, Window window, List<Resource> resources) {
        this.store = store;
        this.window = window;
        this.billed = billed();
        this.cutBills = CutBill.byLeaf(store, window);
        this.leaves = leaves(parts(), resources);
    }

    /** {@code resources}: all of the store. */
    static LeafCosts read(LockedStore store, Window window, List<Resource> resources) {
        return new LeafCosts(store, window, resources);
    }

    Window window() {
        return window;
    }

    List<LeafCost> leaves() {
        return leaves;
    }

    private List<LeafCost> leaves(Map<String, List<LeafCost.Part>> parts, List<Resource> resources) {
        NamedLate named = NamedLate.read(store, window);
        WithoutPrice withoutPrice = WithoutPrice.read(store, window);
        Courses courses = Courses.read(store, window);
        Map<String, LeafCost.BilledParent> parents = billedParents();
        List<LeafCost> read = new ArrayList<>();
        Map<String, LeafRow> rows = leafRows(window);
        for (Resource resource : resources) {
            String id = resource.resourceId();
            String provider = resource.provider();
            LeafRow row = rows.get(id);
            if (row == null) {
                continue;
            }
            Window bill = provider == null ? null : covered(bill(provider, id));
            if (bill == null && chargedBy.containsKey(id)) {
                bill = covered(bill(chargedBy.get(id), id)); // a workload is in the bill of its node
            }
            LeafCost leaf = LeafCostBuilder.builder()
                    .resource(resource)
                    .firstCharge(row.firstCharge)
                    .billed(named.billed(id, bill))
                    .parts(parts.getOrDefault(id, List.of()))
                    .basis(row.basis)
                    .hoursRun(hours(row.hoursRun))
                    .listPricePerHour(row.listPrice)
                    .missingInBill(row.missingInBill)
                    .costsNothing(row.costsNothing)
                    .hoursMeasuredBy(row.hoursMeasuredBy)
                    .counted(row.counted())
                    .parent(parents.get(id))
                    .build();
            withoutPrice.count(leaf);
            LeafCost whole = leaf.withUndetermined(undetermined.getOrDefault(id, BigDecimal.ZERO));
            read.add(named.of(courses.of(whole, row.numberTerm), bill));
        }
        read.replaceAll(withoutPrice::priced);
        CommitmentPayments payments = withoutPrice.payments();
        Map<String, BigDecimal> turned = payments.moveToUsers(aiByLeaf);
        read.replaceAll(leaf -> {
            String id = leaf.resource().resourceId();
            if (turned.containsKey(id)) {
                turnIntoAi(bill(leaf.resource().provider(), id), turned.get(id));
            }
            return leaf.withPaidForUsers(payments.paidForUsers(id));
        });
        return lately(read);
    }

    /** By leaf; the bill that it has the most of, where an endpoint and its workspace are billed. */
    private Map<String, LeafCost.BilledParent> billedParents() {
        Map<String, LeafCost.BilledParent> parents = new HashMap<>();
        store.select(Sql.resource("read/billed-parents.sql")).each(LeafCost.BilledParent.class, parents::put);
        return parents;
    }

    private Map<String, LeafRow> leafRows(Window span) {
        Map<String, LeafRow> rows = new HashMap<>();
        store.select(Sql.inWindow("read/leaves.sql", span)).each(LeafRow.class, rows::put);
        return rows;
    }

    /** The same money of the bill, of another class of spend. */
    private void turnIntoAi(Bill bill, BigDecimal cost) {
        Map<Share, BigDecimal> ofBill = shares.computeIfAbsent(bill, same -> new HashMap<>());
        ofBill.merge(new Share(bill.provider, true, 1, 1), cost, BigDecimal::add);
        ofBill.merge(new Share(bill.provider, false, 1, 1), cost.negate(), BigDecimal::add);
    }

    /** The values beside the resource of a leaf. */
    private record LeafRow(
            Instant firstCharge,
            CostBasis basis,
            BigDecimal hoursRun,
            BigDecimal listPrice,
            boolean missingInBill,
            boolean costsNothing,
            String hoursMeasuredBy,
            BigDecimal countedHours,
            BigDecimal machines,
            Course.Kind numberTerm) {
        LeafCost.Counted counted() {
            return machines == null ? null : new LeafCost.Counted(hours(countedHours), hours(machines));
        }

        /** {@code ranByMetric}: a metric shows its hours in the whole window, so an hour without a point is none. */
        LeafCost.Lately lately(Window span, boolean ranByMetric) {
            boolean shown = !ranByMetric || hoursMeasuredBy != null;
            return new LeafCost.Lately(span, shown ? hours(hoursRun) : BigDecimal.ZERO, listPrice);
        }
    }

    /** Hours run at list price by metrics, of the last seven days too, unless no metric at all goes on so far. */
    private List<LeafCost> lately(List<LeafCost> leaves) {
        Instant sevenDaysBefore = window.end().minus(Duration.ofDays(7));
        if (!sevenDaysBefore.isAfter(window.start()) || leaves.stream().noneMatch(LeafCosts::isListedByMetric)) {
            return leaves;
        }
        Window span = new Window(sevenDaysBefore, window.end());
        if (store.select(Sql.inWindow("read/any-metric.sql", span)).rows().isEmpty()) {
            return leaves;
        }
        Map<String, LeafRow> lately = leafRows(span);
        return leaves.stream()
                .map(leaf -> isListedByMetric(leaf)
                        ? leaf.withLately(
                                lately.get(leaf.resource().resourceId()).lately(span, leaf.hoursMeasuredBy() != null))
                        : leaf)
                .toList();
    }

    private static boolean isListedByMetric(LeafCost leaf) {
        return leaf.listPricePerHour() != null
                && leaf.parts().isEmpty()
                && (leaf.hoursMeasuredBy() != null || leaf.counted() != null);
    }

    private static BigDecimal hours(BigDecimal hours) {
        if (hours == null) {
            return null;
        }
        BigDecimal exact = hours.stripTrailingZeros();
        return exact.scale() < 0 ? exact.setScale(0) : exact;
    }

    /** The part of the window that each provider's bill covers; a bill of taxes and refunds alone has no cost of it. */
    private Map<String, Window> billed() {
        Map<String, Window> periods = new HashMap<>();
        Map<String, Window> closed = Coverage.closedPeriods(store);
        for (List<Object> row : store.select("SELECT provider, " + Coverage.BILL
                        + " FROM charges WHERE ChargePeriodStart IS NOT NULL GROUP BY provider"
                        + " HAVING bool_or(charge_kind = 'cost') ORDER BY provider")
                .rows()) {
            Window period = closed.get((String) row.get(0));
            Instant first = period == null ? (Instant) row.get(1) : period.start();
            Instant last = period == null ? (Instant) row.get(2) : period.end();
            Instant start = latest(window.start(), first);
            Instant end = last == null ? window.end() : earliest(window.end(), last);
            if (row.get(0) != null && start.isBefore(end)) {
                periods.put((String) row.get(0), new Window(start, end));
            }
        }
        return periods;
    }

    private Bill bill(String provider, String leaf) {
        CutBill bill = cutBills.get(leaf);
        return bill == null ? new Bill(provider, null, null) : new Bill(provider, bill.coveredFrom(), bill.coveredTo());
    }

    private Window covered(Bill bill) {
        Window whole = billed.get(bill.provider);
        return whole == null
                ? null
                : new Window(
                        bill.from == null ? whole.start() : latest(whole.start(), bill.from),
                        bill.to == null ? whole.end() : earliest(whole.end(), bill.to));
    }

    /** The bills of accounts that begin after that of their provider or end before it, within the window. */
    List<CutBill> cutBills() {
        return cutBills.values().stream()
                .distinct()
                .sorted(Comparator.comparing(CutBill::provider).thenComparing(CutBill::account))
                .toList();
    }

    private static Instant latest(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    private static Instant earliest(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    private Map<String, List<LeafCost.Part>> parts() {
        Map<String, List<LeafCost.Part>> parts = new HashMap<>();
        for (WindowSum sum :
                store.select(Sql.inWindow("read/window-sums.sql", window)).as(WindowSum.class)) {
            Share share = sum.share();
            LeafCost.Part part = sum.part();
            if (sum.provider != null) {
                chargedBy.putIfAbsent(sum.resourceId, sum.provider);
            }
            shares.computeIfAbsent(bill(sum.provider, sum.resourceId), bill -> new HashMap<>())
                    .merge(share, part.cost(), BigDecimal::add);
            if (share.isAi()) {
                aiByLeaf.merge(sum.resourceId, share.of(part.cost()), BigDecimal::add);
            }
            if (sum.component == null) {
                undetermined.merge(sum.resourceId, share.of(part.cost()), BigDecimal::add);
            }
            add(parts.computeIfAbsent(sum.resourceId, id -> new ArrayList<>()), part);
        }
        return parts;
    }

    /** Charges of a leaf with the same component, class of spend and share of the window. */
    private record WindowSum(
            String resourceId,
            Component component,
            long insideSeconds,
            long periodSeconds,
            boolean oneOff,
            String provider,
            String spendClass,
            BigDecimal cost,
            BigDecimal committed,
            Instant longFrom) {
        Share share() {
            return new Share(provider, spendClass.equals("ai"), insideSeconds, periodSeconds);
        }

        LeafCost.Part part() {
            return new LeafCost.Part(
                    component == null ? Component.USAGE : component,
                    cost,
                    committed,
                    insideSeconds,
                    periodSeconds,
                    oneOff,
                    longFrom);
        }
    }

    /** Parts that differ only in their class of spend, and so stand side by side, are one. */
    private static void add(List<LeafCost.Part> parts, LeafCost.Part part) {
        LeafCost.Part last = parts.isEmpty() ? null : parts.get(parts.size() - 1);
        if (last == null
                || last.component() != part.component()
                || last.insideSeconds() != part.insideSeconds()
                || last.periodSeconds() != part.periodSeconds()
                || last.oneOff() != part.oneOff()
                || !Objects.equals(last.from(), part.from())) {
            parts.add(part);
            return;
        }
        parts.set(
                parts.size() - 1,
                new LeafCost.Part(
                        part.component(),
                        last.cost().add(part.cost()),
                        last.committed().add(part.committed()),
                        part.insideSeconds(),
                        part.periodSeconds(),
                        part.oneOff(),
                        part.from()));
    }

    /** What the bill calls AI inside the window, by leaf; what was paid for a commitment on what used it. */
    Map<String, BigDecimal> aiByLeaf() {
        return aiByLeaf;
    }

    /**
     * Exact but for the share of charges that cross an edge, which has 34 digits. Accounts whose bill is cut stand
     * beside the others of their provider, by the days on which it is.
     */
    List<WindowCost> byProvider() {
        Set<Bill> bills = new HashSet<>(shares.keySet());
        billed.keySet().forEach(provider -> bills.add(new Bill(provider, null, null)));
        return bills.stream()
                .filter(bill -> bill.provider != null && billed.containsKey(bill.provider))
                .sorted(Comparator.comparing(Bill::provider)
                        .thenComparing(Bill::from, Comparator.nullsFirst(Comparator.naturalOrder()))
                        .thenComparing(Bill::to, Comparator.nullsFirst(Comparator.naturalOrder())))
                .map(this::cost)
                .toList();
    }

    private WindowCost cost(Bill bill) {
        BigDecimal all = BigDecimal.ZERO;
        BigDecimal ai = BigDecimal.ZERO;
        for (Map.Entry<Share, BigDecimal> share :
                shares.getOrDefault(bill, Map.of()).entrySet()) {
            BigDecimal inside = share.getKey().of(share.getValue());
            all = all.add(inside);
            ai = share.getKey().isAi() ? ai.add(inside) : ai;
        }
        return new WindowCost(bill.provider, all, ai, covered(bill).exactHours());
    }
}
