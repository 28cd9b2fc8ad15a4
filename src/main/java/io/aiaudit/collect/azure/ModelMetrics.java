package io.aiaudit.collect.azure;

import io.aiaudit.collect.Known;
import io.aiaudit.collect.Slice;
import io.aiaudit.collect.rest.RestFailure;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Requests, tokens and use of provisioned units of model deployments, split by deployment on their account. Azure has two families of names for the same; an account may
 * know one or both, and where both tell an hour it is the same hour.
 */
final class ModelMetrics implements AzurePart {
    private static final double PERCENT = 0.01;
    private static final String NAMESPACE = "Microsoft.CognitiveServices/accounts";
    private static final List<String> DIMENSION = List.of("ModelDeploymentName");

    /** Azure's names for our counters. */
    private record Family(String requests, String input, String output, String utilization, String cached) {
        AzureMonitor.Question question() {
            List<String> names = new ArrayList<>(List.of(requests, input, output, utilization));
            if (cached != null) {
                names.add(cached);
            }
            return new AzureMonitor.Question(NAMESPACE, names, "average,maximum,total", DIMENSION);
        }

        Map<String, String> counters() {
            return Map.of(requests, "requests", input, "tokens_input", output, "tokens_output");
        }
    }

    private static final List<Family> FAMILIES = List.of(
            new Family(
                    "AzureOpenAIRequests",
                    "ProcessedPromptTokens",
                    "GeneratedTokens",
                    "AzureOpenAIProvisionedManagedUtilizationV2",
                    "AzureOpenAIContextTokensCacheMatchRate"),
            new Family("ModelRequests", "InputTokens", "OutputTokens", "ProvisionedUtilization", null));

    @Override
    public String word() {
        return "model metrics";
    }

    @Override
    public Slice.Dataset dataset() {
        return Slice.Dataset.METRICS;
    }

    @Override
    public void read(AzurePlace place, Window window, Known known, Sink sink) throws InterruptedException {
        List<Resource> deployments = place.here(Stream.concat(
                        known.resources("provisioned_throughput").stream(), known.resources("model_usage").stream())
                .filter(resource -> resource.attributes().containsKey("deployment_name") && resource.parentId() != null)
                .toList());
        Details details = new Details(place);
        AzureMonitor monitor = new AzureMonitor(place, window, details, sink);
        for (Map.Entry<String, List<Resource>> region :
                AzureMonitor.byRegion(deployments).entrySet()) {
            details.ask(
                    "metrics of models in " + region.getKey(),
                    () -> {
                        read(monitor, region.getKey(), region.getValue(), details, sink);
                        return true;
                    },
                    false);
        }
        details.tellUnlessNothingAnswered(sink);
    }

    private static void read(
            AzureMonitor monitor, String region, List<Resource> deployments, Details details, Sink sink)
            throws InterruptedException {
        Map<String, Resource> byPart = new HashMap<>();
        Set<String> accounts = new TreeSet<>();
        for (Resource deployment : deployments) {
            accounts.add(deployment.parentId());
            byPart.put(part(deployment.parentId(), deployment.attributes().get("deployment_name")), deployment);
        }
        Map<String, DeploymentHours> hours = new HashMap<>();
        byPart.values().forEach(deployment -> hours.put(deployment.resourceId(), new DeploymentHours()));
        List<MetricAnswers> answers = new ArrayList<>();
        Map<String, List<RestFailure>> refusals = new TreeMap<>();
        for (Family family : FAMILIES) {
            Consumer<MetricPoint> points = point -> {
                Resource deployment = byPart.get(part(point.resourceId(), point.part()));
                if (deployment != null) {
                    hours.get(deployment.resourceId()).add(family, point);
                }
            };
            ask(monitor, family.question(), region, List.copyOf(accounts), points, answers, refusals);
        }
        Set<String> unknown = new HashSet<>();
        refusals.forEach((account, ofAccount) -> {
            if (ofAccount.size() == FAMILIES.size() || !ofAccount.stream().allMatch(ModelMetrics::knowsOtherNames)) {
                unknown.add(account);
                String name = account.substring(account.lastIndexOf('/') + 1);
                details.ask(
                        "metrics of models in " + region,
                        name,
                        () -> {
                            throw ofAccount.get(0);
                        },
                        false);
            }
        });
        byPart.values()
                .forEach(deployment -> hours.get(deployment.resourceId())
                        .write(deployment, unknown.contains(deployment.parentId()) ? List.of() : answers, sink));
    }

    /** All accounts at once; where that is refused each by itself, since one may be why. Points that are told again count once. */
    private static void ask(
            AzureMonitor monitor,
            AzureMonitor.Question question,
            String region,
            List<String> accounts,
            Consumer<MetricPoint> points,
            List<MetricAnswers> answers,
            Map<String, List<RestFailure>> refusals)
            throws InterruptedException {
        try {
            answers.add(monitor.read(question, region, accounts, points));
        } catch (RestFailure e) {
            if (e.status() != 400) {
                throw e;
            }
            if (accounts.size() == 1) {
                refusals.computeIfAbsent(accounts.get(0), key -> new ArrayList<>())
                        .add(e);
                return;
            }
            for (String account : accounts) {
                ask(monitor, question, region, List.of(account), points, answers, refusals);
            }
        }
    }

    private static boolean knowsOtherNames(RestFailure failure) {
        return failure.said().contains("Failed to find metric configuration");
    }

    private static String part(String account, String deployment) {
        return account + " " + String.valueOf(deployment).toLowerCase(Locale.ROOT);
    }

    /** The hours of one deployment, whichever family tells them. */
    private static final class DeploymentHours {
        private final MetricHours hours = new MetricHours();
        private final Map<Instant, Double> cachedShares = new HashMap<>();

        void add(Family family, MetricPoint point) {
            String counter = family.counters().get(point.name());
            if (counter != null) {
                hours.most(counter, point.hour(), point.total());
            } else if (point.name().equals(family.utilization())) {
                hours.average("throughput_utilization", point, PERCENT);
            } else if (point.name().equals(family.cached()) && point.average() != null) {
                cachedShares.put(point.hour(), point.average() * PERCENT);
            }
        }

        void write(Resource deployment, List<MetricAnswers> answers, Sink sink) {
            for (Family family : FAMILIES) {
                family.counters().forEach((name, metric) -> {
                    Set<Window> silent = new HashSet<>();
                    answers.forEach(one -> silent.addAll(one.told(deployment.parentId(), name)));
                    silent.removeAll(failed(metric, deployment.parentId(), answers));
                    silent.forEach(stretch -> hours.nothingHappened(metric, deployment, stretch));
                });
            }
            cachedShares.forEach((hour, share) -> hours.move("tokens_input", "tokens_cache_read", hour, share));
            hours.write(deployment.resourceId(), sink);
        }

        /** What one family could not tell is not known, though the other has nothing of it. */
        private static Set<Window> failed(String metric, String account, List<MetricAnswers> answers) {
            Set<Window> failed = new HashSet<>();
            for (Family family : FAMILIES) {
                family.counters().entrySet().stream()
                        .filter(counter -> counter.getValue().equals(metric))
                        .forEach(counter ->
                                answers.forEach(one -> failed.addAll(one.failed(account, counter.getKey()))));
            }
            return failed;
        }
    }
}
