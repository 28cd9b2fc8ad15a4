package io.aiaudit.collect.demo;

import io.aiaudit.model.Money;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.commons.csv.CSVRecord;

/**
 * What a bill holds beside the AI resources: other services, the savings plans themselves, a credit, a correction, tax.
 */
final class SundryCharges {
    private static final BigDecimal TAX_RATE = new BigDecimal("0.19");
    private static final Set<DayOfWeek> WEEKEND = Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY);

    private final BlankRows blank;
    private final Consumer<FocusRow> rows;

    SundryCharges(BlankRows blank, Consumer<FocusRow> rows) {
        this.blank = blank;
        this.rows = rows;
    }

    void write() {
        Table.read("other-charges.csv").stream()
                .filter(row -> row.get("provider").equals(blank.provider()))
                .forEach(this::otherService);
        if (blank.provider().equals("aws")) {
            Arrays.stream(SavingsPlan.values()).forEach(this::savingsPlan);
            rows.accept(once("111122223333", "us-east-1", "Amazon Web Services", "Credit", "2026-06-15", "-5000.00")
                    .set("ChargeDescription", "Promotional credit for new AI workloads"));
        }
        if (blank.provider().equals("gcp")) {
            rows.accept(once("catalog-ml-prod", "europe-west4", "Vertex AI", "Usage", "2026-06-12", "-138.42")
                    .set("ChargeClass", "Correction")
                    .set("ChargeDescription", "Correction of online prediction hours of 2026-06-11")
                    .set(
                            "ResourceId",
                            "//aiplatform.googleapis.com/projects/catalog-ml-prod/locations/europe-west4/endpoints/"
                                    + "visual-search")
                    .set("ResourceName", "visual-search")
                    .set("ServiceCategory", "AI and Machine Learning")
                    .set("SkuMeter", "Online prediction g2-standard-24 per hour")
                    .set("ConsumedUnit", "Hours"));
        }
    }

    private void otherService(CSVRecord service) {
        String name = service.get("service") + service.get("meter");
        for (Instant day : blank.days()) {
            boolean weekend = WEEKEND.contains(day.atZone(ZoneOffset.UTC).getDayOfWeek());
            BigDecimal share = weekend ? new BigDecimal(service.get("weekend")) : BigDecimal.ONE;
            BigDecimal swing = BigDecimal.valueOf(Math.round(1000 * Noise.around(name, day.getEpochSecond(), 0.02)), 3);
            BigDecimal cost =
                    new BigDecimal(service.get("daily")).multiply(share).multiply(swing);
            rows.accept(blank.row(service.get("account"), service.get("region"), day, BlankRows.DAY)
                    .costs(cost, cost, cost)
                    .set("ChargeDescription", service.get("meter"))
                    .set("ResourceId", service.get("resource"))
                    .set("ResourceName", lastPart(service.get("resource")))
                    .set("ServiceCategory", service.get("category"))
                    .set("ServiceName", service.get("service"))
                    .set("SkuMeter", service.get("meter"))
                    .set("ConsumedUnit", service.get("unit"))
                    .set("PricingUnit", service.get("unit"))
                    .set("Tags", BlankRows.json(Table.pairs(service.get("tags")))));
        }
    }

    private static String lastPart(String id) {
        return id == null ? null : id.substring(Math.max(id.lastIndexOf('/'), id.lastIndexOf(':')) + 1);
    }

    /** The plan is invoiced day by day; what it covers is on the machines as used, the rest here as unused. */
    private void savingsPlan(SavingsPlan plan) {
        BigDecimal hours = BigDecimal.valueOf(24);
        BigDecimal used = plan.usedPerHour(blank.company());
        BigDecimal unused = plan.hourly.subtract(used).multiply(hours);
        for (Instant day : blank.days()) {
            rows.accept(row(plan, day)
                    .costs(plan.hourly.multiply(hours), BigDecimal.ZERO, BigDecimal.ZERO)
                    .set("ChargeCategory", "Purchase")
                    .set("ChargeFrequency", "Recurring")
                    .set("ChargeDescription", plan.type + ", one year, no upfront")
                    .set("CommitmentDiscountStatus", (String) null));
            if (unused.signum() > 0) {
                rows.accept(row(plan, day)
                        .costs(BigDecimal.ZERO, unused, BigDecimal.ZERO)
                        .set("ChargeDescription", "Unused part of the " + plan.type));
            }
        }
    }

    private FocusRow row(SavingsPlan plan, Instant day) {
        return blank.row(plan.account, plan.region, day, BlankRows.DAY)
                .commitment(plan, "Unused")
                .set("ResourceId", plan.id)
                .set("ResourceName", plan.label)
                .set("ResourceType", "Savings Plan")
                .set("ServiceCategory", plan.category)
                .set("ServiceName", plan.service);
    }

    private FocusRow once(String account, String region, String service, String category, String day, String cost) {
        BigDecimal amount = new BigDecimal(cost);
        return blank.row(account, region, Instant.parse(day + "T00:00:00Z"), BlankRows.DAY)
                .costs(amount, amount, amount)
                .set("ChargeCategory", category)
                .set("ChargeFrequency", "One-Time")
                .set("PricingCategory", (String) null)
                .set("ServiceCategory", "Other")
                .set("ServiceName", service);
    }

    /** Tax on everything before it, for the first account of the cloud. */
    void tax(String account, BigDecimal billed) {
        BigDecimal tax = Money.toCents(billed.multiply(TAX_RATE));
        rows.accept(blank.row(
                        account,
                        null,
                        blank.month().start(),
                        Duration.between(blank.month().start(), blank.month().end()))
                .costs(tax, tax, tax)
                .set("ChargeCategory", "Tax")
                .set("ChargeFrequency", "Recurring")
                .set("PricingCategory", (String) null)
                .set("ChargeDescription", "VAT 19 %")
                .set("ServiceCategory", "Other")
                .set("ServiceName", "Tax"));
    }
}
