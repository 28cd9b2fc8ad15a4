package io.aiaudit.collect.aws;

import static io.aiaudit.collect.Operation.COMMITMENTS;
import static io.aiaudit.collect.aws.AwsService.COST_EXPLORER;

import io.aiaudit.collect.Frequency;
import io.aiaudit.model.GapTopic;
import io.aiaudit.model.Sink;
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
                    .probe((client, session) -> {
                        if (!SavingsPlans.active(session.atHome()).isEmpty()) {
                            ofSavingsPlans(session, yesterday());
                        }
                    }),
            COST_EXPLORER
                    .operation("GetReservationUtilization", FOUND, COMMITMENTS)
                    .probe((client, session) -> {
                        if (!ReservedMachines.active(session).isEmpty()) {
                            ofReservedInstances(session, yesterday());
                        }
                    }));

    private static final String SUBSCRIPTION = "SUBSCRIPTION_ID";

    /** The attribute of a subscription that holds the id of the reserved instances. */
    private static final String RESERVED_INSTANCES_ID = "leaseId";

    private CommitmentUse() {}

    private static Window yesterday() {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        return Window.ofDays(today.minusDays(1), today);
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

    /** By ARN. */
    static Map<String, BigDecimal> ofSavingsPlans(AwsSession session, Window window) {
        Map<String, BigDecimal> shares = new HashMap<>();
        client(session).getSavingsPlansUtilizationDetailsPaginator(request -> request.timePeriod(days(window))).stream()
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
                .timePeriod(days(window))
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

    private static DateInterval days(Window window) {
        return DateInterval.builder()
                .start(CostExplorer.day(window.start()).toString())
                .end(CostExplorer.day(window.end()).toString())
                .build();
    }
}
