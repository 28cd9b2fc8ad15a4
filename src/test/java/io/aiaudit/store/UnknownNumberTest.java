package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.aiaudit.model.FileSet;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** At list price: of what may have none, one or ten, one is no default. */
class UnknownNumberTest {
    private static final String INVENTORY = """
            resource_id,kind,provider,region,machine_type,replicas,created_at,autoscaling_min,autoscaling_max
            group,node_group,aws,us-east-1,g5.xlarge,,2026-01-10,,
            fixed-group,node_group,aws,us-east-1,g5.xlarge,,2026-01-10,3,3
            counted-group,node_group,aws,us-east-1,g5.xlarge,2,2026-01-10,0,9
            cluster,training_cluster,aws,us-east-1,g5.xlarge,,2026-01-10,,
            scaling,inference_endpoint,aws,us-east-1,g5.xlarge,,2026-01-10,1,4
            down-to-zero,inference_endpoint,aws,us-east-1,g5.xlarge,,2026-01-10,0,1
            endpoint,inference_endpoint,aws,us-east-1,g5.xlarge,,2026-01-10,,
            machine,instance,aws,us-east-1,g5.xlarge,,2026-01-10,,
            """;

    @TempDir
    private Path folder;

    @Test
    void what_may_have_several_is_unpriced_where_their_number_is_unknown() {
        try (TestStore store = TestStore.of(
                folder,
                IngestSettings.NONE,
                staging -> staging.files(
                        TestStore.set(FileSet.Content.INVENTORY, FocusCsv.text(folder, "inventory.csv", INVENTORY))))) {
            assertThat(store.scan().leafCosts(TestStore.JUNE))
                    .extracting(
                            leaf -> leaf.resource().resourceId(),
                            leaf -> leaf.listPricePerHour() == null
                                    ? null
                                    : leaf.listPricePerHour().doubleValue(),
                            leaf -> leaf.basis().key())
                    .containsExactly(
                            tuple("cluster", null, "unpriced"),
                            tuple("counted-group", 2.012, "list"),
                            tuple("down-to-zero", null, "unpriced"),
                            tuple("endpoint", 1.006, "list"),
                            tuple("fixed-group", 3.018, "list"),
                            tuple("group", null, "unpriced"),
                            tuple("machine", 1.006, "list"),
                            tuple("scaling", null, "unpriced"));
        }
    }
}
