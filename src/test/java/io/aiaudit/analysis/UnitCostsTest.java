package io.aiaudit.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Component;
import io.aiaudit.model.UnitCost;
import java.math.BigDecimal;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UnitCostsTest {
    @Test
    void an_hour_of_an_accelerator_at_work_costs_what_all_its_hours_cost_over_those_it_worked() {
        UnitCost hour = new UseCase()
                .machine("busy", "2880", 2)
                .averages("busy", "gpu_utilization", 720, 0.5)
                .machine("dark", "1000", 1)
                .unit("used_gpu_hour");
        assertThat(hour.paidHours()).isEqualByComparingTo("1440");
        assertThat(hour.quantity()).isEqualByComparingTo("720");
        assertThat(hour.unitCost()).isEqualByComparingTo("4");
        assertThat(hour.paidHourCost()).isEqualByComparingTo("2");
        assertThat(hour.cost()).as("what nobody measured is in neither").isEqualByComparingTo("2880");
        assertThat(hour.measured()).isEqualTo(1);
        assertThat(hour.resources()).isEqualTo(2);
        assertThat(hour.costShare()).isEqualByComparingTo("0.742268");
        assertThat(hour.largest()).extracting(UnitCost.OfResource::resourceId).containsExactly("busy");
    }

    @Test
    void accelerators_that_did_nothing_have_a_cost_and_no_price() {
        UnitCost hour = new UseCase()
                .machine("idle", "720", 1)
                .averages("idle", "gpu_utilization", 720, 0)
                .unit("used_gpu_hour");
        assertThat(hour.quantity()).isZero();
        assertThat(hour.unitCost()).isNull();
        assertThat(hour.paidHourCost()).isEqualByComparingTo("1");
    }

    @Test
    void machines_are_counted_by_their_metric_where_there_is_one() {
        UnitCost hour = new UseCase()
                .leaf(
                        "ep",
                        "inference_endpoint",
                        "720",
                        Component.TIME,
                        builder -> builder.replicas(4)
                                .accelerator("L4")
                                .acceleratorCount(BigDecimal.ONE)
                                .acceleratorMemoryGib(null))
                .averages("ep", "gpu_utilization", 720, 1)
                .averages("ep", "replicas", 720, 2)
                .unit("used_gpu_hour");
        assertThat(hour.paidHours()).isEqualByComparingTo("1440");
    }

    @Test
    void a_machine_that_is_stopped_now_was_one_and_of_an_endpoint_without_machines_that_is_unknown() {
        UnitCost hour = new UseCase()
                .leaf(
                        "vm",
                        "instance",
                        "720",
                        Component.TIME,
                        builder -> builder.replicas(0)
                                .accelerator("L4")
                                .acceleratorCount(BigDecimal.ONE)
                                .acceleratorMemoryGib(null))
                .leaf(
                        "ep",
                        "inference_endpoint",
                        "720",
                        Component.TIME,
                        builder -> builder.replicas(0)
                                .accelerator("L4")
                                .acceleratorCount(BigDecimal.ONE)
                                .acceleratorMemoryGib(null))
                .averages("vm", "gpu_utilization", 720, 0.5)
                .averages("ep", "gpu_utilization", 720, 0.5)
                .unit("used_gpu_hour");
        assertThat(hour.paidHours()).isEqualByComparingTo("720");
        assertThat(hour.unitCost()).isEqualByComparingTo("2");
        assertThat(hour.measured()).isEqualTo(1);
        assertThat(hour.resources()).isEqualTo(2);
    }

    @Test
    void requests_are_priced_where_they_are_known() {
        UnitCost request = new UseCase()
                .leaf("ep", "inference_endpoint", "50", Component.TIME, builder -> builder)
                .counts("ep", "requests", 720, 25_000)
                .leaf("silent", "inference_endpoint", "950", Component.TIME, builder -> builder)
                .leaf("young", "inference_endpoint", "7", Component.TIME, builder -> builder)
                .counts("young", "requests", 300, 25_000)
                .unit("1000_requests");
        assertThat(request.unitCost()).isEqualByComparingTo("2");
        assertThat(request.measured()).isEqualTo(1);
        assertThat(request.resources()).isEqualTo(3);
    }

    @Test
    void requests_reported_of_an_endpoint_are_over_the_cost_of_all_its_parts() {
        UseCase use = new UseCase()
                .parent("ep", "inference_endpoint")
                .leaf("ep/a", "inference_endpoint", "30", Component.TIME, builder -> builder.parentId("ep"))
                .leaf("ep/b", "inference_endpoint", "10", Component.TIME, builder -> builder.parentId("ep"))
                .counts("ep", "requests", 720, 10_000);
        UnitCost request = use.unit("1000_requests");
        assertThat(request.unitCost()).isEqualByComparingTo("4");
        assertThat(request.measured()).isEqualTo(2);
        assertThat(request.largest())
                .extracting(UnitCost.OfResource::resourceId)
                .containsExactly("ep");

        UnitCost partly = use.leaf(
                        "ep/c", "inference_endpoint", null, Component.TIME, builder -> builder.parentId("ep"))
                .unit("1000_requests");
        assertThat(partly.unitCost()).as("a part of it has no known cost").isNull();
        assertThat(partly.cost()).isNull();
        assertThat(partly.measured()).isZero();
        assertThat(partly.costShare()).isZero();
    }

    @Test
    void tokens_of_bills_and_of_metrics_are_priced_together() {
        UnitCost token = new UseCase()
                .usage("billed", "gpt-4.1", "10")
                .line("billed", "gpt-4.1", "input", "6", "3000000")
                .line("billed", "gpt-4.1", "output", "4", "1000000")
                .leaf("own", "inference_endpoint", "20", Component.TIME, builder -> builder)
                .counts("own", "tokens_input", 720, 4_000_000)
                .counts("own", "tokens_output", 720, 2_000_000)
                .usage("unspecified", "gpt-4.1", "70")
                .unit("1000000_tokens");
        assertThat(token.unitCost()).isEqualByComparingTo("3");
        assertThat(token.measured()).isEqualTo(2);
        assertThat(token.resources()).isEqualTo(3);
        assertThat(token.costShare()).isEqualByComparingTo("0.3");
    }

    @Test
    void nothing_is_reported_where_nothing_could_be_counted() {
        assertThat(new UseCase()
                        .leaf("disk", "volume", "3", Component.STORAGE, builder -> builder)
                        .machine("unpriced", null, 8)
                        .units())
                .isEmpty();
    }

    @Test
    void the_ten_that_cost_most_are_named_and_all_are_in_the_sum() {
        UseCase use = new UseCase();
        IntStream.rangeClosed(1, 12)
                .forEach(i -> use.machine("m" + i, i + "", 1).averages("m" + i, "gpu_utilization", 720, 1));
        UnitCost hour = use.unit("used_gpu_hour");
        assertThat(hour.largest()).hasSize(10);
        assertThat(hour.largest().get(0).resourceId()).isEqualTo("m12");
        assertThat(hour.cost()).isEqualByComparingTo("78");
    }
}
