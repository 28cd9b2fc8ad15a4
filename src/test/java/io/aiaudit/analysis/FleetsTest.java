package io.aiaudit.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Component;
import io.aiaudit.model.CostBasis;
import io.aiaudit.model.Course;
import io.aiaudit.model.LeafCost;
import io.aiaudit.model.Resource;
import io.aiaudit.model.Spend;
import io.aiaudit.model.TestLeaf;
import io.aiaudit.model.Window;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Instances of one group that follow each other; what they cost together is in the hand cases. */
class FleetsTest {
    private static final Window JUNE = Window.parse("2026-06-01/2026-07-01");
    private static final BigDecimal HOURS = BigDecimal.valueOf(720);

    /** 24 on each of these days of June; {@code correction} is paid back. */
    private static LeafCost instance(String id, int first, int last, long correction, CostBasis basis) {
        List<Course.Day> days = IntStream.rangeClosed(first, last)
                .mapToObj(day -> LocalDate.of(2026, 6, day))
                .map(date -> new Course.Day(
                        Component.TIME,
                        date,
                        date.atStartOfDay().toInstant(ZoneOffset.UTC),
                        BigDecimal.valueOf(24),
                        BigDecimal.ZERO,
                        86_400,
                        86_400))
                .toList();
        BigDecimal cost = BigDecimal.valueOf(24L * days.size() - correction);
        Resource resource = Resource.builder(id, "instance", "aws")
                .workload("group")
                .createdAt(days.get(0).from())
                .build();
        return TestLeaf.of(
                        resource,
                        days.get(0).from(),
                        JUNE,
                        List.of(new LeafCost.Part(Component.TIME, cost, BigDecimal.ZERO, 3600, 3600)),
                        basis,
                        HOURS,
                        null)
                .withCourse(new Course(days, List.of(), null, null));
    }

    private static Spend spend(LeafCost leaf, boolean gone) {
        return new Spend(
                leaf.resource().resourceId(),
                Map.of(Component.TIME, BigDecimal.valueOf(730)),
                leaf.basis(),
                HOURS,
                BigDecimal.ZERO,
                gone);
    }

    private static Fleets fleets(LeafCost before, LeafCost after) {
        return new Fleets(
                List.of(before, after),
                Map.of("before", spend(before, true), "after", spend(after, false)),
                JUNE,
                JUNE.end());
    }

    @Test
    void what_a_correction_takes_back_is_a_member_all_the_same() {
        LeafCost before = instance("before", 1, 15, 15 * 24, CostBasis.EFFECTIVE);
        LeafCost after = instance("after", 15, 30, 0, CostBasis.EFFECTIVE);
        assertThat(fleets(before, after).member("before").goesOn()).isEqualByComparingTo("0");
    }

    @Test
    void a_member_that_stays_and_has_no_price_takes_nothing_over() {
        LeafCost before = instance("before", 1, 15, 0, CostBasis.EFFECTIVE);
        LeafCost after = instance("after", 15, 30, 0, CostBasis.UNPRICED);
        assertThat(fleets(before, after).member("before").goesOn()).isEqualByComparingTo("0");
        assertThat(fleets(before, instance("after", 15, 30, 0, CostBasis.EFFECTIVE))
                        .member("before")
                        .goesOn())
                .isBetween(new BigDecimal("0.93"), new BigDecimal("0.94"));
    }
}
