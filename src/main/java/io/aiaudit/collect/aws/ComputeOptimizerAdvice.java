package io.aiaudit.collect.aws;

import io.aiaudit.collect.Known;
import io.aiaudit.collect.Slice;
import io.aiaudit.model.Advice;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import software.amazon.awssdk.services.computeoptimizer.ComputeOptimizerClient;
import software.amazon.awssdk.services.computeoptimizer.model.GetEc2InstanceRecommendationsResponse;
import software.amazon.awssdk.services.computeoptimizer.model.GetIdleRecommendationsResponse;
import software.amazon.awssdk.services.computeoptimizer.model.IdleRecommendation;
import software.amazon.awssdk.services.computeoptimizer.model.InstanceRecommendation;
import software.amazon.awssdk.services.computeoptimizer.model.InstanceRecommendationOption;

/** What Compute Optimizer thinks of the machines that were found, too large, idle or just right; of those in regions where there are any. */
final class ComputeOptimizerAdvice implements AwsPart {
    private static final String SOURCE = "AWS Compute Optimizer";
    private static final String SWITCHED_ON = "Active";

    @Override
    public String word() {
        return "compute optimizer";
    }

    @Override
    public Slice.Dataset dataset() {
        return Slice.Dataset.ADVICE;
    }

    @Override
    public boolean mayBeUnknown() {
        return true;
    }

    @Override
    public void read(AwsPlace place, Window window, Known known, Sink sink) {
        SecondOpinions opinions = SecondOpinions.of(place, known);
        List<String> regions = opinions.regions();
        if (regions.isEmpty()) {
            return;
        }
        if (!SWITCHED_ON.equals(client(place.in(regions.get(0)))
                .getEnrollmentStatus(request -> {})
                .statusAsString())) {
            sink.warning("Compute Optimizer is not switched on in the account " + place.account()
                    + ": it gives no second opinion.");
            return;
        }
        for (String region : regions) {
            ComputeOptimizerClient client = client(place.in(region));
            machines(client).stream()
                    .filter(machine -> opinions.isAbout(machine.instanceArn()))
                    .forEach(machine -> sink.advice(advice(machine)));
            idle(client).stream()
                    .filter(idle -> opinions.isAbout(idle.resourceArn()))
                    .forEach(idle -> sink.advice(advice(idle)));
        }
    }

    static ComputeOptimizerClient client(AwsPlace place) {
        return place.client(ComputeOptimizerClient.class, ComputeOptimizerClient::builder);
    }

    /** The SDK has no paginators for these. */
    private static List<InstanceRecommendation> machines(ComputeOptimizerClient client) {
        List<InstanceRecommendation> machines = new ArrayList<>();
        String token = null;
        do {
            String next = token;
            GetEc2InstanceRecommendationsResponse page = client.getEC2InstanceRecommendations(
                    request -> request.maxResults(1000).nextToken(next));
            machines.addAll(page.instanceRecommendations());
            token = page.nextToken();
        } while (token != null && !token.isEmpty());
        return machines;
    }

    private static List<IdleRecommendation> idle(ComputeOptimizerClient client) {
        List<IdleRecommendation> idle = new ArrayList<>();
        String token = null;
        do {
            String next = token;
            GetIdleRecommendationsResponse page = client.getIdleRecommendations(
                    request -> request.maxResults(100).nextToken(next));
            idle.addAll(page.idleRecommendations());
            token = page.nextToken();
        } while (token != null && !token.isEmpty());
        return idle;
    }

    private static Advice advice(InstanceRecommendation machine) {
        Optional<InstanceRecommendationOption> best = machine.recommendationOptions().stream()
                .filter(option -> !machine.currentInstanceType().equals(option.instanceType()))
                .min(Comparator.comparing(
                        InstanceRecommendationOption::rank, Comparator.nullsLast(Comparator.naturalOrder())));
        String finding = words(machine.findingAsString());
        boolean keep = finding.equals("optimized") || best.isEmpty();
        return new Advice(
                machine.instanceArn(),
                SOURCE,
                keep
                        ? finding + ": keep " + machine.currentInstanceType() + "."
                        : finding + ": " + best.get().instanceType() + " instead of " + machine.currentInstanceType()
                                + ".",
                keep
                        ? BigDecimal.ZERO
                        : best.map(ComputeOptimizerAdvice::saving).orElse(null));
    }

    /** After discounts where it knows them; null where it tells none. */
    private static BigDecimal saving(InstanceRecommendationOption option) {
        if (option.savingsOpportunityAfterDiscounts() != null
                && option.savingsOpportunityAfterDiscounts().estimatedMonthlySavings() != null) {
            return money(option.savingsOpportunityAfterDiscounts()
                    .estimatedMonthlySavings()
                    .value());
        }
        return option.savingsOpportunity() == null
                        || option.savingsOpportunity().estimatedMonthlySavings() == null
                ? null
                : money(option.savingsOpportunity().estimatedMonthlySavings().value());
    }

    private static Advice advice(IdleRecommendation idle) {
        BigDecimal saving = null;
        if (idle.savingsOpportunityAfterDiscounts() != null
                && idle.savingsOpportunityAfterDiscounts().estimatedMonthlySavings() != null) {
            saving = money(idle.savingsOpportunityAfterDiscounts()
                    .estimatedMonthlySavings()
                    .value());
        } else if (idle.savingsOpportunity() != null
                && idle.savingsOpportunity().estimatedMonthlySavings() != null) {
            saving = money(idle.savingsOpportunity().estimatedMonthlySavings().value());
        }
        String description = idle.findingDescription() == null ? "" : " " + idle.findingDescription();
        return new Advice(
                idle.resourceArn(),
                SOURCE,
                words(idle.findingAsString()) + ": stop or delete it." + description,
                saving);
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
