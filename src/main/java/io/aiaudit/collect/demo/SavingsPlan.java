package io.aiaudit.collect.demo;

import io.aiaudit.model.Commitment;
import io.aiaudit.model.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;

/** The one commitment of the demo company: too large for what it covers, so that a part of it is unused. */
final class SavingsPlan {
    static final String ID = "arn:aws:savingsplans::111122223333:savingsplan/7e2d0f4c-51b8-4c3a-9a6d-2f10c8e4b793";
    static final String ACCOUNT = "111122223333";
    static final String REGION = "us-east-1";
    static final String TYPE = "SageMaker Savings Plan";

    /** Dollars an hour. */
    static final BigDecimal HOURLY_COMMITMENT = new BigDecimal("9.40");

    /** What an hour costs under the plan, as a share of the list price. */
    private static final BigDecimal RATE = new BigDecimal("0.64");

    private SavingsPlan() {}

    /** The hourly cost of what the plan covers of a resource. */
    static BigDecimal covered(DemoResource resource) {
        return resource.offer().onDemand().multiply(RATE).multiply(BigDecimal.valueOf(resource.covered()));
    }

    static BigDecimal usedPerHour(Company company) {
        return company.resources().stream()
                .filter(resource -> resource.covered() > 0)
                .map(SavingsPlan::covered)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    static Commitment commitment(Company company) {
        return new Commitment(
                "aws",
                ID,
                "savings_plan",
                ACCOUNT,
                Instant.parse("2025-10-01T00:00:00Z"),
                Instant.parse("2026-10-01T00:00:00Z"),
                HOURLY_COMMITMENT,
                usedPerHour(company).divide(HOURLY_COMMITMENT, Money.PRECISION).setScale(6, RoundingMode.HALF_EVEN));
    }
}
