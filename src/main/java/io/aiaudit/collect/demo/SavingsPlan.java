package io.aiaudit.collect.demo;

import io.aiaudit.model.Commitment;
import io.aiaudit.model.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Arrays;

/**
 * The commitments of the demo company. A plan for SageMaker covers any instance of SageMaker by itself, so that it is
 * used in full while others run on demand. Those for one family of EC2 in one region can be too large: one has been
 * left by all that it was bought for, and of the other hardly anything is unused.
 */
enum SavingsPlan {
    SAGEMAKER(
            "7e2d0f4c-51b8-4c3a-9a6d-2f10c8e4b793",
            "sagemaker-2025-10",
            "SageMaker Savings Plan",
            "111122223333",
            "us-east-1",
            "Amazon SageMaker",
            "AI and Machine Learning",
            "SageMaker",
            "7.36256",
            "0.64"),
    MACHINES(
            "c4a91b07-2d63-4f58-8b1e-90d7f3a5e612",
            "machines-2025-10",
            "EC2 Instance Savings Plan",
            "444455556666",
            "us-west-2",
            "Amazon Elastic Compute Cloud",
            "Compute",
            "EC2Instance/us-west-2/g4dn",
            "0.345",
            "0.63"),
    RENDERING(
            "91d5e3b8-7a40-4b6e-a2c7-5f08d1c946aa",
            "rendering-2025-10",
            "EC2 Instance Savings Plan",
            "444455556666",
            "eu-west-1",
            "Amazon Elastic Compute Cloud",
            "Compute",
            "EC2Instance/eu-west-1/g5",
            "1.18",
            "0.63");

    final String id;
    final String label;
    final String type;
    final String account;
    final String region;
    final String service;
    final String category;

    /** As the collector of AWS writes it behind the account. */
    private final String covers;

    /** Dollars an hour. */
    final BigDecimal hourly;

    /** What an hour costs under the plan, as a share of the list price. */
    private final BigDecimal rate;

    SavingsPlan(
            String number,
            String label,
            String type,
            String account,
            String region,
            String service,
            String category,
            String covers,
            String hourly,
            String rate) {
        this.id = "arn:aws:savingsplans::" + account + ":savingsplan/" + number;
        this.label = label;
        this.type = type;
        this.account = account;
        this.region = region;
        this.service = service;
        this.category = category;
        this.covers = covers;
        this.hourly = new BigDecimal(hourly);
        this.rate = new BigDecimal(rate);
    }

    /** The plan that covers what the services of {@code resource} sell. */
    static SavingsPlan of(Company company, DemoResource resource) {
        String service = company.service(resource).get("name");
        return Arrays.stream(values())
                .filter(plan -> plan.service.equals(service) && plan.region.equals(resource.region()))
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
                account + "/" + covers,
                Instant.parse("2025-10-01T00:00:00Z"),
                Instant.parse("2026-10-01T00:00:00Z"),
                hourly,
                usedPerHour(company).divide(hourly, Money.PRECISION).setScale(6, RoundingMode.HALF_EVEN));
    }
}
