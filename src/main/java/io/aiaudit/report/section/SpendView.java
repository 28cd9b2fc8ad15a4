package io.aiaudit.report.section;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Audit.DailySpend;
import io.aiaudit.model.Audit.ProviderBill;
import io.aiaudit.model.CloudName;
import io.aiaudit.model.Money;
import io.aiaudit.model.SpendClass;
import io.aiaudit.report.chart.Charts;
import io.aiaudit.report.chart.Ink;
import io.aiaudit.report.text.Amounts;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What was paid: the bills, and the cost by day and service. */
public final class SpendView {
    private static final List<Ink> SERIES =
            List.of(Ink.SERIES_1, Ink.SERIES_2, Ink.SERIES_3, Ink.SERIES_4, Ink.SERIES_5, Ink.SERIES_6);

    private static final int TABLE_ROWS = 40;

    private static final int LARGEST_UNCLASSIFIED = 3;

    /** Below this share of the cost, AI would be a thin line under everything else. */
    private static final BigDecimal VISIBLE_SHARE = new BigDecimal("0.2");

    private SpendView() {}

    private record Service(String provider, String name, SpendClass spendClass) {
        static Service of(DailySpend spend) {
            return new Service(spend.provider(), Findings.orUnknown(spend.service()), spend.spendClass());
        }
    }

    static Map<String, Object> of(Audit audit, Amounts amounts) {
        Map<Service, BigDecimal> totals = totals(audit.spend());
        BigDecimal all = sum(totals, null);
        List<Map.Entry<Service, BigDecimal>> sorted = totals.entrySet().stream()
                .sorted(Map.Entry.<Service, BigDecimal>comparingByValue().reversed())
                .toList();
        Map<Service, Ink> inks = inks(sorted);
        boolean rest = showRest(totals, all);
        return View.of(
                "bills",
                        audit.bill().providers().stream()
                                .map(bill -> bill(bill, amounts))
                                .toList(),
                "bill_total", billTotal(audit.bill().providers(), amounts),
                "unclassified", unclassified(audit, amounts),
                "conversions", Conversions.sentences(audit),
                "any", !totals.isEmpty(),
                "charts", totals.isEmpty() ? List.of() : charts(audit.spend(), inks, rest, amounts),
                "legend", legend(inks, totals, rest, amounts),
                "shows", ChartCaptions.days(drawn(audit.spend(), rest), amounts),
                "ai_only", !rest,
                "ai", amounts.money(sum(totals, SpendClass.AI)),
                "other", amounts.money(all.subtract(sum(totals, SpendClass.AI))),
                "services",
                        sorted.stream()
                                .limit(TABLE_ROWS)
                                .map(entry -> service(entry, all, amounts))
                                .toList(),
                "more_services", Math.max(0, sorted.size() - TABLE_ROWS),
                "total", amounts.plain(all),
                "commitments", CommitmentView.of(audit.commitments(), amounts),
                "coverage", CommitmentView.coverage(audit.commitmentCoverage(), amounts),
                "mix", GpuMixView.of(audit, amounts));
    }

    /** How much nothing shows to be AI or not, mostly for which services, and what would help; empty for none. */
    public static List<String> unclassified(Audit audit, Amounts amounts) {
        BigDecimal cost = known(audit, ProviderBill::untoldCost);
        if (cost.signum() <= 0) {
            return List.of();
        }
        String services = totals(audit.spend()).entrySet().stream()
                .filter(entry -> entry.getKey().spendClass() == SpendClass.UNTOLD)
                .sorted(Map.Entry.<Service, BigDecimal>comparingByValue().reversed())
                .limit(LARGEST_UNCLASSIFIED)
                .map(entry -> entry.getKey().name())
                .collect(Collectors.joining(", "));
        return List.of(
                "Unclassified spend is " + amounts.whole(cost) + ", "
                        + Amounts.share(cost, known(audit, ProviderBill::effectiveCost)) + " of the effective cost"
                        + (services.isEmpty() ? "." : ", mostly " + services + "."),
                "Nothing in its service, tags, account or the inventory shows whether it is for AI, so the AI spend "
                        + "leaves it out. Savings may include it.",
                "To classify it, name tags or accounts under 'ai' in aiaudit.yaml.");
    }

    private static BigDecimal known(Audit audit, Function<ProviderBill, BigDecimal> cost) {
        return Money.sum(audit.bill().providers().stream()
                .map(cost)
                .filter(Objects::nonNull)
                .toList());
    }

    private static Map<Service, BigDecimal> totals(List<DailySpend> spend) {
        Map<Service, BigDecimal> totals = new LinkedHashMap<>();
        spend.forEach(day -> totals.merge(Service.of(day), day.cost(), BigDecimal::add));
        return totals;
    }

    private static BigDecimal sum(Map<Service, BigDecimal> totals, SpendClass only) {
        return totals.entrySet().stream()
                .filter(entry -> only == null || entry.getKey().spendClass() == only)
                .map(Map.Entry::getValue)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static boolean showRest(Map<Service, BigDecimal> totals, BigDecimal all) {
        BigDecimal ai = sum(totals, SpendClass.AI);
        return ai.signum() <= 0 || ai.compareTo(all.multiply(VISIBLE_SHARE)) >= 0;
    }

    /** The largest AI services have an ink each; without any, the largest services. */
    private static Map<Service, Ink> inks(List<Map.Entry<Service, BigDecimal>> sorted) {
        boolean anyAi = sorted.stream().anyMatch(entry -> entry.getKey().spendClass() == SpendClass.AI);
        Map<Service, Ink> inks = new LinkedHashMap<>();
        for (Map.Entry<Service, BigDecimal> entry : sorted) {
            boolean own = !anyAi || entry.getKey().spendClass() == SpendClass.AI;
            Ink shared = own ? Ink.SERIES_7 : entry.getKey().spendClass() == SpendClass.OTHER ? Ink.OTHER : Ink.UNTOLD;
            boolean free =
                    own && inks.values().stream().filter(SERIES::contains).count() < SERIES.size();
            inks.put(
                    entry.getKey(),
                    free
                            ? SERIES.get((int) inks.values().stream()
                                    .filter(SERIES::contains)
                                    .count())
                            : shared);
        }
        return inks;
    }

    private static List<DailySpend> drawn(List<DailySpend> spend, boolean rest) {
        return spend.stream()
                .filter(day -> rest || day.spendClass() == SpendClass.AI)
                .toList();
    }

    private static List<Object> charts(List<DailySpend> spend, Map<Service, Ink> inks, boolean rest, Amounts amounts) {
        Map<Ink, Map<LocalDate, BigDecimal>> series = new TreeMap<>();
        for (DailySpend day : spend) {
            Ink ink = inks.get(Service.of(day));
            if (rest || (ink != Ink.OTHER && ink != Ink.UNTOLD)) {
                series.computeIfAbsent(ink, key -> new TreeMap<>()).merge(day.day(), day.cost(), BigDecimal::add);
            }
        }
        return Charts.days(series, amounts, "Cost by day, stacked by service. The table below has the sums by service.")
                .stream()
                .<Object>map(View::markup)
                .toList();
    }

    private static List<Object> legend(
            Map<Service, Ink> inks, Map<Service, BigDecimal> totals, boolean rest, Amounts amounts) {
        Map<Ink, BigDecimal> sums = new TreeMap<>();
        Map<Ink, String> names = new TreeMap<>();
        inks.forEach((service, ink) -> {
            sums.merge(ink, totals.get(service), BigDecimal::add);
            names.put(ink, name(ink, service));
        });
        List<Object> legend = new ArrayList<>();
        sums.forEach((ink, amount) -> {
            if (rest || (ink != Ink.OTHER && ink != Ink.UNTOLD)) {
                legend.add(View.of("ink", ink.css(), "name", names.get(ink), "amount", amounts.whole(amount)));
            }
        });
        return legend;
    }

    private static String name(Ink ink, Service service) {
        return switch (ink) {
            case OTHER -> "Not AI";
            case UNTOLD -> "Unclassified";
            case SERIES_7 -> service.spendClass() == SpendClass.AI ? "Other AI services" : "Other services";
            default -> service.name();
        };
    }

    private static Map<String, Object> service(Map.Entry<Service, BigDecimal> entry, BigDecimal all, Amounts amounts) {
        return View.of(
                "provider", CloudName.of(entry.getKey().provider()),
                "name", entry.getKey().name(),
                "class", word(entry.getKey().spendClass()),
                "cost", amounts.plain(entry.getValue()),
                "share", Amounts.share(entry.getValue(), all));
    }

    /** The word for a class where people read it. */
    public static String word(SpendClass spendClass) {
        return switch (spendClass) {
            case AI -> "AI";
            case OTHER -> "not AI";
            case UNTOLD -> "unclassified";
        };
    }

    /** Below several bills; what one of them does not say is unknown for all. */
    private static Map<String, Object> billTotal(List<ProviderBill> bills, Amounts amounts) {
        return bills.size() < 2
                ? View.of("any", false)
                : View.of(
                        "any", true,
                        "billed", total(bills, ProviderBill::billedCost, amounts),
                        "effective", total(bills, ProviderBill::effectiveCost, amounts),
                        "ai", total(bills, ProviderBill::aiCost, amounts),
                        "other", total(bills, ProviderBill::otherCost, amounts),
                        "untold", total(bills, ProviderBill::untoldCost, amounts),
                        "tax", total(bills, ProviderBill::tax, amounts),
                        "credit", total(bills, ProviderBill::promotionalCredit, amounts),
                        "rows",
                                Amounts.count(bills.stream()
                                        .mapToLong(ProviderBill::rows)
                                        .sum()),
                        "rejected",
                                Amounts.count(bills.stream()
                                        .mapToLong(ProviderBill::rejectedRows)
                                        .sum()));
    }

    private static String total(List<ProviderBill> bills, Function<ProviderBill, BigDecimal> cost, Amounts amounts) {
        List<BigDecimal> costs = bills.stream().map(cost).toList();
        return amounts.plain(costs.stream().allMatch(Objects::nonNull) ? Money.sum(costs) : null);
    }

    private static Map<String, Object> bill(ProviderBill bill, Amounts amounts) {
        return View.of(
                "provider", CloudName.of(bill.provider()),
                "billed", amounts.plain(bill.billedCost()),
                "effective", amounts.plain(bill.effectiveCost()),
                "ai", amounts.plain(bill.aiCost()),
                "other", amounts.plain(bill.otherCost()),
                "untold", amounts.plain(bill.untoldCost()),
                "tax", amounts.plain(bill.tax()),
                "credit", amounts.plain(bill.promotionalCredit()),
                "rows", Amounts.count(bill.rows()),
                "rejected", Amounts.count(bill.rejectedRows()),
                "any_rejected", bill.rejectedRows() > 0);
    }
}
