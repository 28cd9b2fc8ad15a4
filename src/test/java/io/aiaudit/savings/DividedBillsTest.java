package io.aiaudit.savings;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Component;
import io.aiaudit.model.LeafCost;
import io.aiaudit.model.LeafCost.BilledParent;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Window;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What parts of one bill cost now, worked out by hand, as the dollars of an hour. */
class DividedBillsTest {
    private static final Window JUNE = Window.parse("2026-06-01/2026-07-01");
    private static final Instant LATER = Instant.parse("2026-07-20T00:00:00Z");
    private static final BigDecimal AND_SHARES_TAKEN_AS_THE_SAME = new BigDecimal("1.001");

    private static LeafCost leaf(String id, String rows) {
        return leaf(id, BilledLeaf.rows(rows));
    }

    private static LeafCost leaf(String id, List<BilledLeaf.Row> rows) {
        Resource resource = Resource.builder("group#" + id, "instance", "aws")
                .parentId("group")
                .createdAt(Instant.parse("2026-01-05T00:00:00Z"))
                .build();
        return BilledLeaf.of(resource, JUNE, JUNE, rows, null)
                .withParent(new BilledParent("group", Instant.parse("2026-01-05T00:00:00Z"), false));
    }

    private static Map<String, BigDecimal> perHour(List<LeafCost> leaves) {
        Map<String, BigDecimal> rates = new TreeMap<>();
        DividedBills.of(leaves, JUNE)
                .forEach(leaf -> rates.put(
                        leaf.resource().resourceId().substring("group#".length()),
                        RunRate.of(leaf, JUNE, LATER)
                                .monthlyRunRate()
                                .divide(BigDecimal.valueOf(730), 2, RoundingMode.HALF_EVEN)));
        return rates;
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            steady                                     | 06-01..07-01 6                                 | 6.00
            gone for four days                         | 06-01..06-27 6                                 | 0.00
            gone for one day                           | 06-01..06-30 6                                 | 0.00
            gone since the afternoon of the 26th       | 06-01..06-26 6; 06-26..06-27 6 00-16           | 0.00
            six, then one since the 27th               | 06-01..06-27 6; 06-27..07-01 1                 | 1.00
            six, then two, then none                   | 06-01..06-20 6; 06-20..06-27 2                 | 0.00
            none, then two since the 27th              | 06-27..07-01 2                                 | 2.00
            none, then two on the last day: seven days | 06-30..07-01 2                                 | 0.29
            six for a day, one as before: seven days   | 06-01..06-28 1; 06-28..06-29 6; 06-29..07-01 1 | 1.71
            gone on Mondays only: seven days           | 06-02..06-08 6; 06-09..06-15 6; 06-16..06-22 6; \
            06-23..06-29 6; 06-30..07-01 6             | 5.14
            gone for two days and back                 | 06-01..06-25 6; 06-27..07-01 6                 | 4.29
            another number each day, then none         | 06-01..06-23 6; 06-23..06-24 5; 06-24..06-25 4; \
            06-25..06-26 3; 06-26..06-27 2             | 1.29
            one, six for two weeks, then one again     | 06-01..06-13 1; 06-13..06-27 6; 06-27..07-01 1 | 1.00
            """)
    void what_no_part_explains_costs_what_it_costs_now(String name, String rows, String expected) {
        List<LeafCost> leaves = List.of(leaf("part", "06-01..07-01 2"), leaf("unallocated", rows));
        assertThat(perHour(leaves))
                .containsEntry("unallocated", new BigDecimal(expected))
                .containsEntry("part", new BigDecimal("2.00"));
    }

    @Test
    void of_what_scales_another_share_is_another_load() {
        LeafCost rest = leaf("unallocated", "06-01..06-27 6");
        LeafCost part = leaf("part", "06-01..07-01 2");
        BilledParent parent = part.parent();
        assertThat(perHour(List.of(part, rest))).containsEntry("unallocated", new BigDecimal("0.00"));
        LeafCost scaled = part.withParent(new BilledParent(parent.id(), parent.since(), true));
        assertThat(perHour(List.of(scaled, rest))).containsEntry("unallocated", new BigDecimal("2.57"));
    }

    @Test
    void what_one_part_takes_another_gave_up() {
        List<LeafCost> leaves = List.of(
                leaf("grows", "06-01..06-27 1; 06-27..07-01 3"), leaf("shrinks", "06-01..06-27 4; 06-27..07-01 2"));
        assertThat(perHour(leaves))
                .containsEntry("grows", new BigDecimal("3.00"))
                .containsEntry("shrinks", new BigDecimal("2.00"));
    }

    /** Each part takes no more than its list price of 1, and the rest stays with the parent. */
    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void parts_and_rest_never_cost_more_than_their_parent_costs_now(
            @ForAll @IntRange(min = 0, max = 12) int before,
            @ForAll @IntRange(min = 1, max = 12) int between,
            @ForAll @IntRange(min = 1, max = 12) int now,
            @ForAll @IntRange(min = 1, max = 3) int parts,
            @ForAll @IntRange(min = 48, max = 400) int betweenFrom,
            @ForAll @IntRange(min = 0, max = 71) int nowFrom) {
        Instant first = JUNE.start().plus(Duration.ofHours(betweenFrom));
        Instant second = JUNE.start().plus(Duration.ofHours(601 + nowFrom));
        List<List<BilledLeaf.Row>> rows = new ArrayList<>();
        for (int part = 0; part <= parts; part++) {
            rows.add(new ArrayList<>());
        }
        for (Instant hour = JUNE.start(); hour.isBefore(JUNE.end()); hour = hour.plus(Duration.ofHours(1))) {
            int number = hour.isBefore(first) ? before : hour.isBefore(second) ? between : now;
            BigDecimal each = BigDecimal.valueOf(Math.min(number, parts))
                    .divide(BigDecimal.valueOf(parts), 12, RoundingMode.DOWN);
            for (int part = 0; part < parts; part++) {
                add(rows.get(part), hour, each);
            }
            add(rows.get(parts), hour, BigDecimal.valueOf(Math.max(0, number - parts)));
        }
        List<LeafCost> leaves = new ArrayList<>();
        for (int part = 0; part <= parts; part++) {
            leaves.add(leaf("part-" + part, rows.get(part)));
        }
        BigDecimal together = DividedBills.of(leaves, JUNE).stream()
                .map(leaf -> RunRate.of(leaf, JUNE, LATER).monthlyRunRate())
                .filter(rate -> rate != null)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        boolean isDivided = before != between
                && between != now
                && (before > parts || between > parts)
                && (between > parts || now > parts);
        if (isDivided) {
            assertThat(together)
                    .isLessThanOrEqualTo(BigDecimal.valueOf(730L * now).multiply(AND_SHARES_TAKEN_AS_THE_SAME));
        }
    }

    private static void add(List<BilledLeaf.Row> rows, Instant hour, BigDecimal cost) {
        if (cost.signum() > 0) {
            rows.add(new BilledLeaf.Row(
                    hour, hour.plus(Duration.ofHours(1)), cost, Component.TIME, "g5.xlarge", false, false));
        }
    }
}
