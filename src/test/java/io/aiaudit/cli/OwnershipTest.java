package io.aiaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aiaudit.model.Audit;
import io.aiaudit.model.RollUp;
import io.aiaudit.report.json.AuditJson;
import io.aiaudit.testing.Slow;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose money it is, in a scan of the demo company. */
@Slow
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OwnershipTest {
    private SavedDemo demo;
    private Path folder;

    @BeforeAll
    void scan(@TempDir Path shared) throws IOException {
        folder = shared;
        demo = SavedDemo.in(shared);
    }

    private Run report(String... more) {
        String[] arguments = new String[more.length + 4];
        System.arraycopy(more, 0, arguments, 4, more.length);
        arguments[0] = "report";
        arguments[1] = folder.resolve("demo.aiaudit").toString();
        arguments[2] = "-q";
        arguments[3] = "--allow-gaps";
        Run run = Run.of(arguments);
        assertThat(run.exitCode()).as(run::toString).isZero();
        return run;
    }

    @Test
    void the_findings_of_an_environment_are_as_many_as_its_roll_up_has() {
        RollUp environments = demo.audit().rollUps().stream()
                .filter(rollUp -> rollUp.by().equals("environment"))
                .findFirst()
                .orElseThrow();
        for (RollUp.Group group : environments.groups()) {
            assertThat(demo.audit().findings())
                    .as("environment " + group.name())
                    .filteredOn(finding -> Objects.equals(finding.environment(), group.name()))
                    .hasSize(group.findings());
        }
    }

    @Test
    void each_roll_up_adds_up_to_the_whole() {
        Audit audit = demo.audit();

        assertThat(audit.rollUps())
                .extracting(RollUp::by)
                .containsExactly("owner", "team", "environment", "account", "workload");
        for (RollUp rollUp : audit.rollUps()) {
            assertThat(sum(rollUp.groups().stream()
                            .map(RollUp.Group::monthlyCost)
                            .toList()))
                    .as("cost by " + rollUp.by())
                    .isEqualByComparingTo(audit.totals().monthlyCost());
            assertThat(sum(rollUp.groups().stream().map(RollUp.Group::netSaving).toList()))
                    .as("net saving by " + rollUp.by())
                    .isEqualByComparingTo(audit.totals().saving().likely());
            assertThat(sum(rollUp.groups().stream()
                            .map(RollUp.Group::needsDecision)
                            .toList()))
                    .as("decisions by " + rollUp.by())
                    .isEqualByComparingTo(audit.totals().needsDecision());
        }
    }

    private static BigDecimal sum(List<BigDecimal> amounts) {
        return amounts.stream().filter(Objects::nonNull).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    @Test
    void a_mapping_file_names_owners_where_neither_policy_nor_tag_does() throws IOException {
        Path mapping = Files.writeString(folder.resolve("owners.csv"), "account,owner,team\n*,platform,core\n");
        Path mapped = folder.resolve("mapped");
        report(OneRule.with("--ownership", mapping.toString(), "-f", "json,md", "-o", mapped.toString()));
        JsonNode owner = owners(mapped);
        JsonNode plain = owners(folder);

        assertThat(owner.path("unassigned_share").decimalValue())
                .isLessThan(plain.path("unassigned_share").decimalValue());
        assertThat(owner.path("groups").findValuesAsText("name")).contains("platform");
        plain.path("groups").findValuesAsText("name").stream()
                .filter(name -> !name.equals("null"))
                .forEach(name -> assertThat(owner.path("groups").findValuesAsText("name"))
                        .contains(name));
        assertThat(mapped.resolve("aiaudit.md")).content().contains("By owner", "platform");
        Run details = Run.of("report", mapped.resolve(SavedDemo.AUDIT).toString(), "-q", "--allow-gaps", "--details");
        assertThat(details.exitCode()).as(details::toString).isZero();
        assertThat(details.out()).contains("By owner", "By team");
    }

    private static JsonNode owners(Path report) throws IOException {
        return new ObjectMapper()
                .readTree(report.resolve(SavedDemo.AUDIT).toFile())
                .path("roll_ups")
                .get(0);
    }

    @Test
    void a_broken_mapping_is_an_error() throws IOException {
        Path mapping = Files.writeString(folder.resolve("broken.csv"), "acount,owner\n1,data\n");
        Run run = Run.of("report", folder.resolve("demo.aiaudit").toString(), "--ownership", mapping.toString());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("has the column \"acount\"", "account");
        Run finished = Run.of("report", folder.resolve("aiaudit.json").toString(), "--ownership", mapping.toString());
        assertThat(finished.err()).contains("--ownership can't be applied");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "account,owner\\n\"1,data\\n | cannot be read as CSV",
                "account,owner\\n\"1\"x,data\\n | cannot be read as CSV",
                "owner,owner\\na,b\\n | cannot be read as CSV",
                "account;owner\\n1;data\\n | separated by semicolons",
                "account,owner\\n1,Doe, Jane\\n | record 1: it has more cells than the header",
                "account,owner\\n1,M\u00fcller\\n | is not UTF-8 text",
                "'' | has no column owner, team or environment"
            })
    void a_mapping_that_no_program_could_mean_is_an_error_in_words(String text, String problem) throws IOException {
        Path mapping = Files.write(
                folder.resolve("broken.csv"), text.replace("\\n", "\n").getBytes(StandardCharsets.ISO_8859_1));
        Run run = Run.of("report", folder.resolve("demo.aiaudit").toString(), "--ownership", mapping.toString());

        assertThat(run.exitCode()).as(run::toString).isEqualTo(2);
        assertThat(run.err()).contains("broken.csv", problem, "fix: ");
    }

    @Test
    void a_pipe_is_not_waited_for() {
        Run run = Run.of("report", folder.resolve("demo.aiaudit").toString(), "--ownership", "/dev/zero");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("/dev/zero is not a regular file");
    }

    @Test
    void a_mapping_as_a_spreadsheet_saves_it_is_read() throws IOException {
        Path mapping = Files.writeString(folder.resolve("marked.csv"), "\uFEFFaccount,owner\n*,spreadsheet\n");
        Path mapped = folder.resolve("marked");
        report(OneRule.with("--ownership", mapping.toString(), "-f", "json", "-o", mapped.toString()));

        assertThat(owners(mapped).path("groups").findValuesAsText("name")).contains("spreadsheet");
    }

    @Test
    void each_owner_gets_a_file_and_a_filter_narrows_them() throws IOException {
        Path owners = folder.resolve("owners");
        report(
                "--filter",
                "status=counted",
                "--by-owner",
                owners.toString(),
                "-f",
                "json",
                "-o",
                folder.resolve("all").toString());
        Audit filtered = AuditJson.read(folder.resolve("all/aiaudit.json"));

        assertThat(filtered.filter()).isEqualTo("status=counted");
        assertThat(filtered.totals().saving()).isEqualTo(demo.audit().totals().saving());
        try (var files = Files.list(owners)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .hasSize((int) filtered.findings().stream()
                            .map(finding -> String.valueOf(finding.owner()))
                            .distinct()
                            .count())
                    .allMatch(name -> name.endsWith(".md"));
        }
        Run wrong = Run.of("report", folder.resolve("demo.aiaudit").toString(), "--filter", "onwer=x");
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.err()).contains("whose key is unknown");
    }
}
