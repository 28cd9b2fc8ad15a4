package io.aiaudit.collect;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.collect.Frequency.Sort;
import io.aiaudit.collect.azure.AzureCollector;
import io.aiaudit.collect.azure.AzureOutline;
import io.aiaudit.collect.azure.AzureScope;
import io.aiaudit.collect.gcp.GcpCollector;
import io.aiaudit.collect.gcp.GcpOutline;
import io.aiaudit.collect.gcp.GcpScope;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A dry run of AWS names each operation; those of the other clouds write how often each is called. */
class OutlineTest {
    /** Counted in a sentence that says it for all subscriptions. */
    private static final String OF_SUBSCRIPTIONS = "1 for each subscription";

    @Test
    void azure_writes_how_often_each_operation_is_called() {
        writesAll(AzureCollector.operations(), AzureOutline.of(AzureScope.EVERYTHING, true));
    }

    @Test
    void google_writes_how_often_each_operation_is_called() {
        writesAll(GcpCollector.operations(), GcpOutline.of(GcpScope.OWN_PROJECT, true, BigDecimal.ONE));
    }

    private static void writesAll(List<? extends Operation> operations, List<String> outline) {
        String all = String.join("\n", outline);
        assertThat(operations)
                .filteredOn(operation -> operation.frequency().sort() != Sort.NOTHING
                        && !operation.frequency().isAlways())
                .filteredOn(operation -> !operation.frequency().howOften().equals(OF_SUBSCRIPTIONS))
                .isNotEmpty()
                .allSatisfy(operation ->
                        assertThat(all).contains(operation.frequency().howOften()));
    }
}
