package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.FileSet;
import io.aiaudit.model.Resource;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A row, a text or a number of tags that no cloud has takes neither the memory nor the rows around it. */
class LongValuesTest {
    @TempDir
    private Path folder;

    private TestStore of(String inventory) {
        return TestStore.of(
                folder,
                IngestSettings.NONE,
                staging -> staging.files(
                        TestStore.set(FileSet.Content.INVENTORY, FocusCsv.text(folder, "inventory.csv", inventory))));
    }

    private static String row(String id, int tags) {
        String entries = IntStream.range(0, tags)
                .mapToObj(i -> "\"\"tag-number-" + i + "-of-a-long-row\"\": \"\"v\"\"")
                .collect(Collectors.joining(", "));
        return id + ",instance,\"{" + entries + "}\"\n";
    }

    /** Found by hand: where lines end as on Windows, the database could not read the file. */
    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n"})
    void a_row_of_megabytes_is_rejected_by_its_length_and_the_others_are_read(String end) {
        String rows = row("i-1", 1) + row("i-2", 150_000) + row("i-3", 1);
        try (TestStore store = of(("resource_id,kind,tags\n" + rows).replace("\n", end))) {
            assertThat(store.scan().resources())
                    .extracting(Resource::resourceId)
                    .containsExactly("i-1", "i-3");
            assertThat(store.scan().rejects().toString()).contains("longer than 2 MB");
        }
    }

    /** Found by hand: tags whose names have one hash had no end. */
    @Test
    void more_tags_than_any_cloud_allows_are_left_out_with_a_warning() {
        String longValue = "i-2,instance,\"{\"\"note\"\": \"\"" + "x".repeat(70_000) + "\"\"}\"\n";
        try (TestStore store = of("resource_id,kind,tags\n" + row("i-1", 2_000) + longValue + row("i-3", 1_000))) {
            List<Resource> resources = store.scan().resources();
            assertThat(resources).extracting(resource -> resource.tags().size()).containsExactly(1_000, 1, 1_000);
            assertThat(resources.get(1).tags().get("note")).hasSize(65_536);
            assertThat(store.scan().warnings())
                    .contains("2 resources have more than 1,000 tags or attributes, or one of more than 65,536 "
                            + "characters (i-1, i-2); what is beyond that is left out.");
        }
    }
}
