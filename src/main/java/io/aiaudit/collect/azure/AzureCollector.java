package io.aiaudit.collect.azure;

import io.aiaudit.collect.Collector;
import io.aiaudit.collect.Known;
import io.aiaudit.collect.Measures;
import io.aiaudit.collect.ObjectGaps;
import io.aiaudit.collect.OfferCache;
import io.aiaudit.collect.Operations;
import io.aiaudit.collect.ScanCost;
import io.aiaudit.collect.Slice;
import io.aiaudit.model.Gap;
import io.aiaudit.model.Sink;
import io.aiaudit.model.UserError;
import io.aiaudit.model.Window;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Reads subscriptions of Azure: slices are subscription x what is read there, in all its regions. */
public final class AzureCollector implements Collector {
    private final Operations operations;
    private final Set<Gap> reported = ConcurrentHashMap.newKeySet();
    private final Arm arm;
    private final Subscriptions subscriptions;
    private final List<AzurePart> parts;
    private final boolean oneBill;
    private final AtomicReference<String> entered = new AtomicReference<>();

    /** Reads no bill. */
    public AzureCollector(AzureScope scope) {
        this(scope, Optional.empty(), Blobs.FIRST_WAIT);
    }

    /**
     * @param scratch a folder of the scan's own for the bill
     * @param hasRows whether a Parquet file has any
     */
    public AzureCollector(AzureScope scope, Path scratch, Predicate<Path> hasRows) {
        this(scope, scratch, hasRows, Blobs.FIRST_WAIT);
    }

    /**
     * The wait before storage that did not answer is tried a second time is up to the caller; the later ones grow
     * from it.
     */
    AzureCollector(AzureScope scope, Path scratch, Predicate<Path> hasRows, Duration firstWait) {
        this(scope, Optional.of(new AzureBill(scratch, hasRows)), firstWait);
    }

    private AzureCollector(AzureScope scope, Optional<AzurePart> bill, Duration firstWait) {
        this.operations = Operations.of(operations(), null);
        this.arm = new Arm(scope, operations, firstWait);
        this.subscriptions = new Subscriptions(arm);
        this.parts = parts(bill);
        this.oneBill = scope.export() != null;
    }

    private static List<AzurePart> parts(Optional<AzurePart> bill) {
        List<AzurePart> parts = new ArrayList<>();
        bill.ifPresent(parts::add);
        parts.addAll(List.of(
                new Machines(),
                new ScaleSets(),
                new BatchPools(),
                new CapacityReservations(),
                new PrivateEndpoints(),
                new SearchServices(),
                new MachineLearning(),
                new ModelDeployments(),
                new MachineMetrics(),
                new ComputeMetrics(),
                new EndpointMetrics(),
                new ModelMetrics(),
                new SearchMetrics(),
                new ModelCallLogs(),
                new AuditLogs(),
                new SpendWatch(),
                new Commitments(),
                new RetailPrices(OfferCache.ofUser()),
                new AdvisorAdvice()));
        return parts;
    }

    /** Everything that a scan may call. */
    public static List<AzureOperation> operations() {
        return Stream.of(
                        Subscriptions.OPERATIONS.stream(),
                        parts(Optional.empty()).stream().flatMap(part -> part.operations().stream()),
                        CostExport.OPERATIONS.stream(),
                        Stream.of(CostQuery.QUERY))
                .flatMap(operations -> operations)
                .distinct()
                .toList();
    }

    static Measures measures() {
        return new Measures(parts(Optional.empty()));
    }

    @Override
    public String source() {
        return "azure";
    }

    @Override
    public List<String> accounts(Consumer<Gap> unread) {
        return subscriptions.find(unread);
    }

    @Override
    public List<Slice> plan(String account, Window window) {
        subscriptions.enter(account);
        entered.compareAndSet(null, account);
        List<Slice> slices = new ArrayList<>();
        parts.stream()
                .filter(part -> isPlanned(part.dataset(), account))
                .forEach(part -> slices.add(new Slice(account, Slice.EVERYWHERE, part.dataset(), part.label())));
        slices.sort(Comparator.comparing(Slice::dataset));
        return slices;
    }

    /**
     * Commitments are those of the tenant, and an export that the user configured has the bill of all: they are
     * requested once, in a subscription that could be entered. A subscription that is disabled spends nothing: what
     * its budgets and logs lack is no finding.
     */
    private boolean isPlanned(Slice.Dataset dataset, String account) {
        boolean once = dataset == Slice.Dataset.COMMITMENTS || (dataset == Slice.Dataset.BILLING && oneBill);
        boolean isMoot = dataset == Slice.Dataset.GOVERNANCE && subscriptions.isDisabled(account);
        return !isMoot && (!once || account.equals(entered.get()));
    }

    @Override
    public void collect(Slice slice, Window window, Known known, Sink sink) throws Exception {
        ObjectGaps gaps = new ObjectGaps(slice, sink, reported);
        for (AzurePart part : parts) {
            if (part.label().equals(slice.part())) {
                part.read(subscriptions.session(slice.account()), window, known, gaps);
            }
        }
        gaps.report();
    }

    @Override
    public Optional<UserError> explain(Exception failure) {
        return arm.explain(failure);
    }

    @Override
    public List<AzurePart> parts() {
        return parts;
    }

    @Override
    public ScanCost cost() {
        return operations.cost();
    }
}
