package io.aiaudit.collect.aws;

import io.aiaudit.model.UserError;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.services.athena.AthenaClient;
import software.amazon.awssdk.services.glue.GlueClient;

/** Tries what adds up a large export in Athena, where the user configured it. A query is not begun, since it takes money and keeps its result. */
final class AthenaProbes {
    private static final String NO_QUERY = "00000000-0000-0000-0000-000000000000";

    private final AwsPlace place;
    private final AthenaScope scope;

    /** In the account and region of {@code place}, where the export lies. */
    AthenaProbes(AwsPlace place, AthenaScope scope) {
        this.place = place;
        this.scope = scope;
    }

    /** By operation, as permissions.txt names it; the place that is tried in is always that of the export. */
    Map<String, Consumer<AwsPlace>> all() {
        Map<String, Consumer<AwsPlace>> probes = new HashMap<>();
        probes.put("Athena.GetWorkGroup", any -> workgroup());
        probes.put(
                "Athena.GetQueryExecution",
                any -> athena().getQueryExecution(request -> request.queryExecutionId(NO_QUERY)));
        probes.put(
                "Athena.GetQueryResults",
                any -> athena().getQueryResults(request -> request.queryExecutionId(NO_QUERY)));
        if (scope.table() == null) {
            probes.put("Glue.GetDatabases", any -> glue().getDatabases(request -> request.maxResults(1)));
            probes.put(
                    "Glue.GetTables",
                    any -> glue().getTables(
                                    request -> request.databaseName("default").maxResults(1)));
        } else {
            probes.put("Glue.GetTable", any -> table());
        }
        return probes;
    }

    private void workgroup() {
        boolean gone = AwsFailure.unlessGone(
                        () -> athena().getWorkGroup(request -> request.workGroup(scope.workgroup())))
                .isEmpty();
        if (gone) {
            throw new UserError(
                    "there is no workgroup " + scope.workgroup() + " in " + place.region() + ".",
                    "Correct aws: athena: workgroup in aiaudit.yaml; to list them: aws athena list-work-groups --region "
                            + place.region());
        }
    }

    private void table() {
        int dot = scope.table().indexOf('.');
        boolean gone = AwsFailure.unlessGone(() -> glue().getTable(
                                request -> request.databaseName(scope.table().substring(0, dot))
                                        .name(scope.table().substring(dot + 1))))
                .isEmpty();
        if (gone) {
            throw new UserError(
                    "there is no table " + scope.table() + " in Glue's catalog in " + place.region() + ".",
                    "Correct aws: athena: table in aiaudit.yaml, or omit it to search for a table.");
        }
    }

    private AthenaClient athena() {
        return place.client(AthenaClient.class, AthenaClient::builder);
    }

    private GlueClient glue() {
        return place.client(GlueClient.class, GlueClient::builder);
    }
}
