package io.aiaudit.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aiaudit.model.FileSet;
import io.aiaudit.model.FileSet.Content;
import io.aiaudit.model.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a scan makes of folders. */
class BroughtFilesTest {
    private static final String AZURE = "Date,Cost,BillingCurrency,MeterCategory,SubscriptionId";
    private static final String BILL = AZURE + "\n2026-06-01,1,USD,VM,s\n";
    private static final String BROKEN = AZURE.replace("MeterCategory,", "") + "\n2026-06-01,1,USD,s\n";
    private static final String INVENTORY = "resource_id,kind\ni-1,instance\n";

    @TempDir
    private Path folder;

    private Path text(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private BroughtFiles brought() {
        return BroughtFiles.of(List.of(folder.toString()));
    }

    private static List<Path> files(BroughtFiles brought, Content content) {
        return brought.files().stream()
                .filter(set -> set.content() == content)
                .flatMap(set -> set.files().stream())
                .toList();
    }

    @Test
    void a_broken_bill_is_read_with_the_others_so_that_it_becomes_a_gap() throws IOException {
        Path good = text("a.csv", BILL);
        Path broken = text("b.csv", BROKEN);
        Path inventory = text("deep/er/inventory.csv", INVENTORY);
        text("README.txt", "notes");

        BroughtFiles brought = brought();

        assertThat(files(brought, Content.BILLING)).containsExactly(good, broken);
        assertThat(files(brought, Content.INVENTORY)).containsExactly(inventory);
        assertThat(brought.leftOut())
                .containsExactly(folder.resolve("README.txt") + ": not a name of a bill, inventory or usage file.");
    }

    @Test
    void a_bill_that_cannot_be_read_does_not_count_before_that_of_a_cloud() throws IOException {
        text("b.csv", BROKEN);
        text("inventory.csv", INVENTORY);
        Inputs inputs = new Inputs(List.of(), List.of(), List.of(), Set.of(), List.of(), brought());
        assertThat(inputs.hasFiles()).isTrue();
        assertThat(inputs.hasBill()).isFalse();

        text("a.csv", BILL);
        assertThat(new Inputs(List.of(), List.of(), List.of(), Set.of(), List.of(), brought()).hasBill())
                .isTrue();
    }

    @Test
    void where_nothing_can_be_read_the_error_is_about_what_is_nearest_to_an_input() throws IOException {
        text("README.txt", "notes");
        Path broken = text("b.csv", BROKEN);
        assertThatThrownBy(this::brought)
                .isInstanceOfSatisfying(
                        UserError.class,
                        error -> assertThat(error.problem())
                                .startsWith(folder + " holds no bill, inventory or usage file; " + broken
                                        + ": its header is not that of an Azure cost details file."));
    }

    private static String manifest(String run, String submitted, int parts) {
        StringBuilder blobs = new StringBuilder();
        for (int part = 1; part <= parts; part++) {
            blobs.append(part == 1 ? "" : ",").append("{\"blobName\":\"e/" + run + "/part_" + part + ".csv\"}");
        }
        return "{\"exportConfig\":{\"exportName\":\"e\"},\"runInfo\":{\"submittedTime\":\"" + submitted
                + "\",\"startDate\":\"2026-06-01T00:00:00\"},\"blobs\":[" + blobs + "]}";
    }

    @Test
    void parts_keep_their_run_beside_other_files_and_an_older_run_instead_of_the_newest_is_a_gap() throws IOException {
        Path one = text("e/one/part_1.csv", BILL);
        Path manifest = text("e/one/manifest.json", manifest("one", "2026-07-01T00:00:00Z", 1));
        Path two = text("e/two/part_1.csv", BILL);
        text("e/two/manifest.json", manifest("two", "2026-07-02T00:00:00Z", 2));
        text("inventory.csv", INVENTORY);

        BroughtFiles brought = brought();

        assertThat(brought.files())
                .filteredOn(set -> set.content() == Content.BILLING)
                .singleElement()
                .satisfies(set -> {
                    assertThat(set.runs()).isEqualTo(Map.of(one, manifest.toString()));
                });
        assertThat(brought.files().stream().flatMap(set -> set.gaps().stream()))
                .singleElement()
                .satisfies(gap -> assertThat(gap.problem()).endsWith("was read instead."));
        assertThat(brought.leftOut()).contains(two + ": of another run of the same export.");
    }

    @Test
    void files_of_nothing_but_a_bill_are_named_together() throws IOException {
        text("a.csv", BILL);
        text("b.csv", BILL.replace("VM", "Disk"));
        text("README.txt", "notes");
        assertThat(brought().files()).extracting(FileSet::argument).containsOnly(folder.toString());

        Path inventory = text("inventory.csv", INVENTORY);
        assertThat(brought().files())
                .extracting(FileSet::argument)
                .containsExactly(
                        folder.resolve("a.csv").toString(),
                        folder.resolve("b.csv").toString(),
                        inventory.toString());
    }
}
