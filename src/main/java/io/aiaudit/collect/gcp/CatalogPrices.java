package io.aiaudit.collect.gcp;

import com.google.cloud.billing.v1.CloudCatalogClient;
import com.google.cloud.billing.v1.ListSkusRequest;
import com.google.cloud.billing.v1.Sku;
import io.aiaudit.collect.Known;
import io.aiaudit.collect.OfferCache;
import io.aiaudit.collect.Slice;
import io.aiaudit.model.Gap;
import io.aiaudit.model.Offer;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What the machines that were found cost by the list: the catalog sells cores, memory and GPUs, and machines are those added up. Kept for the day, asked for once a scan. */
final class CatalogPrices implements GcpPart {
    private static final String COMPUTE_ENGINE = "services/6F81-5844-456A";
    private static final String VERTEX_AI = "services/C7E2-9256-1C43";
    private static final int PAGE = 5000;
    private static final int MOST_TYPES = 50;
    private static final String KEPT = "gcp-parts";
    private static final List<String> KINDS = List.of(
            "instance",
            "notebook",
            "node_group",
            "capacity_reservation",
            "inference_endpoint",
            "training_job",
            "training_cluster",
            "batch_job");

    private final GcpClients clients;
    private final OfferCache cache;
    private PartPrices prices;

    CatalogPrices(GcpClients clients, OfferCache cache) {
        this.clients = clients;
        this.cache = cache;
    }

    @Override
    public String word() {
        return "prices";
    }

    @Override
    public Slice.Dataset dataset() {
        return Slice.Dataset.PRICES;
    }

    @Override
    public void read(GcpPlace place, Window window, Known known, Sink sink) {
        List<Resource> machines = KINDS.stream()
                .flatMap(kind -> place.here(known.resources(kind)).stream())
                .filter(resource -> resource.machineType() != null && resource.region() != null)
                .filter(resource -> !resource.resourceId().startsWith(TpuNodes.HOST))
                .toList();
        List<Resource> disks = place.here(known.resources("volume"));
        if (machines.isEmpty() && disks.isEmpty()) {
            return;
        }
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        Map<String, MachineShape> shapes = shapes(place, machines, sink);
        PartPrices read = prices(today);
        Map<String, Offer> offers = new TreeMap<>();
        for (Resource machine : machines) {
            MachineShape shape = shapes.get(machine.machineType());
            if (shape != null) {
                read.of(shape.with(machine), machine.region(), conditions(machine), today)
                        .ifPresent(offer -> offers.put(offer.region() + " " + offer.machineType(), offer));
            }
        }
        for (Resource disk : disks) {
            if (disk.machineType() != null && disk.region() != null) {
                read.ofDisk(disk.machineType(), disk.region())
                        .ifPresent(offer -> offers.put(offer.region() + " " + offer.machineType(), offer));
            }
        }
        offers.values().forEach(sink::offer);
    }

    private static String conditions(Resource machine) {
        return (Instances.FLEX_START.equals(machine.attributes().get(Instances.MODEL)) ? SkuPart.FLEX : "")
                + (machine.resourceId().startsWith("//aiplatform.googleapis.com/") ? SkuPart.VERTEX : "");
    }

    /** What the types have, as any zone tells it. */
    private static Map<String, MachineShape> shapes(GcpPlace place, List<Resource> machines, Sink sink) {
        List<String> types = List.copyOf(machines.stream()
                .map(Resource::machineType)
                .filter(type -> type.matches("[a-z0-9-]+"))
                .collect(Collectors.toCollection(TreeSet::new)));
        Map<String, MachineShape> shapes = new HashMap<>();
        types.forEach(type -> MachineShape.ofCustom(type).ifPresent(shape -> shapes.put(type, shape)));
        List<Gap> gaps = new ArrayList<>();
        for (int from = 0; from < types.size(); from += MOST_TYPES) {
            String filter = types.subList(from, Math.min(types.size(), from + MOST_TYPES)).stream()
                    .map(type -> "(name = \"" + type + "\")")
                    .collect(Collectors.joining(" OR "));
            new AggregatedList(place, "machineTypes", filter)
                    .read(
                            "machine types",
                            gaps::add,
                            told -> MachineShape.of(told).ifPresent(shape -> shapes.putIfAbsent(shape.type(), shape)));
        }
        if (!shapes.keySet().containsAll(types)) {
            gaps.forEach(sink::gap); // else another zone told it
        }
        return shapes;
    }

    private synchronized PartPrices prices(LocalDate today) {
        if (prices == null) {
            String name = OfferCache.name(KEPT, clients.ownPrices());
            List<Offer> parts = cache.find(name, today);
            if (parts.isEmpty()) {
                parts = PartPrices.offers(catalog(), today);
                cache.keep(name, parts);
            }
            prices = new PartPrices(parts);
        }
        return prices;
    }

    private List<SkuPart> catalog() {
        List<SkuPart> parts = new ArrayList<>();
        try (CloudCatalogClient catalog = clients.billing().catalog()) {
            for (String service : List.of(COMPUTE_ENGINE, VERTEX_AI)) {
                ListSkusRequest request = ListSkusRequest.newBuilder()
                        .setParent(service)
                        .setPageSize(PAGE)
                        .build();
                for (Sku sku : catalog.listSkus(request).iterateAll()) {
                    SkuPart.of(sku).ifPresent(parts::add);
                }
            }
        }
        return parts;
    }
}
