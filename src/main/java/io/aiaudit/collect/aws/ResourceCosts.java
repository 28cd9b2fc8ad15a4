package io.aiaudit.collect.aws;

import static io.aiaudit.collect.Operation.BILL;
import static io.aiaudit.collect.aws.AwsService.COST_EXPLORER;

import io.aiaudit.collect.Frequency;
import io.aiaudit.collect.aws.CostLine.Amounts;
import io.aiaudit.model.Gap;
import io.aiaudit.model.Sink;
import io.aiaudit.model.UserError;
import io.aiaudit.model.Window;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.costexplorer.CostExplorerClient;
import software.amazon.awssdk.services.costexplorer.model.GetCostAndUsageWithResourcesRequest;
import software.amazon.awssdk.services.costexplorer.model.GetCostAndUsageWithResourcesResponse;
import software.amazon.awssdk.services.costexplorer.model.Granularity;
import software.amazon.awssdk.services.costexplorer.model.ResultByTime;

/**
 * What single resources cost, as Cost Explorer returns it where that is switched on: for the last 14 days, service by
 * service, each request for a cent. Where it is not switched on, the cost stays with its service, and the reason is
 * reported; a request that fails is a gap, too.
 */
final class ResourceCosts {
    private static final Frequency FOUND =
            new Frequency("instances by resource, without an export", "1 for each compute service; $0.01 each");

    static final List<AwsOperation> OPERATIONS = List.of(COST_EXPLORER
            .operation("GetCostAndUsageWithResources", FOUND, BILL)
            .optional()
            .probe(ResourceCosts::tryYesterday));

    /** AWS keeps them so long. */
    private static final int DAYS = 14;

    private static final Set<String> WITHOUT_RESOURCE = Set.of("", "NoResourceId");

    private record Meter(String day, String service, String usageType) {}

    private final Map<Meter, Map<String, Amounts>> byMeter = new HashMap<>();
    private final LocalDate since;
    private final List<String> problems = new ArrayList<>();
    private final List<String> unread = new ArrayList<>();

    private ResourceCosts(LocalDate since) {
        this.since = since;
    }

    /** Of a service that every account uses; a service without costs has no resources to list. */
    private static void tryYesterday(CostExplorerClient client) {
        client.getCostAndUsageWithResources(request -> request.timePeriod(CostExplorer.yesterday())
                .granularity(Granularity.DAILY)
                .metrics(CostLine.AMORTIZED)
                .groupBy(CostExplorer.group("RESOURCE_ID"))
                .filter(CostExplorer.where("SERVICE", List.of("Amazon Elastic Compute Cloud - Compute"))));
    }

    /** Those of the services of {@code lines}, in the part of the window that AWS still has. */
    static ResourceCosts read(AwsSession session, Window window, List<CostLine> lines, Sink sink) {
        LocalDate oldest = LocalDate.now(ZoneOffset.UTC).minusDays(DAYS);
        LocalDate start = CostExplorer.day(window.start());
        LocalDate end = CostExplorer.day(window.end());
        ResourceCosts costs = new ResourceCosts(start.isBefore(oldest) ? oldest : start);
        if (!costs.since.isBefore(end)) {
            costs.problems.add("it keeps them for " + DAYS + " days");
            return costs;
        }
        lines.stream()
                .filter(line -> line.start() != null && line.start().compareTo(costs.since.toString()) >= 0)
                .filter(line -> line.amounts()
                        .filter(amounts -> amounts.amortized().signum() != 0)
                        .isPresent())
                .map(CostLine::first)
                .filter(service -> service != null && mayHaveResources(service))
                .distinct()
                .sorted()
                .forEach(service -> costs.call(session, service, end, sink));
        return costs;
    }

    /** Services that sell machines, their disks and models; the others would only cost requests. */
    private static boolean mayHaveResources(String service) {
        return service.contains("Elastic Compute Cloud")
                || service.equals("EC2 - Other")
                || service.contains("SageMaker")
                || service.contains("Bedrock");
    }

    /** A service is returned whole or not at all. */
    private void call(AwsSession session, String service, LocalDate end, Sink sink) {
        try {
            Map<Meter, Map<String, Amounts>> ofService = new HashMap<>();
            Set<String> unreadable = new TreeSet<>();
            for (CostLine line : CostLine.of(pages(session, service, end))) {
                Optional<Amounts> amounts = line.amounts();
                if (line.first() == null || line.second() == null || line.start() == null || amounts.isEmpty()) {
                    unreadable.add(line.start() == null ? "unknown days" : line.start());
                } else if (!WITHOUT_RESOURCE.contains(line.first())) {
                    ofService
                            .computeIfAbsent(new Meter(line.start(), service, line.second()), meter -> new HashMap<>())
                            .put(line.first(), amounts.get());
                }
            }
            byMeter.putAll(ofService);
            if (!unreadable.isEmpty()) {
                gap(session, service, unreadable(unreadable), sink);
            }
        } catch (UserError e) { // the limit on what requests may cost
            miss(session, service, e, sink);
        } catch (SdkException e) {
            UserError error = AwsFailure.explain(e).orElseThrow();
            if (AwsFailure.isNotSwitchedOn(e)) {
                without(service, error);
            } else {
                miss(session, service, error, sink);
            }
        }
    }

    /** What they cost stays with their service. */
    private static UserError unreadable(Set<String> days) {
        return new UserError(
                "lines of " + String.join(", ", days) + " lack a resource, a usage type, a period or an amount, "
                        + "so their cost stays with the service.",
                CostExplorer.AGAIN);
    }

    private void miss(AwsSession session, String service, UserError error, Sink sink) {
        gap(session, service, error, sink);
        without(service, error);
    }

    private static void gap(AwsSession session, String service, UserError error, Sink sink) {
        Gap gap = new Gap("aws", session.account() + " resource-level costs", error.problem(), error.fix());
        sink.gap(gap.in(session.account(), null, null), service);
    }

    private void without(String service, UserError error) {
        unread.add(service);
        String problem = error.problem().replaceAll("[.]$", "");
        if (!problems.contains(problem)) {
            problems.add(problem);
        }
    }

    /** The SDK has no paginator for them. */
    private List<ResultByTime> pages(AwsSession session, String service, LocalDate end) {
        CostExplorerClient client = COST_EXPLORER.in(session);
        GetCostAndUsageWithResourcesRequest.Builder request = GetCostAndUsageWithResourcesRequest.builder()
                .timePeriod(period -> period.start(since.toString()).end(end.toString()))
                .granularity(Granularity.DAILY)
                .metrics(CostLine.AMORTIZED, CostLine.BILLED, CostLine.QUANTITY)
                .groupBy(CostExplorer.group("RESOURCE_ID"), CostExplorer.group("USAGE_TYPE"))
                .filter(CostExplorer.all(
                        CostExplorer.where("SERVICE", List.of(service)),
                        CostExplorer.ofAccount(session),
                        CostExplorer.usage()));
        List<ResultByTime> days = new ArrayList<>();
        String token = null;
        do {
            GetCostAndUsageWithResourcesResponse page = client.getCostAndUsageWithResources(
                    request.nextPageToken(token).build());
            days.addAll(page.resultsByTime());
            token = page.nextPageToken();
        } while (token != null && !token.isEmpty());
        return days;
    }

    /** By resource; empty where none is known. */
    Map<String, Amounts> of(String day, String service, String usageType) {
        return byMeter.getOrDefault(new Meter(day, service, usageType), Map.of());
    }

    boolean isEmpty() {
        return byMeter.isEmpty();
    }

    /** The first day with costs of resources. */
    LocalDate since() {
        return since;
    }

    /** Why some or all are missing; each reason once. */
    List<String> problems() {
        return problems;
    }

    /** The services of which none were read, though they may have some. */
    List<String> unread() {
        return unread;
    }
}
