package io.aiaudit.collect.aws;

import static io.aiaudit.collect.Frequency.ACCOUNT;
import static io.aiaudit.collect.Frequency.ONCE;
import static io.aiaudit.collect.Operation.GOVERNANCE;
import static io.aiaudit.collect.aws.AwsService.COST_EXPLORER;

import io.aiaudit.collect.Attributes;
import io.aiaudit.model.Resource;
import io.aiaudit.model.ResourceBuilder;
import io.aiaudit.model.Sink;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.budgets.BudgetsClient;
import software.amazon.awssdk.services.budgets.model.Budget;
import software.amazon.awssdk.services.costexplorer.CostExplorerClient;
import software.amazon.awssdk.services.costexplorer.model.AnomalyMonitor;

/**
 * Facts of an account as a whole, for rules about how it is governed: attributes of a resource of kind {@code account}.
 * Each row is a slice of its own.
 */
final class AccountFacts {
    private static final AwsService<BudgetsClient> BUDGET_SERVICE = AwsService.of(
                    "Budgets", "budgets", BudgetsClient.class, BudgetsClient::builder)
            .atHome();

    /** What is called here. Cost Explorer watches all accounts from the one that pays. */
    static final List<AwsOperation> OPERATIONS = AwsOperation.all(
            List.of(
                    BUDGET_SERVICE
                            .operation("DescribeBudgets", ACCOUNT, GOVERNANCE)
                            .permission("budgets:ViewBudget")
                            .probe((client, session) -> client.describeBudgets(request ->
                                    request.accountId(session.account()).maxResults(1))),
                    COST_EXPLORER
                            .operation("GetAnomalyMonitors", ONCE, GOVERNANCE)
                            .alwaysLists()
                            .probe(client -> client.getAnomalyMonitors(request -> request.maxResults(1))),
                    COST_EXPLORER
                            .operation("GetAnomalySubscriptions", ONCE, GOVERNANCE)
                            .alwaysLists()
                            .probe(client -> client.getAnomalySubscriptions(request -> request.maxResults(1)))),
            Trails.OPERATIONS);

    static final String TRAILS = "trails";
    static final String BUDGETS = "budgets";
    static final String ANOMALIES = "anomaly monitors";

    private final AwsAccounts accounts;

    AccountFacts(AwsAccounts accounts) {
        this.accounts = accounts;
    }

    /**
     * The requests about an account. Cost Explorer takes a cent for each answer and watches all accounts from the one
     * that pays.
     */
    static List<String> of(boolean pays) {
        return pays ? List.of(TRAILS, BUDGETS, ANOMALIES) : List.of(TRAILS, BUDGETS);
    }

    void read(String account, String part, Sink sink) {
        AwsSession home = accounts.session(account, accounts.payer().region());
        switch (part) {
            case TRAILS -> new Trails(home, accounts.open(account)).read(sink);
            case BUDGETS -> budgets(home, sink);
            default -> anomalies(home, sink);
        }
    }

    static ResourceBuilder account(AwsSession home) {
        return Resource.builder("aws:" + home.account(), "account", "aws")
                .accountId(home.account())
                .accountName(home.accountName())
                .name(home.accountName() == null ? home.account() : home.accountName());
    }

    private static void budgets(AwsSession home, Sink sink) {
        List<Budget> budgets = home
                .client(BudgetsClient.class, BudgetsClient::builder)
                .describeBudgetsPaginator(
                        request -> request.accountId(home.account()).maxResults(100))
                .budgets()
                .stream()
                .toList();
        List<Budget> ofCost = budgets.stream()
                .filter(budget -> "COST".equals(budget.budgetTypeAsString()))
                .toList();
        sink.resource(account(home)
                .attributes(new Attributes()
                        .put("budgets", budgets.size())
                        .put("cost_budgets", ofCost.size())
                        .put(
                                "cost_budget_names",
                                names(ofCost.stream().map(Budget::budgetName).toList()))
                        .values())
                .build());
    }

    private static void anomalies(AwsSession home, Sink sink) {
        CostExplorerClient client = home.client(CostExplorerClient.class, CostExplorerClient::builder);
        List<AnomalyMonitor> monitors = client.getAnomalyMonitorsPaginator(request -> request.maxResults(100)).stream()
                .flatMap(page -> page.anomalyMonitors().stream())
                .toList();
        Optional<Long> subscriptions = monitors.isEmpty()
                ? Optional.of(0L)
                : AwsSession.details(home.account() + "/all", sink)
                        .call("anomaly subscriptions", () -> subscriptions(client));
        sink.resource(account(home)
                .attributes(new Attributes()
                        .put("anomaly_monitors", monitors.size())
                        .put("anomaly_subscriptions", subscriptions.orElse(null))
                        .put(
                                "anomaly_monitor_dimensions",
                                names(monitors.stream()
                                        .map(AnomalyMonitor::monitorDimensionAsString)
                                        .toList()))
                        .values())
                .build());
    }

    private static long subscriptions(CostExplorerClient client) {
        return client.getAnomalySubscriptionsPaginator(request -> request.maxResults(100)).stream()
                .mapToLong(page -> page.anomalySubscriptions().size())
                .sum();
    }

    private static String names(List<String> names) {
        return String.join(
                ", ",
                names.stream().filter(name -> name != null).distinct().sorted().toList());
    }
}
