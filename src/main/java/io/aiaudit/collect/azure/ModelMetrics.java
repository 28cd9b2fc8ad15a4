package io.aiaudit.collect.azure;

import io.aiaudit.collect.Details;
import io.aiaudit.collect.Known;
import io.aiaudit.collect.MetricHours;
import io.aiaudit.collect.ServiceHours;
import io.aiaudit.collect.Slice;
import io.aiaudit.collect.rest.RestFailure;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Sink;
import io.aiaudit.model.UserError;
import io.aiaudit.model.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Requests, tokens and use of provisioned units of model deployments, split by deployment on their account. Azure has
 * two families of names for the same; an account may
 * know one or both, and where both report an hour it is the same hour.
 */
final class ModelMetrics extends AzurePart {
    /** Only units that are provisioned can be full. */
    private static final String UTILIZATION = "throughput_utilization";

    private static final String INPUT = "tokens_input";
    private static final String CACHED = "tokens_cache_read";
    private static final String WRITTEN = "tokens_cache_write";
    private static final Duration HOUR = Duration.ofHours(1);
    private static final String NAMESPACE = "Microsoft.CognitiveServices/accounts";
    private static final List<String> DIMENSION = List.of("ModelDeploymentName");

    /** Azure's names for our metrics; {@code cached} is the share of the input that came from a cache, null = none. */
    private record Family(List<AzureMetric> counters, AzureMetric utilization, String cached) {
        static Family of(String requests, String input, String output, String utilization, String cached) {
            return new Family(
                    List.of(counter(requests, "requests"), counter(input, INPUT), counter(output, "tokens_output")),
                    AzureMetric.measured(utilization, UTILIZATION, AzureMetric.PERCENT),
                    cached);
        }

        private static AzureMetric counter(String name, String metric) {
            return AzureMetric.of(name, metric, AzureMetric.Form.LARGEST, 1);
        }

        List<AzureMetric> rows() {
            return Stream.concat(counters.stream(), Stream.of(utilization)).toList();
        }

        /** What is counted has a total only. */
        AzureMonitor.Question ofCounters() {
            return new AzureMonitor.Question(NAMESPACE, AzureMetric.names(counters), "total", DIMENSION);
        }

        /** What is measured has no total. */
        AzureMonitor.Question ofGauges() {
            List<String> names = new ArrayList<>(List.of(utilization.name()));
            if (cached != null) {
                names.add(cached);
            }
            return new AzureMonitor.Question(NAMESPACE, names, "average,maximum", DIMENSION);
        }

        /** How full provisioned units are is measured all the time, whether or not there are requests. */
        boolean isMeasured(MetricPoint point) {
            return point.name().equals(utilization.name()) && (point.average() != null || point.maximum() != null);
        }
    }

    private static final List<Family> FAMILIES = List.of(
            Family.of(
                    "AzureOpenAIRequests",
                    "ProcessedPromptTokens",
                    "GeneratedTokens",
                    "AzureOpenAIProvisionedManagedUtilizationV2",
                    "AzureOpenAIContextTokensCacheMatchRate"),
            Family.of("ModelRequests", "InputTokens", "OutputTokens", "ProvisionedUtilization", null));

    /** The caches of Anthropic's models. Accounts without these do not know the names, and refuse all with one. */
    private static final List<AzureMetric> CACHES = List.of(
            AzureMetric.of("cacheReadInputTokens", CACHED, AzureMetric.Form.TOTAL, 1),
            AzureMetric.of("ephemeral5mInputTokens", WRITTEN, AzureMetric.Form.TOTAL, 1),
            AzureMetric.of("ephemeral1hInputTokens", WRITTEN, AzureMetric.Form.TOTAL, 1));

    private static final AzureMonitor.Question OF_CACHES =
            new AzureMonitor.Question(NAMESPACE, AzureMetric.names(CACHES), "total", DIMENSION);

    private static boolean isOfAnthropic(Resource deployment) {
        return "Anthropic".equalsIgnoreCase(deployment.attributes().get("model_format"));
    }

    ModelMetrics() {
        super("model metrics", Slice.Dataset.METRICS, AzureMonitor.OPERATIONS);
    }

    @Override
    public Map<String, Set<String>> measures() {
        Set<String> metrics = new HashSet<>(Set.of(CACHED, WRITTEN));
        FAMILIES.forEach(family -> metrics.addAll(AzureMetric.written(family.rows())));
        Set<String> byToken = new HashSet<>(metrics);
        byToken.remove(UTILIZATION);
        return Map.of("provisioned_throughput", metrics, "model_usage", byToken);
    }

    @Override
    public void read(AzureSession session, Window window, Known known, Sink sink) throws InterruptedException {
        List<Resource> deployments = session.here(Stream.concat(
                        known.resources("provisioned_throughput").stream(), known.resources("model_usage").stream())
                .filter(resource -> resource.attributes().containsKey("deployment_name") && resource.parentId() != null)
                .toList());
        Details details = session.details(sink);
        AzureMonitor monitor = new AzureMonitor(session, window, details, sink);
        for (Map.Entry<String, List<Resource>> region :
                AzureMonitor.byRegion(deployments).entrySet()) {
            try {
                read(monitor, region.getKey(), region.getValue(), details, sink);
            } catch (UserError e) { // a location that is no region
                details.failed("metrics of models in " + region.getKey(), null, e);
            }
        }
        details.failUnlessSomethingAnswered();
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
        Map<String, Set<Instant>> reported = new HashMap<>();
        List<MetricAnswers> responses = new ArrayList<>();
        Map<String, Refusals> refusals = new TreeMap<>();
        String what = "metrics of models in " + region;
        for (Family family : FAMILIES) {
            Consumer<MetricPoint> points = point -> {
                Resource deployment = byPart.get(part(point.resourceId(), point.part()));
                if (family.isMeasured(point)) {
                    reported.computeIfAbsent(point.resourceId(), key -> new HashSet<>())
                            .add(point.hour());
                }
                if (deployment != null) {
                    hours.get(deployment.resourceId()).add(family, deployment, point);
                }
            };
            for (AzureMonitor.Question question : List.of(family.ofCounters(), family.ofGauges())) {
                responses.add(monitor.read(
                        question,
                        region,
                        List.copyOf(accounts),
                        points,
                        (account, failure) -> refusals.computeIfAbsent(account, key -> new Refusals())
                                .add(question, failure)));
            }
        }
        Map<String, Resource> ofAnthropic = new HashMap<>(byPart);
        ofAnthropic.values().removeIf(deployment -> !isOfAnthropic(deployment));
        MetricAnswers caches = monitor.read(
                OF_CACHES,
                region,
                ofAnthropic.values().stream()
                        .map(Resource::parentId)
                        .distinct()
                        .sorted()
                        .toList(),
                point -> {
                    Resource deployment = ofAnthropic.get(part(point.resourceId(), point.part()));
                    if (deployment != null) {
                        hours.get(deployment.resourceId()).addCached(deployment, point);
                    }
                },
                (account, failure) ->
                        refusals.computeIfAbsent(account, key -> new Refusals()).add(OF_CACHES, failure));
        if (caches.any() || responses.stream().anyMatch(MetricAnswers::any)) {
            details.responded(what);
        }
        refusals.forEach((account, ofAccount) -> ofAccount
                .failures()
                .forEach((question, failure) ->
                        details.failed(question.named(what), AzureMonitor.name(account), failure)));
        Set<String> ambiguous = new TreeSet<>();
        for (Resource deployment : byPart.values()) {
            String account = deployment.parentId();
            Refusals refused = refusals.getOrDefault(account, new Refusals());
            DeploymentHours ofDeployment = hours.get(deployment.resourceId());
            if (refused.hidesCache()) {
                ofDeployment.withoutCache();
            }
            if (isOfAnthropic(deployment)) {
                ofDeployment.countCached(deployment, caches, refused.hides(OF_CACHES));
                if (ofDeployment.leaveOutAmbiguousInput()) {
                    ambiguous.add(AzureMonitor.name(account) + "/"
                            + deployment.attributes().get("deployment_name"));
                }
            }
            ofDeployment.unread(deployment, responses, refused);
            ofDeployment.write(
                    deployment,
                    refused.hidesCounters() ? List.of() : responses,
                    reported.getOrDefault(account, Set.of()),
                    sink);
        }
        if (!ambiguous.isEmpty()) {
            sink.warning("Input tokens of " + String.join(", ", ambiguous)
                    + " are unknown in hours that read or wrote a cache: Azure does not document whether its metric "
                    + "InputTokens includes these tokens. A usage file with tokens_input can add them.");
        }
    }

    /**
     * What an account was not answered for. Names that it does not know are no failure while it knows those of another
     * family.
     */
    private static final class Refusals {
        private final Map<AzureMonitor.Question, RestFailure> byQuestion = new LinkedHashMap<>();

        void add(AzureMonitor.Question question, RestFailure failure) {
            byQuestion.merge(question, failure, (one, other) -> knowsOtherNames(one) ? other : one);
        }

        /** Why some of its counters, or how full its units are, cannot be known. */
        Map<AzureMonitor.Question, RestFailure> failures() {
            Map<AzureMonitor.Question, RestFailure> failures = new LinkedHashMap<>(byQuestion);
            failures.keySet().removeIf(question -> !hides(question));
            return failures;
        }

        /** Whether some requests or tokens may be unknown: an hour without a point is no hour without them. */
        boolean hidesCounters() {
            return FAMILIES.stream().anyMatch(family -> hides(family.ofCounters()));
        }

        /** Whether a question was refused for another reason than names of which the account knows others. */
        boolean hides(AzureMonitor.Question question) {
            return byQuestion.containsKey(question) && (nothingCounted() || !knowsOtherNames(byQuestion.get(question)));
        }

        private boolean nothingCounted() {
            return FAMILIES.stream().allMatch(family -> byQuestion.containsKey(family.ofCounters()));
        }

        /** Whether tokens may have come from a cache, in an unknown number. */
        boolean hidesCache() {
            return FAMILIES.stream()
                    .filter(family -> family.cached() != null)
                    .map(family -> byQuestion.get(family.ofGauges()))
                    .anyMatch(failure -> failure != null && !knowsOtherNames(failure));
        }
    }

    private static boolean knowsOtherNames(RestFailure failure) {
        return failure.serviceMessage().contains("Failed to find metric configuration");
    }

    private static String part(String account, String deployment) {
        return account + " " + String.valueOf(deployment).toLowerCase(Locale.ROOT);
    }

    /** The hours of one deployment, from whichever family reports them. */
    private static final class DeploymentHours {
        private final MetricHours hours = new MetricHours();
        private final Map<Instant, Double> cachedShares = new HashMap<>();
        private final Set<String> reported = new HashSet<>();

        void add(Family family, Resource deployment, MetricPoint point) {
            AzureMetric.add(family.rows(), hours, deployment, point);
            if (family.isMeasured(point)) {
                reported.add(point.name());
            }
            if (point.name().equals(family.cached()) && point.average() != null) {
                cachedShares.put(point.hour(), point.average() * AzureMetric.PERCENT);
            }
        }

        void addCached(Resource deployment, MetricPoint point) {
            AzureMetric.add(CACHES, hours, deployment, point);
        }

        /** No token went through the cache where each of the metrics was answered for without one. */
        void countCached(Resource deployment, MetricAnswers answers, boolean isHidden) {
            for (String metric : AzureMetric.written(CACHES)) {
                Set<Window> answered = new HashSet<>();
                Set<Window> failed = new HashSet<>();
                for (AzureMetric row : CACHES) {
                    if (row.metric().equals(metric)) {
                        answered.addAll(answers.responded(deployment.parentId(), row.name()));
                        failed.addAll(answers.failed(deployment.parentId(), row.name()));
                    }
                }
                answered.removeAll(failed);
                answered.forEach(stretch -> hours.nothingElse(metric, ServiceHours.of(deployment, stretch)));
                hours.unknown(metric, failed);
                if (isHidden || !failed.isEmpty()) {
                    hours.unread(metric);
                }
            }
        }

        /**
         * Azure does not document whether the input of models of Anthropic includes the tokens that a cache read or
         * wrote. An hour with less input than these shows that it does not; without one the input is unknown where
         * there are any: it would count twice.
         *
         * @return whether any input was left out
         */
        boolean leaveOutAmbiguousInput() {
            Map<Instant, Double> cached = hours.totals(CACHED);
            hours.totals(WRITTEN).forEach((hour, tokens) -> cached.merge(hour, tokens, Double::sum));
            Map<Instant, Double> input = hours.totals(INPUT);
            cached.entrySet().removeIf(hour -> hour.getValue() <= 0 || !input.containsKey(hour.getKey()));
            if (cached.entrySet().stream().anyMatch(hour -> input.get(hour.getKey()) < hour.getValue())) {
                return false;
            }
            cached.keySet().forEach(hour -> hours.unknown(INPUT, Set.of(new Window(hour, hour.plus(HOUR)))));
            return !cached.isEmpty();
        }

        /**
         * Marks in the hours what Azure failed to return. How full units are is of provisioned ones only, and measured
         * all the time: where one family reports it, the other has the same.
         */
        void unread(Resource deployment, List<MetricAnswers> responses, Refusals refused) {
            for (Family family : FAMILIES) {
                for (AzureMetric row : family.rows()) {
                    boolean isUse = row.equals(family.utilization());
                    boolean failed = refused.hides(isUse ? family.ofGauges() : family.ofCounters())
                            || responses.stream()
                                    .anyMatch(one -> !one.failed(deployment.parentId(), row.name())
                                            .isEmpty());
                    boolean isWanted =
                            !isUse || (deployment.kind().equals("provisioned_throughput") && reported.isEmpty());
                    if (failed && isWanted) {
                        hours.unread(row.metric());
                    }
                }
            }
        }

        /** The share of a cache is not known: all tokens would count at the full price. */
        void withoutCache() {
            hours.unknown(INPUT);
        }

        /**
         * {@code reported} holds the hours in which a metric that is measured all the time is reported for the account.
         */
        void write(Resource deployment, List<MetricAnswers> responses, Set<Instant> reported, Sink sink) {
            for (Family family : FAMILIES) {
                for (AzureMetric counter : family.counters()) {
                    String metric = counter.metric();
                    Set<Window> silent = new HashSet<>();
                    responses.forEach(one -> silent.addAll(one.responded(deployment.parentId(), counter.name())));
                    silent.removeAll(failed(metric, deployment.parentId(), responses));
                    silent.forEach(stretch -> hours.nothingElse(metric, ServiceHours.of(deployment, stretch)));
                    Set<Instant> whole = new HashSet<>(reported);
                    whole.removeIf(hour -> silent.stream().noneMatch(stretch -> stretch.contains(hour)));
                    hours.zeroWhereReported(metric, whole);
                }
            }
            cachedShares.forEach((hour, share) -> hours.move(INPUT, CACHED, hour, share));
            FAMILIES.stream()
                    .map(Family::cached)
                    .filter(Objects::nonNull)
                    .forEach(name -> responses.forEach(one -> hours.unknown( // they would count at the full price
                            INPUT, one.failed(deployment.parentId(), name))));
            hours.write(deployment, sink);
        }

        /** What one family failed to return is unknown, though the other has nothing of it. */
        private static Set<Window> failed(String metric, String account, List<MetricAnswers> responses) {
            Set<Window> failed = new HashSet<>();
            for (Family family : FAMILIES) {
                family.counters().stream()
                        .filter(counter -> counter.metric().equals(metric))
                        .forEach(counter ->
                                responses.forEach(one -> failed.addAll(one.failed(account, counter.name()))));
            }
            return failed;
        }
    }
}
