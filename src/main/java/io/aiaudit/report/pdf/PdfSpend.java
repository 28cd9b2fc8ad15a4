package io.aiaudit.report.pdf;

import io.aiaudit.model.Audit.DailySpend;
import io.aiaudit.model.Audit.ProviderBill;
import io.aiaudit.model.CloudName;
import io.aiaudit.model.Money;
import io.aiaudit.model.SpendClass;
import io.aiaudit.report.chart.Charts;
import io.aiaudit.report.chart.Ink;
import io.aiaudit.report.paper.Block;
import io.aiaudit.report.paper.Cell;
import io.aiaudit.report.paper.Heading;
import io.aiaudit.report.paper.Paragraph;
import io.aiaudit.report.paper.Table;
import io.aiaudit.report.paper.Table.Column;
import io.aiaudit.report.section.ChartCaptions;
import io.aiaudit.report.section.Conversions;
import io.aiaudit.report.section.Findings;
import io.aiaudit.report.section.SpendView;
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

/** What was paid: by service, by day, and on each bill. */
final class PdfSpend {
    private static final List<Ink> INKS =
            List.of(Ink.SERIES_1, Ink.SERIES_2, Ink.SERIES_3, Ink.SERIES_4, Ink.SERIES_5, Ink.SERIES_6);
    private static final int CHART_HIGH = 210;

    private PdfSpend() {}

    private record Service(String provider, String name) {}

    static List<Block> of(PdfChapter chapter) {
        List<Block> blocks = new ArrayList<>();
        blocks.add(Heading.chapter("Spend"));
        Map<Service, BigDecimal> services = services(chapter);
        if (services.isEmpty() && chapter.audit().bill().providers().isEmpty()) {
            blocks.add(Paragraph.of("No bill was read, so nothing is known of what was paid."));
            return blocks;
        }
        if (!services.isEmpty()) {
            blocks.add(Paragraph.before(
                    "AI spend in the window, by day and service. The table 'Bills' shows other spend."));
            Map<Service, Ink> inks = inks(chapter, services);
            blocks.add(chart(chapter, inks));
            blocks.add(Paragraph.note(ChartCaptions.days(spend(chapter), chapter.amounts())));
            blocks.add(table(chapter, services, inks));
        }
        if (!chapter.audit().bill().providers().isEmpty()) {
            blocks.add(Heading.section("Bills"));
            blocks.add(Paragraph.before(
                    "Totals of the full billing files, which may extend beyond the window. AI, other and "
                            + "unclassified spend add up to the effective cost; tax and credits are in the "
                            + "billed cost only."));
            blocks.add(bills(chapter));
            String unclassified = SpendView.unclassified(chapter.audit(), chapter.amounts()).stream()
                    .map(chapter.text()::of)
                    .collect(Collectors.joining(" "));
            if (!unclassified.isEmpty()) {
                blocks.add(Paragraph.note(unclassified));
            }
        }
        List<String> conversions = Conversions.sentences(chapter.audit());
        conversions.stream()
                .limit(chapter.rows())
                .forEach(sentence -> blocks.add(Paragraph.note(chapter.text().of(sentence))));
        if (conversions.size() > chapter.rows()) {
            blocks.add(Paragraph.note(
                    Amounts.count(conversions.size() - chapter.rows()) + " more conversions are in the JSON report."));
        }
        return blocks;
    }

    /** Of AI, the largest first; of everything where nothing is known to be AI. */
    private static Map<Service, BigDecimal> services(PdfChapter chapter) {
        Map<Service, BigDecimal> sums = new LinkedHashMap<>();
        spend(chapter)
                .forEach(day -> sums.merge(
                        new Service(day.provider(), Findings.orUnknown(day.service())), day.cost(), BigDecimal::add));
        Map<Service, BigDecimal> sorted = new LinkedHashMap<>();
        sums.entrySet().stream()
                .sorted(Map.Entry.<Service, BigDecimal>comparingByValue().reversed())
                .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
        return sorted;
    }

    private static List<DailySpend> spend(PdfChapter chapter) {
        List<DailySpend> all = chapter.audit().spend();
        List<DailySpend> ai =
                all.stream().filter(day -> day.spendClass() == SpendClass.AI).toList();
        return ai.isEmpty() ? all : ai;
    }

    /** Those that the table lists each have their own; the others share that of their row. */
    private static Map<Service, Ink> inks(PdfChapter chapter, Map<Service, BigDecimal> services) {
        int own = Math.min(INKS.size(), listed(chapter, services));
        Map<Service, Ink> inks = new LinkedHashMap<>();
        services.keySet()
                .forEach(service -> inks.put(service, inks.size() < own ? INKS.get(inks.size()) : Ink.SERIES_7));
        return inks;
    }

    private static int listed(PdfChapter chapter, Map<Service, BigDecimal> services) {
        return services.size() > chapter.rows() + 1 ? chapter.rows() : services.size();
    }

    private static Block chart(PdfChapter chapter, Map<Service, Ink> inks) {
        Map<Ink, Map<LocalDate, BigDecimal>> series = new TreeMap<>();
        spend(chapter)
                .forEach(day -> series.computeIfAbsent(
                                inks.get(new Service(day.provider(), Findings.orUnknown(day.service()))),
                                ink -> new TreeMap<>())
                        .merge(day.day(), day.cost(), BigDecimal::add));
        return PrintInk.figure(
                Charts.days(series, chapter.amounts(), PrintInk.WIDE),
                CHART_HIGH,
                "Cost by day, stacked by service. The table below has the sums.");
    }

    private static Table table(PdfChapter chapter, Map<Service, BigDecimal> services, Map<Service, Ink> inks) {
        Table table = new Table(
                Column.text("Service", 0.55f),
                Column.text("Provider", 0.15f),
                Column.number("In the window", 0.17f),
                Column.number("Share", 0.13f));
        BigDecimal all = services.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        int listed = listed(chapter, services);
        BigDecimal rest = BigDecimal.ZERO;
        int number = 0;
        for (Map.Entry<Service, BigDecimal> entry : services.entrySet()) {
            if (number < listed) {
                table.row(
                        Cell.coloured(chapter.text().of(entry.getKey().name()), PrintInk.rgb(inks.get(entry.getKey()))),
                        Cell.of(chapter.text().of(CloudName.of(entry.getKey().provider()))),
                        Cell.of(chapter.amounts().whole(entry.getValue())),
                        Cell.of(Amounts.share(entry.getValue(), all)));
            } else {
                rest = rest.add(entry.getValue());
            }
            number++;
        }
        if (listed < services.size()) {
            table.row(
                    Cell.coloured(
                            Amounts.count(services.size() - listed) + " other services", PrintInk.rgb(Ink.SERIES_7)),
                    Cell.of(""),
                    Cell.of(chapter.amounts().whole(rest)),
                    Cell.of(Amounts.share(rest, all)));
        }
        return table.sum("Total", "", chapter.amounts().whole(all), "100 %");
    }

    private static Table bills(PdfChapter chapter) {
        Table table = new Table(
                Column.text("Bill", 0.14f),
                Column.number("Billed", 0.145f),
                Column.number("Tax", 0.115f),
                Column.number("Credits", 0.115f),
                Column.number("Effective", 0.145f),
                Column.number("AI", 0.125f),
                Column.number("Other", 0.105f),
                Column.number("Unclassified", 0.11f));
        List<ProviderBill> bills = chapter.audit().bill().providers();
        bills.stream()
                .limit(chapter.rows())
                .forEach(bill -> table.row(
                        chapter.text().of(CloudName.of(bill.provider())),
                        chapter.money(bill.billedCost()),
                        chapter.money(bill.tax()),
                        chapter.money(bill.promotionalCredit()),
                        chapter.money(bill.effectiveCost()),
                        chapter.money(bill.aiCost()),
                        chapter.money(bill.otherCost()),
                        chapter.money(bill.untoldCost())));
        if (bills.size() > chapter.rows()) {
            table.row(Amounts.count(bills.size() - chapter.rows()) + " more", "", "", "", "", "", "", "");
        }
        return bills.size() < 2
                ? table
                : table.sum(
                        "Total",
                        total(chapter, bills, ProviderBill::billedCost),
                        total(chapter, bills, ProviderBill::tax),
                        total(chapter, bills, ProviderBill::promotionalCredit),
                        total(chapter, bills, ProviderBill::effectiveCost),
                        total(chapter, bills, ProviderBill::aiCost),
                        total(chapter, bills, ProviderBill::otherCost),
                        total(chapter, bills, ProviderBill::untoldCost));
    }

    /** Unknown where one of the bills does not say it: the sum of the others would look like all. */
    private static String total(PdfChapter chapter, List<ProviderBill> bills, Function<ProviderBill, BigDecimal> cost) {
        List<BigDecimal> costs = bills.stream().map(cost).toList();
        return chapter.money(costs.stream().allMatch(Objects::nonNull) ? Money.sum(costs) : null);
    }
}
