package io.aiaudit.report;

import io.aiaudit.model.CommitmentCoverage;
import io.aiaudit.model.ModelTokens;
import io.aiaudit.model.ModelTokensBuilder;
import io.aiaudit.model.OfResourceBuilder;
import io.aiaudit.model.UnitCost;
import io.aiaudit.model.UnitCostBuilder;
import java.math.BigDecimal;
import java.util.List;

/** What the models and machines of {@link SampleAudit} did: one of each sort of knowledge. */
final class SampleUse {
    private SampleUse() {}

    static List<ModelTokens> tokens() {
        return List.of(
                ModelTokensBuilder.builder()
                        .provider("aws")
                        .model("claude-sonnet-4-5")
                        .paidBy("tokens")
                        .resources(3)
                        .calls(number("1116420"))
                        .tokensInput(number("4012000000"))
                        .tokensOutput(number("401000000"))
                        .tokensCacheRead(number("812000000"))
                        .tokensCacheWrite(number("96000000"))
                        .tokensFrom("bill")
                        .cost(number("18654.60"))
                        .monthlyCost(number("18924.10"))
                        .tokensShare(BigDecimal.ONE)
                        .callsShare(number("0.831865"))
                        .costPerThousandCalls(number("13.9"))
                        .perMillion(perMillion("3", "15", "0.3", "3.75", "3.50585"))
                        .build(),
                ModelTokensBuilder.builder()
                        .provider("azure")
                        .model("gpt-4.1")
                        .paidBy("units")
                        .resources(1)
                        .calls(number("684000"))
                        .tokensInput(number("1120000000"))
                        .tokensOutput(number("108000000"))
                        .tokensFrom("metrics")
                        .cost(number("7776.00"))
                        .monthlyCost(number("7884.00"))
                        .tokensShare(BigDecimal.ONE)
                        .callsShare(BigDecimal.ONE)
                        .costPerThousandCalls(number("11.3684"))
                        .perMillion(perMillion(null, null, null, null, "6.33225"))
                        .build(),
                ModelTokensBuilder.builder()
                        .provider("gcp")
                        .model("gemini-2.5-pro")
                        .paidBy("tokens")
                        .resources(2)
                        .cost(number("3120.55"))
                        .monthlyCost(number("3165.64"))
                        .tokensShare(BigDecimal.ZERO)
                        .callsShare(BigDecimal.ZERO)
                        .perMillion(perMillion(null, null, null, null, null))
                        .build(),
                ModelTokensBuilder.builder()
                        .provider("aws")
                        .paidBy("tokens")
                        .resources(1)
                        .calls(number("12"))
                        .tokensInput(number("90000"))
                        .tokensOutput(number("4000"))
                        .tokensFrom("metrics")
                        .perMillion(perMillion(null, null, null, null, null))
                        .build());
    }

    static List<CommitmentCoverage> commitmentCoverage() {
        return List.of(new CommitmentCoverage(
                "gcp", number("12040.00"), number("3010.00"), number("0.25"), number("784.00"), number("0.260465")));
    }

    static List<UnitCost> unitCosts() {
        return List.of(
                UnitCostBuilder.builder()
                        .unit("1000_requests")
                        .cost(number("31042.10"))
                        .quantity(number("2412003"))
                        .unitCost(number("12.8699"))
                        .measured(5)
                        .resources(9)
                        .costShare(number("0.714"))
                        .largest(List.of(resource(
                                "chat-v1-prod", "inference_endpoint", "12611.16", "1204", "10474.4", null, null)))
                        .build(),
                UnitCostBuilder.builder()
                        .unit("1000000_tokens")
                        .resources(6)
                        .costShare(BigDecimal.ZERO)
                        .largest(List.of())
                        .build(),
                UnitCostBuilder.builder()
                        .unit("used_gpu_hour")
                        .cost(number("61204.88"))
                        .quantity(number("3120.5"))
                        .unitCost(number("19.6138"))
                        .paidHours(number("12240"))
                        .paidHourCost(number("5.0004"))
                        .measured(12)
                        .resources(40)
                        .costShare(number("0.63"))
                        .largest(List.of(
                                resource("train-night", "instance", "22100.40", "1940.2", "11.3908", "5760", "3.83688"),
                                resource("idle-lab", "notebook", "1204.00", "0", null, "720", "1.67222")))
                        .build());
    }

    static ModelTokens ofModel(String name) {
        return ModelTokensBuilder.builder()
                .provider(name)
                .model(name)
                .paidBy(name)
                .resources(1)
                .tokensFrom(name)
                .perMillion(perMillion(null, null, null, null, null))
                .build();
    }

    static UnitCost ofResources(List<String> names) {
        return UnitCostBuilder.builder()
                .unit(names.get(0))
                .cost(BigDecimal.ONE)
                .quantity(BigDecimal.ONE)
                .unitCost(BigDecimal.ONE)
                .measured(names.size())
                .resources(names.size())
                .costShare(BigDecimal.ONE)
                .largest(names.stream()
                        .map(name -> OfResourceBuilder.builder()
                                .resourceId(name)
                                .name(name)
                                .kind(name)
                                .provider(name)
                                .accountId(name)
                                .region(name)
                                .cost(BigDecimal.ONE)
                                .quantity(BigDecimal.ONE)
                                .unitCost(BigDecimal.ONE)
                                .build())
                        .toList())
                .build();
    }

    private static UnitCost.OfResource resource(
            String name, String kind, String cost, String quantity, String unitCost, String hours, String hourCost) {
        return OfResourceBuilder.builder()
                .resourceId("arn:aws:sagemaker:us-east-1:123456789012:endpoint/" + name)
                .name(name)
                .kind(kind)
                .provider("aws")
                .accountId("123456789012")
                .region("us-east-1")
                .cost(number(cost))
                .quantity(number(quantity))
                .unitCost(number(unitCost))
                .paidHours(number(hours))
                .paidHourCost(number(hourCost))
                .build();
    }

    private static ModelTokens.PerMillion perMillion(
            String input, String output, String cacheRead, String cacheWrite, String blended) {
        return new ModelTokens.PerMillion(
                number(input), number(output), number(cacheRead), number(cacheWrite), number(blended));
    }

    private static BigDecimal number(String text) {
        return text == null ? null : new BigDecimal(text);
    }
}
