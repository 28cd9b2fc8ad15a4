package io.aiaudit.collect.aws;

import static io.aiaudit.collect.Frequency.ACCOUNT;
import static io.aiaudit.collect.Operation.COMMITMENTS;

import io.aiaudit.collect.Details;
import io.aiaudit.collect.Known;
import io.aiaudit.collect.Slice;
import io.aiaudit.model.Commitment;
import io.aiaudit.model.Sink;
import io.aiaudit.model.Window;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.services.savingsplans.SavingsplansClient;
import software.amazon.awssdk.services.savingsplans.model.DescribeSavingsPlansResponse;
import software.amazon.awssdk.services.savingsplans.model.SavingsPlan;
import software.amazon.awssdk.services.savingsplans.model.SavingsPlanState;

/**
 * The savings plans that an account owns, of all kinds: what they cost an hour, until when, and how much of them was
 * used.
 */
final class SavingsPlans extends AwsPart {
    static final List<AwsOperation> OPERATIONS =
            List.of(AwsService.of("Savingsplans", "savingsplans", SavingsplansClient.class, SavingsplansClient::builder)
                    .atHome()
                    .operation("DescribeSavingsPlans", ACCOUNT, COMMITMENTS)
                    .probe((client, session) -> active(session.atHome())));

    private static final String KIND = "savings_plan";

    SavingsPlans() {
        super("savings plans", Slice.Dataset.COMMITMENTS, AwsOperation.all(OPERATIONS, CommitmentUse.OPERATIONS));
    }

    @Override
    public boolean mayBeUnknown() {
        return true;
    }

    @Override
    public void read(AwsSession session, Window window, Known known, Sink sink) {
        List<SavingsPlan> plans = active(session);
        if (plans.isEmpty()) {
            return;
        }
        Map<String, BigDecimal> used =
                CommitmentUse.orGap(session, label(), sink, () -> CommitmentUse.ofSavingsPlans(session, window));
        Details details = session.details(sink);
        for (SavingsPlan plan : plans) {
            details.make(
                            label(),
                            plan.savingsPlanId(),
                            () -> new Commitment(
                                    "aws",
                                    Objects.requireNonNull(plan.savingsPlanArn(), "savingsPlanArn"),
                                    KIND,
                                    scope(session, plan),
                                    time(plan.start()),
                                    time(plan.end()),
                                    plan.commitment() == null ? null : new BigDecimal(plan.commitment()),
                                    used.get(plan.savingsPlanArn())))
                    .ifPresent(commitment -> sink.commitment(commitment, plan.currencyAsString()));
        }
    }

    private static Instant time(String text) {
        return text == null ? null : Instant.parse(text);
    }

    /** Those that run; one that waits for its start can still be taken back. The SDK has no paginator for them. */
    static List<SavingsPlan> active(AwsSession session) {
        SavingsplansClient client = session.client(SavingsplansClient.class, SavingsplansClient::builder);
        List<SavingsPlan> plans = new ArrayList<>();
        String token = null;
        do {
            String next = token;
            DescribeSavingsPlansResponse page = client.describeSavingsPlans(
                    request -> request.states(SavingsPlanState.ACTIVE, SavingsPlanState.PAYMENT_PENDING)
                            .maxResults(1000)
                            .nextToken(next));
            plans.addAll(page.savingsPlans());
            token = page.nextToken();
        } while (token != null && !token.isEmpty());
        return plans;
    }

    /** Account and what the plan covers: Compute, SageMaker, or EC2Instance with its region and family. */
    private static String scope(AwsSession session, SavingsPlan plan) {
        String covers = session.scope(plan.savingsPlanTypeAsString());
        return plan.ec2InstanceFamily() == null || plan.ec2InstanceFamily().isEmpty()
                ? covers
                : covers + "/" + plan.region() + "/" + plan.ec2InstanceFamily();
    }
}
