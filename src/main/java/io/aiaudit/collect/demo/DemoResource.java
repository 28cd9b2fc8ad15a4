package io.aiaudit.collect.demo;

import io.aiaudit.model.MetricHour;
import io.aiaudit.model.Offer;
import io.aiaudit.model.Resource;
import io.aiaudit.model.ResourceBuilder;
import io.aiaudit.model.Window;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVRecord;

/**
 * A row of resources.csv.
 *
 * @param service a row of services.csv: how its charges look
 * @param replicas machines or units, null where there are none
 * @param covered machines under a savings plan
 * @param offer the list price of its machine, null without a machine or where it is not sold
 * @param uses what its metrics do, empty where nothing is measured
 * @param runs when it is on and paid for
 */
@RecordBuilder
record DemoResource(
        String provider,
        String account,
        String region,
        String kind,
        String name,
        String id,
        String service,
        String machine,
        Integer replicas,
        Instant created,
        Instant ended,
        int covered,
        String parent,
        String workload,
        Map<String, String> tags,
        Map<String, String> attributes,
        Price price,
        List<Use> uses,
        Shape runs,
        Offer offer) {
    private static final Duration HOUR = Duration.ofHours(1);

    static DemoResource of(CSVRecord row, Offer offer) {
        Map<String, String> usage = Table.pairs(row.get("usage"));
        String runs = usage.remove("runs");
        List<Use> uses = new ArrayList<>();
        usage.forEach((metric, shape) -> uses.add(Use.of(metric, shape)));
        return DemoResourceBuilder.builder()
                .provider(row.get("provider"))
                .account(row.get("account"))
                .region(row.get("region"))
                .kind(row.get("kind"))
                .name(row.get("name"))
                .id(row.get("id")
                        .replace("{name}", row.get("name"))
                        .replace("{region}", row.get("region"))
                        .replace("{account}", row.get("account")))
                .service(row.get("service"))
                .machine(row.get("machine"))
                .replicas(row.get("replicas") == null ? null : Integer.valueOf(row.get("replicas")))
                .created(Instant.parse(row.get("created")))
                .ended(row.get("ended") == null ? null : Instant.parse(row.get("ended")))
                .covered(row.get("covered") == null ? 0 : Integer.parseInt(row.get("covered")))
                .parent(row.get("parent"))
                .workload(row.get("workload"))
                .tags(Table.pairs(row.get("tags")))
                .attributes(Table.pairs(row.get("attributes")))
                .price(Price.of(row.get("price")))
                .uses(List.copyOf(uses))
                .runs(runs == null ? Shape.STEADY : Shape.of(runs))
                .offer(offer)
                .build();
    }

    Resource toResource(String accountName) {
        ResourceBuilder builder = Resource.builder(id, kind, provider)
                .accountId(account)
                .accountName(accountName)
                .region(region)
                .name(name)
                .machineType(machine)
                .replicas(replicas)
                .createdAt(created)
                .endedAt(ended)
                .state(attributes.getOrDefault("state", ended == null ? "running" : "ended"))
                .purchase(purchase())
                .parentId(parent)
                .workload(workload)
                .tags(tags)
                .attributes(attributes);
        if (offer != null) {
            builder.accelerator(offer.accelerator())
                    .acceleratorCount(offer.acceleratorCount())
                    .acceleratorMemoryGib(offer.acceleratorMemoryGib())
                    .vcpus(offer.vcpus())
                    .memoryGib(offer.memoryGib());
        }
        return builder.build();
    }

    private String purchase() {
        if (machine == null) {
            return null;
        }
        return price.spot() ? "spot" : covered > 0 && Objects.equals(covered, replicas) ? "committed" : "on_demand";
    }

    /**
     * The hours of the window in which it exists and is on. An hour that it only begins in does not count, one that it
     * ends in does.
     */
    Stream<Instant> hours(Window window) {
        return Stream.iterate(window.start(), hour -> hour.isBefore(window.end()), hour -> hour.plus(HOUR))
                .filter(hour -> !hour.isBefore(created) && (ended == null || hour.isBefore(ended)))
                .filter(hour -> runs.share(name, hour, created) > 0);
    }

    Stream<MetricHour> metrics(Window window) {
        return uses.stream()
                .flatMap(use -> hours(window)
                        .map(hour -> use.hour(id, name, hour, created))
                        .filter(Objects::nonNull));
    }

    /** How often a counter counted from start to end. */
    long count(String metric, Instant start, Instant end) {
        return uses.stream()
                .filter(use -> use.metric().equals(metric))
                .flatMap(use -> hours(new Window(start, end)).map(hour -> use.value(name, hour, created)))
                .mapToLong(Double::longValue)
                .sum();
    }
}
