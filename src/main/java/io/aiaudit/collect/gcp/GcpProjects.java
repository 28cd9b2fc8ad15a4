package io.aiaudit.collect.gcp;

import io.aiaudit.model.UserError;
import java.util.List;

/** Which projects are read. */
final class GcpProjects {
    private final GcpClients clients;
    private final GcpScope scope;
    private volatile List<String> found = List.of();

    GcpProjects(GcpClients clients, GcpScope scope) {
        this.clients = clients;
        this.scope = scope;
    }

    List<String> find() {
        clients.login();
        found = scope.projects().isEmpty() ? own() : scope.projects();
        return found;
    }

    private List<String> own() {
        String project = clients.login().project();
        if (project == null) {
            throw new UserError(
                    "no project is named, and the credentials tell none.",
                    "Name projects, a folder or the organization in aiaudit.yaml: gcp: {projects: [PROJECT]}, or set GOOGLE_CLOUD_PROJECT.");
        }
        return List.of(project);
    }

    List<String> all() {
        return found;
    }

    /** Where what belongs to no project is told, such as the bill. */
    String first() {
        return found.get(0);
    }
}
