package io.aiaudit.savings;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Component;
import io.aiaudit.model.CostBasis;
import io.aiaudit.model.LeafCost;
import io.aiaudit.model.Resource;
import io.aiaudit.model.ResourceBuilder;
import io.aiaudit.model.Spend;
import io.aiaudit.model.TestLeaf;
import io.aiaudit.model.Window;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;

/** Monthly cost at its edges; the ordinary cases are examples of docs/money.md. */
class MonthlyCostTest {
    private static final Window JUNE = Window.parse("2026-06-01/2026-07-01");
    private static final Instant LONG_AGO = Instant.parse("2025-01-01T00:00:00Z");
    private static final long MONTH = 720 * 3600;

    private static ResourceBuilder endpoint() {
        return Resource.builder("ep-1", "inference_endpoint", "aws").createdAt(LONG_AGO);
    }

    private static LeafCost charged(Resource resource, Window billed, LeafCost.Part... parts) {
        return TestLeaf.of(
                resource, JUNE.start(), billed, List.of(parts), CostBasis.EFFECTIVE, new BigDecimal("720"), null);
    }

    private static LeafCost.Part time(String cost, String committed) {
        return new LeafCost.Part(Component.TIME, new BigDecimal(cost), new BigDecimal(committed), MONTH, MONTH);
    }

    private static BigDecimal monthly(LeafCost cost) {
        return MonthlyCost.of(cost, JUNE).monthlyCost();
    }

    @Property
    void a_cost_in_the_whole_window_is_scaled_by_730_over_720(
            @ForAll @BigRange(min = "0", max = "1000000") @Scale(12) BigDecimal cost) {
        BigDecimal monthly = monthly(
                charged(endpoint().build(), JUNE, new LeafCost.Part(Component.TIME, cost, BigDecimal.ZERO, 1, 1)));
        assertThat(monthly.multiply(new BigDecimal("720"))
                        .subtract(cost.multiply(new BigDecimal("730")))
                        .abs())
                .isLessThan(new BigDecimal("1e-20"));
    }

    @Property
    void what_lies_outside_the_window_is_not_in_the_cost(@ForAll @LongRange(min = 1, max = MONTH) long inside) {
        LeafCost.Part part =
                new LeafCost.Part(Component.TIME, new BigDecimal("7.20"), BigDecimal.ZERO, inside, 2 * MONTH);
        Fraction expected = Fraction.of(new BigDecimal("7.20"))
                .times(Fraction.of(BigDecimal.valueOf(inside)))
                .by(Fraction.of(BigDecimal.valueOf(2 * MONTH)))
                .times(Fraction.of(new BigDecimal("730")))
                .by(Fraction.of(new BigDecimal("720")));
        BigDecimal monthly = monthly(charged(endpoint().build(), JUNE, part));
        assertThat(Fraction.of(monthly).minus(expected).cents()).isEqualByComparingTo("0");
        assertThat(Fraction.of(monthly).cents()).isEqualTo(expected.cents());
    }

    @Test
    void a_bill_of_ten_days_is_scaled_from_ten_days() {
        Window tenDays = Window.parse("2026-06-01/2026-06-11");
        assertThat(monthly(charged(endpoint().build(), tenDays, time("240", "0"))))
                .isEqualByComparingTo("730");
    }

    @Test
    void a_life_of_exactly_seven_days_is_scaled_and_a_second_less_is_not() {
        Instant sevenDays = Instant.parse("2026-06-24T00:00:00Z");
        assertThat(monthly(charged(endpoint().createdAt(sevenDays).build(), JUNE, time("168", "0"))))
                .isEqualByComparingTo("730");
        assertThat(monthly(
                        charged(endpoint().createdAt(sevenDays.plusSeconds(1)).build(), JUNE, time("168", "0"))))
                .isEqualByComparingTo("168");
    }

    @Test
    void what_is_paid_until_a_term_ends_is_committed_though_its_bill_names_no_commitment() {
        Resource units = endpoint().purchase("committed").build();
        assertThat(MonthlyCost.of(charged(units, JUNE, time("720", "0")), JUNE).committedShare())
                .isEqualByComparingTo("1");
        assertThat(MonthlyCost.of(charged(units, JUNE, time("720", "180")), JUNE)
                        .committedShare())
                .as("what the bill says of it goes before")
                .isEqualByComparingTo("0.25");
        LeafCost listed =
                TestLeaf.of(units, null, null, List.of(), CostBasis.LIST, new BigDecimal("720"), new BigDecimal("1"));
        assertThat(MonthlyCost.of(listed, JUNE).committedShare()).isEqualByComparingTo("1");
    }

    @Test
    void without_a_creation_time_life_begins_with_the_first_charge_of_the_whole_bill() {
        Resource resource = endpoint().createdAt(null).build();
        LeafCost cost = TestLeaf.of(
                resource,
                Instant.parse("2026-06-11T00:00:00Z"),
                JUNE,
                List.of(time("480", "0")),
                CostBasis.EFFECTIVE,
                null,
                null);
        assertThat(monthly(cost)).isEqualByComparingTo("730");
    }

    @Test
    void what_is_given_back_or_paid_once_is_scaled_as_the_bill_and_not_as_a_life() {
        LeafCost.Part correction =
                new LeafCost.Part(Component.TIME, new BigDecimal("-72"), BigDecimal.ZERO, 3600, 3600, true);
        Resource tenDays =
                endpoint().createdAt(Instant.parse("2026-06-21T00:00:00Z")).build();
        assertThat(monthly(charged(tenDays, JUNE, time("240", "0"), correction)))
                .isEqualByComparingTo("657");
        Resource unknown = endpoint().createdAt(null).build();
        assertThat(monthly(TestLeaf.of(unknown, null, JUNE, List.of(correction), CostBasis.EFFECTIVE, null, null)))
                .as("nothing else is charged")
                .isEqualByComparingTo("-73");
        assertThat(MonthlyCost.of(charged(unknown, JUNE, time("720", "0")), JUNE)
                        .monthlyCost())
                .as("what comes back has a life")
                .isEqualByComparingTo("730");
    }

    @Test
    void a_service_without_a_resource_has_no_life_that_a_single_charge_could_be_scaled_up_from() {
        Resource service =
                Resource.builder("aws:1/Amazon Textract", "account", "aws").build();
        LeafCost cost = TestLeaf.of(
                service,
                Instant.parse("2026-06-15T00:00:00Z"),
                JUNE,
                List.of(new LeafCost.Part(Component.LICENCE, new BigDecimal("7200"), BigDecimal.ZERO, 3600, 3600)),
                CostBasis.EFFECTIVE,
                null,
                null);
        assertThat(monthly(cost)).isEqualByComparingTo("7300");
    }

    @Test
    void what_appears_on_the_last_day_of_a_bill_that_ends_before_the_window_is_young() {
        Window untilNineteenth = Window.parse("2026-06-01/2026-06-20");
        LeafCost.Part once = new LeafCost.Part(Component.TIME, new BigDecimal("500"), BigDecimal.ZERO, 86_400, 86_400);
        assertThat(monthly(billedSince("2026-06-19T00:00:00Z", untilNineteenth, once)))
                .isEqualByComparingTo("500");
        assertThat(monthly(billedSince("2026-06-01T05:00:00Z", Window.parse("2026-06-01/2026-06-02"), once)))
                .as("there since the bill begins, so nobody knows how long it lived before")
                .isGreaterThan(new BigDecimal("500"));
    }

    @Test
    void what_appears_more_than_a_day_after_a_bill_begins_was_seen_no_longer_than_the_bill_goes() {
        Window fourDays = Window.parse("2026-06-01/2026-06-05");
        LeafCost.Part once = new LeafCost.Part(Component.TIME, new BigDecimal("500"), BigDecimal.ZERO, 86_400, 86_400);
        assertThat(monthly(billedSince("2026-06-02T00:00:01Z", fourDays, once))).isEqualByComparingTo("500");
        assertThat(monthly(billedSince("2026-06-02T00:00:00Z", fourDays, once)))
                .as("there since the first day of the bill")
                .isGreaterThan(new BigDecimal("500"));
    }

    private static LeafCost billedSince(String firstCharge, Window billed, LeafCost.Part part) {
        Resource resource = endpoint().createdAt(null).build();
        return TestLeaf.of(
                resource, Instant.parse(firstCharge), billed, List.of(part), CostBasis.EFFECTIVE, null, null);
    }

    @Test
    void a_short_life_that_ended_in_the_window_is_not_scaled_up() {
        Resource resource = endpoint()
                .createdAt(Instant.parse("2026-06-02T00:00:00Z"))
                .endedAt(Instant.parse("2026-06-04T00:00:00Z"))
                .build();
        Spend spend = MonthlyCost.of(charged(resource, JUNE, time("48", "0")), JUNE);
        assertThat(spend.monthlyCost()).isEqualByComparingTo("48");
        assertThat(spend.gone()).isTrue();
    }

    @Test
    void a_charge_of_a_resource_that_ended_before_the_window_stays_as_it_is() {
        Resource resource =
                endpoint().endedAt(Instant.parse("2026-05-20T00:00:00Z")).build();
        assertThat(monthly(charged(resource, JUNE, time("5", "0")))).isEqualByComparingTo("5");
    }

    @Test
    void what_ends_with_the_window_is_gone_and_what_ends_after_it_is_not() {
        LeafCost atTheEnd = charged(endpoint().endedAt(JUNE.end()).build(), JUNE, time("1", "0"));
        LeafCost later = charged(endpoint().endedAt(JUNE.end().plusSeconds(1)).build(), JUNE, time("1", "0"));
        assertThat(MonthlyCost.of(atTheEnd, JUNE).gone()).isTrue();
        assertThat(MonthlyCost.of(later, JUNE).gone()).isFalse();
    }

    @Test
    void jobs_and_model_usage_come_back_and_are_scaled_by_the_window() {
        for (String kind : List.of("training_job", "batch_job", "model_usage")) {
            Resource job = Resource.builder("job-1", kind, "gcp")
                    .createdAt(Instant.parse("2026-06-20T00:00:00Z"))
                    .endedAt(Instant.parse("2026-06-20T10:00:00Z"))
                    .build();
            Spend spend = MonthlyCost.of(charged(job, JUNE, time("720", "0")), JUNE);
            assertThat(spend.monthlyCost()).as(kind).isEqualByComparingTo("730");
            // a job comes back; what runs a model and has ended does not
            assertThat(spend.gone()).as(kind).isEqualTo(kind.equals("model_usage"));
        }
    }

    @Test
    void the_committed_share_is_of_the_time_cost_alone() {
        LeafCost.Part storage =
                new LeafCost.Part(Component.STORAGE, new BigDecimal("900"), new BigDecimal("900"), MONTH, MONTH);
        Spend spend =
                MonthlyCost.of(charged(endpoint().build(), JUNE, time("100", "75"), time("100", "0"), storage), JUNE);
        assertThat(spend.committedShare()).isEqualByComparingTo("0.375");
        assertThat(spend.cost(Component.STORAGE)).isEqualByComparingTo("912.5");
    }

    @Test
    void a_bill_that_only_corrects_has_no_committed_share() {
        Spend spend = MonthlyCost.of(charged(endpoint().build(), JUNE, time("-72", "-72")), JUNE);
        assertThat(spend.monthlyCost()).isEqualByComparingTo("-73");
        assertThat(spend.committedShare()).isZero();
    }

    @Test
    void an_unknown_price_or_unknown_hours_are_unpriced_and_never_zero() {
        LeafCost noHours =
                TestLeaf.of(endpoint().build(), null, null, List.of(), CostBasis.LIST, null, new BigDecimal("1.006"));
        LeafCost noPrice =
                TestLeaf.of(endpoint().build(), null, null, List.of(), CostBasis.UNPRICED, new BigDecimal("720"), null);
        assertThat(List.of(noHours, noPrice)).allSatisfy(cost -> {
            Spend spend = MonthlyCost.of(cost, JUNE);
            assertThat(spend.basis()).isEqualTo(CostBasis.UNPRICED);
            assertThat(spend.monthlyCost()).isNull();
        });
    }

    @Test
    void hours_run_are_counted_in_the_window_and_not_scaled_by_a_bill_without_a_charge_for_it() {
        LeafCost cost = TestLeaf.of(
                endpoint().build(),
                null,
                Window.parse("2026-06-01/2026-06-11"),
                List.of(),
                CostBasis.LIST,
                new BigDecimal("720"),
                BigDecimal.ONE);
        assertThat(monthly(cost)).isEqualByComparingTo("730");
    }
}
