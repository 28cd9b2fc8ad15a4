package io.aiaudit.model.invariant;

import static io.aiaudit.model.invariant.Facts.number;
import static io.aiaudit.model.invariant.Facts.over;
import static io.aiaudit.model.invariant.Facts.sum;
import static io.aiaudit.model.invariant.Facts.times;

import io.aiaudit.model.CommitmentCoverage;
import io.aiaudit.model.GpuMix;
import io.aiaudit.model.Status;
import io.aiaudit.model.UnitCost;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

/** What work costs and how it is bought: models, units of work, commitments and accelerators. */
final class UseTables {
    private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);
    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);
    private static final BigDecimal CENT = new BigDecimal("0.01");
    private static final BigDecimal TWO_CENTS = new BigDecimal("0.02");
    private static final BigDecimal SIXTH_DIGIT = new BigDecimal("0.000006");
    private static final BigDecimal TENTH_OF_THOUSANDTH = new BigDecimal("0.0001");
    private static final Map<String, BigDecimal> UNITS =
            Map.of("1000_requests", THOUSAND, "1000000_tokens", MILLION, "used_gpu_hour", BigDecimal.ONE);

    /** Of figures of six digits, two of which were multiplied or many added. */
    private static final BigDecimal FIFTH_DIGIT = new BigDecimal("0.00002");

    private static final String FAMILIES = "its families add up to";

    private UseTables() {}

    static final List<Table<?>> ALL = List.of(
            Table.each("$.tokens", facts -> facts.audit().tokens())
                    .notNegative("resources", (row, facts) -> number(row.resources())),
            Table.each("$.unit_costs", facts -> facts.audit().unitCosts())
                    .quotient(
                            "unit_cost",
                            (cost, facts) -> cost.unitCost(),
                            "its cost over its work is",
                            (cost, facts) -> per(cost.unit(), cost.cost(), cost.quantity()))
                    .quotient(
                            "paid_hour_cost",
                            (cost, facts) -> cost.paidHourCost(),
                            "its cost over its hours is",
                            (cost, facts) -> over(cost.cost(), cost.paidHours()))
                    .line(ofLargest("quantity", UnitCost::quantity, UnitCost.OfResource::quantity))
                    .line(ofLargest("paid_hours", UnitCost::paidHours, UnitCost.OfResource::paidHours))
                    .line(allLargest("cost", UnitCost::cost, UnitCost.OfResource::cost))
                    .line(allLargest("quantity", UnitCost::quantity, UnitCost.OfResource::quantity))
                    .line(allLargest("paid_hours", UnitCost::paidHours, UnitCost.OfResource::paidHours))
                    .notNegative("measured", (cost, facts) -> number(cost.measured()))
                    .atMost(
                            "measured",
                            (cost, facts) -> number(cost.measured()),
                            "its resources",
                            (cost, facts) -> number(cost.resources()))
                    .equal(
                            "cost_share",
                            (cost, facts) -> cost.measured() == cost.resources() ? cost.costShare() : null,
                            "of all that could be measured it is",
                            (cost, facts) -> BigDecimal.ONE),
            Table.within(
                            "$.unit_costs",
                            facts -> facts.audit().unitCosts(),
                            (UnitCost cost) -> Table.indexed("largest", cost.largest())
                                    .map(each -> Map.entry(each.getKey(), Map.entry(cost.unit(), each.getValue()))))
                    .quotient(
                            "unit_cost",
                            (each, facts) -> each.getValue().unitCost(),
                            "its cost over its work is",
                            (each, facts) -> per(
                                    each.getKey(),
                                    each.getValue().cost(),
                                    each.getValue().quantity()))
                    .within((each, facts) -> ofRounded(
                            each.getValue().unitCost(), each.getValue().quantity()))
                    .quotient(
                            "paid_hour_cost",
                            (each, facts) -> each.getValue().paidHourCost(),
                            "its cost over its hours is",
                            (each, facts) ->
                                    over(each.getValue().cost(), each.getValue().paidHours()))
                    .within((each, facts) -> ofRounded(
                            each.getValue().paidHourCost(), each.getValue().paidHours())),
            Table.each("$.commitment_coverage", facts -> facts.audit().commitmentCoverage())
                    .line(share(
                            "coverage",
                            CommitmentCoverage::coverage,
                            CommitmentCoverage::committedCost,
                            CommitmentCoverage::monthlyCost))
                    .line(share(
                            "stranded_share",
                            CommitmentCoverage::strandedShare,
                            CommitmentCoverage::strandedCost,
                            CommitmentCoverage::committedCost))
                    .atMost(
                            "stranded_cost",
                            (coverage, facts) -> facts.isWhole() ? coverage.strandedCost() : null,
                            "what its findings free of commitments",
                            (coverage, facts) -> sum(
                                    facts.with(Status.COUNTED),
                                    finding -> Objects.equals(coverage.provider(), finding.provider())
                                            ? finding.freedCommitment()
                                            : null)),
            Table.each("$.commitments", facts -> facts.audit().commitments())
                    .notNegative("hourly_commitment", (commitment, facts) -> commitment.hourlyCommitment()),
            Table.each("$.conversions", facts -> facts.audit().conversions())
                    .notNegative("rate", (conversion, facts) -> conversion.rate()),
            Table.each("$.gpu_mix", facts -> facts.audit().gpuMix())
                    .equal(
                            "saving.spot",
                            (mix, facts) -> mix.saving() == null || mix.afterFindings() == null
                                    ? null
                                    : mix.saving().spot().add(mix.saving().reserving()),
                            "with that of reserving it is",
                            (mix, facts) -> mix.afterFindings() == null
                                    ? null
                                    : mix.afterFindings()
                                            .monthlyCost()
                                            .subtract(mix.proposed().monthlyCost()))
                    .share("undecided", (mix, facts) -> mix.undecided()),
            Table.within(
                            "$.gpu_mix",
                            facts -> facts.audit().gpuMix(),
                            (GpuMix mix) -> Table.indexed("by_hour", mix.byHour())
                                    .map(hour -> Map.entry(
                                            hour.getKey(),
                                            Map.entry(mix.byHour().indexOf(hour.getValue()), hour.getValue()))))
                    .equal(
                            "hour",
                            (hour, facts) -> number(hour.getValue().hour()),
                            "it is hour",
                            (hour, facts) -> number(hour.getKey()))
                    .notNegative("reserved", (hour, facts) -> hour.getValue().reserved())
                    .notNegative("spot", (hour, facts) -> hour.getValue().spot())
                    .notNegative("on_demand", (hour, facts) -> hour.getValue().onDemand()),
            Table.within("$.gpu_mix", facts -> facts.audit().gpuMix(), UseTables::parts)
                    .notNegative("gpu_hours", (part, facts) -> part.gpuHours())
                    .notNegative("reserved", (part, facts) -> part.reserved())
                    .notNegative("spot", (part, facts) -> part.spot())
                    .notNegative("on_demand", (part, facts) -> part.onDemand())
                    .equal(
                            "reserved",
                            (part, facts) -> part.reserved() == null ? null : shares(part),
                            "with the other shares it is",
                            (part, facts) -> BigDecimal.ONE)
                    .within((part, facts) -> FIFTH_DIGIT)
                    .equal(
                            "monthly_cost",
                            (part, facts) -> part.monthlyCost(),
                            "its hours at their price are",
                            (part, facts) -> times(part.gpuHours(), part.price()))
                    .within((part, facts) ->
                            part.monthlyCost().abs().multiply(FIFTH_DIGIT).add(CENT)),
            Table.of(
                            "$.gpu_mix[0]",
                            facts -> facts.audit().gpuMix().size() > 1
                                            && GpuMix.ALL.equals(facts.audit()
                                                    .gpuMix()
                                                    .get(0)
                                                    .family())
                                    ? facts.audit().gpuMix().get(0)
                                    : null)
                    .line(ofFamilies("now.monthly_cost", mix -> mix.now().monthlyCost()))
                    .line(ofFamilies(
                            "proposed.monthly_cost", mix -> mix.proposed().monthlyCost()))
                    .line(ofFamilies(
                            "after_findings.monthly_cost",
                            mix -> mix.afterFindings() == null
                                    ? null
                                    : mix.afterFindings().monthlyCost()))
                    .line(ofFamilies("unused_commitments", GpuMix::unusedCommitments))
                    .line(ofFamilies(
                            "saving.spot",
                            mix -> mix.saving() == null ? null : mix.saving().spot()))
                    .line(ofFamilies(
                            "saving.reserving",
                            mix -> mix.saving() == null ? null : mix.saving().reserving()))
                    .line(ofFamilies(
                            "saving.to_confirm",
                            mix -> mix.saving() == null ? null : mix.saving().toConfirm()))
                    .line(hoursOfFamilies("now.gpu_hours", mix -> mix.now().gpuHours()))
                    .line(hoursOfFamilies(
                            "proposed.gpu_hours", mix -> mix.proposed().gpuHours()))
                    .line(hoursOfFamilies(
                            "after_findings.gpu_hours",
                            mix -> mix.afterFindings() == null
                                    ? null
                                    : mix.afterFindings().gpuHours()))
                    .line(hoursOfFamilies(
                            "undecided",
                            mix -> times(mix.undecided(), mix.proposed().gpuHours()))));

    private static BigDecimal per(String unit, BigDecimal cost, BigDecimal quantity) {
        return over(times(cost, UNITS.get(unit)), quantity);
    }

    private static Invariant<UnitCost> ofLargest(
            String key, Function<UnitCost, BigDecimal> whole, Function<UnitCost.OfResource, BigDecimal> part) {
        return Invariant.<UnitCost>atLeast(
                key,
                (cost, facts) -> whole.apply(cost),
                "what those that cost most have",
                (cost, facts) -> sum(cost.largest(), part));
    }

    /**
     * A price is made before its quantity is rounded to four digits behind the point: of next to nothing it may be
     * any.
     */
    private static BigDecimal ofRounded(BigDecimal price, BigDecimal quantity) {
        return quantity == null || quantity.compareTo(CENT) < 0
                ? price.abs().multiply(MILLION)
                : price.abs().multiply(SIXTH_DIGIT.add(over(TENTH_OF_THOUSANDTH, quantity)));
    }

    private static Invariant<UnitCost> allLargest(
            String key, Function<UnitCost, BigDecimal> whole, Function<UnitCost.OfResource, BigDecimal> part) {
        return Invariant.<UnitCost>equal(
                key,
                (cost, facts) -> cost.largest().size() == cost.measured() ? whole.apply(cost) : null,
                "its resources add up to",
                (cost, facts) -> sum(cost.largest(), part));
    }

    private static Invariant<CommitmentCoverage> share(
            String key,
            Function<CommitmentCoverage, BigDecimal> share,
            Function<CommitmentCoverage, BigDecimal> part,
            Function<CommitmentCoverage, BigDecimal> whole) {
        return Invariant.<CommitmentCoverage>equal(
                        key,
                        (coverage, facts) -> share.apply(coverage),
                        "of its cost it is",
                        (coverage, facts) -> over(part.apply(coverage), whole.apply(coverage)))
                // of amounts before they were rounded to cents
                .within((coverage, facts) ->
                        over(TWO_CENTS, whole.apply(coverage).abs()).add(FIFTH_DIGIT));
    }

    private static Stream<Map.Entry<String, GpuMix.Part>> parts(GpuMix mix) {
        return Stream.of(
                        Stream.ofNullable(mix.now()).map(part -> Map.entry("now", part)),
                        Stream.ofNullable(mix.proposed()).map(part -> Map.entry("proposed", part)),
                        Stream.ofNullable(mix.afterFindings()).map(part -> Map.entry("after_findings", part)))
                .flatMap(Function.identity());
    }

    private static BigDecimal shares(GpuMix.Part part) {
        return sum(
                Stream.of(part.reserved(), part.spot(), part.onDemand())
                        .filter(Objects::nonNull)
                        .toList(),
                Function.identity());
    }

    private static List<GpuMix> families(Facts facts) {
        List<GpuMix> all = facts.audit().gpuMix();
        return all.subList(1, all.size());
    }

    private static Invariant<GpuMix> ofFamilies(String key, Function<GpuMix, BigDecimal> cost) {
        return Invariant.<GpuMix>equal(
                        key, (mix, facts) -> cost.apply(mix), FAMILIES, (mix, facts) -> sum(families(facts), cost))
                .withinCents((mix, facts) -> number(2L * families(facts).size()));
    }

    private static Invariant<GpuMix> hoursOfFamilies(String key, Function<GpuMix, BigDecimal> hours) {
        return Invariant.<GpuMix>equal(
                        key, (mix, facts) -> hours.apply(mix), FAMILIES, (mix, facts) -> sum(families(facts), hours))
                .within((mix, facts) -> mix.proposed()
                        .gpuHours()
                        .max(hours.apply(mix))
                        .multiply(FIFTH_DIGIT)
                        .add(CENT));
    }
}
