package io.aiaudit.savings;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Component;
import io.aiaudit.model.CostBasis;
import io.aiaudit.model.Course;
import io.aiaudit.model.LeafCost;
import io.aiaudit.model.Money;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Spend;
import io.aiaudit.model.TestLeaf;
import io.aiaudit.model.Window;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a month costs now, worked out by hand: each case is beside one that is nearly the same and is not. June 2026
 * begins on a Monday and has 720 hours.
 */
class RunRateTest {
    private static final Window JUNE = Window.parse("2026-06-01/2026-07-01");
    private static final Instant LATER = Instant.parse("2026-07-20T00:00:00Z");

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            steady                                          | 06-01..07-01 1 | - | 730.00 | 730.00 | -
            another machine from the 16th                   | 06-01..06-16 4 p4d.24xlarge; 06-16..07-01 1 | - | \
            1825.00 | 730.00 | 2026-06-16
            another machine for ten days only               | 06-01..06-16 4 p4d.24xlarge; 06-16..06-26 1; \
            06-26..07-01 4 p4d.24xlarge | - | 2190.00 | 2294.29 | -
            another machine, changed in the afternoon       | 06-01..06-27 4 p4d.24xlarge; 06-27..06-28 4 p4d.24xlarge \
            08-18; 06-27..07-01 1 | - | 2668.56 | 730.00 | 2026-06-27
            another machine for three days                  | 06-01..06-28 4 p4d.24xlarge; 06-28..07-01 1 | - | \
            2701.00 | 730.00 | 2026-06-28
            another machine for one day, which costs less   | 06-01..06-30 4 p4d.24xlarge; 06-30..07-01 1 | - | \
            2847.00 | 730.00 | 2026-06-30
            another for one day that costs more: two days   | 06-01..06-30 1; 06-30..07-01 4 p4d.24xlarge | - | 803.00 \
            | 1825.00 | -
            another since the afternoon, which costs less   | 06-01..06-30 4 p4d.24xlarge; 06-30..07-01 4 p4d.24xlarge \
            00-16; 06-30..07-01 1 16-24; 06-01..07-01 0.1 storage | - | 2968.67 | 803.00 | 2026-06-30
            another since the afternoon that costs more     | 06-01..06-30 1; 06-30..07-01 1 00-16; 06-30..07-01 4 \
            p4d.24xlarge 16-24 | - | 754.33 | 1095.00 | -
            cheaper for one day with its disk by the day    | 06-01..06-30 4 p4d.24xlarge; 06-30..07-01 1; \
            06-01..07-01 0.1 storage daily | - | 2920.00 | 803.00 | 2026-06-30
            under a plan since the 30th                     | 06-01..06-30 4; 06-30..07-01 2.8 covered | - | 2890.80 | \
            2044.00 | 2026-06-30
            fewer replicas at least, set on the 30th        | 06-01..06-30 4; 06-30..07-01 2 | \
            configured=2026-06-30T00:00:00Z | 2871.33 | 1460.00 | 2026-06-30
            off at night since the 22nd, no change          | 06-01..06-22 1; 06-22..07-01 1 08-18 | - | 602.25 | \
            304.17 | -
            off at night since the 27th, no change          | 06-01..06-27 1; 06-27..07-01 1 08-18 | - | 673.22 | \
            486.67 | -
            spot from the 20th                              | 06-01..06-20 4; 06-20..07-01 1.5 spot | - | 2250.83 | \
            1095.00 | 2026-06-20
            spot machines that come and go beside it        | 06-01..07-01 1; 06-10..06-12 0.5 spot; 06-25..06-26 0.5 \
            spot | - | 766.50 | 782.14 | -
            under a plan from the 18th                      | 06-01..06-18 4; 06-18..07-01 2.8 covered | - | 2540.40 | \
            2044.00 | 2026-06-18
            under another plan from the 27th                | 06-01..06-12 2.8 covered; 06-12..06-27 4; 06-27..07-01 \
            2.8 covered | - | 2482.00 | 2044.00 | 2026-06-27
            under a plan again after five days              | 06-01..06-22 2.8 covered; 06-22..06-27 4; 06-27..07-01 \
            2.8 covered | - | 2190.00 | 2419.43 | -
            under a plan on three days                      | 06-01..06-05 4; 06-05..06-06 2.8 covered; 06-06..06-20 \
            4; 06-20..06-21 2.8 covered; 06-21..06-28 4; 06-28..06-29 2.8 covered; 06-29..07-01 4 | - | 2832.40 | \
            2794.86 | -
            partly under a plan from the 18th               | 06-01..06-18 4; 06-18..07-01 1.4 covered; 06-18..07-01 2 \
            | - | 2730.20 | 2482.00 | 2026-06-18
            fewer replicas at least, set on the 25th        | 06-01..06-25 4; 06-25..07-01 2 | \
            configured=2026-06-25T10:00:00Z | 2628.00 | 1460.00 | 2026-06-25
            fewer replicas by autoscaling                   | 06-01..06-25 4; 06-25..07-01 2 | - | 2628.00 | 1668.57 | -
            stopped for the last three days                 | 06-01..06-28 1 | - | 657.00 | 417.14 | -
            a second machine beside it since yesterday      | 06-01..07-01 1; 06-30..07-01 4 p4d.24xlarge | - | 827.33 \
            | 1147.14 | -
            set on the last day, stopped before             | 06-01..06-28 1 | configured=2026-06-28T10:00:00Z | \
            657.00 | 417.14 | -
            four hours every Monday                         | 06-01..07-01 1 mondays 08-18 | - | 50.69 | 43.45 | -
            a job every Monday                              | 06-01..07-01 1 mondays 08-18 | kind=batch_job | 50.69 | \
            50.69 | -
            stopped for ten days and back                   | 06-01..06-10 1; 06-20..07-01 1 | - | 486.67 | 730.00 | -
            stopped for ten days and back as another        | 06-01..06-10 1; 06-20..07-01 4 p4d.24xlarge | - | \
            1289.67 | 2920.00 | 2026-06-20
            a row for the month                             | 06-01..07-01 1 once | - | 730.00 | 730.00 | -
            a row for the month, made on the 10th           | 06-01..07-01 1 once | created=2026-06-10T00:00:00Z | \
            1042.86 | 1042.86 | -
            a row for each half of the month                | 06-01..06-16 2 once; 06-16..07-01 0.5 once | - | 912.50 \
            | 365.00 | -
            a row for each month                            | 05-01..06-01 2 once; 06-01..07-01 1 once | - | 730.00 | \
            730.00 | -
            rows for weeks, the last one cheaper            | 06-01..06-08 2 once; 06-08..06-15 2 once; 06-15..06-22 2 \
            once; 06-22..06-29 2 once; 06-29..07-06 1 once | bill=2026-06-01/2026-07-06 | 1411.33 | 1251.43 | -
            rows for weeks that leave one out               | 06-01..06-08 1 once; 06-15..06-22 1 once; 06-29..07-01 1 \
            once | - | 389.33 | 389.33 | -
            rows for months beside a disk by the hour       | 06-01..06-16 2 once; 06-16..07-01 0.5 once; 06-01..07-01 \
            0.1 storage | - | 985.50 | 438.00 | -
            a smaller disk from the 27th                    | 06-01..06-27 0.4 storage; 06-27..07-01 0.1 storage | - | \
            262.80 | 73.00 | 2026-06-27
            a larger disk from the 27th                     | 06-01..06-27 0.1 storage; 06-27..07-01 0.4 storage | - | \
            102.20 | 292.00 | 2026-06-27
            a smaller disk since the 30th                   | 06-01..06-30 0.4 storage; 06-30..07-01 0.1 storage | - | \
            284.70 | 73.00 | -
            a disk that grows each day                      | 06-01..06-27 0.1 storage; 06-27..06-28 0.2 storage; \
            06-28..06-29 0.3 storage; 06-29..06-30 0.4 storage; 06-30..07-01 0.5 storage | - | 97.33 | 177.29 | -
            a disk deleted beside a machine that goes on    | 06-01..07-01 1; 06-01..06-27 0.4 storage | - | 983.07 | \
            730.00 | -
            a licence that ended beside it                  | 06-01..07-01 1; 06-01..06-27 0.5 licence | - | 1046.33 | \
            730.00 | -
            a licence on workdays beside it                 | 06-01..07-01 1; 06-01..07-01 0.7 licence mondays | - | \
            815.17 | 803.00 | -
            rows by the day, another machine from the 16th  | 06-01..06-16 1 p4d.24xlarge daily; 06-16..07-01 0.5 \
            daily | - | 547.50 | 365.00 | 2026-06-16
            a larger machine from the 16th                  | 06-01..06-16 1; 06-16..07-01 3 p4d.24xlarge | - | \
            1460.00 | 2190.00 | 2026-06-16
            more and more replicas                          | 06-01..06-16 1; 06-16..07-01 3 | - | 1460.00 | 2190.00 | -
            four days old                                   | 06-27..07-01 1 | created=2026-06-27T00:00:00Z | 96.00 | \
            96.00 | -
            eight days old                                  | 06-23..07-01 1 | created=2026-06-23T00:00:00Z | 730.00 | \
            730.00 | -
            the last two days are not complete              | 06-01..06-29 1; 06-29..07-01 0.1 | \
            scanned=2026-07-02T08:00:00Z | 686.20 | 730.00 | -
            another machine since two days not complete     | 06-01..06-29 4 p4d.24xlarge; 06-29..07-01 1 | \
            scanned=2026-07-02T08:00:00Z | 2774.00 | 730.00 | 2026-06-29
            the same, of which half the rows are there      | 06-01..06-29 4 p4d.24xlarge; 06-29..07-01 1 00-12 | \
            scanned=2026-07-02T08:00:00Z | 2749.67 | 730.00 | 2026-06-29
            a larger one since two days not complete        | 06-01..06-29 1; 06-29..07-01 4 p4d.24xlarge | \
            scanned=2026-07-02T08:00:00Z | 876.00 | 730.00 | -
            under a plan since a day that is not complete   | 06-01..06-30 4; 06-30..07-01 2.8 covered | \
            scanned=2026-07-02T08:00:00Z | 2890.80 | 2044.00 | 2026-06-30
            fewer at least, set on a day not complete       | 06-01..06-30 4; 06-30..07-01 2 | \
            configured=2026-06-30T00:00:00Z scanned=2026-07-02T08:00:00Z | 2871.33 | 1460.00 | 2026-06-30
            half the day each day, another since the 29th   | 06-01..06-29 4 p4d.24xlarge 00-12; 06-29..07-01 1 00-12 \
            | scanned=2026-07-02T08:00:00Z | 1387.00 | 365.00 | 2026-06-29
            the last two days were really cheap             | 06-01..06-29 1; 06-29..07-01 0.1 | - | 686.20 | 542.29 | -
            a bill of five days                             | 06-01..06-06 1 | bill=2026-06-01/2026-06-06 | 730.00 | \
            730.00 | -
            nothing is complete yet                         | 06-04..06-05 1; 06-05..06-06 2 | \
            bill=2026-06-04/2026-06-06 scanned=2026-06-06T08:00:00Z | 1095.00 | 1095.00 | -
            use is seen in the whole window                 | 06-01..06-16 4 usage | - | 1460.00 | 1460.00 | -
            a fine-tuned model hosted for nine days         | 06-22..07-01 1 | kind=model_usage hosting=fine-tuned \
            created=2026-06-22T00:00:00Z | 730.00 | 730.00 | -
            a fine-tuned model no longer hosted             | 06-01..06-16 1; 06-01..07-01 0.1 usage | \
            kind=model_usage hosting=fine-tuned | 438.00 | 73.00 | -
            a model called for nine days                    | 06-22..07-01 1 | kind=model_usage hosting=imported \
            created=2026-06-22T00:00:00Z | 219.00 | 219.00 | -
            a credit in the last week                       | 06-01..07-01 1; 06-26..06-27 -1 | - | 705.67 | 625.71 | -
            """)
    void a_month_costs_what_the_last_complete_days_since_the_last_change_did(
            String what, String rows, String facts, String monthly, String runRate, String changedAt) {
        Spend spend = spend(BilledLeaf.rows(rows), facts(facts));
        assertThat(Money.toCents(spend.monthlyCost())).as("%s: monthly", what).isEqualTo(new BigDecimal(monthly));
        assertThat(Money.toCents(spend.monthlyRunRate()))
                .as("%s: run rate", what)
                .isEqualTo(new BigDecimal(runRate));
        assertThat(String.valueOf(spend.changedAt()))
                .as("%s: changed", what)
                .isEqualTo(changedAt.equals("-") ? "null" : changedAt);
    }

    private static Map<String, String> facts(String text) {
        return text.equals("-")
                ? Map.of()
                : Arrays.stream(text.split(" "))
                        .map(fact -> fact.split("="))
                        .collect(Collectors.toMap(fact -> fact[0], fact -> fact[1]));
    }

    private static Spend spend(List<BilledLeaf.Row> rows, Map<String, String> facts) {
        Instant created = Instant.parse(facts.getOrDefault("created", "2025-01-01T00:00:00Z"));
        Resource resource = Resource.builder("i-1", facts.getOrDefault("kind", "instance"), "aws")
                .createdAt(created)
                .attributes(Map.of("hosting", facts.getOrDefault("hosting", "")))
                .build();
        Window billed = facts.containsKey("bill") ? Window.parse(facts.get("bill")) : JUNE;
        Instant configured = facts.containsKey("configured") ? Instant.parse(facts.get("configured")) : null;
        Instant scanned = facts.containsKey("scanned") ? Instant.parse(facts.get("scanned")) : LATER;
        return RunRate.of(BilledLeaf.of(resource, JUNE, billed, rows, configured), JUNE, scanned);
    }

    @Test
    void what_is_gone_costs_nothing_any_more_and_says_why() {
        Resource ended = Resource.builder("i-1", "instance", "aws")
                .createdAt(Instant.parse("2025-01-01T00:00:00Z"))
                .endedAt(Instant.parse("2026-06-20T10:00:00Z"))
                .build();
        List<BilledLeaf.Row> rows = BilledLeaf.rows("06-01..06-20 1");
        Spend gone = RunRate.of(BilledLeaf.of(ended, JUNE, JUNE, rows, null), JUNE, LATER);
        assertThat(gone.gone()).isTrue();
        assertThat(gone.monthlyRunRate()).isEqualByComparingTo("0");
        assertThat(gone.changedAt()).isEqualTo("2026-06-20");
        LeafCost silent = BilledLeaf.of(
                        Resource.builder("i-1", "instance", "aws").build(), JUNE, JUNE, rows, null)
                .withCourse(new Course(
                        List.of(),
                        List.of(),
                        null,
                        new Course.Ended(Instant.parse("2026-06-20T00:00:00Z"), "Silent.")));
        assertThat(RunRate.of(silent, JUNE, LATER).note()).isEqualTo("Silent.");
        assertThat(RunRate.of(silent, JUNE, LATER).gone()).isTrue();
    }

    @Test
    void a_job_that_did_not_run_lately_comes_back() {
        Resource job = Resource.builder("job", "training_job", "aws").build();
        LeafCost silent = BilledLeaf.of(job, JUNE, JUNE, BilledLeaf.rows("06-01..06-02 1"), null)
                .withCourse(new Course(List.of(), List.of(), null, new Course.Ended(LATER, "Silent.")));
        assertThat(RunRate.of(silent, JUNE, LATER).gone()).isFalse();
    }

    @Test
    void at_list_price_the_hours_of_the_last_week_count() {
        Resource resource = Resource.builder("i-1", "instance", "aws").build();
        LeafCost listed = TestLeaf.of(
                        resource, null, null, List.of(), CostBasis.LIST, new BigDecimal("720"), new BigDecimal("2"))
                .withLately(new LeafCost.Lately(
                        Window.parse("2026-06-24/2026-07-01"), new BigDecimal("84"), new BigDecimal("2")));
        Spend spend = RunRate.of(listed, JUNE, LATER);
        assertThat(spend.monthlyCost()).isEqualByComparingTo("1460");
        assertThat(spend.monthlyRunRate()).isEqualByComparingTo("730");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            in the bill           | 06-01..06-16 4 p4d.24xlarge; 06-16..07-01 1       | -                              \
             | 2026-06-16T00:00:00Z
            in the inventory      | 06-01..07-01 1                                    | \
            configured=2026-06-16T10:00:00Z | 2026-06-16T10:00:00Z
            the later of both     | 06-01..06-16 4 p4d.24xlarge; 06-16..07-01 1       | \
            configured=2026-06-20T10:00:00Z | 2026-06-20T10:00:00Z
            on the last day       | 06-01..07-01 1                                    | \
            configured=2026-06-30T10:00:00Z | 2026-06-30T10:00:00Z
            counted and not dated    | 06-01..06-30 1; 06-30..07-01 4 p4d.24xlarge       | -                           \
                | 2026-06-30T00:00:00Z
            by a row of the month | 06-01..07-01 1 once                               | \
            configured=2026-06-16T10:00:00Z | 2026-06-16T10:00:00Z
            that a plan covers it | 06-01..06-16 4; 06-16..07-01 4 covered            | -                              \
             | -
            before the window     | 06-01..07-01 1                                    | \
            configured=2026-05-16T10:00:00Z | -
            """)
    void rules_know_the_last_change_whatever_days_the_run_rate_is_of(
            String what, String rows, String facts, Instant shiftedAt) {
        Spend spend = spend(BilledLeaf.rows(rows), facts(facts == null ? "-" : facts));
        assertThat(spend.shiftedAt()).as(what).isEqualTo(shiftedAt);
    }

    @Test
    void rules_know_the_change_of_what_has_no_bill() {
        LeafCost listed = TestLeaf.of(
                        Resource.builder("ep-1", "inference_endpoint", "aws").build(),
                        null,
                        null,
                        List.of(),
                        CostBasis.LIST,
                        new BigDecimal("720"),
                        new BigDecimal("2"))
                .withCourse(new Course(List.of(), List.of(), Instant.parse("2026-06-16T00:00:00Z"), null));
        Spend spend = RunRate.of(listed, JUNE, LATER);
        assertThat(spend.shiftedAt()).isEqualTo("2026-06-16T00:00:00Z");
        assertThat(spend.changedAt()).as("a list has no history").isNull();
    }

    @Test
    void the_share_under_a_commitment_is_that_of_the_run_rate() {
        Spend spend = spend(BilledLeaf.rows("06-01..06-18 4; 06-18..07-01 1.4 covered; 06-18..07-01 2"), Map.of());
        assertThat(spend.committedShare()).isBetween(new BigDecimal("0.411764"), new BigDecimal("0.411765"));
        assertThat(Money.toCents(spend.runRate(Component.TIME))).isEqualTo("2482.00");
    }

    @Test
    void a_commitment_that_ended_before_the_span_covers_nothing_of_it() {
        Resource bought = Resource.builder("i-1", "instance", "aws")
                .purchase("committed")
                .createdAt(Instant.EPOCH)
                .build();
        assertThat(committedShare(bought, "06-01..06-18 1 covered; 06-18..07-01 1"))
                .isEqualByComparingTo("0");
        assertThat(committedShare(bought, "06-01..07-01 1"))
                .as("no row of the window names one")
                .isEqualByComparingTo("1");
    }

    @Test
    void where_the_bill_of_its_account_ends_earlier_the_days_before_that_count() {
        Resource resource = Resource.builder("i-1", "instance", "aws")
                .createdAt(Instant.EPOCH)
                .build();
        LeafCost cost = BilledLeaf.of(resource, JUNE, JUNE, BilledLeaf.rows("06-01..06-21 1"), null);
        Course course = cost.course();
        LeafCost known = cost.withCourse(
                new Course(course.days(), course.terms(), null, null, Instant.parse("2026-06-20T22:00:00Z")));
        assertThat(RunRate.of(cost, JUNE, LATER).monthlyRunRate()).isEqualByComparingTo("0");
        assertThat(RunRate.of(known, JUNE, LATER).monthlyRunRate()).isEqualByComparingTo("730");
    }

    @Test
    void a_day_of_which_the_bill_has_an_hour_is_not_a_whole_one() {
        Resource resource = Resource.builder("i-1", "instance", "aws")
                .createdAt(Instant.EPOCH)
                .build();
        Window billed = new Window(JUNE.start(), Instant.parse("2026-06-20T01:00:00Z"));
        LeafCost cost = BilledLeaf.of(resource, JUNE, billed, BilledLeaf.rows("06-01..06-20 1"), null);
        assertThat(RunRate.of(cost, JUNE, LATER).monthlyRunRate()).isEqualByComparingTo("730");
    }

    @Test
    void a_day_of_which_the_bill_of_its_account_has_an_hour_is_not_a_whole_one_either() {
        Resource resource = Resource.builder("i-1", "instance", "aws")
                .createdAt(Instant.EPOCH)
                .build();
        Instant end = Instant.parse("2026-06-30T01:00:00Z");
        LeafCost cost = BilledLeaf.of(resource, JUNE, JUNE, BilledLeaf.rows("06-01..06-30 10"), null);
        assertThat(RunRate.of(until(cost, end), JUNE, LATER).monthlyRunRate()).isEqualByComparingTo("7300");
        Resource born = Resource.builder("i-1", "instance", "aws")
                .createdAt(Instant.parse("2026-06-30T00:00:00Z"))
                .build();
        LeafCost young = BilledLeaf.of(born, JUNE, JUNE, BilledLeaf.rows("06-30..07-01 10"), null);
        assertThat(RunRate.of(until(young, Instant.parse("2026-06-30T20:00:00Z")), JUNE, LATER)
                        .monthlyRunRate())
                .as("nothing but that day is there")
                .isEqualByComparingTo(RunRate.of(young, JUNE, LATER).monthlyRunRate());
    }

    private static LeafCost until(LeafCost cost, Instant end) {
        return cost.withCourse(new Course(cost.course().days(), cost.course().terms(), null, null, end));
    }

    private static BigDecimal committedShare(Resource resource, String rows) {
        return RunRate.of(BilledLeaf.of(resource, JUNE, JUNE, BilledLeaf.rows(rows), null), JUNE, LATER)
                .committedShare();
    }

    @Provide
    Arbitrary<List<BilledLeaf.Row>> bills() {
        Arbitrary<String> day = Combinators.combine(
                        Arbitraries.integers().between(1, 29),
                        Arbitraries.integers().between(1, 400),
                        Arbitraries.of("g5.xlarge", "p4d.24xlarge"),
                        Arbitraries.of("", " spot", " covered", " 08-18", " daily", " storage", " usage"))
                .as((from, cents, machine, special) -> "06-%02d..06-%02d %s %s%s"
                        .formatted(from, from + 1, BigDecimal.valueOf(cents, 2), machine, special));
        return day.list().ofMinSize(1).ofMaxSize(30).map(days -> BilledLeaf.rows(String.join(";", days)));
    }

    @Property(tries = 200)
    void twice_the_prices_are_twice_the_run_rate(@ForAll("bills") List<BilledLeaf.Row> rows) {
        Spend twice =
                spend(rows.stream().map(row -> row.times(BigDecimal.valueOf(2))).toList(), Map.of());
        Spend once = spend(rows, Map.of());
        assertThat(twice.monthlyRunRate()
                        .subtract(once.monthlyRunRate().multiply(BigDecimal.valueOf(2)))
                        .abs())
                .isLessThan(new BigDecimal("1e-20"));
        assertThat(twice.changedAt()).isEqualTo(once.changedAt());
    }

    @Property(tries = 200)
    void rows_in_halves_and_in_another_order_change_nothing(
            @ForAll("bills") List<BilledLeaf.Row> rows, @ForAll Random random) {
        List<BilledLeaf.Row> other =
                new ArrayList<>(rows.stream().flatMap(BilledLeaf.Row::halves).toList());
        Collections.shuffle(other, random);
        Spend one = spend(rows, Map.of());
        Spend two = spend(other, Map.of());
        assertThat(two.monthlyRunRate().subtract(one.monthlyRunRate()).abs()).isLessThan(new BigDecimal("1e-20"));
        assertThat(two.changedAt()).isEqualTo(one.changedAt());
        assertThat(two.gone()).isEqualTo(one.gone());
    }

    @Property(tries = 200)
    void whole_weeks_later_the_same_bill_gives_the_same(
            @ForAll("bills") List<BilledLeaf.Row> rows, @ForAll @IntRange(min = 1, max = 8) int weeks) {
        Duration by = Duration.ofDays(7L * weeks);
        Window window = new Window(JUNE.start().plus(by), JUNE.end().plus(by));
        Resource resource = Resource.builder("i-1", "instance", "aws")
                .createdAt(Instant.parse("2025-01-01T00:00:00Z"))
                .build();
        Spend later = RunRate.of(
                BilledLeaf.of(
                        resource,
                        window,
                        window,
                        rows.stream().map(row -> row.shifted(by)).toList(),
                        null),
                window,
                LATER.plus(by));
        Spend now = spend(rows, Map.of());
        assertThat(later.monthlyRunRate()).isEqualByComparingTo(now.monthlyRunRate());
        assertThat(later.changedAt())
                .isEqualTo(now.changedAt() == null ? null : now.changedAt().plusDays(7L * weeks));
    }
}
