package io.aiaudit.collect.gcp;

import io.aiaudit.collect.Collector;
import io.aiaudit.collect.Known;
import io.aiaudit.collect.Measures;
import io.aiaudit.collect.ObjectGaps;
import io.aiaudit.collect.OfferCache;
import io.aiaudit.collect.Operations;
import io.aiaudit.collect.ScanCost;
import io.aiaudit.collect.Slice;
import io.aiaudit.collect.rest.RestFailure;
import io.aiaudit.model.Gap;
import io.aiaudit.model.Sink;
import io.aiaudit.model.UserError;
import io.aiaudit.model.Window;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Reads projects of Google Cloud: slices are project x what is read there, in all its locations. */
public final class GcpCollector implements Collector {
    private static final List<GcpPart> PARTS = List.of(
            new Instances(),
            new Reservations(),
            new Disks(),
            new ComplianceResources(),
            new Commitments(),
            new TpuNodes(),
            new Endpoints(),
            new Jobs(),
            new Workbench(),
            new CloudRun(),
            new NodePools(),
            new AuditLogs(),
            new SpendWatch(),
            new PublisherModels(),
            MonitoringPart.INSTANCES,
            MonitoringPart.ENDPOINTS,
            MonitoringPart.SERVICES,
            MonitoringPart.JOBS,
            MonitoringPart.MODELS,
            new ModelMonitoring(),
            new Recommendations());

    private final Operations operations;
    private final Set<Gap> reported = ConcurrentHashMap.newKeySet();
    private final GcpClients clients;
    private final GcpProjects projects;
    private final GcpScope scope;
    private final Path scratch;
    private final List<GcpPart> parts;
    private final SwitchedOff switchedOff = new SwitchedOff();
    private final AtomicReference<String> entered = new AtomicReference<>();

    /**
     * Queries that BigQuery charges for may cost {@code maxApiCost} US dollars together. {@code scratch} is a folder
     * of the scan's own for the bill, null where the bill
     * is read from elsewhere.
     */
    public GcpCollector(GcpScope scope, BigDecimal maxApiCost, Path scratch) {
        this.operations = Operations.of(operations(), maxApiCost);
        this.clients = new GcpClients(scope, operations, maxApiCost);
        this.projects = new GcpProjects(clients, scope);
        this.scope = scope;
        this.scratch = scratch;
        this.parts = Stream.concat(
                        PARTS.stream(), Stream.of(new CatalogPrices(clients, OfferCache.ofUser()), switchedOff))
                .toList();
    }

    /** Everything that a scan may call. */
    public static List<GoogleOperation> operations() {
        return Stream.of(
                        GcpProjects.OPERATIONS.stream(),
                        PARTS.stream().flatMap(part -> part.operations().stream()),
                        CatalogPrices.OPERATIONS.stream(),
                        GcpBill.OPERATIONS.stream())
                .flatMap(operations -> operations)
                .distinct()
                .toList();
    }

    static Measures measures() {
        return new Measures(PARTS);
    }

    @Override
    public String source() {
        return "gcp";
    }

    @Override
    public List<String> accounts(Consumer<Gap> unread) {
        return projects.find(unread);
    }

    @Override
    public List<Slice> plan(String account, Window window) {
        projects.enter(account);
        boolean first = entered.compareAndSet(null, account);
        List<Slice> slices = new ArrayList<>();
        if (scratch != null && first) { // one bill covers all projects
            slices.add(new Slice(account, Slice.EVERYWHERE, Slice.Dataset.BILLING, "bill"));
        }
        parts.stream()
                .filter(part -> first || part != switchedOff)
                .forEach(part -> slices.add(new Slice(account, Slice.EVERYWHERE, part.dataset(), part.label())));
        slices.sort(Comparator.comparing(Slice::dataset));
        return slices;
    }

    @Override
    public void collect(Slice slice, Window window, Known known, Sink sink) throws Exception {
        ObjectGaps gaps = new ObjectGaps(slice, sink, reported);
        if (slice.dataset() == Slice.Dataset.BILLING) {
            new GcpBill(clients, scope, scratch).read(projects.searched(), projects.billed(), window, gaps);
        }
        for (GcpPart part : parts) {
            if (part.label().equals(slice.part())) {
                GcpSession session = projects.session(slice.account());
                boolean[] closed = {false};
                part.read(
                        session.with(
                                type -> !closed[0] && session.inventoried().test(type),
                                failure -> isEmpty(part, session, failure, gaps, closed)),
                        window,
                        known,
                        gaps);
            }
        }
        gaps.report();
    }

    /** It is reported when everything was read, from what this scan has seen; what a whole project refuses at once. */
    private boolean isEmpty(GcpPart part, GcpSession session, RestFailure failure, Sink sink, boolean[] closed) {
        Optional<Gap> ofProject =
                listsThings(part, failure) ? SwitchedOff.ofProject(session, failure) : Optional.empty();
        ofProject.ifPresent(sink::gap);
        if (ofProject.isPresent()) {
            closed[0] = true;
            return true;
        }
        boolean isEmpty = switchedOff.isEmpty(part, session, failure);
        if (isEmpty) {
            sink.incomplete();
        }
        return isEmpty;
    }

    /** Nothing runs in a project that is closed; that says nothing of what was measured or recorded in it before. */
    private static boolean listsThings(GcpPart part, RestFailure failure) {
        return (part.dataset() == Slice.Dataset.INVENTORY || part.dataset() == Slice.Dataset.COMMITMENTS)
                && !failure.operation().equals(Monitoring.SERIES.name());
    }

    @Override
    public Optional<UserError> explain(Exception failure) {
        return clients.explain(failure);
    }

    @Override
    public List<GcpPart> parts() {
        return parts;
    }

    @Override
    public ScanCost cost() {
        return operations.cost();
    }
}
