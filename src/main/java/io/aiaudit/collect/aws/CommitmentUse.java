package io.aiaudit.collect.aws;

import static io.aiaudit.collect.Operation.COMMITMENTS;
import static io.aiaudit.collect.aws.AwsService.COST_EXPLORER;

import io.aiaudit.collect.Frequency;
import io.aiaudit.model.GapTopic;
import io.aiaudit.model.Sink;
import io.aiaudit.model.UserError;
import io.aiaudit.model.Window;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.services.costexplorer.CostExplorerClient;
import software.amazon.awssdk.services.costexplorer.model.DateInterval;
import software.amazon.awssdk.services.costexplorer.model.GetReservationUtilizationRequest;
import software.amazon.awssdk.services.costexplorer.model.GetReservationUtilizationResponse;

/**
 * How much of what is committed was used in a window, as shares (0..1). Cost Explorer returns it and takes a cent for
 * each request, so it is requested only where there are commitments.
 */
final class CommitmentUse {
    private static final Frequency FOUND = new Frequency(
            "savings plans and reserved instances", "1 for each account, and 1 for each region; $0.01 each");

    static final List<AwsOperation> OPERATIONS = List.of(
            COST_EXPLORER
                    .operation("GetSavingsPlansUtilizationDetails", FOUND, COMMITMENTS)
                    .alwaysLists()
                    .probe((client, session) -> {
                        if (!SavingsPlans.active(session.atHome()).isEmpty()) {
                            ofSavingsPlans(session, Window.ofDays(today().minusDays(2), today().minusDays(1)));
                        }
                    }),
            COST_EXPLORER
                    .operation("GetReservationUtilization", FOUND, COMMITMENTS)
                    .alwaysLists()
                    .probe((client, session) -> {
                        if (!ReservedMachines.active(session).isEmpty()) {
                            ofReservedInstances(session, Window.ofDays(today().minusDays(1), today()));
                        }
                    }));

    private static final String SUBSCRIPTION = "SUBSCRIPTION_ID";

    /** The attribute of a subscription that holds the id of the reserved instances. */
    private static final String RESERVED_INSTANCES_ID = "leaseId";

    private CommitmentUse() {}

    private static LocalDate today() {
        return LocalDate.now(ZoneOffset.UTC);
    }

    /**
     * The result of {@code call}. A commitment of unknown use stays a commitment: the failure is a gap
     * beside it.
     */
    static Map<String, BigDecimal> orGap(
            AwsSession session, String commitments, Sink sink, Supplier<Map<String, BigDecimal>> call) {
        return AwsSession.details(session.account(), sink)
                .call(GapTopic.COMMITMENT_USE.words() + " " + commitments, call)
                .orElse(Map.of());
    }

    /** By ARN. The end of the days that Cost Explorer takes here, itself not among them, is before today. */
    static Map<String, BigDecimal> ofSavingsPlans(AwsSession session, Window window) {
        LocalDate start = CostExplorer.day(window.start());
        LocalDate end = CostExplorer.day(window.end());
        LocalDate yesterday = today().minusDays(1);
        LocalDate last = end.isAfter(yesterday) ? yesterday : end;
        if (!start.isBefore(last)) {
            throw new UserError(
                    "Cost Explorer has it until the day before yesterday, and the window starts later.",
                    "Scan a longer window, such as --days 30.");
        }
        Map<String, BigDecimal> shares = new HashMap<>();
        client(session)
                .getSavingsPlansUtilizationDetailsPaginator(request -> request.timePeriod(days(start, last)))
                .stream()
                .flatMap(page -> page.savingsPlansUtilizationDetails().stream())
                .filter(plan -> plan.utilization() != null)
                .forEach(plan ->
                        put(shares, plan.savingsPlanArn(), plan.utilization().utilizationPercentage()));
        return shares;
    }

    /** Of one region, by the id of the reserved instances. The SDK has no paginator for these. */
    static Map<String, BigDecimal> ofReservedInstances(AwsSession session, Window window) {
        Map<String, BigDecimal> shares = new HashMap<>();
        GetReservationUtilizationRequest.Builder request = GetReservationUtilizationRequest.builder()
                .timePeriod(days(CostExplorer.day(window.start()), CostExplorer.day(window.end())))
                .groupBy(CostExplorer.group(SUBSCRIPTION))
                .filter(CostExplorer.where("REGION", List.of(session.region())));
        String token = null;
        do {
            GetReservationUtilizationResponse page = client(session)
                    .getReservationUtilization(request.nextPageToken(token).build());
            page.utilizationsByTime().stream()
                    .flatMap(period -> period.groups().stream())
                    .filter(group -> group.utilization() != null)
                    .forEach(group -> put(
                            shares,
                            group.attributes().getOrDefault(RESERVED_INSTANCES_ID, group.value()),
                            group.utilization().utilizationPercentage()));
            token = page.nextPageToken();
        } while (token != null && !token.isEmpty());
        return shares;
    }

    private static void put(Map<String, BigDecimal> shares, String id, String percent) {
        if (id != null && percent != null && !percent.isBlank()) {
            shares.put(id, new BigDecimal(percent.strip()).movePointLeft(2).min(BigDecimal.ONE));
        }
    }

    private static CostExplorerClient client(AwsSession session) {
        return session.atHome().client(CostExplorerClient.class, CostExplorerClient::builder);
    }

    private static DateInterval days(LocalDate start, LocalDate end) {
        return DateInterval.builder()
                .start(start.toString())
                .end(end.toString())
                .build();
    }
}
