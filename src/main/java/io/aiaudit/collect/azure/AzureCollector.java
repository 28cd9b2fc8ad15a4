package io.aiaudit.collect.azure;

import io.aiaudit.collect.Collector;
import io.aiaudit.collect.Known;
import io.aiaudit.collect.Operations;
import io.aiaudit.collect.ScanCost;
import io.aiaudit.collect.Slice;
import io.aiaudit.model.Sink;
import io.aiaudit.model.UserError;
import io.aiaudit.model.Window;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Reads subscriptions of Azure: slices are subscription x what is read there, in all its regions. */
public final class AzureCollector implements Collector {
    private static final String ALL_REGIONS = "all";

    private final Operations operations;
    private final Arm arm;
    private final Subscriptions subscriptions;
    private final List<AzurePart> parts = List.of(
            new Machines(),
            new ScaleSets(),
            new CapacityReservations(),
            new MachineLearning(),
            new ModelDeployments(),
            new MachineMetrics(),
            new EndpointMetrics(),
            new ModelMetrics());

    public AzureCollector(AzureScope scope) {
        this.operations = Operations.of(AzureCollector.class, null);
        this.arm = new Arm(scope, operations);
        this.subscriptions = new Subscriptions(arm);
    }

    @Override
    public String source() {
        return "azure";
    }

    @Override
    public List<String> accounts() {
        return subscriptions.find();
    }

    @Override
    public List<Slice> plan(String account, Window window) {
        subscriptions.enter(account);
        List<Slice> slices = new ArrayList<>();
        parts.forEach(part -> slices.add(new Slice(account, ALL_REGIONS, part.dataset(), part.word())));
        slices.sort(Comparator.comparing(Slice::dataset));
        return slices;
    }

    @Override
    public void collect(Slice slice, Window window, Known known, Sink sink) throws Exception {
        for (AzurePart part : parts) {
            if (part.word().equals(slice.part())) {
                part.read(subscriptions.place(slice.account()), window, known, sink);
            }
        }
    }

    @Override
    public Optional<UserError> explain(Exception failure) {
        return arm.explain(failure);
    }

    @Override
    public ScanCost cost() {
        return operations.cost();
    }
}
