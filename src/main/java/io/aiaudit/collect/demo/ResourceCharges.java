package io.aiaudit.collect.demo;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.apache.commons.csv.CSVRecord;

/**
 * The charges of the AI resources of one cloud: by the hour for machines and units, by the day for storage and tokens.
 */
final class ResourceCharges {
    private static final BigDecimal MILLION = new BigDecimal("1000000");
    private static final int SCALE = 8;

    /** A kind of tokens: the metric that counts them, and what the bill calls them; in the order of the prices. */
    private record Tokens(String metric, String label) {}

    private static final List<Tokens> TOKENS = List.of(
            new Tokens("tokens_input", "Input"),
            new Tokens("tokens_output", "Output"),
            new Tokens("tokens_cache_read", "Cached input"),
            new Tokens("tokens_cache_write", "Cache write"));

    private final BlankRows blank;
    private final Consumer<FocusRow> rows;

    ResourceCharges(BlankRows blank, Consumer<FocusRow> rows) {
        this.blank = blank;
        this.rows = rows;
    }

    void write(DemoResource resource) {
        switch (resource.price().meter()) {
            case HOURLY -> machines(resource);
            case UNIT -> units(resource);
            case STORAGE -> storage(resource);
            case TOKENS -> tokens(resource);
            case NONE -> {
                // Paid for elsewhere, or not in this bill.
            }
        }
    }

    private void machines(DemoResource resource) {
        resource.hours(blank.month()).forEach(hour -> {
            if (resource.replicas() > resource.covered()) {
                rows.accept(onDemand(resource, hour));
            }
            if (resource.covered() > 0) {
                rows.accept(underPlan(resource, hour));
            }
        });
    }

    private FocusRow onDemand(DemoResource resource, Instant hour) {
        BigDecimal list = resource.offer().onDemand();
        BigDecimal machines = BigDecimal.valueOf(resource.replicas() - resource.covered());
        BigDecimal cost = list.multiply(resource.price().amount(0)).multiply(machines);
        return charge(resource, hour, BlankRows.HOUR)
                .costs(cost, cost, list.multiply(machines))
                .quantity(machines, unit(resource))
                .set("ListUnitPrice", list)
                .set("PricingCategory", resource.price().spot() ? "Dynamic" : "Standard");
    }

    private FocusRow underPlan(DemoResource resource, Instant hour) {
        BigDecimal list = resource.offer().onDemand();
        BigDecimal machines = BigDecimal.valueOf(resource.covered());
        SavingsPlan plan = SavingsPlan.of(blank.company(), resource);
        return charge(resource, hour, BlankRows.HOUR)
                .costs(BigDecimal.ZERO, plan.covered(resource), list.multiply(machines))
                .quantity(machines, unit(resource))
                .set("ListUnitPrice", list)
                .commitment(plan, "Used");
    }

    private void units(DemoResource resource) {
        BigDecimal units = BigDecimal.valueOf(resource.replicas() == null ? 1 : resource.replicas());
        BigDecimal cost = resource.price().amount(0).multiply(units);
        resource.hours(blank.month())
                .forEach(hour -> rows.accept(charge(resource, hour, BlankRows.HOUR)
                        .costs(cost, cost, cost)
                        .quantity(units, unit(resource))));
    }

    /** A month of storage is billed in equal parts, one a day. */
    private void storage(DemoResource resource) {
        BigDecimal days = BigDecimal.valueOf(blank.days().size());
        BigDecimal gibMonths = resource.price().amount(0).divide(days, SCALE, RoundingMode.HALF_EVEN);
        BigDecimal cost = gibMonths.multiply(resource.price().amount(1));
        blank.days()
                .forEach(day -> rows.accept(charge(resource, day, BlankRows.DAY)
                        .costs(cost, cost, cost)
                        .quantity(gibMonths, unit(resource))));
    }

    private void tokens(DemoResource resource) {
        for (Instant day : blank.days()) {
            for (int i = 0; i < resource.price().amounts().size(); i++) {
                BigDecimal millions = BigDecimal.valueOf(
                                resource.count(TOKENS.get(i).metric(), day, day.plus(BlankRows.DAY)))
                        .divide(MILLION);
                if (millions.signum() > 0) {
                    rows.accept(tokens(
                            resource,
                            day,
                            TOKENS.get(i).label(),
                            millions,
                            resource.price().amount(i)));
                }
            }
        }
    }

    private FocusRow tokens(
            DemoResource resource, Instant day, String label, BigDecimal millions, BigDecimal perMillion) {
        BigDecimal cost = millions.multiply(perMillion);
        String model = resource.attributes().get("model");
        String tier = resource.attributes().getOrDefault("service_tier", "standard");
        String called = tier.equals("standard") ? label : tier + " " + label.toLowerCase(Locale.ROOT);
        return charge(resource, day, BlankRows.DAY)
                .costs(cost, cost, cost)
                .quantity(millions, unit(resource))
                .set("ListUnitPrice", perMillion)
                .set("ChargeDescription", model + " " + called.toLowerCase(Locale.ROOT) + " tokens")
                .set("SkuMeter", called + " tokens");
    }

    private String unit(DemoResource resource) {
        return blank.company().service(resource).get("unit");
    }

    /** What is billed on a parent stays there: on the endpoint, not on its variants. */
    private FocusRow charge(DemoResource resource, Instant start, Duration length) {
        CSVRecord service = blank.company().service(resource);
        String meter = service.get("meter").replace("{machine}", String.valueOf(resource.machine()));
        String billedOn = resource.parent() == null ? resource.id() : resource.parent();
        return blank.row(resource.account(), resource.region(), start, length)
                .set("ChargeDescription", meter)
                .set("ResourceId", billedOn)
                .set(
                        "ResourceName",
                        resource.parent() == null ? resource.name() : billedOn.substring(billedOn.lastIndexOf('/') + 1))
                .set("ResourceType", service.get("type"))
                .set("ServiceCategory", service.get("category"))
                .set("ServiceName", service.get("name"))
                .set("SkuMeter", meter)
                .set("Tags", BlankRows.json(resource.tags()));
    }
}
