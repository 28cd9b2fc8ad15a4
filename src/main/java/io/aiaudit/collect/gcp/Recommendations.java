package io.aiaudit.collect.gcp;

import static io.aiaudit.collect.Operation.ADVICE;

import com.fasterxml.jackson.databind.JsonNode;
import io.aiaudit.collect.Frequency;
import io.aiaudit.collect.Known;
import io.aiaudit.collect.Slice;
import io.aiaudit.collect.rest.Json;
import io.aiaudit.model.Advice;
import io.aiaudit.model.Money;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Google's own advice about the machines and disks that were found, zone by zone: a second opinion, never added to
 * ours.
 */
final class Recommendations extends GcpPart {
    private static final Frequency FOUND = new Frequency("1 to 3 for each zone with instances or disks");

    private static final String MACHINES = "instances";
    private static final String DISKS = "disks";

    /** By what they advise on. */
    private static final Map<String, List<GoogleOperation>> RECOMMENDERS = Map.of(
            MACHINES,
            List.of(
                    recommender("instance.IdleResource", "computeInstanceIdleResource"),
                    recommender("instance.MachineType", "computeInstanceMachineType")),
            DISKS,
            List.of(recommender("disk.IdleResource", "computeDiskIdleResource")));

    private static final BigDecimal BILLION = BigDecimal.valueOf(1_000_000_000);
    private static final BigDecimal SECONDS_PER_MONTH = Money.HOURS_PER_MONTH.multiply(BigDecimal.valueOf(3600));

    private static GoogleOperation recommender(String name, String permission) {
        return GoogleOperation.get(
                "recommender",
                "/v1/projects/{project}/locations/{zone}/recommenders/google.compute." + name
                        + "Recommender/recommendations",
                "recommender." + permission + "Recommendations.list",
                FOUND,
                ADVICE);
    }

    /** After the machines: their zones are the ones to request. */
    Recommendations() {
        super(
                "recommendations",
                Slice.Dataset.ADVICE,
                Stream.of(MACHINES, DISKS)
                        .flatMap(what -> RECOMMENDERS.get(what).stream())
                        .toList());
    }

    @Override
    public void read(GcpSession session, Window window, Known known, Sink sink) {
        List<Resource> machines = new ArrayList<>(session.here(known.resources("instance")));
        machines.addAll(session.here(known.resources("notebook")));
        InEachLocation zones = new InEachLocation(session, label(), sink);
        read(session, zones, MACHINES, machines, sink);
        read(session, zones, DISKS, session.here(known.resources("volume")), sink);
        zones.failUnlessSomethingAnswered();
    }

    private static void read(
            GcpSession session, InEachLocation locations, String what, List<Resource> resources, Sink sink) {
        Map<String, String> ids = new HashMap<>();
        for (Resource resource : resources) {
            if (resource.resourceId().startsWith("//compute.googleapis.com/")) {
                ids.put(resource.attributes().get("zone") + "/" + resource.name(), resource.resourceId());
            }
        }
        TreeSet<String> zones = new TreeSet<>();
        ids.keySet().forEach(key -> zones.add(key.substring(0, key.indexOf('/'))));
        zones.remove("null"); // a disk of a region
        Map<String, GoogleOperation> recommenders = RECOMMENDERS.get(what).stream()
                .collect(Collectors.toMap(GoogleOperation::template, operation -> operation));
        locations.call(
                zones,
                recommenders.keySet().stream().sorted().toList(),
                (zone, recommender) -> session.request(recommenders.get(recommender))
                        .with("zone", zone)
                        .query("pageSize", "1000"),
                (recommender, page) ->
                        page.path("recommendations").forEach(recommendation -> read(recommendation, ids, sink)));
    }

    private static void read(JsonNode recommendation, Map<String, String> ids, Sink sink) {
        String machine = Json.text(recommendation, "/content/overview/resource");
        String id = ids.get(GcpSession.after(machine, "zones") + "/" + GcpSession.last(machine));
        boolean active = "ACTIVE".equals(Json.text(recommendation, "/stateInfo/state"));
        if (id != null && active) {
            sink.advice(
                    new Advice(
                            id,
                            "Google Cloud Recommender",
                            Json.text(recommendation, "/description"),
                            saving(recommendation.path("primaryImpact"))),
                    Json.text(recommendation, "/primaryImpact/costProjection/cost/currencyCode"));
        }
    }

    /**
     * The saving is given as a negative cost of some seconds, its units and its billionths both with a sign; null =
     * none is given.
     */
    static BigDecimal saving(JsonNode impact) {
        JsonNode cost = impact.at("/costProjection/cost");
        String duration = Json.text(impact, "/costProjection/duration");
        BigDecimal units = Json.number(cost, "/units");
        BigDecimal nanos = Json.number(cost, "/nanos");
        if ((units == null && nanos == null) || duration == null || !duration.matches("[1-9][0-9]*s")) {
            return null;
        }
        BigDecimal amount =
                (units == null ? BigDecimal.ZERO : units).add(nanos == null ? BigDecimal.ZERO : nanos.divide(BILLION));
        BigDecimal seconds = new BigDecimal(duration.substring(0, duration.length() - 1));
        return Money.toCents(amount.negate().multiply(SECONDS_PER_MONTH).divide(seconds, Money.PRECISION));
    }
}
