package io.aiaudit.collect.gcp;

import io.aiaudit.collect.Collector;
import io.aiaudit.collect.Known;
import io.aiaudit.collect.Operations;
import io.aiaudit.collect.ScanCost;
import io.aiaudit.collect.Slice;
import io.aiaudit.model.Sink;
import io.aiaudit.model.UserError;
import io.aiaudit.model.Window;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Reads projects of Google Cloud: slices are project x what is read there, in all its locations. */
public final class GcpCollector implements Collector {
    private static final String ALL_LOCATIONS = "all";
    private static final List<GcpPart> PARTS = List.of(
            new Instances(),
            new Reservations(),
            new TpuNodes(),
            new Endpoints(),
            new Jobs(),
            new Workbench(),
            new CloudRun(),
            new NodePools(),
            new AuditLogs(),
            new SpendWatch(),
            MonitoringPart.INSTANCES,
            MonitoringPart.ENDPOINTS,
            MonitoringPart.SERVICES,
            new Recommendations());

    private final Operations operations;
    private final GcpClients clients;
    private final GcpProjects projects;
    private final GcpScope scope;
    private final Path scratch;

    /**
     * Queries that BigQuery charges for may cost {@code maxApiCost} US dollars together. {@code scratch} is a folder of the scan's own for the bill, null where the bill
     * is read from elsewhere.
     */
    public GcpCollector(GcpScope scope, BigDecimal maxApiCost, Path scratch) {
        this.operations = Operations.of(GcpCollector.class, maxApiCost);
        this.clients = new GcpClients(scope, operations, maxApiCost);
        this.projects = new GcpProjects(clients, scope);
        this.scope = scope;
        this.scratch = scratch;
    }

    @Override
    public String source() {
        return "gcp";
    }

    @Override
    public List<String> accounts() {
        return projects.find();
    }

    @Override
    public List<Slice> plan(String account, Window window) {
        projects.enter(account);
        List<Slice> slices = new ArrayList<>();
        if (scratch != null && account.equals(projects.first())) {
            slices.add(new Slice(account, ALL_LOCATIONS, Slice.Dataset.BILLING, "bill"));
        }
        PARTS.forEach(part -> slices.add(new Slice(account, ALL_LOCATIONS, part.dataset(), part.word())));
        slices.sort(Comparator.comparing(Slice::dataset));
        return slices;
    }

    @Override
    public void collect(Slice slice, Window window, Known known, Sink sink) throws Exception {
        if (slice.dataset() == Slice.Dataset.BILLING) {
            new GcpBill(clients, scope, scratch).read(projects.all(), window, sink);
            return;
        }
        for (GcpPart part : PARTS) {
            if (part.word().equals(slice.part())) {
                part.read(projects.place(slice.account()), window, known, sink);
            }
        }
    }

    @Override
    public Optional<UserError> explain(Exception failure) {
        return clients.explain(failure);
    }

    @Override
    public ScanCost cost() {
        return operations.cost();
    }
}
