package io.aiaudit.collect.azure;

import static io.aiaudit.collect.Operation.GOVERNANCE;

import io.aiaudit.collect.Attributes;
import io.aiaudit.collect.Details;
import io.aiaudit.collect.Frequency;
import io.aiaudit.collect.Known;
import io.aiaudit.collect.Slice;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether the calls of deployed models are recorded: a setting of the account that they stand in, which holds for all
 * of them.
 */
final class ModelCallLogs extends AzurePart {
    private static final AzureOperation SETTINGS = AzureOperation.get(
                    "/{resource*}/providers/Microsoft.Insights/diagnosticSettings",
                    DiagnosticSettings.VERSION,
                    new Frequency("governed", "1 for each account with models"),
                    GOVERNANCE)
            .untried();

    private static final Set<String> WHO_CALLED = Set.of("RequestResponse", "allLogs");

    /** After the deployments themselves. */
    ModelCallLogs() {
        super("model logs", Slice.Dataset.DETAILS, List.of(SETTINGS));
    }

    @Override
    public void read(AzurePlace place, Window window, Known known, Sink sink) {
        Map<String, List<Resource>> byAccount = Stream.of("model_usage", "provisioned_throughput")
                .flatMap(kind -> place.here(known.resources(kind)).stream())
                .filter(resource -> resource.parentId() != null
                        && resource.parentId().contains("/microsoft.cognitiveservices/accounts/"))
                .collect(Collectors.groupingBy(Resource::parentId, TreeMap::new, Collectors.toList()));
        Details details = place.details(sink);
        byAccount.forEach((account, deployments) -> {
            String said = details.ask("logs of model calls", AzureMonitor.name(account), () -> said(place, account))
                    .orElse(null);
            deployments.forEach(deployment -> sink.resource(Resource.builder(
                            deployment.resourceId(), deployment.kind(), "azure")
                    .account(place.subscription(), place.name())
                    .attributes(new Attributes().put("invocation_logging", said).values())
                    .build()));
        });
        details.failUnlessSomethingAnswered();
    }

    /** Such as {@code storage, workspace}, or {@code off}. */
    private static String said(AzurePlace place, String account) {
        String places = DiagnosticSettings.recording(
                        place.arm()
                                .list(place.arm().request(SETTINGS).with("resource*", account.replaceFirst("^/", ""))),
                        WHO_CALLED)
                .stream()
                .flatMap(setting -> DiagnosticSettings.destinations(setting).stream())
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
        return places.isEmpty() ? "off" : places;
    }
}
