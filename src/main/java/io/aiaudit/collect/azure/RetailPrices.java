package io.aiaudit.collect.azure;

import com.fasterxml.jackson.databind.JsonNode;
import io.aiaudit.collect.Details;
import io.aiaudit.collect.Frequency;
import io.aiaudit.collect.Frequency.Sort;
import io.aiaudit.collect.Known;
import io.aiaudit.collect.OfferCache;
import io.aiaudit.collect.Operation;
import io.aiaudit.collect.Slice;
import io.aiaudit.collect.rest.Json;
import io.aiaudit.collect.rest.RestRequest;
import io.aiaudit.model.Offer;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the machines and units of throughput that were found cost by the list, from the price API that needs no login.
 * Kept for the day, since all scans request the same.
 */
final class RetailPrices extends AzurePart {
    private static final String VERSION = "2023-01-01-preview";
    private static final AzureOperation PRICES = AzureOperation.get(
                    "/api/retail/prices",
                    VERSION,
                    new Frequency(Sort.PRICES, "1 for each machine type and region for its price, once a day"),
                    Operation.PRICES)
            .permission("")
            .untried();

    private static final List<String> KINDS = List.of(
            "instance",
            "node_group",
            "capacity_reservation",
            "notebook",
            "training_cluster",
            "inference_endpoint",
            "provisioned_throughput");

    /**
     * The price of a unit of throughput depends on where it may process requests: the deployment's kind, and its name
     * in the meter.
     */
    private static final Map<String, String> UNIT_METERS = Map.of(
            "ptu/globalprovisionedmanaged", "Global",
            "ptu/datazoneprovisionedmanaged", "Data Zone",
            "ptu/provisionedmanaged", "Regional");

    private final OfferCache cache;
    private final Map<String, Object> regions = new ConcurrentHashMap<>();

    RetailPrices(OfferCache cache) {
        super("prices", Slice.Dataset.PRICES, List.of(PRICES));
        this.cache = cache;
    }

    @Override
    public void read(AzureSession session, Window window, Known known, Sink sink) {
        if (session.arm().scope().prices() == null) {
            return;
        }
        Map<String, Map<String, Resource>> wanted = new TreeMap<>();
        KINDS.stream()
                .flatMap(kind -> session.here(known.resources(kind)).stream())
                .filter(resource -> resource.machineType() != null && AzureSession.isRegion(resource.region()))
                .forEach(resource -> offeredAs(resource)
                        .forEach(name -> wanted.computeIfAbsent(resource.region(), key -> new TreeMap<>())
                                .putIfAbsent(name, resource)));
        Details details = session.details(sink);
        wanted.forEach((region, types) -> read(session, region, types, details, sink));
    }

    /** Of low priority the price on demand is wanted beside its own, to compare. */
    private static List<String> offeredAs(Resource resource) {
        String type = resource.machineType().toLowerCase(Locale.ROOT);
        return "LowPriority".equals(resource.attributes().get("priority"))
                ? List.of(MachinePrice.LOW_PRIORITY + type, type)
                : List.of(type);
    }

    private void read(AzureSession session, String region, Map<String, Resource> types, Details details, Sink sink) {
        synchronized (regions.computeIfAbsent(region, key -> new Object())) { // or subscriptions request the same
            readAlone(session, region, types, details, sink);
        }
    }

    private void readAlone(
            AzureSession session, String region, Map<String, Resource> types, Details details, Sink sink) {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        String name = OfferCache.name("azure-" + region, session.arm().scope().ownPrices());
        Map<String, Offer> kept = new HashMap<>();
        cache.find(name, today).forEach(offer -> kept.put(offer.machineType().toLowerCase(Locale.ROOT), offer));
        int before = kept.size();
        types.forEach((type, resource) -> {
            if (!kept.containsKey(type)) {
                details.call(
                                "list prices",
                                resource.machineType() + " in " + region,
                                () -> call(session, region, resource, today))
                        .orElse(List.of())
                        .forEach(offer -> kept.put(offer.machineType().toLowerCase(Locale.ROOT), offer));
            }
        });
        if (kept.size() > before) {
            cache.keep(name, List.copyOf(kept.values()));
        }
        types.keySet().stream().map(kept::get).filter(Objects::nonNull).forEach(sink::offer);
    }

    private static List<Offer> call(AzureSession session, String region, Resource resource, LocalDate today) {
        RestRequest request = RestRequest.get(session.arm().scope().prices(), PRICES.template(), null)
                .query("api-version", PRICES.version())
                .query("$filter", "armRegionName eq '" + region + "' and " + rowsOf(resource.machineType()));
        List<JsonNode> rows = new ArrayList<>();
        session.arm()
                .rest()
                .pages(
                        request,
                        page -> Json.text(page, "/NextPageLink"),
                        page -> Arm.present(request, page, "/Items").forEach(rows::add));
        return new MachinePrice(rows).offers(region, resource, today);
    }

    /** Units are found by their meter, since the service that sells them has changed its name more than once. */
    private static String rowsOf(String type) {
        String where = UNIT_METERS.get(type.toLowerCase(Locale.ROOT));
        return where == null
                ? "serviceName eq 'Virtual Machines' and armSkuName eq '" + type.replace("'", "''") + "'"
                : "meterName eq 'Provisioned Managed " + where + " Unit'";
    }
}
