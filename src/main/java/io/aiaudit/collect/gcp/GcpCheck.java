package io.aiaudit.collect.gcp;

import io.aiaudit.collect.Operation;
import io.aiaudit.collect.Operations;
import io.aiaudit.collect.PermissionTrial;
import io.aiaudit.collect.SourceCheck;
import io.aiaudit.collect.rest.RestRequest;
import io.aiaudit.model.SourceReport;
import io.aiaudit.model.SourceReport.Part;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tries every permission in every project, and shows what a scan could read. */
public final class GcpCheck implements SourceCheck {
    private static final String USUAL_LOCATION = "us-central1";
    private static final String ZONE = "us-central1-a";

    private final GcpScope scope;
    private final BigDecimal maxApiCost;

    public GcpCheck(GcpScope scope, BigDecimal maxApiCost) {
        this.scope = scope;
        this.maxApiCost = maxApiCost;
    }

    @Override
    public String source() {
        return "gcp";
    }

    @Override
    public SourceReport check() {
        GcpClients clients = new GcpClients(scope, Operations.of(GcpCollector.operations(), maxApiCost), maxApiCost);
        PermissionTrial trial = new PermissionTrial(source(), clients::explain, GcpCollector.measures());
        GcpProjects projects = new GcpProjects(clients, scope);
        List<Part> parts = new ArrayList<>();
        for (String project : trial.explained(() -> projects.find(gap -> parts.add(PermissionTrial.unread(gap))))) {
            parts.addAll(project(trial, projects, project));
        }
        return trial.report(
                parts,
                GcpCollector.operations(),
                "Instances have GPU metrics only with the Ops Agent; see docs/gcp.md.",
                GcpRole.yaml());
    }

    private List<Part> project(PermissionTrial trial, GcpProjects projects, String project) {
        Optional<Part> closed = trial.closed(project, () -> projects.enter(project));
        if (closed.isPresent()) {
            return List.of(closed.get());
        }
        GcpSession session = projects.session(project);
        String location =
                scope.locations().isEmpty() ? USUAL_LOCATION : scope.locations().get(0);
        List<Part> parts = new ArrayList<>();
        parts.add(Part.ready(project, session.name()));
        GcpCollector.operations().stream()
                .filter(operation -> operation.probe() != null)
                .map(operation -> trial.part(
                        operation,
                        project,
                        trial.failure(() -> session.api().unlessGone(cheapest(operation, session, location)))))
                .forEach(parts::add);
        parts.addAll(new ExistingThings(trial, session, project).tried());
        return parts;
    }

    /** A request about one object names one that does not exist. */
    private static RestRequest cheapest(GoogleOperation operation, GcpSession session, String location) {
        return operation
                .probe()
                .apply(session.request(operation, location).with("zone", ZONE).with("group", Operation.NO_SUCH_NAME));
    }
}
