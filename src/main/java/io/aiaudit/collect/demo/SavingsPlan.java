package io.aiaudit.collect.demo;

import io.aiaudit.model.Commitment;
import io.aiaudit.model.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Arrays;

/**
 * The commitments of the demo company: one too large for what it covers, and one of which hardly anything is unused.
 */
enum SavingsPlan {
    SAGEMAKER(
            "7e2d0f4c-51b8-4c3a-9a6d-2f10c8e4b793",
            "sagemaker-2025-10",
            "SageMaker Savings Plan",
            "111122223333",
            "Amazon SageMaker",
            "AI and Machine Learning",
            "9.40",
            "0.64"),
    MACHINES(
            "c4a91b07-2d63-4f58-8b1e-90d7f3a5e612",
            "machines-2025-10",
            "EC2 Instance Savings Plan",
            "444455556666",
            "Amazon Elastic Compute Cloud",
            "Compute",
            "0.345",
            "0.63");

    static final String REGION = "us-east-1";

    final String id;
    final String label;
    final String type;
    final String account;
    final String service;
    final String category;

    /** Dollars an hour. */
    final BigDecimal hourly;

    /** What an hour costs under the plan, as a share of the list price. */
    private final BigDecimal rate;

    SavingsPlan(
            String number,
            String label,
            String type,
            String account,
            String service,
            String category,
            String hourly,
            String rate) {
        this.id = "arn:aws:savingsplans::" + account + ":savingsplan/" + number;
        this.label = label;
        this.type = type;
        this.account = account;
        this.service = service;
        this.category = category;
        this.hourly = new BigDecimal(hourly);
        this.rate = new BigDecimal(rate);
    }

    /** The plan that covers what the services of {@code resource} sell. */
    static SavingsPlan of(Company company, DemoResource resource) {
        String service = company.service(resource).get("name");
        return Arrays.stream(values())
                .filter(plan -> plan.service.equals(service))
                .findFirst()
                .orElseThrow();
    }

    /** The hourly cost of what the plan covers of a resource. */
    BigDecimal covered(DemoResource resource) {
        return resource.offer().onDemand().multiply(rate).multiply(BigDecimal.valueOf(resource.covered()));
    }

    BigDecimal usedPerHour(Company company) {
        return company.resources().stream()
                .filter(resource -> resource.covered() > 0 && of(company, resource) == this)
                .map(this::covered)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    Commitment commitment(Company company) {
        return new Commitment(
                "aws",
                id,
                "savings_plan",
                account,
                Instant.parse("2025-10-01T00:00:00Z"),
                Instant.parse("2026-10-01T00:00:00Z"),
                hourly,
                usedPerHour(company).divide(hourly, Money.PRECISION).setScale(6, RoundingMode.HALF_EVEN));
    }
}
