package io.aiaudit.collect.aws;

import static io.aiaudit.collect.Frequency.ACCOUNT;
import static io.aiaudit.collect.Operation.ADVICE;

import io.aiaudit.collect.Details;
import io.aiaudit.collect.Known;
import io.aiaudit.collect.Slice;
import io.aiaudit.model.Advice;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.services.computeoptimizer.ComputeOptimizerClient;
import software.amazon.awssdk.services.computeoptimizer.model.EstimatedMonthlySavings;
import software.amazon.awssdk.services.computeoptimizer.model.GetEc2InstanceRecommendationsResponse;
import software.amazon.awssdk.services.computeoptimizer.model.GetIdleRecommendationsResponse;
import software.amazon.awssdk.services.computeoptimizer.model.IdleEstimatedMonthlySavings;
import software.amazon.awssdk.services.computeoptimizer.model.IdleRecommendation;
import software.amazon.awssdk.services.computeoptimizer.model.InstanceEstimatedMonthlySavings;
import software.amazon.awssdk.services.computeoptimizer.model.InstanceRecommendation;
import software.amazon.awssdk.services.computeoptimizer.model.InstanceRecommendationOption;

/**
 * What Compute Optimizer thinks of the machines that were found, too large, idle or just right; of those in regions
 * where there are any.
 */
final class ComputeOptimizerAdvice extends AwsPart {
    private static final AwsService<ComputeOptimizerClient> SERVICE = AwsService.of(
            "ComputeOptimizer", "compute-optimizer", ComputeOptimizerClient.class, ComputeOptimizerClient::builder);

    static final List<AwsOperation> OPERATIONS = List.of(
            SERVICE.operation("GetEnrollmentStatus", ACCOUNT, ADVICE)
                    .probe(client -> client.getEnrollmentStatus(request -> {})),
            SERVICE.operation("GetEC2InstanceRecommendations", SecondOpinions.FOUND, ADVICE)
                    .probe(client -> client.getEC2InstanceRecommendations(request -> request.maxResults(1))),
            SERVICE.operation("GetIdleRecommendations", SecondOpinions.FOUND, ADVICE)
                    .probe(client -> client.getIdleRecommendations(request -> request.maxResults(1))));

    private static final String SOURCE = "AWS Compute Optimizer";
    private static final String SWITCHED_ON = "Active";
    private static final String INSTANCES = "recommendations for instances";
    private static final String IDLE = "recommendations for idle resources";

    ComputeOptimizerAdvice() {
        super("compute optimizer", Slice.Dataset.ADVICE, OPERATIONS);
    }

    @Override
    public boolean mayBeUnknown() {
        return true;
    }

    @Override
    public void read(AwsSession session, Window window, Known known, Sink sink) {
        SecondOpinions opinions = SecondOpinions.of(session, known);
        List<String> regions = opinions.regions();
        if (regions.isEmpty()) {
            return;
        }
        if (!SWITCHED_ON.equals(SERVICE.in(session.in(regions.get(0)))
                .getEnrollmentStatus(request -> {})
                .statusAsString())) {
            sink.warning("Compute Optimizer is not enabled in the account " + session.account()
                    + ": it gives no recommendations.");
            return;
        }
        for (String region : regions) {
            ComputeOptimizerClient client = SERVICE.in(session.in(region));
            Details details = session.in(region).details(sink);
            details.<InstanceRecommendation>list(INSTANCES, each -> machines(client, details, each)).stream()
                    .filter(machine -> opinions.isAbout(machine.instanceArn()))
                    .forEach(machine -> emit(machine, sink));
            details.<IdleRecommendation>list(IDLE, each -> idle(client, details, each)).stream()
                    .filter(idle -> opinions.isAbout(idle.resourceArn()))
                    .forEach(idle -> emit(idle, sink));
        }
    }

    /** The SDK has no paginators for these. */
    private static void machines(
            ComputeOptimizerClient client, Details details, Consumer<InstanceRecommendation> each) {
        String token = null;
        do {
            String next = token;
            GetEc2InstanceRecommendationsResponse page = client.getEC2InstanceRecommendations(
                    request -> request.maxResults(1000).nextToken(next));
            page.instanceRecommendations().forEach(each);
            page.errors()
                    .forEach(error -> failed(details, INSTANCES, error.identifier(), error.code(), error.message()));
            token = page.nextToken();
        } while (token != null && !token.isEmpty());
    }

    private static void idle(ComputeOptimizerClient client, Details details, Consumer<IdleRecommendation> each) {
        String token = null;
        do {
            String next = token;
            GetIdleRecommendationsResponse page = client.getIdleRecommendations(
                    request -> request.maxResults(100).nextToken(next));
            page.idleRecommendations().forEach(each);
            page.errors().forEach(error -> failed(details, IDLE, error.identifier(), error.code(), error.message()));
            token = page.nextToken();
        } while (token != null && !token.isEmpty());
    }

    /** An error of one account or resource, in a response that is a success. */
    private static void failed(Details details, String what, String of, String code, String message) {
        details.missing(
                what,
                of,
                SOURCE + " did not return them: "
                        + (code == null ? "it gives no code" : code)
                        + (message == null ? "." : ": " + message),
                "Run it again later.");
    }

    private static void emit(InstanceRecommendation machine, Sink sink) {
        Optional<InstanceRecommendationOption> best = machine.recommendationOptions().stream()
                .filter(option -> !Objects.equals(machine.currentInstanceType(), option.instanceType()))
                .min(Comparator.comparing(
                        InstanceRecommendationOption::rank, Comparator.nullsLast(Comparator.naturalOrder())));
        String finding = words(machine.findingAsString());
        if (finding.equals("optimized") || best.isEmpty()) {
            String words = finding + ": keep " + machine.currentInstanceType() + ".";
            sink.advice(new Advice(machine.instanceArn(), SOURCE, words, BigDecimal.ZERO));
            return;
        }
        String words =
                finding + ": " + best.get().instanceType() + " instead of " + machine.currentInstanceType() + ".";
        Saving saving = saving(best.get());
        sink.advice(new Advice(machine.instanceArn(), SOURCE, words, saving.amount()), saving.currency());
    }

    /** What it saves in a month; both null where none is given. */
    private record Saving(BigDecimal amount, String currency) {
        static final Saving UNKNOWN = new Saving(null, null);
    }

    /** After discounts where it knows them. */
    private static Saving saving(InstanceRecommendationOption option) {
        if (option.savingsOpportunityAfterDiscounts() != null
                && option.savingsOpportunityAfterDiscounts().estimatedMonthlySavings() != null) {
            InstanceEstimatedMonthlySavings savings =
                    option.savingsOpportunityAfterDiscounts().estimatedMonthlySavings();
            return new Saving(money(savings.value()), savings.currencyAsString());
        }
        if (option.savingsOpportunity() == null || option.savingsOpportunity().estimatedMonthlySavings() == null) {
            return Saving.UNKNOWN;
        }
        EstimatedMonthlySavings savings = option.savingsOpportunity().estimatedMonthlySavings();
        return new Saving(money(savings.value()), savings.currencyAsString());
    }

    private static Saving saving(IdleRecommendation idle) {
        IdleEstimatedMonthlySavings savings = null;
        if (idle.savingsOpportunityAfterDiscounts() != null) {
            savings = idle.savingsOpportunityAfterDiscounts().estimatedMonthlySavings();
        }
        if (savings == null && idle.savingsOpportunity() != null) {
            savings = idle.savingsOpportunity().estimatedMonthlySavings();
        }
        return savings == null ? Saving.UNKNOWN : new Saving(money(savings.value()), savings.currencyAsString());
    }

    private static void emit(IdleRecommendation idle, Sink sink) {
        String description = idle.findingDescription() == null ? "" : " " + idle.findingDescription();
        Saving saving = saving(idle);
        sink.advice(
                new Advice(
                        idle.resourceArn(),
                        SOURCE,
                        words(idle.findingAsString()) + ": stop or delete it." + description,
                        saving.amount()),
                saving.currency());
    }

    static BigDecimal money(Double amount) {
        return amount == null ? null : BigDecimal.valueOf(amount);
    }

    /** Overprovisioned, OVER_PROVISIONED and the like in one form. */
    private static String words(String finding) {
        String word = finding == null ? "" : finding.toLowerCase(Locale.ROOT).replace('_', ' ');
        return word.isEmpty() ? "no finding" : word;
    }
}
