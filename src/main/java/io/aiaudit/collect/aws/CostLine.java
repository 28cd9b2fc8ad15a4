package io.aiaudit.collect.aws;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.costexplorer.model.DateInterval;
import software.amazon.awssdk.services.costexplorer.model.Group;
import software.amazon.awssdk.services.costexplorer.model.MetricValue;
import software.amazon.awssdk.services.costexplorer.model.ResultByTime;

/**
 * One sum of one day as Cost Explorer returns it, by two keys, such as a service and a meter of it. Each member of it
 * may be missing, or have another form: that is null or empty here, and costs this line at most.
 */
record CostLine(ResultByTime day, Group group, String otherwise) {
    /** The figures in every request. */
    static final String AMORTIZED = "AmortizedCost";

    static final String BILLED = "UnblendedCost";
    static final String QUANTITY = "UsageQuantity";

    /** Amortized and billed cost, and how much was used; null where that is unknown. */
    record Amounts(BigDecimal amortized, BigDecimal billed, BigDecimal quantity) {
        Amounts minus(Amounts other) {
            return new Amounts(
                    amortized.subtract(other.amortized),
                    billed.subtract(other.billed),
                    quantity == null || other.quantity == null ? null : quantity.subtract(other.quantity));
        }

        boolean isNothing() {
            return amortized.signum() == 0 && billed.signum() == 0 && (quantity == null || quantity.signum() == 0);
        }
    }

    static List<CostLine> of(List<ResultByTime> days) {
        return days.stream()
                .flatMap(day -> day.groups().stream().map(group -> new CostLine(day, group, null)))
                .toList();
    }

    /** In this currency where it has none of its own. */
    CostLine in(String currency) {
        return new CostLine(day, group, currency);
    }

    /** The first day, such as 2026-06-01. */
    String start() {
        DateInterval period = day.timePeriod();
        return period == null ? null : period.start();
    }

    /** The day after it. */
    String end() {
        DateInterval period = day.timePeriod();
        return period == null ? null : period.end();
    }

    String first() {
        return key(0);
    }

    String second() {
        return key(1);
    }

    private String key(int number) {
        return number < group.keys().size() ? group.keys().get(number) : null;
    }

    String currency() {
        return Stream.of(AMORTIZED, BILLED)
                .map(group.metrics()::get)
                .filter(value -> value != null && value.unit() != null)
                .map(MetricValue::unit)
                .findFirst()
                .orElse(otherwise);
    }

    /** One cost counts for both where the other is missing; empty where neither is a number. */
    Optional<Amounts> amounts() {
        BigDecimal amortized = number(AMORTIZED);
        BigDecimal billed = number(BILLED);
        return amortized == null && billed == null
                ? Optional.empty()
                : Optional.of(new Amounts(
                        amortized == null ? billed : amortized, billed == null ? amortized : billed, number(QUANTITY)));
    }

    private BigDecimal number(String metric) {
        try {
            String text = text(metric);
            return text == null ? null : new BigDecimal(text);
        } catch (NumberFormatException e) {
            return null; // a text that is no number
        }
    }

    /** As it came. */
    String text(String metric) {
        MetricValue value = group.metrics().get(metric);
        return value == null ? null : value.amount();
    }
}
