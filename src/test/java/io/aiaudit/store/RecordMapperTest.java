package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.aiaudit.model.Component;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RecordMapperTest {
    private record Thing(
            String resourceId,
            BigDecimal price1y,
            BigDecimal memoryGib,
            Integer replicas,
            long rows,
            Component component,
            Set<String> regions,
            Map<String, String> tags) {}

    private static Rows rows(Object... values) {
        List<Rows.Column> columns = Arrays.stream(
                        "unused,tags,regions,component,rows,replicas,memory_gib,price_1y,resource_id".split(","))
                .map(name -> new Rows.Column(name, "ANY"))
                .toList();
        return new Rows(columns, List.of(Arrays.asList(values)));
    }

    @Test
    void a_component_takes_the_column_with_its_name_wherever_that_is() {
        Rows rows =
                rows(1L, Map.of("team", "ml"), List.of("b", "a"), "usage", 7L, 2L, 80.0, new BigDecimal("1.50"), "i-1");
        assertThat(rows.as(Thing.class))
                .containsExactly(new Thing(
                        "i-1",
                        new BigDecimal("1.50"),
                        new BigDecimal("80"),
                        2,
                        7,
                        Component.USAGE,
                        Set.of("a", "b"),
                        Map.of("team", "ml")));
    }

    @Test
    void what_is_null_stays_null_and_a_map_is_empty() {
        assertThat(rows(null, null, null, null, 0L, null, null, null, null).as(Thing.class))
                .containsExactly(new Thing(null, null, null, null, 0, null, null, Map.of()));
    }

    @Test
    void a_column_that_is_missing_and_a_word_that_an_enum_does_not_know_are_named() {
        Rows unknown = rows(null, null, null, "odd", 0L, null, null, null, null);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> unknown.as(Thing.class))
                .withMessageContaining("odd");
        Rows none = new Rows(List.of(), List.of());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> none.as(Thing.class))
                .withMessageContaining("resource_id");
    }
}
