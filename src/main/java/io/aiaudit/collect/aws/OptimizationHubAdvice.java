package io.aiaudit.collect.aws;

import static io.aiaudit.collect.Frequency.ACCOUNT;
import static io.aiaudit.collect.Operation.ADVICE;

import io.aiaudit.collect.Known;
import io.aiaudit.collect.Slice;
import io.aiaudit.model.Advice;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.util.List;
import java.util.Locale;
import software.amazon.awssdk.services.costoptimizationhub.CostOptimizationHubClient;
import software.amazon.awssdk.services.costoptimizationhub.model.Recommendation;

/**
 * What Cost Optimization Hub recommends for the resources that were found: the best of the recommendations for each, as
 * it sorts them.
 */
final class OptimizationHubAdvice extends AwsPart {
    private static final AwsService<CostOptimizationHubClient> SERVICE = AwsService.of(
                    "CostOptimizationHub",
                    "cost-optimization-hub",
                    CostOptimizationHubClient.class,
                    CostOptimizationHubClient::builder)
            .atHome();

    static final List<AwsOperation> OPERATIONS = List.of(
            SERVICE.operation("ListEnrollmentStatuses", ACCOUNT, ADVICE)
                    .probe((client, session) ->
                            client.listEnrollmentStatuses(request -> request.accountId(session.account()))),
            SERVICE.operation("ListRecommendations", SecondOpinions.FOUND, ADVICE)
                    .probe(client -> client.listRecommendations(request -> request.maxResults(1))));

    private static final String SOURCE = "AWS Cost Optimization Hub";
    private static final String SWITCHED_ON = "Active";

    OptimizationHubAdvice() {
        super("cost optimization hub", Slice.Dataset.ADVICE, OPERATIONS);
    }

    @Override
    public boolean mayBeUnknown() {
        return true;
    }

    @Override
    public void read(AwsSession session, Window window, Known known, Sink sink) {
        SecondOpinions opinions = SecondOpinions.of(session, known);
        if (opinions.resources().isEmpty()) {
            return;
        }
        CostOptimizationHubClient client = SERVICE.in(session);
        boolean on = client.listEnrollmentStatuses(request -> request.accountId(session.account())).items().stream()
                .anyMatch(account -> SWITCHED_ON.equals(account.statusAsString()));
        if (!on) {
            sink.warning("Cost Optimization Hub is not enabled in the account " + session.account()
                    + ": it gives no recommendations.");
            return;
        }
        client
                .listRecommendationsPaginator(
                        request -> request.includeAllRecommendations(false).maxResults(1000))
                .items()
                .stream()
                .filter(advice -> opinions.isAbout(id(advice)))
                .forEach(advice -> sink.advice(
                        new Advice(id(advice), source(advice), words(advice), saving(advice)), advice.currencyCode()));
    }

    private static String id(Recommendation advice) {
        return advice.resourceArn() == null ? advice.resourceId() : advice.resourceArn();
    }

    /** It repeats the advice of Compute Optimizer: readers of both have to know. */
    private static String source(Recommendation advice) {
        return "ComputeOptimizer".equals(advice.sourceAsString()) ? SOURCE + ", from Compute Optimizer" : SOURCE;
    }

    private static String words(Recommendation advice) {
        String action =
                advice.actionType() == null ? "change" : advice.actionType().replaceAll("(?<=[a-z])(?=[A-Z])", " ");
        String to = advice.recommendedResourceSummary() == null ? "" : ": " + advice.recommendedResourceSummary();
        String instead =
                advice.currentResourceSummary() == null ? "" : " instead of " + advice.currentResourceSummary();
        return action.toLowerCase(Locale.ROOT) + (to.isEmpty() ? "" : to + instead) + ".";
    }

    private static java.math.BigDecimal saving(Recommendation advice) {
        return ComputeOptimizerAdvice.money(advice.estimatedMonthlySavings());
    }
}
