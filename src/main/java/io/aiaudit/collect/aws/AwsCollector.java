package io.aiaudit.collect.aws;

import io.aiaudit.collect.Collector;
import io.aiaudit.collect.Known;
import io.aiaudit.collect.Measures;
import io.aiaudit.collect.ObjectGaps;
import io.aiaudit.collect.Operations;
import io.aiaudit.collect.ScanCost;
import io.aiaudit.collect.Slice;
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
import java.util.function.Consumer;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** Reads AWS accounts: slices are account x region x what is read there. */
public final class AwsCollector implements Collector {
    private static final List<AwsPart> PARTS = List.of(
            new Ec2Instances(),
            new CapacityReservations(),
            new TrainingPlans(),
            new SageMakerEndpoints(),
            new SageMakerNotebooks(),
            new SageMakerJobs(),
            new StudioApps(),
            new HyperPod(),
            new NodeGroups(),
            new EmrClusters(),
            new ComplianceResources(),
            new BedrockThroughput(),
            new BedrockModels(),
            new ModelUsage(),
            new ReservedMachines(),
            new PriceList(),
            new InstanceMetrics(),
            new SageMakerMetrics(),
            new JobMetrics(),
            new HyperPodMetrics(),
            new BedrockMetrics(),
            new InferenceProfiles(),
            new InvocationLogging(),
            new Guardrails(),
            new GroupScaling(),
            new ModelRegistry(),
            new MonitoringSchedules());

    /** What an account has once, whatever its regions. */
    private static final List<AwsPart> ACCOUNT_PARTS =
            List.of(new SavingsPlans(), new ComputeOptimizerAdvice(), new OptimizationHubAdvice());

    private static final String SWITCHED_OFF = "region";

    private final Operations operations;
    private final Set<Gap> reported = ConcurrentHashMap.newKeySet();
    private final AwsClients clients;
    private final AwsAccounts accounts;
    private final AwsScope scope;
    private final Path scratch;
    private final Set<String> unknown = ConcurrentHashMap.newKeySet();

    /**
     * Requests that AWS charges for may cost {@code maxApiCost} US dollars together. {@code scratch} is a folder of
     * the scan's own for the bill, null where the bill is
     * read from elsewhere.
     */
    public AwsCollector(AwsScope scope, BigDecimal maxApiCost, Path scratch) {
        this.operations = Operations.of(operations(), maxApiCost);
        this.clients = new AwsClients(operations);
        this.accounts = new AwsAccounts(clients, scope);
        this.scope = scope;
        this.scratch = scratch;
    }

    /** Everything that a scan may call. */
    public static List<AwsOperation> operations() {
        return Stream.of(
                        AwsAccounts.OPERATIONS.stream(),
                        allParts().flatMap(part -> part.operations().stream()),
                        AccountFacts.OPERATIONS.stream(),
                        AwsBill.OPERATIONS.stream())
                .flatMap(operations -> operations)
                .distinct()
                .toList();
    }

    private static Stream<AwsPart> allParts() {
        return Stream.concat(PARTS.stream(), ACCOUNT_PARTS.stream());
    }

    static Measures measures() {
        return new Measures(allParts().toList());
    }

    @Override
    public String source() {
        return "aws";
    }

    @Override
    public List<String> accounts(Consumer<Gap> unread) {
        return accounts.find(unread);
    }

    @Override
    public List<Slice> plan(String account, Window window) {
        List<String> regions = accounts.regions(account);
        List<Slice> slices = new ArrayList<>();
        slices.addAll(bill(account));
        ACCOUNT_PARTS.forEach(part -> slices.add(new Slice(account, Slice.EVERYWHERE, part.dataset(), part.label())));
        for (String region : regions) {
            if (accounts.isOn(account, region)) {
                PARTS.stream()
                        .filter(part -> part.isIn(region))
                        .forEach(part -> slices.add(new Slice(account, region, part.dataset(), part.label())));
            } else {
                slices.add(new Slice(account, region, Slice.Dataset.INVENTORY, SWITCHED_OFF));
            }
        }
        AccountFacts.of(account.equals(accounts.payer().account()))
                .forEach(fact -> slices.add(new Slice(account, Slice.EVERYWHERE, Slice.Dataset.GOVERNANCE, fact)));
        slices.sort(Comparator.comparing(Slice::dataset));
        return slices;
    }

    private List<Slice> bill(String account) {
        return scratch != null && account.equals(accounts.payer().account())
                ? List.of(new Slice(account, Slice.EVERYWHERE, Slice.Dataset.BILLING, AwsBill.label()))
                : List.of();
    }

    /** The bill is that of others, too. */
    @Override
    public List<Slice> beside(String closedAccount) {
        return accounts.isOfMany() ? bill(closedAccount) : List.of();
    }

    @Override
    public void collect(Slice slice, Window window, Known known, Sink sink) throws Exception {
        ObjectGaps gaps = new ObjectGaps(slice, sink, reported);
        read(slice, window, known, gaps);
        gaps.report();
    }

    private void read(Slice slice, Window window, Known known, Sink sink) throws Exception {
        if (slice.part().equals(SWITCHED_OFF)) {
            throw accounts.off(slice.account(), slice.scope());
        }
        if (slice.dataset() == Slice.Dataset.BILLING) {
            new AwsBill(accounts, scope, scratch).read(window, sink);
            return;
        }
        if (slice.dataset() == Slice.Dataset.GOVERNANCE) {
            new AccountFacts(accounts).read(slice.account(), slice.part(), sink);
            return;
        }
        boolean everywhere = slice.scope().equals(Slice.EVERYWHERE);
        AwsSession session =
                everywhere ? accounts.home(slice.account()) : accounts.session(slice.account(), slice.scope());
        for (AwsPart part : everywhere ? ACCOUNT_PARTS : PARTS) {
            if (part.label().equals(slice.part())) {
                read(part, session, window, known, sink);
            }
        }
    }

    private void read(AwsPart part, AwsSession session, Window window, Known known, Sink sink) throws Exception {
        try {
            part.read(session, window, known, sink);
        } catch (AwsServiceException e) {
            if (!part.mayBeUnknown() || !AwsFailure.isUnknownOperation(e)) {
                throw e;
            }
            if (unknown.add(part.label())) {
                sink.warning("aws " + part.label() + ": unknown, because the endpoint in " + session.region()
                        + " does not support the operation.");
            }
        }
    }

    @Override
    public Optional<UserError> explain(Exception failure) {
        return AwsFailure.explain(failure);
    }

    @Override
    public List<AwsPart> parts() {
        return allParts().toList();
    }

    @Override
    public ScanCost cost() {
        return operations.cost();
    }

    @Override
    public void close() {
        clients.close();
    }
}
