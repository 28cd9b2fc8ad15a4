package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aiaudit.model.FileSet;
import io.aiaudit.model.UserError;
import io.aiaudit.report.SampleAudit;
import io.aiaudit.report.Written;
import io.aiaudit.report.json.AuditJson;
import io.aiaudit.report.table.CsvReporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A report in the folder that is scanned next month is no inventory, though it has the columns of one. */
class OwnReportTest {
    @TempDir
    private Path folder;

    private Path report() throws IOException {
        return Files.writeString(folder.resolve("aiaudit.csv"), Written.by(new CsvReporter(), SampleAudit.rich()));
    }

    @Test
    void a_scan_of_its_folder_leaves_it_out_and_says_what_it_is() throws IOException {
        report();

        assertThat(InputFiles.survey(null, folder.toString()).files())
                .singleElement()
                .satisfies(file -> {
                    assertThat(file.content()).isNull();
                    assertThat(file.form()).isEqualTo("a report of aiaudit");
                });
    }

    @Test
    void an_audit_as_json_is_no_damaged_input() throws IOException {
        String audit = AuditJson.text(SampleAudit.rich());
        Path file = Files.writeString(folder.resolve("aiaudit.json"), audit);
        Files.writeString(folder.resolve("one-line.json"), audit.replaceAll("\\s*\n\\s*", ""));

        assertThat(InputFiles.survey(null, folder.toString()).files())
                .hasSize(2)
                .allSatisfy(found -> assertThat(found.form()).isEqualTo("a report of aiaudit"));
        assertThatThrownBy(() -> InputFiles.find(FileSet.Content.BILLING, file.toString(), Set.of()))
                .isInstanceOfSatisfying(
                        UserError.class, error -> assertThat(error.problem()).contains("a report of aiaudit"));
    }

    @Test
    void given_as_an_inventory_it_is_an_error() throws IOException {
        String path = report().toString();

        assertThatThrownBy(() -> InputFiles.find(FileSet.Content.INVENTORY, path, Set.of()))
                .isInstanceOfSatisfying(
                        UserError.class, error -> assertThat(error.problem()).contains("a report of aiaudit"));
    }
}
