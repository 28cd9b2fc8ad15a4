package io.aiaudit.collect.gcp;

import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.BigQueryOptions;
import io.aiaudit.collect.Operations;
import io.aiaudit.collect.rest.RestClient;
import io.aiaudit.model.UserError;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/**
 * The clients of Google's APIs, all with the same credentials, the same transport and the same fence. Made when they
 * are first needed. Safe for several threads.
 */
final class GcpClients {
    private final GcpScope scope;
    private final Operations operations;
    private final BigDecimal maxApiCost;
    private final GoogleHttp http = new GoogleHttp(System.getenv());
    private GoogleLogin login;
    private BigQuery bigQuery;
    private CloudBilling billing;
    private GoogleApi api;

    GcpClients(GcpScope scope, Operations operations, BigDecimal maxApiCost) {
        this.scope = scope;
        this.operations = operations;
        this.maxApiCost = maxApiCost;
    }

    /** What has no library of its own. */
    synchronized GoogleApi api() {
        if (api == null) {
            api = new GoogleApi(
                    new RestClient(new GoogleTransport(http, this::login), operations, Map.of()), scope, operations);
        }
        return api;
    }

    Operations operations() {
        return operations;
    }

    /** What requests may cost in US dollars; null = any. */
    BigDecimal maxApiCost() {
        return maxApiCost;
    }

    synchronized GoogleLogin login() {
        if (login == null) {
            login = GoogleLogin.find(http, scope.quotaProject());
        }
        return login;
    }

    synchronized BigQuery bigQuery() {
        if (bigQuery == null) {
            String project = login().project();
            if (project == null) {
                throw new UserError(
                        "no project is known for BigQuery queries.",
                        "Name one that you may run jobs in: gcp: {quota_project: PROJECT}");
            }
            bigQuery = BigQueryOptions.newBuilder()
                    .setProjectId(project)
                    .setHost(scope.endpoint("bigquery"))
                    .setCredentials(login().credentials())
                    .setTransportOptions(new GoogleGuard(operations).transport(http))
                    .setResultRetryAlgorithm(new BigQueryRetries())
                    .build()
                    .getService();
        }
        return bigQuery;
    }

    synchronized CloudBilling billing() {
        if (billing == null) {
            billing = new CloudBilling(scope.endpoint("cloudbilling"), http, login(), new GoogleGuard(operations));
        }
        return billing;
    }

    Optional<UserError> explain(Exception failure) {
        return api().explain(failure);
    }

    /** See {@link GcpScope#ownPrices}. */
    String ownPrices() {
        return scope.ownPrices();
    }
}
