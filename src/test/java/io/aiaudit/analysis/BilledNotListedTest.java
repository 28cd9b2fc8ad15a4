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
import io.aiaudit.savings.RunRate;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** An inventory that is not whole looks like resources that are gone: the reader has to see how much money that is. */
class BilledNotListedTest {
    private static final Window JUNE = Window.parse("2026-06-01/2026-07-01");
    private static final Course.Ended UNLISTED =
            new Course.Ended(null, "Not in the inventory, but billed until 2026-06-30.");

    private static LeafCost leaf(String id, String cost, Course.Ended ended) {
        return TestLeaf.of(
                        Resource.builder(id, "instance", "aws")
                                .createdAt(Instant.EPOCH)
                                .build(),
                        null,
                        JUNE,
                        List.of(new LeafCost.Part(Component.TIME, new BigDecimal(cost), BigDecimal.ZERO, 3600, 3600)),
                        CostBasis.EFFECTIVE,
                        null,
                        null)
                .withCourse(new Course(List.of(), List.of(), null, ended));
    }

    private static List<String> warnings(LeafCost... leaves) {
        Map<String, Spend> spend = Stream.of(leaves)
                .collect(Collectors.toMap(
                        leaf -> leaf.resource().resourceId(),
                        leaf -> RunRate.of(leaf, JUNE, Instant.parse("2026-07-20T00:00:00Z"))));
        return BilledNotListed.warnings(List.of(leaves), spend, "USD");
    }

    @Test
    void one_warning_has_the_sum_of_what_is_billed_and_not_listed() {
        assertThat(warnings(leaf("i-1", "720", UNLISTED), leaf("i-2", "14400", UNLISTED), leaf("i-3", "7200", null)))
                .containsExactly(
                        "2 billed resources are not in the inventory, which lists others of the same kind (i-2, i-1). "
                                + "Their USD 15330.00 a month counts as past, without savings. If the inventory file "
                                + "is incomplete, add them and scan again.");
        assertThat(warnings(leaf("i-1", "720", UNLISTED)))
                .singleElement()
                .asString()
                .startsWith("1 billed resource is not in the inventory");
    }

    @Test
    void what_is_no_longer_charged_and_what_is_listed_need_none() {
        assertThat(warnings(
                        leaf("i-1", "720", null),
                        leaf("i-2", "720", new Course.Ended(Instant.parse("2026-06-20T00:00:00Z"), "Silent."))))
                .isEmpty();
    }
}
