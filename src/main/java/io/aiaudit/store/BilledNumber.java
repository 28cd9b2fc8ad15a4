package io.aiaudit.store;

import io.aiaudit.model.Component;
import io.aiaudit.model.Course;
import io.aiaudit.model.Resource;
import io.aiaudit.store.Courses.DailyCost;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;

/**
 * How many units or instances each day of a bill was for, where their number stays until somebody changes it: another
 * number for two days or more is there to stay. Of what scales, another number is only another load.
 */
final class BilledNumber {
    /** Numbers that differ less are the same. */
    private static final MathContext DIGITS = new MathContext(3);

    /** The old one, the mean of the day of the change, and the new one. */
    private static final int NUMBERS_OF_A_CHANGE = 3;

    private static final String UNKNOWN = "unknown";

    private BilledNumber() {}

    /**
     * Whether nothing but a person changes how many it has. An endpoint without a sign that it scales is taken
     * for one that does not: with another number for days it is another one, whoever changed it.
     */
    static boolean isFixed(Resource resource) {
        String least = limit(resource, "autoscaling_min", "min_replicas");
        String most = limit(resource, "autoscaling_max", "max_replicas");
        return switch (resource.attributes().getOrDefault("autoscaling", UNKNOWN)) {
            case "none", "suspended" -> true;
            case UNKNOWN ->
                resource.kind().equals("provisioned_throughput")
                        || (resource.kind().equals("inference_endpoint") && Objects.equals(least, most));
            default -> false;
        };
    }

    private static String limit(Resource resource, String key, String other) {
        return resource.attributes().getOrDefault(key, resource.attributes().get(other));
    }

    /** The number on each day; empty where it varies more than with one change; without a last day of its own. */
    static List<Course.Term> terms(List<DailyCost> ofLeaf) {
        TreeMap<LocalDate, List<DailyCost>> days = new TreeMap<>();
        for (DailyCost cost : ofLeaf) {
            if (cost.component() == Component.TIME && cost.quantity() != null) {
                days.computeIfAbsent(cost.day(), day -> new ArrayList<>()).add(cost);
            }
        }
        List<Course.Term> terms = days.values().stream()
                // a row over midnight has its whole quantity on both days
                .filter(costs -> costs.stream().allMatch(cost -> cost.inside() == cost.period()))
                .map(BilledNumber::term)
                .filter(Objects::nonNull)
                .toList();
        List<Course.Term> whole = withoutLastOfItsOwn(terms);
        return whole.stream().map(Course.Term::value).distinct().count() <= NUMBERS_OF_A_CHANGE ? whole : List.of();
    }

    /** A last day that is not complete looks like another number, and one day alone proves none. */
    private static List<Course.Term> withoutLastOfItsOwn(List<Course.Term> terms) {
        int last = terms.size() - 1;
        boolean isOfItsOwn =
                last > 0 && !terms.get(last).value().equals(terms.get(last - 1).value());
        return isOfItsOwn ? terms.subList(0, last) : terms;
    }

    private static Course.Term term(Collection<DailyCost> costs) {
        Instant from = costs.stream()
                .map(DailyCost::firstStart)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        Instant to = costs.stream()
                .map(DailyCost::lastEnd)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        BigDecimal quantity = costs.stream().map(DailyCost::quantity).reduce(BigDecimal.ZERO, BigDecimal::add);
        long seconds = Duration.between(from, to).toSeconds();
        if (seconds <= 0 || quantity.signum() <= 0) {
            return null;
        }
        String number = quantity.multiply(BigDecimal.valueOf(Duration.ofHours(1).toSeconds()))
                .divide(BigDecimal.valueOf(seconds), DIGITS)
                .stripTrailingZeros()
                .toPlainString();
        return new Course.Term(
                Course.Kind.NUMBER, number, costs.iterator().next().day(), from, to);
    }
}
