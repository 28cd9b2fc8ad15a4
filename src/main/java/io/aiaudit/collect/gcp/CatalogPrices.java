package io.aiaudit.collect.gcp;

import static io.aiaudit.collect.Operation.PRICES;

import com.google.api.gax.rpc.ApiException;
import com.google.cloud.billing.v1.CloudCatalogClient;
import com.google.cloud.billing.v1.ListSkusRequest;
import com.google.cloud.billing.v1.Sku;
import io.aiaudit.collect.Details;
import io.aiaudit.collect.Frequency;
import io.aiaudit.collect.Frequency.Sort;
import io.aiaudit.collect.Known;
import io.aiaudit.collect.OfferCache;
import io.aiaudit.collect.Slice;
import io.aiaudit.model.Gap;
import io.aiaudit.model.GapTopic;
import io.aiaudit.model.Offer;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Sink;
import io.aiaudit.model.UserError;
import io.aiaudit.model.Window;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * List prices of the machines that were found: the catalog sells cores, memory and GPUs, and machines are those
 * added up. Cached for the day, requested once a scan.
 */
final class CatalogPrices extends GcpPart {
    private static final GoogleOperation MACHINE_TYPES = AggregatedList.operation(
            "machineTypes", null, new Frequency(Sort.PRICES, "1 for the machine types of each project"), PRICES);

    /** What is called here. Prices are open to everybody. */
    static final List<GoogleOperation> OPERATIONS = List.of(
            MACHINE_TYPES,
            GoogleOperation.get(
                            "cloudbilling",
                            "/v1/services/{service}/skus",
                            "",
                            new Frequency(Sort.PRICES, "some 10 pages of the price catalog once a day"),
                            PRICES)
                    .untried());

    private static final Map<String, String> SERVICES =
            new TreeMap<>(Map.of("Compute Engine", "services/6F81-5844-456A", "Vertex AI", "services/C7E2-9256-1C43"));
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
    private boolean isRefused;

    CatalogPrices(GcpClients clients, OfferCache cache) {
        super("prices", Slice.Dataset.PRICES, OPERATIONS);
        this.clients = clients;
        this.cache = cache;
    }

    @Override
    public void read(GcpSession session, Window window, Known known, Sink sink) {
        List<Resource> machines = KINDS.stream()
                .flatMap(kind -> session.here(known.resources(kind)).stream())
                .filter(resource -> resource.machineType() != null && resource.region() != null)
                .filter(resource -> !resource.resourceId().startsWith(TpuNodes.HOST))
                .toList();
        List<Resource> disks = session.here(known.resources("volume"));
        if (machines.isEmpty() && disks.isEmpty()) {
            return;
        }
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        Details details = session.details(sink);
        Map<String, MachineShape> shapes = shapes(session, machines, details, sink);
        PartPrices read = prices(today, details, sink);
        details.failUnlessSomethingAnswered();
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

    /** What the types have, by the first zone that lists them. */
    private static Map<String, MachineShape> shapes(
            GcpSession session, List<Resource> machines, Details details, Sink sink) {
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
            new AggregatedList(session, MACHINE_TYPES, filter)
                    .read(
                            GapTopic.MACHINE_TYPES.words(),
                            details,
                            gaps::add,
                            machineType -> MachineShape.of(machineType)
                                    .ifPresent(shape -> shapes.putIfAbsent(shape.type(), shape)));
        }
        if (!shapes.keySet().containsAll(types)) {
            gaps.forEach(sink::gap); // else another zone listed it
        }
        return shapes;
    }

    /** Prices that could not be read whole are read again for the next project. */
    private synchronized PartPrices prices(LocalDate today, Details details, Sink sink) {
        if (prices != null) {
            return prices;
        }
        String name = OfferCache.name(KEPT, clients.ownPrices());
        List<Offer> parts = cache.find(name, today);
        if (parts.isEmpty()) {
            List<SkuPart> catalog = new ArrayList<>();
            if (!read(catalog, details)) {
                sink.incomplete();
                return new PartPrices(PartPrices.offers(catalog, today));
            }
            parts = PartPrices.offers(catalog, today);
            cache.keep(name, parts);
        }
        prices = new PartPrices(parts);
        return prices;
    }

    /** A service of which only a part was read has no prices: the one that counts may be in the rest. */
    private boolean read(List<SkuPart> parts, Details details) {
        boolean whole = true;
        try (CloudCatalogClient catalog = clients.billing().catalog()) {
            for (Map.Entry<String, String> service : SERVICES.entrySet()) {
                if (isRefused) {
                    return false;
                }
                Optional<List<SkuPart>> ofService =
                        details.call("list prices", service.getKey(), () -> parts(catalog, service.getValue()));
                ofService.ifPresent(parts::addAll);
                whole &= ofService.isPresent();
            }
        }
        return whole;
    }

    /**
     * The library requests no answer again that broke off. A refusal is the same for every project, so one gap says it,
     * and no permission helps: the catalog takes none.
     */
    private List<SkuPart> parts(CloudCatalogClient catalog, String service) {
        try {
            return all(catalog, service);
        } catch (ApiException e) {
            if (clients.api().failures().isForbidden(e)) {
                isRefused = true;
                throw refused(e);
            }
            if (GcpFailure.isRefusal(e)) {
                throw e;
            }
            return all(catalog, service);
        }
    }

    private static UserError refused(ApiException cause) {
        return new UserError(
                "Google refused its list prices, which need no permission.",
                "Check what may stand between: HTTPS_PROXY, firewall, an organization policy. Until then the built-in "
                        + "prices are used.",
                cause);
    }

    private static List<SkuPart> all(CloudCatalogClient catalog, String service) {
        List<SkuPart> parts = new ArrayList<>();
        ListSkusRequest request = ListSkusRequest.newBuilder()
                .setParent(service)
                .setPageSize(PAGE)
                .build();
        boolean isEmpty = true;
        for (Sku sku : GooglePages.all(catalog.listSkus(request).getPage())) {
            isEmpty = false;
            SkuPart.of(sku).ifPresent(parts::add);
        }
        if (isEmpty) { // whatever is in a project, Google sells something
            throw new UserError(
                    "the list of prices has nothing in it.",
                    "Run it again; if it persists, check what responds instead of Google: a proxy, or an address in "
                            + "aiaudit.yaml. Until then the built-in prices are used.");
        }
        return parts;
    }
}
