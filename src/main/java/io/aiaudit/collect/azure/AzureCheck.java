package io.aiaudit.collect.azure;

import io.aiaudit.collect.Operations;
import io.aiaudit.collect.PermissionTrial;
import io.aiaudit.collect.SourceCheck;
import io.aiaudit.model.SourceReport;
import io.aiaudit.model.SourceReport.Part;
import io.aiaudit.model.UserError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tries every permission in every subscription, and shows what a scan could read. */
public final class AzureCheck implements SourceCheck {
    private final AzureScope scope;

    public AzureCheck(AzureScope scope) {
        this.scope = scope;
    }

    @Override
    public String source() {
        return "azure";
    }

    @Override
    public SourceReport check() {
        Arm arm = new Arm(scope, Operations.of(AzureCollector.operations(), null));
        PermissionTrial trial = new PermissionTrial(source(), arm::explain, AzureCollector.measures());
        Subscriptions subscriptions = new Subscriptions(arm);
        AzureTrials trials = new AzureTrials(trial);
        List<Part> parts = new ArrayList<>();
        for (String subscription :
                trial.explained(() -> subscriptions.find(gap -> parts.add(PermissionTrial.unread(gap))))) {
            trials.enter(subscriptions, subscription);
        }
        parts.addAll(trials.parts());
        exports(arm, trial, trials.open()).forEach(parts::add);
        return trial.report(
                parts,
                AzureCollector.operations(),
                "Azure has no GPU metrics for virtual machines, and for Machine Learning computes only while a job "
                        + "runs; see docs/azure.md.",
                AzureRole.json());
    }

    /**
     * The containers of exports, which a permission of their own opens. A denied list of exports is reported already.
     */
    private List<Part> exports(Arm arm, PermissionTrial trial, List<String> open) {
        List<Part> parts = new ArrayList<>();
        if (scope.export() != null) {
            List<CostExport> named = new ArrayList<>();
            Optional<UserError> failure = trial.failure(() -> named.add(CostExport.named(arm, scope.export())));
            failure.ifPresent(
                    error -> parts.add(Part.missing("export " + scope.export(), error.problem(), error.fix())));
            named.forEach(export -> parts.add(container(trial, export)));
            return parts;
        }
        for (String subscription : open) {
            List<CostExport> found = new ArrayList<>();
            trial.failure(() -> found.addAll(CostExport.of(arm, "subscriptions/" + subscription)));
            found.stream().limit(1).forEach(export -> parts.add(container(trial, export)));
        }
        return parts;
    }

    private static Part container(PermissionTrial trial, CostExport export) {
        String name = "export " + export.name() + " of " + export.scope();
        return trial.failure(export::hasFiles)
                .map(error -> Part.missing(name, error.problem(), error.fix()))
                .orElseGet(() -> Part.ready(name, export.destination() + " can be read"));
    }
}
